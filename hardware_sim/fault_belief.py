"""Faults of belief: a mount with a wrong clock, a wrong site or another way of writing than a moment ago.

Each happens once, at once, to what the firmware holds true; the axes and the real site and time stay as they are.
"""

from dataclasses import replace
from datetime import UTC, datetime

from hardware_sim.fault_words import Argument, Fault, Lasts, Row, UnknownFault
from hardware_sim.mount import Mount
from hardware_sim.mount_clock import MountClock, Site

LATITUDE = Argument("LATITUDE", -90.0, 90.0)
LONGITUDE = Argument("LONGITUDE", -180.0, 180.0)
YEAR_2000 = datetime(2000, 1, 1, tzinfo=UTC)
ROWS = (
    Row("clock", "F41", "its clock jumps by so much", (Argument("SECONDS", -2e9, 2e9),), lasts=Lasts.MOMENT),
    Row("hour-off", "F41", "its clock is an hour ahead, as by a forgotten summer time", lasts=Lasts.MOMENT),
    Row("day-off", "F41", "its clock is a day ahead", lasts=Lasts.MOMENT),
    Row("year-2000", "F41", "its clock starts at 2000-01-01 00:00, as after a flat battery", lasts=Lasts.MOMENT),
    Row("offset-flipped", "F41", "its time zone has the wrong sign", lasts=Lasts.MOMENT),
    Row("site", "F42", "believes to stand there (longitude east positive)", (LATITUDE, LONGITUDE), lasts=Lasts.MOMENT),
    Row("site-flipped", "F42", "its longitude has the wrong sign", lasts=Lasts.MOMENT),
    Row("site-swapped", "F42", "latitude and longitude have changed places", lasts=Lasts.MOMENT),
    Row("site-zero", "F42", "believes to stand at 0, 0", lasts=Lasts.MOMENT),
    Row("low-precision", "F43", "writes positions in low precision from now on (LX200)", lasts=Lasts.MOMENT),
    Row("high-precision", "F43", "writes positions in high precision from now on (LX200)", lasts=Lasts.MOMENT),
)
WORDS = frozenset(row.word for row in ROWS)
HOUR, DAY = 3600.0, 86400.0
JUMPS = {"hour-off": HOUR, "day-off": DAY}


def mislead(mount: Mount, fault: Fault) -> None:
    """Change the clock or the site that the mount believes in."""
    belief = mount.belief
    if fault.word.startswith("site"):
        belief.site = _wrong_site(belief.site, fault)
    elif fault.word == "year-2000":
        local_offset = belief.clock.offset_hours
        belief.clock = MountClock.showing(YEAR_2000, mount.true_utc_seconds, local_offset)
    elif fault.word == "offset-flipped":
        belief.clock.offset_hours = -belief.clock.offset_hours
    else:
        jump = float(fault.values[0]) if fault.values else JUMPS[fault.word]
        belief.clock.local_minus_true_utc_seconds += jump
    mount.follow_from_here()


def _wrong_site(site: Site, fault: Fault) -> Site:
    if fault.word == "site-flipped":
        return replace(site, longitude_degrees=-site.longitude_degrees)
    if fault.word == "site-zero":
        return Site(0.0, 0.0)
    if fault.word == "site":
        return Site(float(fault.values[0]), float(fault.values[1]))
    if abs(site.longitude_degrees) > LATITUDE.highest:
        raise UnknownFault(f"site-swapped: {site.longitude_degrees:g} is no latitude")
    return Site(site.longitude_degrees, site.latitude_degrees)
