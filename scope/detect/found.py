"""What there is on one port, in words for a person and for a program."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum


class What(Enum):
    """Of a port; `busy` was not touched, `unusable` could not be opened."""

    MOUNT = "mount"
    STRANGER = "stranger"
    SILENT = "silent"
    BUSY = "busy"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Found:
    """`port` is its lasting name where it has one; product and firmware are the device's own words (untrusted text)."""

    port: str
    what: What
    words: str
    family: str | None = None
    product: str | None = None
    firmware: str | None = None
    baud: int | None = None

    def __str__(self) -> str:
        """For a terminal: words of devices lose what would steer it."""
        return "".join(letter if letter.isprintable() else "?" for letter in f"{self.port}  {self.words}")

    def as_json(self) -> dict[str, str | int | None]:
        return {**asdict(self), "what": self.what.value}


def mount(port: str, family: str, baud: int, product: str | None, firmware: str | None) -> Found:
    name = product or "a model without a name"
    words = f'{name}, firmware {firmware or "unknown"}: family = "{family}", baud = {baud}'
    return Found(port, What.MOUNT, words, family, product, firmware, baud)
