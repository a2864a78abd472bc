"""Why the telescope may not point there, or not go there this way: horizon, zenith, declination, meridian, cables."""

from __future__ import annotations

from collections.abc import Mapping

from web.languages import _N

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "below_altitude_limit": (
        _N(
            "%(target)s stands at %(altitude_degrees)s, below the limit of %(limit_degrees)s. "
            "It will be high enough at %(possible_at)s."
        ),
        _N("%(target)s stands at %(altitude_degrees)s, below the limit of %(limit_degrees)s. Choose something higher."),
        _N("It stands at %(altitude_degrees)s, below the limit of %(limit_degrees)s. Choose something higher."),
        _N("That stands too low. Choose something higher."),
    ),
    "below_horizon_mask": (
        _N(
            "%(target)s stands at %(altitude_degrees)s, but buildings or trees reach up to %(limit_degrees)s there. "
            "It comes out at %(possible_at)s."
        ),
        _N(
            "It stands at %(altitude_degrees)s, but buildings or trees reach up to %(limit_degrees)s there. "
            "Choose something higher."
        ),
        _N("%(target)s is hidden behind the buildings or trees there. It comes out at %(possible_at)s."),
        _N("That is hidden behind the buildings or trees there. Choose something else."),
    ),
    "above_zenith_limit": (
        _N(
            "%(target)s stands at %(altitude_degrees)s; above %(limit_degrees)s this mount cannot follow the sky. "
            "It will be possible at %(possible_at)s."
        ),
        _N(
            "It stands at %(altitude_degrees)s; above %(limit_degrees)s this mount cannot follow the sky. "
            "Wait a while, or choose something lower."
        ),
        _N("That stands too near to the zenith for this mount. Wait a while, or choose something lower."),
    ),
    "outside_dec_limits": (
        _N(
            "Its declination is %(dec_degrees)s; this mount may point between %(lowest_degrees)s and "
            "%(highest_degrees)s. Choose something else."
        ),
        _N("This mount may not point at that declination. Choose something else."),
    ),
    "beyond_meridian": (
        _N(
            "There the telescope would stand too far beyond the meridian and could hit its pier. "
            "It will be possible at %(possible_at)s."
        ),
        _N(
            "There the telescope would stand too far beyond the meridian and could hit its pier. "
            "Choose something on the other side of the sky."
        ),
    ),
    "cable_wrapped": (
        _N(
            "The cables are wound up by %(travel_degrees)s, and on the way there it would be more than the "
            "%(limit_degrees)s allowed. Unwind them, then say on the page “Limits” that they hang free."
        ),
        _N(
            "On the way there the cables would be wound up too far. "
            "Unwind them, then say on the page “Limits” that they hang free."
        ),
    ),
    "path_below_horizon": (
        _N(
            "The way there leads behind the horizon, the buildings or the trees, and no way round was found. "
            "Go to something high in the sky first, and from there."
        ),
    ),
    "path_outside_dec": (
        _N(
            "The way there leads over places where this mount may not point, and no way round was found. "
            "Choose something else."
        ),
    ),
    "halted_at_limit": (
        _N("The telescope came down to %(altitude_degrees)s, the limit is %(limit_degrees)s, and was stopped."),
        _N("The telescope reached a limit and was stopped."),
    ),
    "nudge_below_horizon": (
        _N("This direction leads down to %(altitude_degrees)s; the limit there is %(limit_degrees)s. Move upwards."),
        _N("This direction leads too low. Move upwards."),
    ),
    "nudge_into_zenith": (_N("This direction leads too near to the zenith for this mount. Move downwards."),),
    "nudge_outside_dec": (_N("This mount may not point farther in this direction. Move the other way."),),
    "horizon_wrong": (
        _N(
            "Line %(line)s of the horizon cannot be read: “%(part)s”. "
            "Each line holds an azimuth (0 to 360) and an altitude (−10 to 90)."
        ),
        _N(
            "Line %(line)s of the horizon cannot be read. "
            "Each line holds an azimuth (0 to 360) and an altitude (−10 to 90)."
        ),
        _N("This horizon cannot be read. Each line holds an azimuth (0 to 360) and an altitude (−10 to 90)."),
    ),
    "horizon_too_many": (_N("That is too many points for a horizon: at most 720, two for each degree."),),
    "horizon_no_text": (_N("This file is no text. Save the horizon as Stellarium or N.I.N.A. write it."),),
    "horizon_too_few": (_N("That is too few points for a horizon. Give at least two, or none for an open horizon."),),
}
