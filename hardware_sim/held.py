"""The faults that hold just now, and the dice they throw.

Everybody who plays a fault asks here whether it holds. Each fault has dice of its own, so that one fault does not
change what another does: the same seed and the same questions give the same answers. It must never know what they do.
"""

from dataclasses import dataclass
from random import Random

from hardware_sim.fault_words import Fault, Value


@dataclass(slots=True)
class _Holding:
    fault: Fault
    left: int | None


class Held:
    """Which faults hold, and for how many more times."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._holding: dict[str, _Holding] = {}
        self._dice: dict[str, Random] = {}

    def hold(self, fault: Fault) -> None:
        """From now on, in place of an earlier fault of the same word."""
        self._holding[fault.word] = _Holding(fault, fault.times)

    def hold_times(self, fault: Fault) -> None:
        """The same, for as many times as its first value says."""
        self._holding[fault.word] = _Holding(fault, int(float(fault.values[0])))

    def clear(self, word: str | None = None) -> None:
        """Let go of one fault, or of all."""
        if word is None:
            self._holding.clear()
        else:
            self._holding.pop(word, None)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self._holding)

    def holds(self, word: str) -> bool:
        """Without using it up."""
        return word in self._holding

    def value(self, word: str) -> float:
        """Its first number, or 0 when it does not hold; without using it up."""
        holding = self._holding.get(word)
        return float(holding.fault.values[0]) if holding else 0.0

    def text(self, word: str) -> str:
        """Its first value as it was said, or nothing when it does not hold; without using it up."""
        holding = self._holding.get(word)
        return str(holding.fault.values[0]) if holding else ""

    def take(self, word: str, to: bytes = b"") -> tuple[Value, ...] | None:
        """Its values when it holds for an answer to this command, and one time less is left; otherwise None."""
        holding = self._holding.get(word)
        if holding is None or not to.startswith(holding.fault.at):
            return None
        if holding.left is not None:
            holding.left -= 1
            if holding.left <= 0:
                del self._holding[word]
        return holding.fault.values

    def dice(self, word: str) -> Random:
        return self._dice.setdefault(word, Random(f"{self._seed} {word}"))
