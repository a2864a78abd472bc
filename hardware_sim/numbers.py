"""Numbers of the command line, held to their bounds; what is out of them is said with its unit."""

import argparse


class Within:
    """Reads a number and holds it to its bounds."""

    def __init__(self, kind: type[int] | type[float], lowest: float, highest: float, unit: str) -> None:
        self._kind, self._lowest, self._highest, self._unit = kind, lowest, highest, unit

    def __call__(self, text: str) -> float:
        try:
            number = self._kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
        if not self._lowest <= number <= self._highest:
            raise argparse.ArgumentTypeError(
                f"{text} is not between {self._lowest:g} and {self._highest:g} {self._unit}"
            )
        return number
