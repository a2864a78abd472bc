"""Why a star of the pointing model cannot be added or dropped, and which of them does not belong."""

from __future__ import annotations

from collections.abc import Mapping

from web.languages import _N

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "pointing_axes_unknown": (
        _N(
            "Nobody knows yet how the axes of this mount stand. Wait until it answers; if it does not tell, set “axes” "
            "under [mount] in clubscope.toml: altaz, fork or german."
        ),
    ),
    "pointing_moving": (
        _N("The telescope is still moving. Wait until it has come to rest on the star, then press again."),
    ),
    "pointing_not_tracking": (
        _N(
            "The telescope does not follow the sky, so no star stays in the centre. "
            "Press “with the stars” under “Follow”, centre the star again, and then press here."
        ),
    ),
    "pointing_star_unknown": (
        _N("No star of the model is called “%(typed)s”. It may have been dropped already; load the page again."),
        _N("No star of the model is called that. It may have been dropped already; load the page again."),
    ),
    "sync_drops_stars": (
        _N(
            "Stars in the pointing model: %(stars)s. This correction would drop them all. To keep them, add this star "
            "on the page “Pointing”; to begin anew with it, tick that you have seen it in the eyepiece, and press "
            "again."
        ),
        _N(
            "This correction would drop the stars of the pointing model. To keep them, add this star on the page "
            "“Pointing”; to begin anew with it, tick that you have seen it in the eyepiece, and press again."
        ),
    ),
}

ALARMS: Mapping[str, tuple[str, ...]] = {
    "pointing_star_doubtful": (
        _N(
            "%(designation)s does not fit the other stars of the pointing model: it is off by %(residual_arcminutes)s. "
            "Perhaps it was another star, or not in the centre. Drop it on the page “Pointing”."
        ),
        _N("One star of the pointing model does not fit the others. Drop it on the page “Pointing”."),
    ),
}
