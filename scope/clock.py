"""What time it is and who vouches for it, handed to everybody who needs it; a demo can play tonight at noon.

`utc` may be shifted, or learnt from a person's watch where no network keeps the machine's clock; `monotonic` never is,
and is the only one that timers, leases and deadlines use. On Linux it is the same for all processes of a machine, so an
age computed in one process from a moment noted in another is right.
"""

from __future__ import annotations

import ctypes
import threading
import time
import uuid
import zoneinfo
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from pathlib import Path

from scope.errors import NotAllowed, NotUnderstood

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
TIME_ERROR = 5  # adjtimex(2): the kernel's clock is not synchronised
TIMEX_BYTES = 512  # struct timex is 208 bytes on 64-bit Linux
ASK_KERNEL_SECONDS = 1.0
FIRST_YEAR, LAST_YEAR = 2025, 2100
"""This program was not written before; a clock that shows such a year shows nothing."""
HELD_SECONDS = 86_400.0
"""Nine hours without a network and the kernel calls its clock unsynchronised; a quartz is right to seconds a day."""
STEP_SECONDS = 2.0
"""NTP turns a clock by less than this without a step."""


class TimeSource(Enum):
    """Who vouches for the time; SHIFTED is a demo's, right by its own sky."""

    NETWORK = "network"
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    SHIFTED = "shifted"


@dataclass(frozen=True, slots=True)
class Witness:
    """It was `utc` when the boot `boot_id` was `since_boot` seconds old; true until the next boot, whatever steps."""

    utc: datetime
    since_boot: float
    boot_id: str

    def at(self, since_boot: float) -> datetime:
        return self.utc + timedelta(seconds=since_boot - self.since_boot)

    def as_json(self) -> dict[str, str | float]:
        return {"utc": self.utc.isoformat(), "since_boot": self.since_boot, "boot_id": self.boot_id}


@dataclass(slots=True)
class _Learnt:
    """What the holders of one clock share: a person's watch, and when the network was last heard to keep the time."""

    watch: Witness | None = None
    network: Witness | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Clock:
    """The machine's clock plus `shift`; a shift other than zero is refused with a real mount. Any thread may ask."""

    shift: timedelta = field(default=timedelta())
    _learnt: _Learnt = field(default_factory=_Learnt, init=False, repr=False, compare=False)

    @property
    def shifted(self) -> bool:
        return bool(self.shift)

    def utc(self) -> datetime:
        """By a person's watch where one was read, else by the machine, plus the shift."""
        watch = self._watch()
        return (self.wall() if watch is None else watch.at(self.since_boot())) + self.shift

    def monotonic(self) -> float:
        return time.monotonic()

    def wall(self) -> datetime:
        """What the machine shows, right or wrong."""
        return datetime.now(UTC)

    def since_boot(self) -> float:
        """Seconds, those included in which the machine slept."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def asleep_seconds(self) -> float:
        """For how long the machine has slept since it booted, which `monotonic` leaves out."""
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic()

    def synchronised(self) -> bool | None:
        """Whether the kernel says that a time server keeps the machine's clock; None where it does not say."""
        return synchronised()

    # --- who vouches for it ---------------------------------------------------------------------------------------

    @property
    def source(self) -> TimeSource:
        if self.shifted:
            return TimeSource.SHIFTED
        if self._watch() is not None:
            return TimeSource.CONFIRMED
        return TimeSource.NETWORK if self._kept_by_network() or self._held() else TimeSource.UNCONFIRMED

    @property
    def correction(self) -> timedelta:
        """What a person's watch adds to the machine's clock."""
        watch = self._watch()
        return timedelta() if watch is None else watch.at(self.since_boot()) - self.wall()

    @property
    def witness(self) -> Witness | None:
        """The watch, to be remembered over a restart of the program."""
        return self._watch()

    def correct(self, utc: datetime) -> None:
        """Go by a person's watch from now on.

        NotAllowed where a time server knows better or the clock is a demo's; NotUnderstood for a year that cannot be.
        """
        if self.shifted:
            raise NotAllowed("a demo's clock is not to be set", code="clock_shifted")
        if self._kept_by_network():
            raise NotAllowed("a time server keeps this clock", code="clock_synchronised")
        if not is_possible(utc):
            raise NotUnderstood(f"nobody lives in {utc.year}", code="time_far_off", year=utc.year)
        self._believe(Witness(utc.astimezone(UTC), self.since_boot(), boot_id()))

    def recall(self, kept: object) -> bool:
        """Take up what `witness.as_json()` was before a restart; False where it is of another boot, or no witness."""
        witness = witness_from(kept)
        if witness is None or witness.boot_id != boot_id() or self.shifted or self._kept_by_network():
            return False
        self._believe(witness)
        return True

    def _believe(self, watch: Witness) -> None:
        with self._learnt.lock:
            self._learnt.watch = watch

    def _watch(self) -> Witness | None:
        """What was read from a watch counts until the network knows the time."""
        watch = self._learnt.watch
        if watch is None or not self._kept_by_network():
            return watch
        with self._learnt.lock:
            self._learnt.watch = None
        return None

    def _kept_by_network(self) -> bool:
        wall = self.wall()
        if not is_possible(wall) or not self.synchronised():
            return False
        self._learnt.network = Witness(wall, self.since_boot(), boot_id())
        return True

    def _held(self) -> bool:
        """Whether the network kept this clock not long ago, and nobody has turned it since."""
        network, now = self._learnt.network, self.since_boot()
        if network is None or now - network.since_boot > HELD_SECONDS:
            return False
        return abs((self.wall() - network.at(now)).total_seconds()) <= STEP_SECONDS


def is_possible(utc: datetime) -> bool:
    """Whether it can be that late; a time without a zone is no time."""
    return utc.tzinfo is not None and FIRST_YEAR <= utc.year < LAST_YEAR


def witness_from(kept: object) -> Witness | None:
    """What `Witness.as_json` made; None for anything else."""
    if not isinstance(kept, dict):
        return None
    try:
        witness = Witness(datetime.fromisoformat(kept["utc"]), float(kept["since_boot"]), str(kept["boot_id"]))
    except (KeyError, TypeError, ValueError):
        return None
    return witness if is_possible(witness.utc) else None


class _Kernel:
    """What adjtimex(2) says, asked once a second at most."""

    def __init__(self) -> None:
        self._asked_at = float("-inf")
        self._says: bool | None = None

    def synchronised(self) -> bool | None:
        now = time.monotonic()
        if now - self._asked_at >= ASK_KERNEL_SECONDS:
            self._says, self._asked_at = self._ask(), now
        return self._says

    @staticmethod
    def _ask() -> bool | None:
        try:
            state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(TIMEX_BYTES))
        except (AttributeError, OSError):
            return None
        return None if state < 0 else state != TIME_ERROR


_KERNEL = _Kernel()


def synchronised() -> bool | None:
    """Whether the kernel says that a time server keeps its clock; None where it does not say."""
    return _KERNEL.synchronised()


@cache
def boot_id() -> str:
    """The kernel's name for this boot; elsewhere a name for this process, so that nothing is compared wrongly."""
    try:
        return BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return str(uuid.uuid4())


def zone(name: str) -> zoneinfo.ZoneInfo:
    """An IANA time zone; ZoneInfoNotFoundError or ValueError for a name that is none.

    Only the tzdata package is asked: an old system table still has Almaty at +6, where it is +5 since March 2024.
    """
    zoneinfo.reset_tzpath(to=())
    return zoneinfo.ZoneInfo(name)


def local_offset_hours(timezone: str, utc: datetime) -> float:
    """Hours to add to UTC at `utc` in an IANA time zone, positive to the east."""
    offset = utc.astimezone(zone(timezone)).utcoffset()
    assert offset is not None
    return offset / timedelta(hours=1)
