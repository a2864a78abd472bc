"""A simulated iOptron that stands as a row of its tables has it; the words are explained at the top of each table."""

from datetime import UTC, datetime, timedelta

from hardware_sim.ioptron import IOptron
from hardware_sim.mount_clock import MountClock
from tests.placed_mount import Given, answers, number, placed, point, put_axes, show, target_of
from tests.simulated_mount import EVENING

USUAL_MODEL = {2: "ieq45", 3: "cem26"}


def standing(version: int, stands: Given) -> IOptron:
    """A mount that stands as a row has it."""
    dialect = placed("ioptron", {"model": USUAL_MODEL[version], **stands})
    assert isinstance(dialect, IOptron)
    mount = dialect.mount
    _set_clock(dialect, stands)
    target = target_of(stands)
    if target is not None:
        point(mount, target)
    if stands.get("parked") or stands.get("at_home"):
        put_axes(mount, mount.belief.home)
    dialect.control.is_parking = bool(stands.get("parked", False))
    mount.track(bool(stands.get("tracking", not (stands.get("parked") or stands.get("at_home")))))
    before = stands.get("before", b"")
    assert isinstance(before, bytes)
    answers(dialect, before)
    return dialect


def _set_clock(dialect: IOptron, stands: Given) -> None:
    dialect.control.has_summer_time = bool(stands.get("summer_time", False))
    offset_hours = number(stands, "zone_minutes", 300.0) / 60.0 + dialect.control.has_summer_time
    clock, local, utc = MountClock.right(offset_hours), stands.get("local"), stands.get("utc")
    if isinstance(local, datetime):
        clock = MountClock.showing(local, EVENING, offset_hours)
    elif isinstance(utc, datetime):
        clock = MountClock.showing(utc.astimezone(UTC) + timedelta(hours=offset_hours), EVENING, offset_hours)
    show(dialect.mount, clock)
