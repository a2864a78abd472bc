"""NexStar commands that ask what the hand control is, and those for tracking, clock, site and sleep.

NexStar Communication Protocol 1.2 (Celestron), SynScan Serial Communication Protocol 3.3 (Sky-Watcher). The arguments
and answers are bare bytes, any of which may happen to be 0x23, a hash.
"""

from datetime import datetime

from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.nexstar_hand_control import DONE, HandControl, Understood
from hardware_sim.reply import SILENCE, Replies, say

CENTURY = 2000
HOURS_PER_SUMMER_TIME = 1.0
ZONES_PER_HOUR = {b"h": 1, b"i": 4}
FARTHEST_ZONE_HOURS = 14


def _echo(_: HandControl, argument: bytes) -> Replies:
    return say(argument + b"#")


def _version(control: HandControl, _: bytes) -> Replies:
    return say(control.model.version + b"#")


def _variant(control: HandControl, _: bytes) -> Replies:
    return SILENCE if control.model.variant is None else say(bytes([control.model.variant]) + b"#")


def _model(control: HandControl, _: bytes) -> Replies:
    return say(bytes([control.model.number]) + b"#")


def _is_aligned(control: HandControl, _: bytes) -> Replies:
    return say(bytes([control.is_aligned]) + b"#")


def _tracking(control: HandControl, _: bytes) -> Replies:
    is_off = control.mode == 0 or (control.fits(control.mode) and not control.mount.tracking)
    return say(bytes([0 if is_off else control.mode]) + b"#")


def _track(control: HandControl, argument: bytes) -> Replies:
    mode = argument[0]
    if mode == 0 or (mode in control.model.modes and not control.is_hibernating):
        control.follow(mode)
    return DONE


def _angle_bytes(degrees: float) -> bytes:
    """Degrees, minutes and seconds, rounded once, and a 1 for south or west."""
    minutes, seconds = divmod(round(abs(degrees) * 3600), 60)
    return bytes([*divmod(minutes, 60), seconds, degrees < 0.0])


def _read_angle(told: bytes, largest: float) -> float | None:
    degrees = told[0] + told[1] / 60.0 + told[2] / 3600.0
    if degrees > largest or told[1] > 59 or told[2] > 59 or told[3] > 1:
        return None
    return -degrees if told[3] else degrees


def _site(control: HandControl, _: bytes) -> Replies:
    site = control.mount.belief.site
    east = (site.longitude_degrees + 180.0) % 360.0 - 180.0
    return say(_angle_bytes(site.latitude_degrees) + _angle_bytes(east) + b"#")


def _set_site(control: HandControl, argument: bytes) -> Replies:
    latitude, longitude = _read_angle(argument[:4], 90.0), _read_angle(argument[4:], 180.0)
    if latitude is not None and longitude is not None:
        control.mount.belief.site = Site(latitude, longitude)
        _something_was_set(control)
    return DONE


def _time(letter: bytes) -> Understood:
    def time(control: HandControl, _: bytes) -> Replies:
        clock = control.mount.belief.clock
        local = clock.local(control.mount.true_utc_seconds)
        standard = clock.offset_hours - HOURS_PER_SUMMER_TIME * control.has_summer_time
        zone = int(standard * ZONES_PER_HOUR[letter]) % 256  # what is no whole number is cut; not confirmed on hardware
        day = (local.month, local.day, local.year % 100)
        return say(bytes([local.hour, local.minute, local.second, *day, zone, control.has_summer_time]) + b"#")

    return Understood(letter, 0, time)


def _set_time(letter: bytes) -> Understood:
    def set_time(control: HandControl, told: bytes) -> Replies:
        zone = (told[6] - 256 if told[6] > 127 else told[6]) / ZONES_PER_HOUR[letter]
        if abs(zone) > FARTHEST_ZONE_HOURS or told[7] > 1:
            return DONE
        try:
            local = datetime(CENTURY + told[5], told[3], told[4], told[0], told[1], told[2])
        except ValueError:
            return DONE  # a date that is none is answered like any other, and not taken over
        control.has_summer_time = bool(told[7])
        offset_hours = zone + HOURS_PER_SUMMER_TIME * control.has_summer_time
        control.mount.belief.clock = MountClock.showing(local, control.mount.true_utc_seconds, offset_hours)
        _something_was_set(control)
        return DONE

    return Understood(letter.upper(), 8, set_time)


def _something_was_set(control: HandControl) -> None:
    control.mount.follow_from_here()
    if control.model.forgets_when_set:
        control.is_aligned = False


def hibernate(control: HandControl) -> None:
    """Stand still, remember the alignment, and go nowhere until woken."""
    control.mount.stop()
    control.mount.track(False)
    control.is_hibernating = True


def _hibernate(control: HandControl, _: bytes) -> Replies:
    hibernate(control)
    return DONE


def _wake(control: HandControl, _: bytes) -> Replies:
    if control.is_hibernating:
        control.is_hibernating = False
        control.follow(control.mode)
    return DONE


def _take_last_alignment(control: HandControl, _: bytes) -> Replies:
    """Whoever asks for this has put the axes onto their index marks before."""
    control.is_aligned = True
    return DONE


COMMANDS = (
    Understood(b"K", 1, _echo),
    Understood(b"V", 0, _version),
    Understood(b"v", 0, _variant),
    Understood(b"m", 0, _model),
    Understood(b"J", 0, _is_aligned),
    Understood(b"t", 0, _tracking),
    Understood(b"T", 1, _track),
    Understood(b"w", 0, _site),
    Understood(b"W", 8, _set_site),
    *(time(letter) for letter in ZONES_PER_HOUR for time in (_time, _set_time)),
    Understood(b"x", 0, _hibernate),
    Understood(b"y", 0, _wake),
    Understood(b"Y", 0, _take_last_alignment),
)
