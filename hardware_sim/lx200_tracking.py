"""LX200 commands that say what the mount follows, and what it does when it follows nothing: tracking, park, home.

Meade Telescope Serial Command Protocol, 2010.10: Tracking, Alignment, Home Position. Most dialects have other letters
for the same things, so that what is done stands here and who says it stands in their files.
"""

from collections.abc import Mapping

from hardware_sim.geometry import GEOMETRIES
from hardware_sim.lx200_hand_control import HandControl, Rest
from hardware_sim.lx200_model import NO, YES, Answer, Understood
from hardware_sim.motion import TrackingRate
from hardware_sim.reply import SILENCE, Replies, say

MEADE_FREQUENCIES = {TrackingRate.SIDEREAL: b"60.1#", TrackingRate.SOLAR: b"60.0#", TrackingRate.LUNAR: b"57.9#"}


def track_at(rate: TrackingRate, on: bool | None = None) -> Answer:
    """Follow at this rate from now on; `on` also starts or ends it."""

    def choose(control: HandControl, _: bytes) -> Replies:
        control.mount.tracking_rate = rate
        if on is not None and not control.is_parking:
            control.mount.track(on)
        return SILENCE

    return choose


def tells_rate(frequencies: Mapping[TrackingRate, bytes], at_rest: bytes | None = None) -> Answer:
    def tell(control: HandControl, _: bytes) -> Replies:
        if at_rest is not None and not control.mount.tracking:
            return say(at_rest)
        return say(frequencies[control.mount.tracking_rate])

    return tell


def track(on: bool) -> Answer:
    """Without a word, and without effect while parked."""

    def switch(control: HandControl, _: bytes) -> Replies:
        if not control.is_parking:
            control.mount.track(on)
        return SILENCE

    return switch


def track_and_say(on: bool) -> Answer:
    """`:Te#` and `:Td#`: on unless it is parked, off unless a goto is under way."""

    def switch(control: HandControl, _: bytes) -> Replies:
        if control.is_parking or (control.is_going and not on):
            return NO
        control.mount.track(on)
        return YES

    return switch


def align(polar: bool) -> Answer:
    """`:AP#` and `:AA#` turn tracking on and say how the axes stand; said wrongly, they ruin the alignment."""

    def say_how(control: HandControl, _: bytes) -> Replies:
        if control.is_parking:
            return SILENCE
        mount = control.mount
        if polar != mount.belief.geometry.polar:
            own = mount.ground if mount.ground.polar == polar else GEOMETRIES["fork" if polar else "altaz"]
            mount.take_geometry_for(own)
        mount.track(True)
        return SILENCE

    return say_how


def go_to_rest(rest: Rest, answer: Replies = SILENCE) -> Answer:
    def go(control: HandControl, _: bytes) -> Replies:
        control.go_to_rest(rest)
        return answer

    return go


def wake_up(control: HandControl, _: bytes) -> Replies:
    """Parked no more, and after the sky again."""
    control.rest = Rest.NOWHERE
    control.mount.track(True)
    return SILENCE


RATES = (
    Understood(b"TQ", track_at(TrackingRate.SIDEREAL)),
    Understood(b"TL", track_at(TrackingRate.LUNAR)),
    Understood(b"TS", track_at(TrackingRate.SOLAR)),
)
ALIGNMENT = (
    Understood(b"AP", align(polar=True)),
    Understood(b"AA", align(polar=False)),
    Understood(b"AL", track(False)),
)
PARK = Understood(b"hP", go_to_rest(Rest.PARK))
