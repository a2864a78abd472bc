"""NexStar commands that ask where the telescope points, send it elsewhere, stop it, or tell it where it is.

NexStar Communication Protocol 1.2 (Celestron), SynScan Serial Communication Protocol 3.3 (Sky-Watcher). Every order is
answered by a mere `#`: one that is turned down shows only in that nothing moves.
"""

from hardware_sim.belief import Celestial, Target
from hardware_sim.geometry import AxisPair, from_horizontal, wrapped
from hardware_sim.nexstar_angles import pair_text, read_pair
from hardware_sim.nexstar_hand_control import DONE, QUARTER_TURN, HandControl, Understood
from hardware_sim.reply import SILENCE, Replies, say

HALF_TURN = 180.0


def _where(digits: int) -> Understood:
    def where(control: HandControl, _: bytes) -> Replies:
        pointing = control.to_wire(control.mount.pointing())
        dec = pointing.dec_degrees
        if control.mount.is_tipped() and control.model.shows_pole_passed:
            dec = HALF_TURN - dec
        return say(pair_text(pointing.ra_degrees, dec, digits) + b"#")

    return Understood(b"E" if digits == 4 else b"e", 0, where)


def _where_axes(digits: int) -> Understood:
    def where(control: HandControl, _: bytes) -> Replies:
        if control.model.asks_for_axes:
            axes = control.motor_angles()
            return say(pair_text(axes.first, axes.second, digits) + b"#")
        altitude, azimuth = control.mount.horizontal()
        return say(pair_text(azimuth, altitude, digits) + b"#")

    return Understood(b"Z" if digits == 4 else b"z", 0, where)


def _read_sky(control: HandControl, argument: bytes) -> Celestial | None:
    """The point of the sky of date that is meant; None for what is none."""
    pair = read_pair(argument)
    if pair is None or abs(wrapped(pair[1])) > QUARTER_TURN:
        return None
    return control.from_wire(Celestial(pair[0], wrapped(pair[1])))


def _is_within_limits(control: HandControl, target: Target) -> bool:
    altitude = control.mount.altitude_of(target)
    is_within = control.model.lowest_goto_degrees <= altitude <= control.model.highest_goto_degrees
    return is_within and control.mount.can_reach(target)


def _goto(digits: int) -> Understood:
    def goto(control: HandControl, argument: bytes) -> Replies:
        if read_pair(argument) is None:
            return SILENCE
        target = _read_sky(control, argument)
        if target is not None and control.is_aligned and control.may_move and _is_within_limits(control, target):
            control.mount.goto(target)
        return DONE

    return Understood(b"R" if digits == 4 else b"r", 2 * digits + 1, goto)


def _goto_axes(digits: int) -> Understood:
    def goto(control: HandControl, argument: bytes) -> Replies:
        pair = read_pair(argument)
        if pair is None:
            return SILENCE
        mount, height = control.mount, wrapped(pair[1])
        if not control.may_move:
            return DONE
        if control.model.asks_for_axes and mount.belief.geometry.polar:
            mount.goto_axes(control.axes_of(AxisPair(*pair)))
        elif abs(height) <= QUARTER_TURN:
            _goto_horizontal(control, AxisPair(pair[0], height))
        return DONE

    return Understood(b"B" if digits == 4 else b"b", 2 * digits + 1, goto)


def _goto_horizontal(control: HandControl, wanted: AxisPair) -> None:
    mount = control.mount
    sky = from_horizontal(wanted.second, wanted.first, mount.belief.site.latitude_degrees)
    if not _is_within_limits(control, sky):
        return
    if mount.belief.geometry.polar:
        mount.goto(sky)
    else:
        mount.goto_axes(wanted)


def _sync(digits: int) -> Understood:
    def sync(control: HandControl, argument: bytes) -> Replies:
        if read_pair(argument) is None:
            return SILENCE
        target = _read_sky(control, argument)
        if target is not None and control.is_aligned:
            control.alignment_before_sync = control.mount.belief.alignment
            control.mount.sync(target)
        return DONE

    return Understood(b"S" if digits == 4 else b"s", 2 * digits + 1, sync)


def _take_sync_back(control: HandControl, _: bytes) -> Replies:
    control.mount.belief.alignment = control.alignment_before_sync
    control.mount.follow_from_here()
    return DONE


def _cancel(control: HandControl, _: bytes) -> Replies:
    """Ends a goto; what was set going through the motors' own commands goes on."""
    control.mount.cancel_goto()
    return DONE


def _is_going(control: HandControl, _: bytes) -> Replies:
    """A digit in ASCII, where `J` has a bare number."""
    return say(b"1#" if control.mount.says_it_goes() else b"0#")


def _side(control: HandControl, _: bytes) -> Replies:
    """Which way the tube looks from the pier: west while it stands on the east side, and the other way round."""
    looks_west = not control.mount.is_tipped()
    if control.model.turns_side_in_south and control.mount.belief.site.latitude_degrees < 0.0:
        looks_west = not looks_west
    return say(b"W#" if looks_west else b"E#")


COMMANDS = (
    *(command(digits) for digits in (4, 8) for command in (_where, _where_axes, _goto, _goto_axes, _sync)),
    Understood(b"u", 0, _take_sync_back),
    Understood(b"M", 0, _cancel),
    Understood(b"L", 0, _is_going),
    Understood(b"p", 0, _side),
)
