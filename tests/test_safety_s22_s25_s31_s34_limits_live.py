"""S22, S24, S25, S26, S31, S33, S34: what is forbidden stays so while it moves, by day, at dawn, and for volunteers.

Judged by where the simulated axes stood.
"""

import os
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from scope.errors import NotAllowed, ScopeError
from scope.limits.axes import standing_at
from scope.orders import (
    Acknowledge,
    Cover,
    DeclareSolar,
    Direction,
    Goto,
    Helm,
    HelmAct,
    Nudge,
    NudgeRate,
    Order,
    Person,
    Role,
    SetHorizon,
    Sync,
    Track,
    TrackingRate,
)
from scope.position import Epoch, Equatorial
from scope.snapshot import Motion
from scope.target import Kind, Target
from tests.hand_office import AIGERIM, DANA, GUEST, TIMUR, Office
from tests.hand_time import HandTelescope, hand_telescope
from tests.telescopes import MORNING, SITE

FLOOR_DEGREES, OVER_DEGREES = 15.0, 0.6
"""The default limit; the air lifts what is low by 0.06°, and an encoder adds its step."""
CABLE_DEGREES = 270.0
GOTOS = 150 if os.environ.get("CLUBSCOPE_NIGHTLY") else 12
DAWN = datetime(2026, 9, 26, 0, 35, tzinfo=UTC)
"""A little before the Sun comes to −2° in Karaganda."""


def there(t: HandTelescope, altitude: float, azimuth: float) -> Target:
    guard = t.controller.guard
    place = guard.place(standing_at(altitude, azimuth, SITE.latitude_degrees), t.clock.utc())
    return Target("there", Kind.COORDINATES, Equatorial(place.ra_hours, place.dec_degrees, Epoch.OF_DATE))


# --- S22: the horizon ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [NudgeRate.FIND, NudgeRate.SLEW])
def test_a_key_held_downward_ends_at_the_horizon(tmp_path: Path, rate: NudgeRate) -> None:
    with hand_telescope(tmp_path, start=(26.0, 180.0)) as t:
        t.press(Direction.SOUTH, rate, 9.5)
        t.run(10)
        t.run_until(t.rests, 5, "rest")
        lowest = min(truth.altitude_degrees for truth in t.truths)
        assert lowest >= FLOOR_DEGREES - OVER_DEGREES
        assert lowest < FLOOR_DEGREES + 3.0, "and not halted long before"
        assert "halted_at_limit" in [what.result for what in t.happened]


def test_below_the_limit_every_key_that_leads_up_is_taken_and_none_that_leads_down(tmp_path: Path) -> None:
    with hand_telescope(tmp_path, start=(8.0, 180.0)) as t:
        before = len(t.wire.said)
        with pytest.raises(NotAllowed) as refusal:
            t.press(Direction.SOUTH, NudgeRate.CENTRE, 1)
        assert refusal.value.code == "nudge_below_horizon"
        assert not [said for said in t.wire.said[before:] if said.data.startswith(b":M")]
        t.press(Direction.NORTH, NudgeRate.FIND, 6)
        t.run(8)
        assert t.truth.altitude_degrees > FLOOR_DEGREES, "it is not halted on its way out"


def test_a_mask_is_kept_by_gotos_and_by_hand(tmp_path: Path) -> None:
    """A wall 40° high in the south, 60° wide."""
    with hand_telescope(tmp_path, start=(50.0, 180.0)) as t:
        office = Office(t, tmp_path)
        wall = ((0.0, 15.0), (149.0, 15.0), (150.0, 40.0), (210.0, 40.0), (211.0, 15.0), (359.0, 15.0))
        office.order(SetHorizon(wall), DANA)
        with pytest.raises(NotAllowed) as refusal:
            t.controller.goto(there(t, 30.0, 180.0))
        assert refusal.value.code == "below_horizon_mask"
        t.controller.goto(there(t, 30.0, 120.0))
        t.run_until(lambda: t.now.arrived, 120, "arrival")
        t.controller.goto(there(t, 30.0, 240.0))
        t.run_until(lambda: t.now.arrived, 120, "arrival on the other side")
        behind = [truth for truth in t.truths if 151 < truth.azimuth_degrees < 209]
        assert behind
        assert min(truth.altitude_degrees for truth in behind) >= 40.0 - OVER_DEGREES


# --- S24: the cables ----------------------------------------------------------------------------------------------


def test_however_it_is_sent_about_the_first_axis_never_winds_further_than_its_cables(tmp_path: Path) -> None:
    chance = Random(24)
    with hand_telescope(tmp_path, start=(45.0, 180.0), slew_rate=20) as t:
        for _ in range(GOTOS):
            try:
                t.controller.goto(there(t, chance.uniform(20, 80), chance.uniform(0, 360)))
            except ScopeError:
                continue
            t.run_until(lambda: t.now.motion is Motion.TRACKING, 120, "its end")
        wound = [abs(truth.axis_degrees[0] - 180.0) for truth in t.truths]
        assert max(wound) <= CABLE_DEGREES + 1.0
        assert t.actions().count("arrived") > GOTOS // 2
        assert t.controller.cable_degrees == pytest.approx(t.truth.axis_degrees[0] - 180.0, abs=1.0)


# --- S25: a sync --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "jump_degrees", "confirmed", "refused"),
    [
        (AIGERIM, 1.0, False, None),
        (AIGERIM, 5.0, True, "sync_by_day"),
        (DANA, 5.0, False, "sync_needs_confirmation"),
        (DANA, 5.0, True, None),
        (DANA, 12.0, True, "sync_too_far"),
    ],
)
def test_by_day_a_sync_that_moves_the_sky_is_for_an_admin(
    tmp_path: Path, by: Person, jump_degrees: float, confirmed: bool, refused: str | None
) -> None:
    with hand_telescope(tmp_path, MORNING, start=(45.0, 280.0)) as t:
        begun, office = t.seconds, Office(t, tmp_path)
        look = t.controller._lookout.bearing.last
        assert look is not None
        place = Equatorial(look.place.ra_hours, look.place.dec_degrees + jump_degrees, Epoch.OF_DATE)
        assert office.refusal(Sync(place=place, confirmed=confirmed), by) == refused
        assert bool(t.times_of(b":CM#", begun)) == (refused is None)


# --- S26: one at the helm ------------------------------------------------------------------------------------------


def test_one_at_a_time_moves_it_and_everybody_sees_who(tmp_path: Path) -> None:
    with hand_telescope(tmp_path) as t:
        office = Office(t, tmp_path)
        office.order(Helm(HelmAct.TAKE), AIGERIM)
        moves: list[Order] = [Goto(target="Polaris"), Track(TrackingRate.LUNAR), press(1)]
        assert {office.refusal(order, TIMUR) for order in moves} == {"helm_taken"}
        assert {office.refusal(order, DANA) for order in moves} == {"helm_taken"}, "an admin takes it first, visibly"
        helm = office.clerk.helm()
        assert helm is not None
        assert helm.holder == "Aigerim"
        office.order(Helm(HelmAct.TAKE), DANA)
        assert office.refusal(Goto(target="Polaris"), AIGERIM) == "helm_taken"
        assert office.refusal(Goto(target="Polaris"), DANA) is None


def press(number: int, rate: NudgeRate = NudgeRate.CENTRE) -> Nudge:
    return Nudge(Direction.NORTH, rate, f"press of {number}", 0)


# --- S31: the end of the night -------------------------------------------------------------------------------------


def before_dawn(t: HandTelescope) -> float:
    minutes = t.controller.guard.minutes_until_day(t.clock.utc())
    assert minutes is not None
    return minutes


def dawn_telescope(
    tmp_path: Path, start: tuple[float, float], at: datetime = DAWN
) -> AbstractContextManager[HandTelescope]:
    return hand_telescope(tmp_path, at, start=start, slew_rate=20)


@pytest.fixture(scope="module")
def dawn(tmp_path_factory: pytest.TempPathFactory) -> datetime:
    """A quarter of a minute before it."""
    utc = DAWN
    with dawn_telescope(tmp_path_factory.mktemp("dawn"), (45.0, 280.0)) as t:
        while not t.controller.guard.is_day(utc):
            utc += timedelta(seconds=5)
    return utc - timedelta(seconds=15)


def test_half_an_hour_before_it_a_warning_is_up(tmp_path: Path) -> None:
    with dawn_telescope(tmp_path, (45.0, 280.0), datetime(2026, 9, 25, 22, 0, tzinfo=UTC)) as t:
        t.run(6)
        assert "night_ending" not in t.alarms()
    with dawn_telescope(tmp_path / "later", (45.0, 280.0)) as t:
        assert before_dawn(t) < 30
        t.run(6)
        assert "night_ending" in t.alarms()
        t.controller.foresight.covered = True
        t.run(6)
        assert "night_ending" not in t.alarms()


def test_at_dawn_it_is_parked_where_the_way_there_is_known_and_safe(tmp_path: Path, dawn: datetime) -> None:
    with dawn_telescope(tmp_path, (45.0, 280.0), dawn) as t:
        t.remembered.put("park", {"altitude": 0.0, "azimuth": 180.0})
        t.run_until(lambda: "parked_at_dawn" in t.alarms(), 60, "the end of the night")
        t.settle(Motion.PARKED)
        assert t.exchange.dialect.is_parked


@pytest.mark.parametrize("park", [None, {"altitude": 5.0, "azimuth": 95.0}], ids=["unknown", "past the Sun"])
def test_at_dawn_it_stays_and_rests_where_no_safe_way_is_known(
    tmp_path: Path, dawn: datetime, park: dict[str, float] | None
) -> None:
    with dawn_telescope(tmp_path, (45.0, 280.0), dawn) as t:
        begun = t.seconds
        if park:
            t.remembered.put("park", park)
        t.run_until(lambda: "dawn_unsafe" in t.alarms(), 60, "the end of the night")
        t.settle(Motion.STOPPED)
        assert not t.times_of(b":hP#", begun)
        assert t.truth.tracking is False


@pytest.mark.parametrize("how", ["covered", "parked"])
def test_at_dawn_nothing_is_done_to_what_is_put_away_already(tmp_path: Path, dawn: datetime, how: str) -> None:
    with dawn_telescope(tmp_path, (45.0, 280.0), dawn) as t:
        t.controller.foresight.covered = how == "covered"
        if how == "parked":
            t.remembered.put("park", {"altitude": 0.0, "azimuth": 180.0})
            t.controller.park()
            t.settle(Motion.PARKED)
        begun = t.seconds + 2
        t.run(60)
        assert t.controller.guard.is_day(t.clock.utc())
        assert not {"dawn_unsafe", "parked_at_dawn"} & {*t.alarms()}
        assert not t.times_of(b":hP#", begun)


# --- S33, S34: who may do what -------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [DeclareSolar("Baader", True, True), SetHorizon(((0.0, 10.0), (180.0, 10.0)))])
@pytest.mark.parametrize("person", [AIGERIM, GUEST, Person("robot", Role.VOLUNTEER, "api")])
def test_what_loosens_a_limit_is_for_admins_and_every_try_is_written_down(
    tmp_path: Path, order: Order, person: Person
) -> None:
    with hand_telescope(tmp_path, MORNING, start=(45.0, 280.0)) as t:
        office, limits = Office(t, tmp_path), t.controller.guard.mask
        assert office.refusal(order, person) == "role_needed"
        assert t.controller.guard.mask == limits
        assert not t.controller.guard.solar.is_on
        assert [(entry.by, entry.result) for entry in office.entries] == [(person, "role_needed")]


@pytest.mark.parametrize(
    ("moment", "by", "rate", "refused"),
    [
        (MORNING, AIGERIM, NudgeRate.CENTRE, None),
        (MORNING, AIGERIM, NudgeRate.FIND, "rate_by_day"),
        (MORNING, AIGERIM, NudgeRate.SLEW, "rate_by_day"),
        (MORNING, DANA, NudgeRate.SLEW, None),
        (None, AIGERIM, NudgeRate.SLEW, None),
    ],
)
def test_by_day_a_volunteer_moves_it_slowly_by_hand(
    tmp_path: Path, moment: datetime | None, by: Person, rate: NudgeRate, refused: str | None
) -> None:
    given = {"moment": moment} if moment else {}
    with hand_telescope(tmp_path, start=(45.0, 280.0), **given) as t:  # type: ignore[arg-type]
        begun, office = t.seconds, Office(t, tmp_path)
        assert office.refusal(press(1, rate), by) == refused
        assert bool(t.times_of(b":Mn#", begun)) == (refused is None)


def test_everything_that_is_refused_or_declared_is_written_down_with_who(tmp_path: Path) -> None:
    with hand_telescope(tmp_path, MORNING, start=(45.0, 280.0)) as t:
        office = Office(t, tmp_path)
        deeds: list[tuple[Order, Person, str]] = [
            (Goto(target="Sun"), AIGERIM, "sun_not_allowed"),
            (Helm(HelmAct.TAKE), TIMUR, "helm_taken"),
            (Cover(True), AIGERIM, "accepted"),
            (Acknowledge("sun_near"), AIGERIM, "alarm_unknown"),
            (DeclareSolar("Baader", True, True), DANA, "accepted"),
            (SetHorizon(((0.0, 10.0), (180.0, 20.0))), DANA, "accepted"),
        ]
        for order, person, _ in deeds:
            office.refusal(order, person)
        assert [(entry.by, entry.result) for entry in office.entries] == [(by, result) for _, by, result in deeds]
