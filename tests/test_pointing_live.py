"""Stars added by orders, through the controller to a simulated mount that is crooked; judged by where its tube ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hardware_sim.pointing_errors import NO_ERRORS, PointingErrors
from scope.limits.axes import standing_at
from scope.orders import Goto, Pointing, PointingAct, SetMountClock, Sync, Track, TrackingRate
from scope.position import Epoch, Equatorial, Standing, arc_degrees
from scope.sky.pointing.fit import Sight
from scope.snapshot import Motion
from scope.steering.kept_stars import KeptStar, stars_as_json, stars_from_json
from tests.hand_office import AIGERIM, DANA, GUEST, Office
from tests.hand_time import HandTelescope, hand_telescope
from tests.telescopes import NIGHT, SITE, settings_for

ADD, DROP, CLEAR = PointingAct.ADD, PointingAct.DROP, PointingAct.CLEAR
CROOKED = PointingErrors(
    polar_altitude_arcminutes=40.0,
    polar_azimuth_arcminutes=-55.0,
    cone_arcminutes=10.0,
    non_perpendicularity_arcminutes=5.0,
    flexure_arcminutes=2.0,
    index_arcminutes=(20.0, -15.0),
)
SIX = ((50.0, 120.0), (40.0, 230.0), (65.0, 300.0), (35.0, 60.0), (60.0, 170.0), (30.0, 280.0))
"""Altitudes and azimuths of stars, on both sides of the meridian."""
START = (45.0, 200.0)
FAST = 12.0
ELSEWHERE = ((45.0, 95.0), (70.0, 205.0), (30.0, 320.0))
PROMISED_ARCMINUTES = 2.0


@contextmanager
def observing(folder: Path, errors: PointingErrors = CROOKED, **kind: str) -> Iterator[tuple[HandTelescope, Office]]:
    """A telescope that follows the sky; a German one of the LX200 kind unless `kind` says else."""
    kind = {"geometry": "german", "family": "lx200"} | kind
    axes = f'axes = "{kind["geometry"]}"'
    with hand_telescope(folder, mount=axes, start=START, settled=False, slew_rate=FAST, **kind) as t:
        t.exchange.dialect.mount.misalign(errors)
        office = Office(t, folder)
        if kind["family"] == "skywatcher":
            t.settle(Motion.STOPPED)
            office.order(Track(TrackingRate.SIDEREAL))
        t.settle()
        yield t, office


def place_at(t: HandTelescope, altitude: float, azimuth: float) -> Equatorial:
    place = t.controller.guard.place(standing_at(altitude, azimuth, SITE.latitude_degrees), t.clock.utc())
    return Equatorial(place.ra_hours, place.dec_degrees, Epoch.OF_DATE)


def true_place(t: HandTelescope) -> Equatorial:
    return Equatorial(t.truth.ra_degrees / 15.0, t.truth.dec_degrees, Epoch.OF_DATE)


def off_arcminutes(t: HandTelescope, place: Equatorial) -> float:
    return 60.0 * arc_degrees(t.truth.ra_degrees, t.truth.dec_degrees, place.ra_hours * 15.0, place.dec_degrees)


def go(t: HandTelescope, office: Office, place: Equatorial) -> None:
    office.order(Goto(place=place))
    t.run_until(lambda: t.now.arrived and t.now.motion is Motion.TRACKING, 200, "arrival")
    t.run(1.5)


def centre_and_add(t: HandTelescope, office: Office, altitude: float, azimuth: float) -> None:
    """Wherever the tube ends, there is a star: it is in the middle of the field."""
    go(t, office, place_at(t, altitude, azimuth))
    office.order(Pointing(ADD, place=true_place(t), confirmed=True))
    t.run(2.0)


@pytest.mark.parametrize("geometry", ["german", "fork", "altaz"])
def test_after_six_stars_a_goto_ends_within_two_arcminutes(tmp_path: Path, geometry: str) -> None:
    with observing(tmp_path, geometry=geometry) as (t, office):
        far = place_at(t, 45.0, 95.0)
        go(t, office, far)
        assert off_arcminutes(t, far) > 20.0, "it was no good mount"
        for star in SIX:
            centre_and_add(t, office, *star)
        assert t.now.pointing_stars == len(SIX)
        told = t.controller.pointing()
        assert told["rms_arcminutes"] < 1.0
        assert not any(star["is_doubtful"] for star in told["stars"])
        if geometry != "altaz":
            bolts = told["polar"]
            assert (bolts["azimuth_turn"], bolts["altitude_turn"]) == ("east", "down")
            assert bolts["azimuth_arcminutes"] == pytest.approx(55.0, abs=2.0)
            assert bolts["altitude_arcminutes"] == pytest.approx(40.0, abs=1.0)
        for altitude, azimuth in ELSEWHERE:
            place = place_at(t, altitude, azimuth)
            go(t, office, place)
            assert off_arcminutes(t, place) < PROMISED_ARCMINUTES
            seen = t.now.position
            assert seen is not None
            assert seen.altitude_degrees == pytest.approx(t.truth.altitude_degrees, abs=0.1), (
                "and that is what is shown"
            )


def test_a_motor_controller_without_a_brain_is_aimed_like_any_other(tmp_path: Path) -> None:
    with observing(tmp_path, family="skywatcher", geometry="german") as (t, office):
        for star in SIX:
            centre_and_add(t, office, *star)
        for altitude, azimuth in ELSEWHERE[:2]:
            place = place_at(t, altitude, azimuth)
            go(t, office, place)
            assert off_arcminutes(t, place) < PROMISED_ARCMINUTES


def test_without_stars_and_after_a_sync_alone_nothing_is_changed(tmp_path: Path) -> None:
    with observing(tmp_path, NO_ERRORS) as (t, office):
        assert t.controller._aligner._mount.model is None
        go(t, office, place_at(t, 50.0, 120.0))
        office.order(Sync(place=true_place(t)))
        assert t.now.pointing_stars in (0, 1)
        assert t.controller._aligner._mount.model is None
        assert t.controller.pointing()["rms_arcminutes"] == 0.0


def test_stars_outlive_the_program(tmp_path: Path) -> None:
    with observing(tmp_path) as (t, office):
        for star in SIX[:3]:
            centre_and_add(t, office, *star)
        told, exchange, clock = t.controller.pointing(), t.exchange, t.clock
        t.remembered.flush()
        settings = settings_for(tmp_path, mount='axes = "german"')
        again = HandTelescope(exchange, clock, t.remembered, settings)
        again.settle()
        again.run(3.0)
        assert again.controller.pointing() == told
        assert again.now.pointing_stars == 3
        assert again.now.position is not None
        assert again.now.position.altitude_degrees == pytest.approx(again.truth.altitude_degrees, abs=0.1)


def test_a_star_that_was_taken_for_another_is_shown_left_out_and_can_be_dropped(tmp_path: Path) -> None:
    with observing(tmp_path) as (t, office):
        for star in SIX[:5]:
            centre_and_add(t, office, *star)
        go(t, office, place_at(t, 30.0, 280.0))
        wrong = true_place(t)
        wrong = Equatorial(wrong.ra_hours, wrong.dec_degrees - 1.5, Epoch.OF_DATE)
        office.order(Pointing(ADD, place=wrong))
        t.run(2.0)
        bad = [star for star in t.controller.pointing()["stars"] if star["is_doubtful"]]
        assert len(bad) == 1
        assert bad[0]["residual_arcminutes"] == pytest.approx(90.0, abs=5.0)
        assert "pointing_star_doubtful" in t.alarms()
        office.order(Pointing(DROP, star=bad[0]["designation"]))
        t.run(2.0)
        assert "pointing_star_doubtful" not in t.alarms()
        assert len(t.controller.pointing()["stars"]) == 5


def test_a_sync_drops_a_model_only_when_that_is_confirmed(tmp_path: Path) -> None:
    with observing(tmp_path) as (t, office):
        for star in SIX[:2]:
            centre_and_add(t, office, *star)
        sync = Sync(place=true_place(t))
        assert office.refusal(sync) == "sync_drops_stars"
        assert len(t.controller.pointing()["stars"]) == 2
        office.order(Sync(place=true_place(t), confirmed=True))
        assert len(t.controller.pointing()["stars"]) == 1


def test_a_sync_of_which_nobody_knows_whether_it_was_heard_leaves_no_model(tmp_path: Path) -> None:
    with observing(tmp_path) as (t, office):
        for star in SIX[:2]:
            centre_and_add(t, office, *star)
        t.control("silent")
        assert office.refusal(Sync(place=true_place(t), confirmed=True)) == "no_answer"
        assert t.controller.pointing()["stars"] == []
        assert t.controller._aligner._mount.model is None


def test_cleared_it_shows_again_what_the_mount_says(tmp_path: Path) -> None:
    with observing(tmp_path) as (t, office):
        for star in SIX[:3]:
            centre_and_add(t, office, *star)
        assert t.controller._aligner._mount.model is not None
        office.order(Pointing(CLEAR))
        t.run(2.0)
        assert t.controller._aligner._mount.model is None
        assert t.controller.pointing()["stars"] == []
        assert t.now.pointing_stars == 0


def test_a_clock_put_right_drops_what_was_seen_by_the_wrong_one(tmp_path: Path) -> None:
    with observing(tmp_path) as (t, office):
        for star in SIX[:2]:
            centre_and_add(t, office, *star)
        office.order(SetMountClock())
        t.run(2.0)
        assert t.now.pointing_stars == 2, "it was right before"
        t.control("clock 20")
        t.run(7.0)
        office.order(SetMountClock())
        t.run(2.0)
        assert t.now.pointing_stars == 0


def test_a_star_is_added_only_by_who_has_the_helm_to_a_telescope_that_follows_the_sky(tmp_path: Path) -> None:
    with observing(tmp_path, NO_ERRORS) as (t, office):
        add = Pointing(ADD, place=true_place(t))
        assert office.refusal(add, GUEST) == "role_needed"
        office.order(add, AIGERIM)
        t.run(2.0)
        assert office.refusal(Pointing(ADD, place=true_place(t)), DANA) == "helm_taken"
        assert office.refusal(Pointing(DROP, star="no such star")) == "pointing_star_unknown"
        assert office.refusal(Pointing(ADD, place=place_at(t, 40.0, 60.0))) == "sync_too_far"
        near = true_place(t)
        near = Equatorial(near.ra_hours, near.dec_degrees + 3.0, Epoch.OF_DATE)
        assert office.refusal(Pointing(ADD, place=near)) == "sync_needs_confirmation"
        office.order(Goto(place=place_at(t, 40.0, 60.0)))
        t.run(1.0)
        assert office.refusal(Pointing(ADD, place=near)) == "pointing_moving"
        assert office.refusal(Pointing(CLEAR)) == "pointing_moving"


def test_what_does_not_follow_the_sky_is_on_no_star(tmp_path: Path) -> None:
    with observing(tmp_path, NO_ERRORS, geometry="altaz") as (t, office):
        office.order(Track(TrackingRate.OFF))
        t.settle(Motion.STOPPED)
        assert office.refusal(Pointing(ADD, place=true_place(t))) == "pointing_not_tracking"


STAR = KeptStar("Vega", NIGHT, Sight(Standing(10.0, 38.0), Standing(10.5, 38.2), tipped=True))


def test_stars_are_kept_as_what_they_were_and_only_for_their_telescope() -> None:
    kept = stars_as_json([STAR], "lx200 german")
    assert stars_from_json(kept, "lx200 german") == [STAR]
    assert stars_from_json(kept, "lx200 fork") == []


@pytest.mark.parametrize(
    "kept",
    [
        *(None, 3, {}, {"telescope": "x"}, {"telescope": "x", "stars": 3}),
        *({"telescope": "x", "stars": [star]} for star in (3, {}, {"designation": "Vega", "utc": "then"})),
        {"telescope": "x", "stars": [{"designation": "Vega", "utc": "2026-11-24", "reported": [1], "true": [1, 2]}]},
    ],
)
def test_a_memory_that_cannot_be_read_is_no_model(kept: Any) -> None:
    assert stars_from_json(kept, "x") == []
