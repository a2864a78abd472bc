"""Whether a sync may move the whole sky so far: a bad one blinds every guard that reckons from where it points."""

from __future__ import annotations

from scope.errors import NotAllowed

SYNC_REFUSED_DEGREES = 10.0
SYNC_CONFIRMED_DEGREES = 2.0
"""A jump like this is more often a wrong star than a wrong mount, so a person has to look twice."""


def check_sync(jump_degrees: float, confirmed: bool, by_day: bool = False, is_admin: bool = False) -> None:
    """Refuse a jump that no honest misalignment explains, ask about a large one, and leave it to an admin by day."""
    if not jump_degrees <= SYNC_REFUSED_DEGREES:
        code, limit = "sync_too_far", SYNC_REFUSED_DEGREES
    elif jump_degrees <= SYNC_CONFIRMED_DEGREES:
        return
    elif by_day and not is_admin:
        code, limit = "sync_by_day", SYNC_CONFIRMED_DEGREES
    elif not confirmed:
        code, limit = "sync_needs_confirmation", SYNC_CONFIRMED_DEGREES
    else:
        return
    message = f"the sync would move the sky by {jump_degrees:.1f}°, the limit is {limit:g}°"
    raise NotAllowed(message, code=code, jump_degrees=round(jump_degrees, 1), limit_degrees=limit)
