"""The direction keys of the hand control, and guide pulses, which are keys pressed for a time.

Remembers for each axis how much faster than the sky it is to turn, in degrees a second. It must never move an axis.
"""


class DirectionKeys:
    """What is held down just now."""

    def __init__(self) -> None:
        self.let_go()

    def let_go(self) -> None:
        self._rates = [0.0, 0.0]
        self._until: list[float | None] = [None, None]

    def press(self, axis: int, rate: float, until: float | None) -> None:
        """Hold a key down until it is released, or until a time."""
        self._rates[axis], self._until[axis] = rate, until

    def release(self, axis: int, direction: float) -> None:
        """Let go of one direction's key; the opposite one stays as it is."""
        if self._rates[axis] * direction > 0.0:
            self._rates[axis], self._until[axis] = 0.0, None

    def let_go_of(self, axis: int) -> None:
        """Release both of an axis's keys."""
        self._rates[axis], self._until[axis] = 0.0, None

    def rates(self, t: float) -> tuple[float, float]:
        """How much faster than the sky each axis is to turn at `t`; pulses that are over are let go."""
        for axis, until in enumerate(self._until):
            if until is not None and t >= until:
                self._rates[axis], self._until[axis] = 0.0, None
        return self._rates[0], self._rates[1]
