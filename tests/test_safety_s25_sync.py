"""S25: a sync may not move the sky far, for a bad one blinds every guard."""

import pytest

from scope.errors import NotAllowed
from scope.limits.sync import check_sync

NAN = float("nan")
NIGHT, DAY = False, True
ASKED, CONFIRMED = False, True
VOLUNTEER, ADMIN = False, True


@pytest.mark.parametrize(
    ("jump", "confirmed", "by_day", "is_admin", "code"),
    [
        (0.0, ASKED, DAY, VOLUNTEER, None),
        (1.9, ASKED, NIGHT, VOLUNTEER, None),
        (2.0, ASKED, DAY, VOLUNTEER, None),
        (2.1, ASKED, NIGHT, VOLUNTEER, "sync_needs_confirmation"),
        (2.1, CONFIRMED, NIGHT, VOLUNTEER, None),
        (2.1, CONFIRMED, DAY, VOLUNTEER, "sync_by_day"),
        (2.1, ASKED, DAY, VOLUNTEER, "sync_by_day"),
        (2.1, ASKED, DAY, ADMIN, "sync_needs_confirmation"),
        (2.1, CONFIRMED, DAY, ADMIN, None),
        (10.0, CONFIRMED, DAY, ADMIN, None),
        (10.1, CONFIRMED, NIGHT, ADMIN, "sync_too_far"),
        (180.0, CONFIRMED, DAY, ADMIN, "sync_too_far"),
        (NAN, CONFIRMED, NIGHT, ADMIN, "sync_too_far"),
    ],
)
def test_a_sync_that_jumps_is_asked_about_left_to_an_admin_or_refused(
    jump: float, confirmed: bool, by_day: bool, is_admin: bool, code: str | None
) -> None:
    if code is None:
        check_sync(jump, confirmed, by_day, is_admin)
        return
    with pytest.raises(NotAllowed) as refusal:
        check_sync(jump, confirmed, by_day, is_admin)
    assert refusal.value.code == code
    assert refusal.value.details["limit_degrees"] == (10.0 if code == "sync_too_far" else 2.0)
