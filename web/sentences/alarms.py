"""What is said while something is wrong: the alarms, by their code. Each says what to do."""

from __future__ import annotations

from collections.abc import Mapping

from web.languages import _N
from web.sentences import limits, line, motion, pointing, sun

ALARMS: Mapping[str, tuple[str, ...]] = {
    "stop_not_confirmed": motion.SENTENCES["stop_not_confirmed"],
    "line_lost": line.SENTENCES["line_lost"],
    "line_noisy": line.SENTENCES["line_noisy"],
    "service_gone": line.SENTENCES["service_gone"],
    "foreign_traffic": line.SENTENCES["foreign_traffic"],
    "not_saved": (_N("The log cannot be written at the moment. Check the disk; what happens is kept in memory."),),
    "clock_differs": (
        _N(
            "The mount's clock differs from this computer's by %(difference_seconds)s. "
            "Compare with a watch, then set the mount's clock."
        ),
        _N("The mount's clock differs from this computer's. Compare with a watch, then set the mount's clock."),
    ),
    "site_differs": motion.SENTENCES["site_differs"],
    "time_unconfirmed": motion.SENTENCES["time_unconfirmed"],
    # the Sun
    "sun_near": (
        _N(
            "STOPPED: the telescope came to %(separation_degrees)s from the Sun; nearer than %(limit_degrees)s is "
            "dangerous. Nobody may look through it now. Move it away from the Sun."
        ),
        _N("STOPPED: the telescope came too near to the Sun. Nobody may look through it now. Move it away."),
    ),
    "sun_will_pass": (
        _N(
            "In %(minutes)s the Sun will pass where the uncovered tube points. "
            "Put the lid on and say so, or turn the telescope away."
        ),
        _N("The Sun will pass where the uncovered tube points. Put the lid on and say so, or turn the telescope away."),
    ),
    "sun_will_pass_soon": (
        _N(
            "In only %(minutes)s the Sun will shine into the uncovered tube! "
            "Put the lid on NOW and say so, or turn the telescope away."
        ),
        _N(
            "The Sun will soon shine into the uncovered tube! "
            "Put the lid on NOW and say so, or turn the telescope away."
        ),
    ),
    "ahead_sun": (
        _N("In %(minutes)s the target will be too near to the Sun. Choose another one."),
        _N("The target will soon be too near to the Sun. Choose another one."),
    ),
    "pointing_near_sun": (
        _N(
            "The telescope points %(separation_degrees)s from the Sun; nearer than %(limit_degrees)s is dangerous. "
            "Nobody may look through it now. Point it farther away, or put the lid on and say so."
        ),
        _N("The telescope points too near to the Sun. Nobody may look through it now. Point it farther away."),
    ),
    "tracking_ended": (
        _N(
            "The telescope follows the sky no further: it has come to a limit. Choose another target; "
            "that one will be followed again."
        ),
    ),
    "night_ending": (
        _N("The night ends in %(minutes)s. Park the telescope and put the lid on the tube."),
        _N("The night is ending. Park the telescope and put the lid on the tube."),
    ),
    "parked_at_dawn": (_N("The day begins: the telescope has been parked. Put the lid on the tube."),),
    "dawn_unsafe": (_N("The day begins, and the telescope could not be parked safely. Put the lid on the tube NOW."),),
    "sun_guard_unavailable": sun.SENTENCES["sun_guard_unavailable"],
    # what comes while it follows the sky
    "ahead_horizon": (
        _N("In %(minutes)s the target goes down behind the horizon, and the telescope will stop. Choose another one."),
        _N("The target soon goes down behind the horizon, and the telescope will stop. Choose another one."),
    ),
    "ahead_zenith": (
        _N("In %(minutes)s the target comes too near to the zenith, and the telescope will stop. Choose another one."),
        _N("The target soon comes too near to the zenith, and the telescope will stop. Choose another one."),
    ),
    "ahead_meridian": (
        _N(
            "In %(minutes)s the telescope comes too far beyond the meridian and will stop. "
            "Go to the target again: then it takes the other side of the pier."
        ),
        _N(
            "The telescope soon comes too far beyond the meridian and will stop. "
            "Go to the target again: then it takes the other side of the pier."
        ),
    ),
    "ahead_cable": (
        _N("In %(minutes)s the cables are wound up as far as they may be. Go to another target, to unwind them."),
        _N("The cables are soon wound up as far as they may be. Go to another target, to unwind them."),
    ),
    "halted_at_limit": limits.SENTENCES["halted_at_limit"],
    "halted_at_zenith": (_N("The telescope came too near to the zenith for this mount and was stopped."),),
    "halted_at_dec_limit": (_N("The telescope came to the limit of its declination and was stopped."),),
    "goto_given_up": (
        _N("The telescope has given up its way to the target. %(because)s"),
        _N("The telescope has given up its way to the target. Go there again."),
    ),
    # the mount does something else
    "no_progress": (
        _N("STOPPED: the telescope did not get nearer to its target. Look for what holds it before you try again."),
    ),
    "runaway": (
        _N(
            "STOPPED: the telescope moved otherwise than it was told. Look at it; if it still moves, SWITCH THE MOUNT "
            "OFF at its power switch."
        ),
    ),
    "external_motion": (_N("The telescope moves without an order from here. Is somebody using the hand box?"),),
    "external_stop": (_N("The telescope was stopped, but not from here. Has somebody used the hand box?"),),
    "parked_by_hand": (_N("The telescope has been parked, but not from here. Has somebody used the hand box?"),),
    "mount_reset": motion.SENTENCES["mount_reset"],
    **pointing.ALARMS,
    "position_stale": (
        _N("STOPPED: the mount does not tell where it points any more. Check its power and the cable."),
    ),
}
"""By the code of an alarm of the live state."""
