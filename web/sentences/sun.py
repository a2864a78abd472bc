"""Why the Sun forbids it: too near, on the way, or nobody can say where it stands; and the ceremony of its filter."""

from __future__ import annotations

from collections.abc import Mapping

from web.languages import _N

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "too_near_sun": (
        _N(
            "That is %(separation_degrees)s from the Sun; nearer than %(limit_degrees)s is dangerous for eyes and "
            "telescope. It will be possible at %(possible_at)s."
        ),
        _N(
            "That is %(separation_degrees)s from the Sun; nearer than %(limit_degrees)s is dangerous for eyes and "
            "telescope. Choose something farther away."
        ),
        _N("That is too near to the Sun: dangerous for eyes and telescope. Choose something farther away."),
    ),
    "path_near_sun": (
        _N(
            "The way there passes the Sun at %(separation_degrees)s; nearer than %(limit_degrees)s is dangerous, and "
            "no way round was found. It will be possible at %(possible_at)s."
        ),
        _N(
            "The way there passes the Sun at %(separation_degrees)s; nearer than %(limit_degrees)s is dangerous, and "
            "no way round was found. Choose something on this side of the Sun."
        ),
        _N("The way there passes too near to the Sun. Choose something on this side of the Sun."),
    ),
    "sun_lock_out": (
        _N("The telescope came too near to the Sun. Press “I have seen it” at the alarm first; STOP works."),
    ),
    "sun_guard_unavailable": (
        _N(
            "Where the Sun stands cannot be computed, so nothing moves by day. "
            "Compare the clocks and the place on the page “Clocks”; STOP works."
        ),
    ),
    "nudge_into_sun": (
        _N(
            "This direction leads to %(separation_degrees)s from the Sun; nearer than %(limit_degrees)s is dangerous. "
            "Move away from the Sun."
        ),
        _N("This direction leads too near to the Sun. Move away from it."),
    ),
    "rate_by_day": (
        _N("By day volunteers move the telescope by hand at the two lowest speeds only. Choose “finest” or “slow”."),
    ),
    "park_path_unsafe": (
        _N(
            "The way to the park position passes the Sun at %(separation_degrees)s, and no way round was found. "
            "Put the lid on the tube, say so on the page “Telescope”, and park then."
        ),
        _N(
            "The way to the park position passes too near to the Sun. "
            "Put the lid on the tube, say so on the page “Telescope”, and park then."
        ),
    ),
    "park_path_unknown": (
        _N(
            "Which way the mount takes to its park position is not known here, and it could pass the Sun. "
            "Put the lid on the tube, say so on the page “Telescope”, and park then."
        ),
    ),
    "home_path_unknown": (
        _N(
            "Which way the mount takes to its home position is not known here, and it could pass the Sun. "
            "Put the lid on the tube, say so on the page “Telescope”, and send it home then."
        ),
    ),
    "sync_by_day": (
        _N(
            "By day only an administrator may turn the sky by %(jump_degrees)s: after a wrong correction the telescope "
            "could find the Sun."
        ),
        _N(
            "By day only an administrator may correct the pointing so far: after a wrong correction the telescope "
            "could find the Sun."
        ),
    ),
    "sun_not_allowed": (
        _N("The Sun may only be looked at through a solar filter, and none has been declared. Ask an administrator."),
    ),
    "solar_checklist": (
        _N("Both ticks are needed: the filter before the whole aperture, and the finder covered or taken off."),
    ),
    "solar_at_night": (_N("The Sun is down. Declare the solar filter by day, when it is on the telescope."),),
    "solar_not_on": (_N("No solar filter is declared: the Sun is forbidden already."),),
    "password_needed": (
        _N("This needs your password once more, typed on the page “Sun”; no program can do it for you."),
    ),
    "password_wrong": (_N("This is not your password. Nothing has been changed; type it again."),),
    "password_unset": (_N("You have no password yet. Choose one first, then come back here."),),
}
