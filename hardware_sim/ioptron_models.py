"""The iOptron mounts as data: what each says it is, how it stands, and which of the two command sets it speaks.

Sources: iOptron RS-232 Command Language 2014 version 2.5, and version 3.10 of 2021. The number that a mount answers to
`:MountInfo#` does not tell which set it speaks: 0045 is one mount of the old set and another of the new. None of it is
confirmed on hardware.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND

# How fast an arrow key goes, 1 to 8, in times the sky's rate; 9 is as fast as the mount can.
ARROW_SIDEREALS = (1, 2, 8, 16, 64, 128, 256, 512)
BAUD_OF_VERSION = {2: 9600, 3: 115200}
WEST, NORTH = (0, 1.0), (1, 1.0)
EAST, SOUTH = (0, -1.0), (1, -1.0)
# Version 3.10 says in so many words that `mn` lets the declination fall and `mw` lets the right ascension grow, against
# what the letters make one think. Version 2.5 says north, east, south, west and no more; others found there that east
# and west are exchanged all the same. In doubt on hardware.
ARROWS_OF_3 = {b"n": SOUTH, b"s": NORTH, b"w": EAST, b"e": WEST}
ARROWS_OF_2 = {b"n": NORTH, b"s": SOUTH, b"w": EAST, b"e": WEST}


@dataclass(frozen=True)
class Model:
    """One mount. `number` answers `:MountInfo#`, the firmware `:FW1#` and `:FW2#`; an arrow is an axis and a way."""

    name: str
    number: bytes
    firmware: bytes
    motor_firmware: bytes
    geometry: str
    version: int
    arrows: Mapping[bytes, tuple[int, float]]

    @property
    def baud(self) -> int:
        return BAUD_OF_VERSION[self.version]

    @property
    def stops_arrows_with_all(self) -> bool:
        """Whether `:Q#` lets go of the arrow keys, too; in the old set they have commands of their own."""
        return self.version == 3


def arrow_rate(speed: int, fastest: float) -> float:
    """Degrees a second of an arrow speed from 1 to 9."""
    if speed > len(ARROW_SIDEREALS):
        return fastest
    return min(ARROW_SIDEREALS[speed - 1] * SIDEREAL_DEGREES_PER_SECOND, fastest)


def _second(name: str, number: bytes, firmware: bytes, geometry: str = "german") -> Model:
    return Model(name, number, firmware, b"161101161101", geometry, 2, ARROWS_OF_2)


def _third(name: str, number: bytes, firmware: bytes, geometry: str = "german") -> Model:
    return Model(name, number, firmware, b"210420210420", geometry, 3, ARROWS_OF_3)


MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        _third("cem26", b"0026", b"210420210105"),
        _third("gem28", b"0028", b"210420210105"),
        _third("cem40", b"0040", b"210105210105"),
        _third("gem45", b"0043", b"210105210105"),
        _third("cem70", b"0070", b"210105210105"),
        _third("cem120", b"0120", b"210105210105"),
        _third("hem44", b"0045", b"230615230310"),
        _third("azmp", b"5035", b"210105210105", "altaz"),
        _second("ieq45", b"0045", b"161101161101"),
        _second("ieq30", b"0030", b"161101161101"),
        _second("cem25", b"0025", b"170518170106"),
        _second("cem60", b"0060", b"161101161101"),
        _second("smarteq", b"0011", b"161101161101"),
        _second("ieq45aa", b"5045", b"161101161101", "altaz"),
    )
}
