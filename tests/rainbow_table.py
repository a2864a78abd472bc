"""How the table of RainbowAstro's mounts bears upon their driver, and how a simulated one is made to stand for a row.

The words of the driver that a question is asked with, what its meanings look like in the table, and which command
carries a `value`. No test here; tests/test_fleet_words.py puts each row to both.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from hardware_sim.mount_clock import MountClock
from hardware_sim.rainbow import Rainbow
from scope.command import Command
from scope.errors import MountRefused
from scope.mounts import rainbow_words as say
from scope.orders import TrackingRate
from tests.manuals import Row
from tests.placed_mount import Given, answers, number, placed, point, show, target_of
from tests.simulated_mount import EVENING

ASKED = [say.FIRMWARE, say.RA, say.DEC, say.SLEWING, say.TRACKS, say.RATE, say.START]
ASKED += [say.OFFSET, say.DATE, say.TIME, say.LATITUDE, say.LONGITUDE]
TOLD = [say.HALT, say.HOME, say.TRACK_ON, say.TRACK_OFF, *say.FOLLOW.values(), *say.SPEED.values()]
TOLD += [*say.NUDGE.values(), *say.REST.values()]
REFUSABLE = [say._set(":Sr24:00:00.0#"), say._set(":Sd+90*00:00.1#"), say.set_dec(5.0)]
"""Two of them we would never send."""
COMMANDS: Sequence[Command[Any]] = [*ASKED, *TOLD, *REFUSABLE]
ASKED_BY_OTHERS = {b":GA#", b":GZ#", b":CU0#"}
SETTERS: dict[bytes, Callable[[Any], Command[None]]] = {
    b"Sr": say.set_ra,
    b"Sd": say.set_dec,
    b"Ck": lambda place: say.sync(*place),
    b"SC": say.set_date,
    b"SL": say.set_time,
    b"SG": say.set_offset,
    b"St": say.set_latitude,
    b"Sg": say.set_longitude,
}


def set_by(row: Row) -> Sequence[Command[Any]]:
    return [SETTERS[row.sent[1:3]](row.given["value"])]


def meaning(command: Command[Any], answer: bytes) -> object:
    """What the driver makes of an answer, in the words of the table: a refusal is what the mount said."""
    try:
        meant = command.means(answer)
    except MountRefused as refusal:
        return refusal.details["words"]
    if isinstance(meant, TrackingRate):
        return meant.value
    return True if meant is None and command is not say.RATE else meant


def standing(stands: Given) -> Rainbow:
    dialect = placed("rainbow", stands)
    assert isinstance(dialect, Rainbow)
    offset_hours, local = number(stands, "offset_hours", 5.0), stands.get("local")
    is_told = isinstance(local, datetime)
    show(
        dialect.mount,
        MountClock.showing(local, EVENING, offset_hours) if is_told else MountClock.right(offset_hours),  # type: ignore[arg-type]
    )
    target = target_of(stands)
    if target is not None:
        point(dialect.mount, target)
    dialect.mount.track(bool(stands.get("tracking", True)))
    before = stands.get("before", b"")
    assert isinstance(before, bytes)
    answers(dialect, before)
    return dialect
