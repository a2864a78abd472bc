"""Why an order is not carried out now: the mount, the helm, the clocks, what was typed, and other orders."""

from __future__ import annotations

from collections.abc import Mapping

from web.languages import _N

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "mount_refused": (
        _N("The mount refused: “%(words)s”. Look at the mount."),
        _N("The mount refused. Look at the mount."),
    ),
    "mount_busy": (_N("The mount is busy. Try again in a moment."),),
    "mount_reset": (
        _N(
            "The mount has restarted, and its alignment may be lost. Look at a bright star; if it still points where "
            "it says, confirm the alignment."
        ),
    ),
    "not_capable": (_N("This mount cannot do that."),),
    "tracking_mode_unknown": (
        _N("The mount is in land mode and cannot follow the sky. Choose another mode on its hand box."),
    ),
    "position_unknown": (_N("The mount has not told its position yet. Wait a moment and try again."),),
    "position_stale": (
        _N(
            "The last known position of the telescope is too old to move it safely. "
            "Wait until the mount answers again; STOP works."
        ),
    ),
    "stop_not_confirmed": (_N("The telescope has not come to rest. SWITCH THE MOUNT OFF at its power switch."),),
    "parked": (_N("The telescope is parked. Unpark it first."),),
    "not_parked": (_N("The telescope is not parked."),),
    "already_slewing": (_N("The telescope is still turning. Wait until it arrives, or press STOP."),),
    "press_over": (_N("This press is over. Let go and press again."),),
    "overtaken": (_N("A stop or a newer order came first. Nothing is wrong."),),
    "not_allowed": (_N("That is not allowed now."),),
    "alarm_unknown": (_N("This alarm is over already."),),
    "helm_taken": (
        _N("%(holder)s is at the helm. Ask for the helm first; everybody may always stop."),
        _N("Nobody can steer without the helm. Take the helm first."),
    ),
    "helm_not_yours": (_N("Only who is at the helm can give it away."),),
    "time_not_trusted": (
        _N(
            "The clocks of the mount and of this computer differ by %(difference_seconds)s. "
            "Set the mount's clock first, after a look at a watch."
        ),
        _N("The time is not certain yet. Compare the clocks, then set the mount's clock."),
    ),
    "time_unconfirmed": (
        _N("Nobody vouches for this computer's clock. Compare it with a watch on the page “Clocks” and confirm it."),
    ),
    "time_far_off": (
        _N(
            "That differs by %(difference_seconds)s from what this computer knows about the time: too far to be right. "
            "Look at the watch again, also at its date and time zone."
        ),
        _N("That cannot be the time. Look at the watch again, also at its date and time zone."),
    ),
    "clock_shifted": (_N("The clock is shifted on purpose, for the demonstration; it cannot be set."),),
    "clock_synchronised": (_N("The network keeps this computer's clock; it needs no other."),),
    "site_differs": (_N("The mount believes to be at another place. Set the mount's clock and place first."),),
    "sync_too_far": (
        _N(
            "That would turn the sky by %(jump_degrees)s; at most %(limit_degrees)s is allowed. "
            "Check that the right object is in the eyepiece."
        ),
    ),
    "sync_needs_confirmation": (
        _N("That would turn the sky by %(jump_degrees)s. If the object is in the eyepiece, confirm and press again."),
        _N("That would turn the sky far. If the object is in the eyepiece, confirm and press again."),
    ),
    "target_unknown": (
        _N("Nothing is called “%(typed)s”. Did you mean %(nearest)s?"),
        _N("Nothing is called “%(typed)s”. Type a name such as M13 or Vega, or coordinates."),
        _N("Nothing is called that. Type a name such as M13 or Vega, or coordinates."),
    ),
    "target_missing": (_N("Say where to: a name, or coordinates."),),
    "coordinates_not_understood": (
        _N("These coordinates cannot be read. Write right ascension first: 16 41 42 +36 28, or 16.695 +36.467."),
    ),
    "ra_out_of_range": (_N("Right ascension lies between 0 and 24 hours."),),
    "dec_out_of_range": (_N("Declination lies between −90° and +90°."),),
    "minutes_out_of_range": (_N("Minutes lie between 0 and 59."),),
    "seconds_out_of_range": (_N("Seconds lie between 0 and 59."),),
    "text_too_long": (_N("That is too long for a name."),),
    "control_characters": (_N("That holds characters that belong to no name."),),
}
