"""Each dialect's driver on the simulated mount of that make, which others wrote from the same manuals.

In virtual time, with no controller between them: whatever the mount says, the driver has to have asked for.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from hardware_sim.lx200_models import MODELS
from scope.errors import MountRefused, NoAnswer, NotCapable
from scope.mounts.lx200 import ASTRO_PHYSICS, LX200
from scope.mounts.mount import Can, ClockAndSite, Mount
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, separation_degrees
from tests.driver_on_simulator import OnSimulator
from tests.simulated_mount import EVENING, KARAGANDA, exchange

SLEW_RATE = 20.0
HIGH_UP = Equatorial(3.2, 55.5, Epoch.OF_DATE)
UNDER_THE_POLE = Equatorial(14.0, 85.0, Epoch.OF_DATE)
NEVER_RISES = Equatorial(3.2, -80.0, Epoch.OF_DATE)
ARCSECONDS = {"onstep": 1.0, "ten-micron": 1.0, "astro-physics": 2.0}
"""How near to where it was told to go it says that it points; elsewhere a second of time is all there is."""
IN_LAND_MODE = ("lx200gps", "autostar", "autostar494")
"""Do not track when switched on, and cannot be told to before a person has aligned them."""
PRODUCTS = {
    **{"lx200gps": "LX2001", "autostar": "Autostar", "autostar494": "Autostar", "classic": None, "onstep": "On-Step"},
    **{"am5": "AM5", "gemini": "Losmandy Gemini", "ten-micron": "10micron GM1000HPS"},
    **{"astro-physics": "Astro-Physics GTO"},
}


def family_of_model(model: str) -> str:
    """All but one are found by what they say of themselves."""
    return "astro-physics" if model == "astro-physics" else "lx200"


class Driven:
    """A driver that has greeted its simulated mount and told it time and place."""

    def __init__(self, model: str) -> None:
        self.model = model
        self.ask = OnSimulator(exchange(family=family_of_model(model), model=model, slew_rate=SLEW_RATE))
        self.mount: Mount = LX200(self.ask)
        self.identity = self.mount.greet()
        if model not in IN_LAND_MODE:
            self.mount.track(TrackingRate.SIDEREAL)

    def goto(self, place: Equatorial) -> None:
        self.mount.goto(place)
        self.ask.wait_until(lambda: self.mount.read().slewing is False, 90)
        self.ask.wait(4.0)

    def rest(self) -> None:
        self.ask(LX200.halt)
        self.ask.wait(5.0)


@pytest.fixture(params=sorted(MODELS))
def driven(request: pytest.FixtureRequest) -> Iterator[Driven]:
    driven = Driven(request.param)
    yield driven
    assert driven.ask.left_over == b"", "it said something that nobody had asked for"


def test_it_is_met_as_who_it_is(driven: Driven) -> None:
    assert driven.identity.product == PRODUCTS[driven.model]
    assert (driven.identity.firmware is None) == (driven.model == "classic")


def test_it_goes_where_it_is_told_and_says_so(driven: Driven) -> None:
    for place in (HIGH_UP, UNDER_THE_POLE):
        driven.goto(place)
        off = separation_degrees(driven.mount.read().position, place) * 3600
        assert off <= ARCSECONDS.get(driven.model, 16.0)
        assert (driven.mount.read().pier_side is not None) == (Can.PIER_SIDE in driven.mount.can)


def test_it_refuses_what_never_rises_in_words_of_its_own(driven: Driven) -> None:
    with pytest.raises(MountRefused) as refusal:
        driven.mount.goto(NEVER_RISES)
    assert refusal.value.details["words"]
    assert driven.mount.read().slewing is False


def test_a_halt_ends_a_slew(driven: Driven) -> None:
    driven.mount.goto(UNDER_THE_POLE)
    driven.ask.wait(1.0)
    driven.rest()
    assert driven.mount.read().slewing is False
    assert separation_degrees(driven.mount.read().position, UNDER_THE_POLE) > 1.0


def test_it_believes_that_it_points_where_it_was_synced(driven: Driven) -> None:
    driven.goto(HIGH_UP)
    beside = Equatorial(HIGH_UP.ra_hours + 0.05, HIGH_UP.dec_degrees + 0.5, Epoch.OF_DATE)
    driven.mount.sync(beside)
    assert separation_degrees(driven.mount.read().position, beside) * 3600 <= 60.0


def test_it_tracks_at_the_rates_that_it_has_and_says_which(driven: Driven) -> None:
    if driven.model in IN_LAND_MODE:
        driven.goto(HIGH_UP)  # which makes it track
    rates = [TrackingRate.SIDEREAL, TrackingRate.OFF, TrackingRate.SIDEREAL]
    rates += [TrackingRate.LUNAR] if Can.LUNAR in driven.mount.can else []
    rates += [TrackingRate.SOLAR] if Can.SOLAR in driven.mount.can else []
    for rate in rates:
        driven.mount.track(rate)
        driven.ask.wait(1.0)
        assert driven.mount.tracking() is rate


def test_a_nudge_moves_it_until_it_is_let_go(driven: Driven) -> None:
    before = driven.mount.read().position
    driven.mount.nudge(Direction.SOUTH, NudgeRate.CENTRE)
    driven.ask.wait(1.0)
    driven.mount.rest(Direction.SOUTH)
    driven.ask.wait(1.0)
    after = driven.mount.read().position
    assert separation_degrees(before, after) > 0.01
    driven.ask.wait(2.0)
    still = driven.mount.read().position
    assert separation_degrees(after, still) < 0.02


TELL_WHEN_PARKED = ("onstep", "am5", "gemini", "ten-micron", "astro-physics")


@pytest.mark.parametrize("driven", TELL_WHEN_PARKED, indirect=True)
def test_it_parks_says_so_goes_nowhere_and_wakes(driven: Driven) -> None:
    driven.goto(HIGH_UP)
    assert driven.mount.read().parked is False
    driven.mount.park()
    driven.ask.wait_until(lambda: driven.mount.read().parked is True, 60)
    with pytest.raises(MountRefused):
        driven.mount.goto(HIGH_UP)
    driven.mount.unpark()
    driven.ask.wait(5.0)
    driven.mount.greet()
    driven.goto(HIGH_UP)
    assert driven.mount.read().parked is False


@pytest.mark.parametrize("driven", ["lx200gps"], indirect=True)
def test_an_lx200gps_wakes_by_starting_anew(driven: Driven) -> None:
    driven.mount.park()
    driven.ask.wait(30.0)
    driven.mount.unpark()
    driven.ask.wait(30.0)
    assert driven.mount.greet() == driven.identity


@pytest.mark.parametrize("driven", ["autostar"], indirect=True)
def test_an_autostar_that_is_parked_is_mute(driven: Driven) -> None:
    driven.mount.park()
    driven.ask.wait(30.0)
    with pytest.raises(NoAnswer):
        driven.mount.read()


@pytest.mark.parametrize("driven", ["autostar494", "classic"], indirect=True)
def test_who_has_no_park_is_not_told_to(driven: Driven) -> None:
    with pytest.raises(NotCapable):
        driven.mount.park()
    driven.mount.read()


@pytest.mark.parametrize("driven", ["onstep", "am5"], indirect=True)
def test_it_goes_home(driven: Driven) -> None:
    driven.goto(HIGH_UP)
    driven.mount.home()
    driven.ask.wait(0.5)
    assert driven.mount.read().slewing is True
    driven.ask.wait_until(lambda: driven.mount.read().slewing is False, 90)
    assert driven.mount.read().position.dec_degrees > 89.0


def test_it_takes_time_and_place_and_gives_them_back(driven: Driven) -> None:
    utc = datetime.fromtimestamp(EVENING, UTC) + timedelta(seconds=driven.ask.t)
    given = ClockAndSite(utc, KARAGANDA.latitude_degrees, KARAGANDA.longitude_degrees)
    driven.mount.set_clock_and_site(given, 5.0)
    driven.ask.wait(10.0)
    told = driven.mount.clock_and_site()
    now = datetime.fromtimestamp(EVENING, UTC) + timedelta(seconds=driven.ask.t)
    assert abs((told.utc - now).total_seconds()) < 15.0, "a Classic takes its time over the planets"
    assert told.latitude_degrees == pytest.approx(given.latitude_degrees, abs=1 / 120)
    assert told.longitude_degrees == pytest.approx(given.longitude_degrees, abs=1 / 120)


def test_an_astro_physics_is_met_by_the_name_of_its_family_as_well() -> None:
    ask = OnSimulator(exchange(family="astro-physics"))
    mount = ASTRO_PHYSICS(ask)
    assert mount.greet().firmware == "VCP4-P02-15"
    assert mount.read().parked is not None
    assert ask.left_over == b""
