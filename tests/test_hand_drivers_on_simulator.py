"""The drivers of hand controls and of iOptron mounts drive the simulated ones, in virtual time.

Driver and simulator were written by different people from the same manuals; what one of them has misunderstood shows
here. Judged by the truth: where the tube really points, and how fast the axes really turn.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from hardware_sim.exchange import Exchange
from hardware_sim.families import FAMILIES as SIMULATED
from hardware_sim.fault_motion import UnrulyMount
from hardware_sim.geometry import GEOMETRIES
from hardware_sim.held import Held
from hardware_sim.motion import Truth
from hardware_sim.mount_clock import MountClock
from hardware_sim.mount_clock import Site as SimulatedSite
from hardware_sim.wire import Wire
from scope.errors import GarbledAnswer, MountRefused, NotCapable
from scope.mounts import FAMILIES
from scope.mounts.mount import Can, ClockAndSite, Mount
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, PierSide, Site
from scope.sky.frames import Sky
from tests.driver_on_simulator import OnSimulator, SimulatedObservatory
from tests.simulated_mount import EVENING, KARAGANDA, exchange

ARCSECOND = 1.0 / 3600.0
SIDEREAL = 15.041 * ARCSECOND
MODELS = {
    "nexstar": ("se8", "gps", "cge", "avx", "starsense"),
    "synscan": ("eq6", "dob"),
    "ioptron": ("cem26", "azmp", "ieq45", "smarteq"),
}
"""One of each kind; all of them are held to the fleet's tests."""
ALL = [pytest.param(family, model, id=f"{family}-{model}") for family, models in MODELS.items() for model in models]
COARSE = {"gps": 22.0}
"""Arcseconds: a sixteenth-bit word is 19.8″. The others are held to 1.5″."""
SITE = Site("Karaganda", KARAGANDA.latitude_degrees, KARAGANDA.longitude_degrees, 550.0, "Asia/Almaty")
SKY = Sky(SITE)


@dataclass
class UnderTheSky(SimulatedObservatory):
    """Turns places by the program's own sky, which is held against astropy elsewhere."""

    def j2000(self, place: Equatorial) -> Equatorial:
        return SKY.j2000(place, self.utc())

    def of_date(self, place: Equatorial) -> Equatorial:
        return SKY.of_date(place, self.utc())


def standing_at(latitude_degrees: float, family: str, model: str) -> Exchange:
    """As `exchange`, on the same meridian."""
    kind, held = SIMULATED[family], Held(1)
    ground, site = GEOMETRIES[kind.geometry_of[model]], SimulatedSite(latitude_degrees, KARAGANDA.longitude_degrees)
    mount = UnrulyMount(ground, site, MountClock.right(5.0), 15.0, 0.0, EVENING, held)
    return Exchange(kind.make(model, mount), Wire(kind.baud), held)


class World:
    """A driver that has met its simulated mount."""

    def __init__(self, family: str, model: str, latitude_degrees: float = KARAGANDA.latitude_degrees) -> None:
        self.ask = OnSimulator(standing_at(latitude_degrees, family, model))
        self.observatory = UnderTheSky(self.ask, latitude_degrees, axes="fork" if model == "gps" else None)
        self.mount: Mount = FAMILIES[family](self.ask, self.observatory)
        self.model = model
        self.identity = self.mount.greet()

    def truth(self) -> Truth:
        self.ask.wait(0.01)
        return self.ask.line.dialect.mount.truth()

    def place(self, west_hours: float, dec_degrees: float) -> Equatorial:
        """So many hours west of the meridian."""
        ra_hours = (self.observatory.sidereal_hours() - west_hours) % 24.0
        return Equatorial(ra_hours, dec_degrees, Epoch.OF_DATE)

    def look(self) -> bool:
        """As the service does: attend, then look; whether it goes nowhere."""
        self.mount.attend()
        return not self.mount.read().slewing

    def arrive(self) -> None:
        self.ask.wait_until(self.look)
        self.ask.wait(1.5)
        self.mount.attend()

    def goto(self, west_hours: float, dec_degrees: float) -> Equatorial:
        place = self.place(west_hours, dec_degrees)
        self.mount.goto(place)
        self.arrive()
        return place

    def halt(self) -> None:
        self.ask(type(self.mount).halt)
        self.mount.halted(goes_on=False)

    def apart_arcseconds(self, place: Equatorial) -> float:
        truth = self.truth()
        across = (truth.ra_degrees - place.ra_hours * 15.0 + 180.0) % 360.0 - 180.0
        return max(abs(across), abs(truth.dec_degrees - place.dec_degrees)) * 3600.0

    def fastest(self) -> float:
        return max(map(abs, self.truth().axis_rates))


def worlds(can: Can = Can.GOTO) -> list[object]:
    """Those that can; each is made anew in its test."""
    return [case for case in ALL if can in World(*map(str, case.values)).mount.can]


@pytest.mark.parametrize(("family", "model"), ALL)
def test_it_is_met_by_its_name_and_nothing_of_what_it_says_is_left(family: str, model: str) -> None:
    world = World(family, model)
    world.mount.read()
    world.mount.tracking()
    assert world.identity.product
    assert world.identity.firmware
    assert world.identity.axes in (None, "altaz", "german", "polar")
    assert world.ask.left_over == b""


@pytest.mark.parametrize(("family", "model"), ALL)
def test_a_goto_arrives_where_it_was_sent(family: str, model: str) -> None:
    world = World(family, model)
    for west_hours, dec_degrees in [(2.0, 30.0), (-3.0, 62.0), (-1.0, -0.5)]:
        place = world.place(west_hours, dec_degrees)
        world.mount.goto(place)
        assert world.mount.read().slewing
        world.arrive()
        assert world.apart_arcseconds(place) < COARSE.get(model, 1.5)
        seen = world.mount.read().position
        assert abs(seen.dec_degrees - dec_degrees) * 3600.0 < COARSE.get(model, 1.5)
    assert world.ask.left_over == b""


@pytest.mark.parametrize(("family", "model"), ALL)
def test_a_goto_below_the_horizon_is_refused_though_a_hand_control_says_nothing(family: str, model: str) -> None:
    world = World(family, model)
    before = world.truth().axis_degrees
    with pytest.raises(MountRefused) as refusal:
        world.mount.goto(world.place(0.0, -80.0))
    assert refusal.value.code in ("goto_not_begun", "target_refused")
    world.ask.wait(2.0)
    assert world.truth().axis_degrees == pytest.approx(before, abs=0.1)


@pytest.mark.parametrize(("family", "model"), ALL)
def test_a_halt_in_mid_slew_rests_the_axes_and_leaves_the_line_in_step(family: str, model: str) -> None:
    world = World(family, model)
    world.mount.goto(world.place(4.0, 60.0))
    world.ask.wait_until(lambda: world.fastest() > 5.0, every=0.1)
    world.halt()
    world.ask.wait(3.0)
    assert world.fastest() < 4 * SIDEREAL
    assert world.mount.read().slewing is False
    assert world.ask.left_over == b""


@pytest.mark.parametrize(("family", "model"), worlds(Can.NUDGE))
def test_a_halt_ends_what_a_hand_has_set_going_on_both_axes(family: str, model: str) -> None:
    world = World(family, model)
    world.goto(-2.0, 10.0)
    for direction in (Direction.NORTH, Direction.WEST):
        world.mount.nudge(direction, NudgeRate.SLEW)
    world.ask.wait(2.0)
    assert min(map(abs, world.truth().axis_rates)) > 0.2
    world.halt()
    world.ask.wait(3.0)
    assert world.fastest() < 4 * SIDEREAL


@pytest.mark.parametrize(("family", "model"), worlds(Can.NUDGE))
@pytest.mark.parametrize("west_hours", [-2.0, 2.0])
def test_a_key_leads_where_it_says_on_either_side_of_the_meridian(family: str, model: str, west_hours: float) -> None:
    """On an alt-azimuth mount up and down, and along the horizon as seen when looking to the south."""
    world = World(family, model)
    world.goto(west_hours, 30.0)
    for direction in Direction:
        see_where_a_key_leads(world, direction)


def see_where_a_key_leads(world: World, direction: Direction) -> None:
    before = world.truth()
    world.mount.nudge(direction, NudgeRate.FIND)
    world.ask.wait(1.0)
    world.mount.rest(direction)
    world.ask.wait(1.5)
    after = world.truth()
    upright = world.identity.axes == "altaz"
    across = (after.azimuth_degrees - before.azimuth_degrees) if upright else before.ra_degrees - after.ra_degrees
    along = (after.altitude_degrees - before.altitude_degrees) if upright else after.dec_degrees - before.dec_degrees
    moved = {"across": (across + 180.0) % 360.0 - 180.0, "along": along}
    axis = "along" if direction in (Direction.NORTH, Direction.SOUTH) else "across"
    assert moved[axis] * (1 if direction in (Direction.NORTH, Direction.WEST) else -1) > 0.1
    assert abs(moved["across" if axis == "along" else "along"]) < 0.1
    assert abs(after.axis_rates[0]) < 4 * SIDEREAL


@pytest.mark.parametrize(
    ("family", "model"),
    [("nexstar", "avx"), ("nexstar", "cgem"), ("nexstar", "se8"), ("synscan", "eq6"), ("ioptron", "cem26")],
)
def test_in_the_south_it_arrives_follows_and_obeys_its_keys_too(family: str, model: str) -> None:
    world = World(family, model, latitude_degrees=-33.0)
    for west_hours, side in ((-2.0, PierSide.WEST), (2.0, PierSide.EAST)):
        place = world.goto(west_hours, -50.0)
        assert world.apart_arcseconds(place) < 1.5
        assert world.mount.read().pier_side in (side, None)
        for direction in Direction:
            see_where_a_key_leads(world, direction)
    world.mount.track(TrackingRate.SIDEREAL)
    before = world.truth().ra_degrees
    world.ask.wait(20.0)
    assert world.truth().ra_degrees == pytest.approx(before, abs=ARCSECOND)
    world.mount.park()
    world.arrive()
    assert world.truth().azimuth_degrees == pytest.approx(180.0, abs=0.15)
    assert not world.truth().tracking


@pytest.mark.parametrize(("family", "model"), worlds(Can.SYNC))
def test_a_sync_makes_it_point_there_by_its_own_word(family: str, model: str) -> None:
    world = World(family, model)
    there = world.goto(-2.0, 40.0)
    meant = Equatorial((there.ra_hours + 0.02) % 24.0, 40.25, Epoch.OF_DATE)
    world.mount.sync(meant)
    seen = world.mount.read().position
    assert seen.ra_hours == pytest.approx(meant.ra_hours, abs=2 * ARCSECOND)
    assert seen.dec_degrees == pytest.approx(meant.dec_degrees, abs=2 * ARCSECOND)
    assert world.ask.left_over == b""


@pytest.mark.parametrize(("family", "model"), worlds(Can.TRACK))
def test_tracking_ends_and_comes_back(family: str, model: str) -> None:
    world = World(family, model)
    for rate in (TrackingRate.OFF, TrackingRate.SIDEREAL):
        world.mount.track(rate)
        world.ask.wait(2.0)
        assert world.truth().tracking is (rate is not TrackingRate.OFF)
        assert world.mount.tracking() in (rate, None)


@pytest.mark.parametrize(("family", "model"), worlds(Can.LUNAR))
def test_the_moon_and_the_sun_are_followed_at_their_own_pace(family: str, model: str) -> None:
    world = World(family, model)
    for rate, arcseconds in [(TrackingRate.LUNAR, 33.0), (TrackingRate.SOLAR, 2.5), (TrackingRate.SIDEREAL, 0.0)]:
        world.mount.track(rate)
        before = world.truth().ra_degrees
        world.ask.wait(60.0, every=5.0)
        drift = ((world.truth().ra_degrees - before + 180.0) % 360.0 - 180.0) * 3600.0
        assert drift == pytest.approx(arcseconds, abs=0.6 + 0.05 * arcseconds)
        assert world.mount.tracking() in (rate, None)


@pytest.mark.parametrize(("family", "model"), worlds(Can.PARK))
def test_it_parks_and_rests_and_wakes_again(family: str, model: str) -> None:
    world = World(family, model)
    world.goto(-2.0, 40.0)
    world.mount.park()
    world.arrive()
    parked = world.truth()
    assert not parked.tracking
    assert max(map(abs, parked.axis_rates)) == 0.0
    if family != "ioptron" and world.identity.axes == "german":
        assert parked.axis_degrees[0] == pytest.approx(90.0, abs=1.0)  # where a German mount's counterweight hangs
    low = parked.altitude_degrees < 1.0 and world.identity.axes == "altaz"
    assert low or parked.altitude_degrees == pytest.approx(KARAGANDA.latitude_degrees, abs=0.1)
    assert world.mount.read().parked in (True, None)
    world.mount.unpark()
    world.mount.greet()
    world.goto(2.0, 30.0)
    assert world.mount.read().parked in (False, None)
    assert world.mount.tracking() in (TrackingRate.SIDEREAL, None)


@pytest.mark.parametrize(("family", "model"), worlds(Can.PARK))
def test_a_halt_on_the_way_to_the_park_position_leaves_it_awake(family: str, model: str) -> None:
    world = World(family, model)
    world.goto(-2.0, 40.0)
    world.mount.park()
    world.ask.wait(2.0)
    world.halt()
    world.ask.wait(3.0)
    sent = len(world.ask.sent)
    world.look()
    assert world.ask.sent[sent:] == [command for command in world.ask.sent[sent:] if command not in (b"T\x00", b"x")]
    assert world.mount.read().parked in (False, None)


@pytest.mark.parametrize(("family", "model"), worlds(Can.HOME))
def test_it_goes_home(family: str, model: str) -> None:
    world = World(family, model)
    world.goto(-2.0, 40.0)
    world.mount.home()
    assert world.mount.read().slewing
    world.arrive()
    assert world.mount.tracking() is TrackingRate.OFF
    assert world.fastest() == 0.0


@pytest.mark.parametrize(("family", "model"), worlds(Can.PIER_SIDE))
def test_the_tube_is_west_of_the_pier_to_look_east_and_the_other_way_round(family: str, model: str) -> None:
    world = World(family, model)
    world.goto(-3.0, 30.0)
    assert world.mount.read().pier_side is PierSide.WEST
    world.goto(3.0, 30.0)
    assert world.mount.read().pier_side is PierSide.EAST


@pytest.mark.parametrize(("family", "model"), worlds(Can.READ_CLOCK))
def test_its_clock_and_site_are_read_as_they_are(family: str, model: str) -> None:
    world = World(family, model)
    told = world.mount.clock_and_site()
    assert abs((told.utc - world.observatory.utc()).total_seconds()) < 1.5
    assert told.latitude_degrees == pytest.approx(KARAGANDA.latitude_degrees, abs=ARCSECOND)
    assert told.longitude_degrees == pytest.approx(KARAGANDA.longitude_degrees, abs=ARCSECOND)


ELSEWHERE = ClockAndSite(datetime(2027, 1, 1, 1, 15, 30, tzinfo=UTC), -0.5, -118.25)


@pytest.mark.parametrize(("family", "model"), worlds(Can.SET_CLOCK))
@pytest.mark.parametrize("offset_hours", [5.0, -8.0, 5.5])
def test_its_clock_and_site_are_set_and_read_back(family: str, model: str, offset_hours: float) -> None:
    """The date changes with the zone, the site has both signs that can be lost."""
    world = World(family, model)
    if model == "starsense":
        world.ask.line.dialect.power_cycle(world.ask.t, 0.0)
    world.mount.set_clock_and_site(ELSEWHERE, offset_hours)
    told = world.mount.clock_and_site()
    assert abs((told.utc - ELSEWHERE.utc).total_seconds()) < 3.0
    assert told.latitude_degrees == pytest.approx(-0.5, abs=ARCSECOND)
    assert told.longitude_degrees == pytest.approx(-118.25, abs=ARCSECOND)
    assert world.ask.left_over == b""


def test_an_aligned_starsense_is_not_told_the_time() -> None:
    world = World("nexstar", "starsense")
    with pytest.raises(MountRefused) as refusal:
        world.mount.set_clock_and_site(ELSEWHERE, 5.0)
    assert refusal.value.code == "alignment_would_be_lost"
    assert not [command for command in world.ask.sent if command[:1] in b"WHI"]


@pytest.mark.parametrize(("family", "model"), [("nexstar", "avx"), ("nexstar", "se8"), ("synscan", "eq6")])
def test_a_hand_control_that_is_not_aligned_is_not_sent_anywhere(family: str, model: str) -> None:
    world = World(family, model)
    world.ask.line.dialect.power_cycle(world.ask.t, 0.0)
    for order in (world.mount.goto, world.mount.sync):
        with pytest.raises(MountRefused) as refusal:
            order(world.place(-2.0, 40.0))
        assert refusal.value.code == "not_aligned"
    assert not [command for command in world.ask.sent if command[:1] in b"rRsS"]


CALLS = {
    Can.SYNC: lambda world: world.mount.sync(world.place(-1.0, 30.0)),
    Can.LUNAR: lambda world: world.mount.track(TrackingRate.LUNAR),
    Can.SOLAR: lambda world: world.mount.track(TrackingRate.SOLAR),
    Can.PARK: lambda world: world.mount.park(),
    Can.UNPARK: lambda world: world.mount.unpark(),
    Can.HOME: lambda world: world.mount.home(),
    Can.READ_CLOCK: lambda world: world.mount.clock_and_site(),
    Can.SET_CLOCK: lambda world: world.mount.set_clock_and_site(ELSEWHERE, 0.0),
}


@pytest.mark.parametrize(("family", "model"), ALL)
def test_what_it_cannot_do_is_refused_before_a_byte_and_the_rest_is_not(family: str, model: str) -> None:
    for capability, call in CALLS.items():
        world = World(family, model)
        if model == "starsense":
            continue
        sent = len(world.ask.sent)
        if capability in world.mount.can:
            call(world)
        else:
            with pytest.raises(NotCapable):
                call(world)
            assert len(world.ask.sent) == sent


@pytest.mark.parametrize(
    ("spoken", "model", "taken_for"), [("synscan", "eq6", "nexstar"), ("nexstar", "avx", "synscan")]
)
def test_one_hand_control_is_not_taken_for_the_other(spoken: str, model: str, taken_for: str) -> None:
    """They share their letters, and their frames are twenty minutes of arc apart."""
    ask = OnSimulator(exchange(family=spoken, model=model))
    mount = FAMILIES[taken_for](ask, UnderTheSky(ask))
    with pytest.raises(GarbledAnswer) as refusal:
        mount.greet()
    assert refusal.value.code == f"speaks_{spoken}"
