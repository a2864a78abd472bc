"""Whether a mount that believes in another sky may slew."""

import pytest

from scope.errors import NotAllowed
from scope.limits.trust import check_trust

NAN = float("nan")


@pytest.mark.parametrize(
    ("clock_seconds", "site_degrees", "code"),
    [
        (0, 0, None),
        (-299, 0.9, None),
        (301, 0, "time_not_trusted"),
        (-3600, 0, "time_not_trusted"),
        (float("inf"), 0, "time_not_trusted"),
        (NAN, 0, "time_not_trusted"),
        (0, 1.1, "site_differs"),
        (0, NAN, "site_differs"),
    ],
)
def test_a_mount_that_believes_in_another_sky_does_not_slew(
    clock_seconds: float, site_degrees: float, code: str | None
) -> None:
    if code is None:
        check_trust(clock_seconds, site_degrees)
        return
    with pytest.raises(NotAllowed) as refusal:
        check_trust(clock_seconds, site_degrees)
    assert refusal.value.code == code
