"""What goes wrong between a mount and its client: the bytes of every reply pass through here.

Only replies are touched: the mount hears everything and keeps moving, which is what makes a mute mount dangerous. The
same seed spoils the same bytes. Plugs and power are no matter of bytes; see port.py and the dialect's power_cycle.
"""

from dataclasses import dataclass
from random import Random

LONGEST_LATE_SECONDS = 3600.0


class UnknownFault(ValueError):
    """The words of a fault could not be understood; the text says what would be."""


@dataclass(frozen=True)
class Fault:
    """One fault as it was asked for: its word and the number behind it."""

    word: str
    amount: float = 0.0


WORDS_WITH_NUMBER = {"late": "SECONDS", "cut": "BYTES", "noise": "RATE 0..1"}
WORDS_ALONE = ("silent", "clear", "unplug", "replug", "power-cycle")
_UPPER_BOUND = {"late": LONGEST_LATE_SECONDS, "cut": 1e6, "noise": 1.0}


def read_fault(text: str) -> Fault:
    """A fault from its words, as `--fault` and the control socket take them."""
    word, *numbers = text.split() or [""]
    if word in WORDS_ALONE and not numbers:
        return Fault(word)
    if word in WORDS_WITH_NUMBER and len(numbers) == 1:
        return Fault(word, _amount(word, numbers[0]))
    raise UnknownFault(f"unknown fault {text!r}; known: {known_faults()}")


def known_faults() -> str:
    """All that can be said, in one line."""
    return ", ".join([*WORDS_ALONE, *(f"{name} {what}" for name, what in WORDS_WITH_NUMBER.items())])


def _amount(word: str, number: str) -> float:
    try:
        amount = float(number)
    except ValueError:
        raise UnknownFault(f"{word} takes {WORDS_WITH_NUMBER[word]}, not {number!r}") from None
    if not 0.0 <= amount <= _UPPER_BOUND[word]:
        raise UnknownFault(f"{word} takes {WORDS_WITH_NUMBER[word]} up to {_UPPER_BOUND[word]:g}, not {number}")
    return amount


class Faults:
    """The faults that hold just now, and what they make of a reply."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.clear()

    def clear(self) -> None:
        self._is_silent = False
        self._longest_reply: int | None = None
        self._noise_rate = 0.0
        self.late_seconds = 0.0

    def set(self, fault: Fault) -> None:
        """Let a fault of the bytes hold until `clear`."""
        if fault.word == "silent":
            self._is_silent = True
        elif fault.word == "late":
            self.late_seconds = fault.amount
        elif fault.word == "cut":
            self._longest_reply = int(fault.amount)
        elif fault.word == "noise":
            self._noise_rate = fault.amount
        elif fault.word == "clear":
            self.clear()
        else:
            raise UnknownFault(f"{fault.word} is not a fault of the bytes")

    def spoil(self, reply: bytes) -> bytes:
        """What of a reply gets onto the wire."""
        if self._is_silent:
            return b""
        return self._with_noise(reply[: self._longest_reply])

    def _with_noise(self, reply: bytes) -> bytes:
        """Each byte may, with the given chance, be flipped, lost, or preceded by a random one."""
        if self._noise_rate == 0.0:
            return reply
        spoiled = bytearray()
        for byte in reply:
            if self._random.random() >= self._noise_rate:
                spoiled.append(byte)
                continue
            kind = self._random.randrange(3)
            if kind == 0:
                spoiled.append(byte ^ (1 << self._random.randrange(8)))
            elif kind == 1:
                spoiled += bytes([self._random.randrange(256), byte])
        return bytes(spoiled)
