"""Every mount of the fleet, led by the whole controller in virtual time: it goes, arrives, stops, nudges, parks.

The truth is the simulator's, the place skyfield's with JPL's ephemeris; nothing here knows a family's language.
"""

from collections.abc import Callable
from math import cos, radians
from pathlib import Path

import pytest
from skyfield.api import Star

from scope.errors import NotCapable, ScopeError
from scope.mounts.mount import Can, ClockAndSite, Mount
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, Site
from scope.snapshot import Motion
from scope.target import Kind, Target
from tests.fleet import FLAGSHIPS, KINDS, Member, at_work
from tests.hand_time import HandTelescope
from tests.telescopes import NIGHT, POLE_STAR, SITE
from tests.test_whole_accuracy import apart, seen_from

pytestmark = pytest.mark.filterwarnings(
    "ignore:The file .* has expired:RuntimeWarning"  # of the tables of the Earth's rotation, which are not read here
)
every_member = pytest.mark.parametrize("member", KINDS, ids=str)
PLACES = {
    "near the pole": (6.0, 88.0),
    "just before 0h": (23 + 59 / 60 + 50 / 3600, 10.0),
    "just after 0h": (10 / 3600, 10.0),
    "minus zero": (22.9, -0.25),
    "in the south-west": (20.0, -10.0),
}
"""J2000, all up at that hour; from one to the next a German mount changes its side."""


WINDHOEK = Site("Windhoek", -22.57, 17.08, 1650.0, "Africa/Windhoek")
SOUTHERN_PLACES = {
    "near the pole": (19.0, -87.0),
    "before the meridian": (23.0, -30.0),
    "behind it": (15.0, -45.0),
    "minus zero": (18.5, -0.25),
    "plus zero": (18.5, 0.25),
}
SOUTHERNERS = [m for m in KINDS if m in FLAGSHIPS or (m.geometry == "german" and m.family != "lx200")]


def target(name: str) -> Target:
    return Target(name, Kind.COORDINATES, Equatorial(*PLACES[name], Epoch.J2000))


def goto(t: HandTelescope, there: Target) -> None:
    t.controller.goto(there)
    t.run_until(lambda: t.now.arrived, 240, f"arrival at {there.designation}")


def arrives_exactly(t: HandTelescope, member: Member, name: str, place: tuple[float, float], site: Site) -> None:
    """`place` is of J2000."""
    goto(t, Target(name, Kind.COORDINATES, Equatorial(*place, Epoch.J2000)))
    t.run(2)
    ra_hours, dec_degrees = place
    there = seen_from(site, Star(ra_hours=ra_hours, dec_degrees=dec_degrees), t.clock.wall())
    off = apart(there, (t.truth.ra_degrees / 15.0, t.truth.dec_degrees))
    ra_allowed, dec_allowed = member.allowed_arcseconds
    along = 1.0 if member.counts_upright else max(cos(radians(there[1])), 0.3)
    assert abs(off[0]) <= ra_allowed * along, (name, off)
    assert abs(off[1]) <= dec_allowed, (name, off)


@every_member
def test_it_arrives_where_the_sky_has_it_as_exactly_as_its_wire_allows(tmp_path: Path, member: Member) -> None:
    with at_work(tmp_path, member) as t:
        for name, place in PLACES.items():
            arrives_exactly(t, member, name, place, SITE)


@pytest.mark.parametrize("member", SOUTHERNERS, ids=str)
def test_it_arrives_as_exactly_under_the_southern_sky(tmp_path: Path, member: Member) -> None:
    with at_work(tmp_path, member, site=WINDHOEK) as t:
        for name, place in SOUTHERN_PLACES.items():
            arrives_exactly(t, member, name, place, WINDHOEK)


@every_member
def test_a_stop_in_mid_slew_rests_both_axes_and_nothing_starts_them_again(tmp_path: Path, member: Member) -> None:
    with at_work(tmp_path, member) as t:
        t.controller.goto(POLE_STAR)
        t.run(2.5)
        assert not t.rests()
        pulled = t.seconds + 0.31
        t.at(pulled, t.controller.stop)
        t.run_until(lambda: t.seconds > pulled and t.brake.settling is None and not t.brake.pulled, 15, "rest")
        assert t.rests()
        here = t.truth
        t.run(20)
        assert all(truth.motion.value != "going" for truth in t.truths_since(here.t))
        assert max(abs(rate) for truth in t.truths_since(here.t) for rate in truth.axis_rates) < 0.02


@every_member
def test_a_hand_moves_it_the_way_it_says_and_afterwards_it_tracks_on(tmp_path: Path, member: Member) -> None:
    with at_work(tmp_path, member) as t:
        goto(t, target("in the south-west"))
        for direction, moved in WAYS.items():
            before = t.truth
            t.press(direction, NudgeRate.CENTRE, 1.0)
            t.run(1.5)
            t.run_until(lambda: t.now.motion is Motion.TRACKING, 20, f"tracking after {direction.value}")
            after = t.truth
            along_ra = ((after.ra_degrees - before.ra_degrees + 180) % 360 - 180) * cos(radians(after.dec_degrees))
            assert moved(along_ra, after.dec_degrees - before.dec_degrees, member), (direction, along_ra)
            assert t.rests()


SEEN = 0.01
"""Degrees that a second of centring moves it at least."""
WAYS: dict[Direction, Callable[[float, float, Member], bool]] = {
    Direction.NORTH: lambda ra, dec, member: dec > SEEN or member.geometry == "altaz",
    Direction.SOUTH: lambda ra, dec, member: dec < -SEEN or member.geometry == "altaz",
    Direction.EAST: lambda ra, dec, member: ra > SEEN or member.geometry == "altaz",
    Direction.WEST: lambda ra, dec, member: ra < -SEEN or member.geometry == "altaz",
}
"""An upright mount's keys move it up and round, which is another way on the sky at every place."""


@every_member
def test_it_parks_wakes_and_goes_home_where_it_can(tmp_path: Path, member: Member) -> None:
    with at_work(tmp_path, member) as t:
        if Can.HOME in t.mount.can:
            t.controller.home()
            t.run_until(lambda: "at-home" in t.actions(), 240, "home")
            assert t.rests()
        if Can.PARK in t.mount.can:
            t.controller.park()
            t.run_until(lambda: t.now.motion is Motion.PARKED, 240, "parked")
            assert t.exchange.dialect.is_parked or not t.truth.tracking
            begun = t.truth.axis_degrees
            t.run(10)
            assert max(abs(a - b) for a, b in zip(begun, t.truth.axis_degrees, strict=True)) < 0.001
        if Can.UNPARK in t.mount.can:
            t.controller.unpark()
            t.run_until(lambda: t.now.motion in (Motion.TRACKING, Motion.STOPPED), 60, "awake")
            goto(t, POLE_STAR)


@every_member
def test_what_it_can_do_is_what_it_does_and_nothing_else(tmp_path: Path, member: Member) -> None:
    with at_work(tmp_path, member) as t:
        for capability, do in DEEDS.items():
            assert (_refusal(t.mount, do) is not NotCapable) == (capability in t.mount.can), capability
            t.controller.stop()
            t.run_until(lambda: t.brake.settling is None and not t.brake.pulled, 240, "rest")


def _refusal(mount: Mount, do: Callable[[Mount], object]) -> type[ScopeError] | None:
    try:
        do(mount)
    except ScopeError as refusal:
        return type(refusal)
    return None


PLACE = Equatorial(2.5, 80.0, Epoch.OF_DATE)
DEEDS: dict[Can, Callable[[Mount], object]] = {
    Can.READ_CLOCK: lambda mount: mount.clock_and_site(),
    Can.SET_CLOCK: lambda mount: mount.set_clock_and_site(
        ClockAndSite(NIGHT, SITE.latitude_degrees, SITE.longitude_degrees), 5.0
    ),
    Can.TRACK: lambda mount: mount.track(TrackingRate.SIDEREAL),
    Can.LUNAR: lambda mount: mount.track(TrackingRate.LUNAR),
    Can.SOLAR: lambda mount: mount.track(TrackingRate.SOLAR),
    Can.NUDGE: lambda mount: mount.nudge(Direction.NORTH, NudgeRate.CENTRE),
    Can.GOTO: lambda mount: mount.goto(PLACE),
    Can.SYNC: lambda mount: mount.sync(PLACE),
    Can.HOME: lambda mount: mount.home(),
}
"""Parking is not among them: what cannot wake again would end the round."""


@every_member
def test_what_is_synced_is_where_it_points_from_then_on(tmp_path: Path, member: Member) -> None:
    with at_work(tmp_path, member) as t:
        goto(t, POLE_STAR)
        goto(t, target("in the south-west"))
        ra_hours, dec_degrees = PLACES["in the south-west"]
        beside = Equatorial(ra_hours + 0.05, dec_degrees + 0.5, Epoch.J2000)
        if Can.SYNC not in t.mount.can:
            pytest.skip("it has no sync, and its flag says so")
        t.controller.sync(Target("beside", Kind.COORDINATES, beside), confirmed=True)
        t.run(3)
        shown = t.now.position
        assert shown is not None
        assert shown.ra_hours_j2000 == pytest.approx(beside.ra_hours, abs=0.01)
        assert shown.dec_degrees_j2000 == pytest.approx(beside.dec_degrees, abs=0.02)
        t.settle()
