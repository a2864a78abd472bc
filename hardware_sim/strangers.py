"""Devices that are no mount at all but sit on the same kind of port: a GPS mouse, a modem, a smart-home stick.

Each is an end of the line as a mount's dialect is, so that it can stand in its place. It owns a mount that nobody
moves, because the simulator's records ask for one. It must never obey a telescope's command.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from math import inf
from operator import xor

from hardware_sim.mount import Mount
from hardware_sim.mount_clock import Site
from hardware_sim.reply import SILENCE, Replies, say

LONGEST_LINE = 256
ZIGBEE_RESET = bytes.fromhex("1ac1020b0a527e")  # "I have started anew", as Ember's sticks frame it, up to 0x7E
ZIGBEE_HELLO = bytes.fromhex("064180020002060300")  # the same from a Texas Instruments one, without its frame


@dataclass(frozen=True)
class Manner:
    """How a stranger behaves: what it says by itself, how often, and what it answers to a line that ends with CR."""

    says: Callable[[float, Site], bytes] | None = None  # UTC in seconds since 1970, and where it stands
    every_seconds: float = inf
    answers: Callable[[bytes], bytes] | None = None  # with an answer goes an echo of every byte


def gps_sentences(utc_seconds: float, site: Site) -> bytes:
    """Position and time as NMEA 0183 has them: RMC and GGA."""
    now = datetime.fromtimestamp(utc_seconds, UTC)
    where = f"{_nmea_angle(site.latitude_degrees, 2, 'NS')},{_nmea_angle(site.longitude_degrees, 3, 'EW')}"
    minimum = f"GPRMC,{now:%H%M%S}.00,A,{where},0.0,0.0,{now:%d%m%y},,,A"
    fix = f"GPGGA,{now:%H%M%S}.00,{where},1,08,1.0,553.0,M,-37.0,M,,"
    return b"".join(f"${text}*{reduce(xor, text.encode()):02X}\r\n".encode() for text in (minimum, fix))


def modem_answer(line: bytes) -> bytes:
    """Hayes: a line that begins with AT is well, any other one is not."""
    command = line.strip().upper()
    if not command:
        return b""
    return b"\r\nOK\r\n" if command.startswith(b"AT") else b"\r\nERROR\r\n"


def zigbee_frames(_: float, __: Site) -> bytes:
    return ZIGBEE_RESET + b"\xfe" + ZIGBEE_HELLO + bytes([reduce(xor, ZIGBEE_HELLO)])


STRANGERS = {
    "gps": Manner(says=gps_sentences, every_seconds=1.0),
    "modem": Manner(answers=modem_answer),
    "zigbee": Manner(says=zigbee_frames, every_seconds=0.7),
}


class Stranger:
    """One such device on the line."""

    is_parked = False

    def __init__(self, manner: Manner, mount: Mount) -> None:
        self.mount = mount
        self._manner = manner
        self._line = bytearray()
        self._next = -inf  # speaks at once

    def hear(self, byte: int, _: float) -> Replies:
        if self._manner.answers is None:
            return SILENCE
        self._line.append(byte)
        answer = b""
        if byte == ord("\r") or len(self._line) > LONGEST_LINE:
            answer = self._manner.answers(bytes(self._line))
            self._line.clear()
        return say(bytes([byte]) + answer)

    def power_cycle(self, t: float, boot_seconds: float = 0.0) -> None:
        self._line.clear()
        self._next = t + boot_seconds

    def lose_commands(self, is_lost: Callable[[bytes], bool]) -> None:
        """It knows no commands."""

    def take_by_hand(self, what: str) -> None:
        """There is no hand control."""

    def next_unasked(self) -> float | None:
        return None if self._manner.says is None else self._next

    def unasked(self, t: float) -> Replies:
        if self._manner.says is None or t < self._next:
            return SILENCE
        every = self._manner.every_seconds
        self._next = (t if self._next == -inf else max(self._next, t - every)) + every
        self.mount.advance(t)
        return say(self._manner.says(self.mount.true_utc_seconds, self.mount.belief.site))


def _nmea_angle(degrees: float, width: int, letters: str) -> str:
    whole, minutes = divmod(round(abs(degrees) * 60, 4), 60)
    return f"{int(whole):0{width}d}{minutes:07.4f},{letters[degrees < 0]}"
