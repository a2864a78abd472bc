"""What single families of mounts refuse or ask for, each with what is to be done at its hand box or in the settings."""

from __future__ import annotations

from collections.abc import Mapping

from web.languages import _N

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "mount_not_started": (
        _N(
            "The mount has not been started yet (it says “%(words)s”). Choose a start mode at its hand box; "
            "then it is met by itself."
        ),
        _N("The mount has not been started yet. Choose a start mode at its hand box; then it is met by itself."),
    ),
    "refused_in_silence": (
        _N(
            "The mount did not answer the goto and has not moved: it refused. "
            "Look whether it is parked, or whether its time and site are set."
        ),
    ),
    "target_refused": (
        _N(
            "The mount refused this target (it says “%(words)s”): it lies beyond the limits set in the mount, "
            "or the mount is parked. Unpark it, or choose something higher."
        ),
        _N(
            "The mount refused this target: it lies beyond the limits set in the mount, or the mount is parked. "
            "Unpark it, or choose something higher."
        ),
    ),
    "goto_not_begun": (
        _N(
            "The hand control took the order, but the telescope does not go. Look at its display: leave an open menu; "
            "if none is open, the target lies beyond the limits set there. Choose something else."
        ),
    ),
    "not_aligned": (
        _N("The hand control is not aligned, and would go nowhere. Do its alignment first, then try again."),
    ),
    "axes_unknown": (
        _N(
            "It is not known how the axes of this mount stand, so it cannot be told how to follow the sky. Switch "
            "tracking on at its hand control, or set “axes” under [mount] in clubscope.toml: altaz, fork or german."
        ),
    ),
    "alignment_would_be_lost": (
        _N(
            "The StarSense is aligned; with a new time or place it would forget that. "
            "If they are wrong, set them at its hand control and align it again."
        ),
    ),
    "motor_board_silent": (
        _N(
            "A motor of the mount does not answer its own hand control (it says “%(words)s”). "
            "Switch the mount off and on, and look at its cables."
        ),
        _N("A motor of the mount does not answer its own hand control. Switch the mount off and on."),
    ),
    "mount_not_stopped": (
        _N(
            "The motors have not come to rest (the mount says “%(words)s”), so nothing has been changed. "
            "Wait a moment and try again."
        ),
        _N("The motors have not come to rest, so nothing has been changed. Wait a moment and try again."),
    ),
    "axis_wound_up": (
        _N(
            "There an axis would stand at %(degrees)s, farther around than its motor can count. "
            "Go to something on the other side of the sky first, to unwind it."
        ),
        _N(
            "There an axis would stand farther around than its motor can count. "
            "Go to something on the other side of the sky first, to unwind it."
        ),
    ),
    "speaks_synscan": (
        _N("It is a SynScan hand control that answers. Set family = “synscan” under [mount] in clubscope.toml."),
    ),
    "speaks_nexstar": (
        _N("It is a NexStar hand control that answers. Set family = “nexstar” under [mount] in clubscope.toml."),
    ),
}

CAUSES: Mapping[str, tuple[str, ...]] = {
    code: SENTENCES[code] for code in ("mount_not_started", "speaks_synscan", "speaks_nexstar")
}
"""By the `reason` of a lost line: the mount answers, but cannot be met yet."""
