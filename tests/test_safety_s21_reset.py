"""S21: a mount that has lost its power for a moment is known by what it shows, and a hand box is not taken for one."""

import pytest

from scope.watch.signs import Sign
from scope.watch.watchdog import SIGNS_TOGETHER_SECONDS, reset_evidence

NOW = 1000.0


@pytest.mark.parametrize(
    ("signs", "restarted"),
    [
        ([], False),
        ([Sign.JUMPED], True),
        ([Sign.CLOCK_UNSET], True),
        ([Sign.SITE_UNSET], True),
        ([Sign.RESTARTED], True),
        ([Sign.TRACKING_LOST], False),  # somebody chose land mode at the hand box
        ([Sign.CLOCK_CHANGED], False),  # somebody set the clock there
        ([Sign.SITE_CHANGED], False),
        ([Sign.PRECISION_LOST], False),  # somebody changed the format there
        ([Sign.TRACKING_LOST, Sign.CLOCK_CHANGED], True),
        ([Sign.TRACKING_LOST, Sign.PRECISION_LOST], True),
        ([Sign.CLOCK_CHANGED, Sign.SITE_CHANGED], True),
    ],
)
def test_what_means_that_the_mount_has_restarted(signs: list[Sign], restarted: bool) -> None:
    found = reset_evidence(dict.fromkeys(signs, NOW - 1.0), NOW)
    assert (found is not None) is restarted
    if found:
        assert (found.code, found.halt) == ("mount_reset", True)
        assert {sign for sign in Sign if found.details[sign.value]} == set(signs)


def test_signs_that_are_long_apart_are_not_added_up() -> None:
    signs = {Sign.TRACKING_LOST: NOW - SIGNS_TOGETHER_SECONDS - 1.0, Sign.CLOCK_CHANGED: NOW}
    assert reset_evidence(signs, NOW) is None


def test_the_jump_is_told_in_degrees() -> None:
    found = reset_evidence({Sign.JUMPED: NOW}, NOW, jump_degrees=47.123)
    assert found is not None
    assert found.details["jump_degrees"] == 47.1
