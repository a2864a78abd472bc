"""S6: the Sun is not there for anybody until an admin has vouched for a filter, and again after each of eight ends."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scope.clock import Clock
from scope.errors import NotAllowed
from scope.happening import Happening
from scope.mounts.mount import Can, Mount, Reading
from scope.orders import (
    DeclareSolar,
    Direction,
    EndSolar,
    Goto,
    Nudge,
    NudgeRate,
    Person,
    Role,
    SolarEnd,
    TrackingRate,
)
from scope.position import Epoch, Equatorial
from scope.remembered import Remembered
from scope.snapshot import LineState
from scope.steering.crew import Crew, muster
from scope.target import Kind, Target
from scope.watch.solar import FOUR_HOURS
from tests.hand_office import AIGERIM, DANA, ERLAN, GUEST, TIMUR, Office
from tests.hand_time import SKY, HandTelescope, hand_telescope, in_hand
from tests.telescopes import MORNING, NIGHT, ready, settings_for
from tests.true_sun import degrees_from_sun

FILTER = DeclareSolar("Baader", front=True, finder=True)
SUN = Target("Sun", Kind.SUN, None)


@pytest.fixture
def t(tmp_path: Path) -> Iterator[HandTelescope]:
    with hand_telescope(tmp_path, MORNING, start=(45.0, 200.0)) as telescope:
        yield telescope


def is_out_of_reach(t: HandTelescope, office: Office) -> bool:
    """By name, by search, by coordinates, by hand, and in what everybody sees."""
    place, begun = SKY.sun(t.clock.utc()), t.seconds
    codes = {office.refusal(Goto(target="Sun")), office.refusal(Goto(place=place))}
    found = [entry["designation"] for entry in office.clerk.look_up("Sun", 10)]
    closed = codes == {"sun_not_allowed", "too_near_sun"} and "Sun" not in found and t.now.solar is None
    return closed and not t.times_of(b":MS#", begun)


def test_the_sun_is_not_there_until_it_is_vouched_for(t: HandTelescope, tmp_path: Path) -> None:
    assert is_out_of_reach(t, Office(t, tmp_path))


def test_vouched_for_it_is_found_reached_and_shown(t: HandTelescope, tmp_path: Path) -> None:
    office = Office(t, tmp_path)
    office.order(FILTER, DANA)
    assert "Sun" in [entry["designation"] for entry in office.clerk.look_up("Sun", 10)]
    solar = t.now.solar
    assert solar is not None
    assert (solar.filter, solar.by) == ("Baader", "Dana")
    office.order(Goto(target="Sun"), AIGERIM)
    t.run_until(lambda: t.now.arrived, 90, "arrival")
    assert degrees_from_sun(t.truth) < 0.2
    assert "sun_near" not in t.alarms()


@pytest.mark.parametrize("person", [GUEST, AIGERIM])
def test_only_an_admin_can_vouch(t: HandTelescope, tmp_path: Path, person: Person) -> None:
    office = Office(t, tmp_path)
    assert office.refusal(FILTER, person) == "role_needed"
    assert is_out_of_reach(t, office)


@pytest.mark.parametrize(("front", "finder"), [(False, True), (True, False), (False, False)])
def test_a_checklist_with_a_hole_is_none(t: HandTelescope, tmp_path: Path, front: bool, finder: bool) -> None:
    office = Office(t, tmp_path)
    assert office.refusal(DeclareSolar("Baader", front, finder), DANA) == "solar_checklist"
    assert is_out_of_reach(t, office)


def test_by_night_there_is_no_sun_to_vouch_for(tmp_path: Path) -> None:
    with hand_telescope(tmp_path, NIGHT) as t:
        assert Office(t, tmp_path).refusal(FILTER, DANA) == "solar_at_night"


ENDS: dict[str, tuple[Callable[[HandTelescope, Office], object], str]] = {
    "cancelled by who declared it": (lambda _, office: office.order(EndSolar(SolarEnd.CANCELLED), DANA), ""),
    "cancelled by another admin": (lambda _, office: office.order(EndSolar(SolarEnd.CANCELLED), ERLAN), ""),
    "the filter is taken off": (lambda _, office: office.order(EndSolar(SolarEnd.FILTER_REMOVED), TIMUR), ""),
    "the line is lost": (lambda t, _: t.control("unplug"), "disconnected"),
    "the mount restarts": (lambda t, _: t.control("blip"), "mount_reset"),
    "four hours are over": (lambda t, _: t.controller.guard.solar.__setattr__("_over_at", t.seconds + 2), "four_hours"),
}


@pytest.mark.parametrize("end", ENDS)
def test_it_ends_and_the_sun_is_out_of_reach_again(t: HandTelescope, tmp_path: Path, end: str) -> None:
    befall, because = ENDS[end]
    office = Office(t, tmp_path)
    office.order(FILTER, DANA)
    office.order(Goto(target="Sun"), AIGERIM)
    t.run_until(lambda: t.now.arrived, 90, "arrival")
    befall(t, office)
    t.run_until(lambda: t.now.solar is None, 12, f"the end: {end}")
    t.control("replug")
    t.run_until(lambda: t.now.line is LineState.UP and t.now.position is not None, 30, "the line")
    assert "Sun" not in [entry["designation"] for entry in office.clerk.look_up("Sun", 10)]
    assert office.refusal(Goto(target="Sun")) in ("sun_not_allowed", "mount_reset")
    told = [(what.action, what.result) for what in t.happened if what.action == "solar-ended"]
    assert told[-1:] == [("solar-ended", because)] or not because


def test_it_does_not_outlive_the_program(t: HandTelescope, tmp_path: Path) -> None:
    Office(t, tmp_path).order(FILTER, DANA)
    t.remembered.close()
    again = Remembered(tmp_path / "remembered.json")
    with in_hand(t.clock):
        restarted = HandTelescope(t.exchange, t.clock, again, settings_for(tmp_path))
        restarted.settle()
        assert is_out_of_reach(restarted, Office(restarted, tmp_path))
    again.close()


def test_the_tube_that_is_left_on_the_sun_is_led_away_and_never_back(t: HandTelescope, tmp_path: Path) -> None:
    """After the end it points into the forbidden circle: what moves it must lead out."""
    office = Office(t, tmp_path)
    office.order(FILTER, DANA)
    office.order(Goto(target="Sun"), AIGERIM)
    t.run_until(lambda: t.now.arrived, 90, "arrival")
    office.order(EndSolar(SolarEnd.FILTER_REMOVED), TIMUR)
    back = lead_away(t)
    t.run(11)
    t.settle()
    away = degrees_from_sun(t.truth)
    assert away > 15
    assert office.refusal(Nudge(back, NudgeRate.CENTRE, "back", 0)) == "nudge_into_sun"


def lead_away(t: HandTelescope) -> Direction:
    """A tube on the Sun stands a little above or below its middle: of two keys one leads away; returns the other."""
    try:
        t.press(Direction.SOUTH, NudgeRate.FIND, 9.5)
    except NotAllowed:
        t.press(Direction.NORTH, NudgeRate.FIND, 9.5)
        return Direction.SOUTH
    return Direction.NORTH


class Evening(Clock):
    """It is whenever the test says."""

    utc_now = datetime(2026, 6, 20, 14, 0, tzinfo=UTC)

    def utc(self) -> datetime:
        return self.utc_now

    def synchronised(self) -> bool | None:
        return True


class Obedient:
    """A mount with neither clock nor park, that stands."""

    can = Can.GOTO

    def read(self) -> Reading:
        return Reading(Equatorial(18.0, 40.0, Epoch.OF_DATE), slewing=False)

    def tracking(self) -> TrackingRate:
        return TrackingRate.SIDEREAL


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[tuple[Crew, Evening, list[Happening]]]:
    mount: Mount = Obedient()  # type: ignore[assignment]
    told, kept, clock = list[Happening](), Remembered(tmp_path / "kept.json"), Evening()
    yield muster(mount, ready(SKY), settings_for(tmp_path), clock, kept, told.append), clock, told
    kept.close()


def declare(crew: Crew, clock: Evening) -> None:
    height = crew.guard.sun(clock.utc()).altitude_degrees
    crew.guard.solar.declare(FILTER, Person("Dana", Role.ADMIN, "browser"), height, clock.monotonic(), clock.utc())


def test_it_ends_at_sunset(crew: tuple[Crew, Evening, list[Happening]]) -> None:
    """June in Karaganda: the Sun goes below −2° at 16:03 UTC."""
    works, clock, told = crew
    declare(works, clock)
    while works.guard.solar.is_on:
        object.__setattr__(clock, "utc_now", clock.utc_now + timedelta(minutes=1))
        works.pilot.end_solar_when_over()
        assert clock.utc_now < datetime(2026, 6, 20, 17, 30, tzinfo=UTC)
    assert works.guard.sun(clock.utc_now).altitude_degrees == pytest.approx(-2.0, abs=0.2)
    assert [(what.action, what.result) for what in told] == [("solar-ended", "sunset")]


def test_four_hours_are_counted_on_a_clock_that_nobody_turns(crew: tuple[Crew, Evening, list[Happening]]) -> None:
    works, clock, _ = crew
    declare(works, clock)
    solar, now = works.guard.solar, clock.monotonic()
    assert solar.reason_to_end(50.0, now + FOUR_HOURS.total_seconds() - 5) is None
    assert solar.reason_to_end(50.0, now + FOUR_HOURS.total_seconds() + 5) == "four_hours"
    object.__setattr__(clock, "utc_now", clock.utc_now - timedelta(days=1))
    assert solar.reason_to_end(50.0, now + FOUR_HOURS.total_seconds() + 5) == "four_hours"


def test_where_the_sun_cannot_be_computed_it_may_not_be_looked_at(crew: tuple[Crew, Evening, list[Happening]]) -> None:
    works, clock, _ = crew
    declare(works, clock)

    def no_sun(_: datetime) -> Equatorial:
        raise ArithmeticError("no ephemeris")

    sky = type("Broken", (), {"sun": staticmethod(no_sun)})()
    works.guard._sky_to_come = ready(sky)
    works.pilot.end_solar_when_over()
    assert not works.guard.solar.is_on
    with pytest.raises(NotAllowed) as refusal:
        works.guard.sun_to_avoid(clock.utc())
    assert refusal.value.code == "sun_guard_unavailable"
