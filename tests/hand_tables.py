"""How the tables of bytes of hand controls and of iOptron mounts bear upon their drivers.

Per table: which command asks a row's question, what a meaning of the table looks like as the driver has it, and which
command carries a `value`. No test here: tests/test_hand_tables.py puts each row to each hand control, and
tests/test_fleet_words.py each row to each iOptron.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from scope.command import Command
from scope.errors import MountRefused
from scope.mounts import ioptron, ioptron_words, nexstar, synscan
from scope.mounts import nexstar_clock as clock
from scope.mounts import nexstar_commands as hand
from scope.mounts.ioptron_v2 import V2
from scope.mounts.ioptron_v3 import V3
from scope.mounts.ioptron_words import Place, Status, Version
from tests.manuals import Row
from tests.manuals import ioptron_v2 as table_of_v2
from tests.manuals import ioptron_v3 as table_of_v3
from tests.manuals import nexstar as table_of_nexstar
from tests.manuals import synscan as table_of_synscan

Commands = Sequence[Command[Any]]
Setter = Callable[[Row], Sequence[Command[Any]]]


@dataclass(frozen=True)
class Table:
    """One language: its rows, the driver's commands, and who sends what carries a value."""

    name: str
    rows: Sequence[Row]
    commands: Commands
    set_by: Setter

    @property
    def by_bytes(self) -> Mapping[bytes, Command[Any]]:
        return {command.sends: command for command in self.commands}

    def answered(self) -> list[Row]:
        """The rows whose answer a driver's command hears."""
        known = self.by_bytes
        return [row for row in self.rows if row.sent in known and row.answered and row.given.get("only") != "simulator"]

    def setting(self) -> list[Row]:
        return [row for row in self.rows if "value" in row.given]


PASSED = [
    hand.turn(axis, positive, rate) for axis in hand.Axis for positive in (True, False) for rate in (0, 1, 2, 5, 9)
]
COMMON = [hand.ECHO, hand.PLACE, hand.COARSE_PLACE, hand.AXES, hand.GOING, hand.ALIGNED, hand.MODEL, hand.MODE]
COMMON += [hand.SIDE, hand.done(b"M"), clock.CLOCK, clock.SITE, *PASSED]
FOLLOWED = [hand.follow(rate, south) for rate in nexstar.FOLLOW.values() for south in (False, True)]
NEXSTAR = [*COMMON, nexstar.VERSION, nexstar.VARIANT, nexstar.HIBERNATE, nexstar.WAKE, clock.QUARTERLY_CLOCK, *FOLLOWED]
SYNSCAN = [*COMMON, synscan.VERSION]
IOPTRON = [ioptron.STATUS, ioptron_words.MODEL, ioptron_words.FIRMWARE, ioptron_words.SYNC, ioptron_words.PARK]
IOPTRON += [ioptron_words.UNPARK, ioptron_words.HOME, ioptron_words.TRACK_ON, ioptron_words.TRACK_OFF]
IOPTRON += [
    ioptron_words.REST_RA,
    ioptron_words.REST_DEC,
    *ioptron_words.FOLLOW.values(),
    *ioptron_words.SPEED.values(),
]

IOPTRON += [*ioptron_words.set_zone(0.0), *map(ioptron_words.set_hemisphere, (-1.0, 1.0)), ioptron_words.HALT]


def _by_hand_control(row: Row) -> Sequence[Command[Any]]:
    value: Any = row.given["value"]
    letter = row.sent[:1]
    if letter in b"HI":
        local, offset = value
        utc = local.replace(tzinfo=table_of_nexstar.UTC) - timedelta(hours=offset)
        return [clock.set_clock(utc, offset, quarterly=letter == b"I")]
    if letter == b"W":
        return [clock.set_site(*value)]
    if letter == b"T":
        return [hand.track(value)]
    first, second = value
    if letter in b"bB":
        return [hand.goto_axes(first, second)] if letter == b"b" else []
    orders = {b"r": hand.goto, b"R": hand.goto_coarsely, b"s": hand.sync}
    return [orders[letter](first * 15.0, second)]


def _by(version: Version) -> Setter:
    def set_by(row: Row) -> Sequence[Command[Any]]:
        what, value = row.given["value"]  # type: ignore[misc]
        if what in ("date", "time"):
            what, value = "utc", value.replace(tzinfo=table_of_v2.UTC)
        commands: dict[str, Callable[[Any], Sequence[Command[Any]]]] = {
            "ra": lambda ra: [version.set_ra(ra)],
            "dec": lambda dec: [ioptron_words.set_dec(dec)],
            "zone": ioptron_words.set_zone,
            "utc": lambda utc: version.set_clock(utc, 0.0),
            "latitude": lambda latitude: version.set_site(latitude, 0.0),
            "longitude": lambda longitude: version.set_site(0.0, longitude),
        }
        return commands[what](value)

    return set_by


def _refused(rows: Sequence[Row]) -> list[Command[None]]:
    """What we would never send: out of range, or badly formed."""
    return [ioptron_words.order(row.sent) for row in rows if row.answered == b"0" and row.sent.startswith(b":S")]


TABLES = [
    Table("nexstar", table_of_nexstar.ROWS, NEXSTAR, _by_hand_control),
    Table("synscan", table_of_synscan.ROWS, SYNSCAN, _by_hand_control),
]
IOPTRON_TABLES = [
    Table(
        "ioptron_v2", table_of_v2.ROWS, [*IOPTRON, V2.place, V2.clock, V2.start, *_refused(table_of_v2.ROWS)], _by(V2)
    ),
    Table(
        "ioptron_v3", table_of_v3.ROWS, [*IOPTRON, V3.place, V3.clock, V3.start, *_refused(table_of_v3.ROWS)], _by(V3)
    ),
]
ARROWS = {"ioptron_v2": (V2, table_of_v2.DIRECTIONS), "ioptron_v3": (V3, table_of_v3.DIRECTIONS)}


def meaning(command: Command[Any], answer: bytes) -> object:
    """What the driver makes of an answer, in the words of the tables."""
    try:
        meant = command.means(answer)
    except MountRefused:
        return False
    return _plain(command, meant)


def _plain(command: Command[Any], meant: Any) -> object:
    if command is hand.ECHO:
        return "G"
    if meant is None:
        return True
    if isinstance(meant, hand.Angles):
        if command.sends in (b"z", b"Z"):
            return meant.first, meant.second - 360.0 * (meant.second > 180.0)
        return meant.first / 15.0, meant.dec_degrees
    if isinstance(meant, Place):
        return meant.ra_hours, meant.dec_degrees, meant.side and meant.side.value
    if isinstance(meant, tuple) and isinstance(meant[-1], Status):
        status = meant[-1]
        return status.latitude_degrees, status.longitude_degrees, int(status.state), status.rate
    return meant
