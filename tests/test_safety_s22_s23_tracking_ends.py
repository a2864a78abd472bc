"""S22, S23, S3: what is followed is followed no further than a limit, and what points at the Sun by day is told of.

The sky turns 15° an hour; the time is a test's, so that half an hour takes a second or two.
"""

from pathlib import Path

import pytest

from scope.orders import TrackingRate
from scope.position import Epoch, Equatorial
from scope.snapshot import Motion
from scope.target import Kind, Target
from tests.hand_time import SKY, HandTelescope, hand_telescope
from tests.telescopes import MORNING, POLE_STAR

TOLERANCE_DEGREES = 0.5


def hour_angle(t: HandTelescope) -> float:
    hours = SKY.sidereal_hours(t.clock.utc()) - t.truth.ra_degrees / 15.0
    return (hours * 15.0 + 180.0) % 360.0 - 180.0


def test_a_star_that_sets_is_followed_no_further_than_the_limit_and_the_next_one_again(tmp_path: Path) -> None:
    with hand_telescope(tmp_path, start=(16.0, 275.0)) as t:
        begun = t.seconds
        t.run_until(lambda: "ahead_horizon" in t.alarms(), 30, "the warning")
        t.run_until(lambda: "tracking_ended" in t.alarms(), 1200, "the end of tracking")
        t.run(60)
        assert t.now.motion is Motion.STOPPED
        assert min(truth.altitude_degrees for truth in t.truths_since(begun)) >= 15.0 - TOLERANCE_DEGREES
        t.controller.goto(POLE_STAR)
        t.run_until(lambda: t.now.arrived, 120, "arrival")
        t.settle(Motion.TRACKING)
        assert "tracking_ended" not in t.alarms()


def test_a_star_that_rises_out_of_what_is_forbidden_is_followed(tmp_path: Path) -> None:
    with hand_telescope(tmp_path, start=(14.0, 85.0)) as t:
        t.run(900)
        assert t.now.motion is Motion.TRACKING
        assert "tracking_ended" not in t.alarms()
        assert t.truth.altitude_degrees > 15.0


def test_a_german_mount_follows_no_further_past_the_meridian_than_its_overrun(tmp_path: Path) -> None:
    settings = {"mount": 'axes = "german"', "limits": "meridian_overrun_degrees = 1"}
    with hand_telescope(tmp_path, geometry="german", start=(50.0, 240.0), **settings) as t:
        just_east = (SKY.sidereal_hours(t.clock.utc()) + 2.0 / 15.0) % 24.0
        t.controller.goto(Target("east", Kind.COORDINATES, Equatorial(just_east, 10.0, Epoch.OF_DATE)))
        t.run_until(lambda: t.now.arrived, 300, "arrival")
        t.run_until(lambda: "tracking_ended" in t.alarms(), 900, "the end of tracking")
        t.run(60)
        assert t.now.motion is Motion.STOPPED
        assert hour_angle(t) <= 1.0 + TOLERANCE_DEGREES


def test_what_a_person_has_switched_off_stays_off(tmp_path: Path) -> None:
    with hand_telescope(tmp_path, start=(40.0, 90.0)) as t:
        t.controller.track(TrackingRate.OFF)
        t.settle(Motion.STOPPED)
        t.controller.goto(POLE_STAR)
        t.run_until(lambda: t.now.arrived, 120, "arrival")
        t.run(5)
        assert t.now.tracking == "off"


@pytest.mark.parametrize(("off", "told"), [(10.0, True), (30.0, False)])
def test_a_tube_that_points_near_the_sun_by_day_is_told_of_until_somebody_has_seen_it(
    tmp_path: Path, off: float, told: bool
) -> None:
    """At MORNING the Sun stands at altitude 53.6°, azimuth 124°."""
    with hand_telescope(tmp_path, MORNING, start=(53.6 + off, 124.5)) as t:
        t.run(12)
        assert ("pointing_near_sun" in t.alarms()) == told
        if told:
            t.controller.foresight.covered = True
            t.run(12)
            assert "pointing_near_sun" in t.alarms()
            t.controller.alarms.acknowledge("pointing_near_sun")
            t.run(12)
            assert "pointing_near_sun" not in t.alarms()
