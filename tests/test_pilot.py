"""What the pilot makes of a mount that does not do what it accepted."""

from concurrent.futures import Future
from datetime import UTC, datetime

from scope.clock import Clock
from scope.mounts.mount import Can, Mount, Reading
from scope.orders import TrackingRate
from scope.pilot import MISSED_SECONDS, Happening, Pilot
from scope.position import Epoch, Equatorial, Site
from scope.settings import LimitSettings
from scope.sky.frames import Sky
from scope.snapshot import Motion
from scope.target import Kind, Target

SITE = Site("Karaganda", 49.80, 73.10, 550.0, "Asia/Almaty")
NIGHT = datetime(2026, 6, 20, 18, 45, tzinfo=UTC)
POLE_STAR = Target("Polaris", Kind.STAR, Equatorial(2.5303, 89.2641, Epoch.J2000))


class Hand(Clock):
    """A clock that somebody turns."""

    seconds = 0.0

    def utc(self) -> datetime:
        return NIGHT

    def monotonic(self) -> float:
        return self.seconds

    def pass_by(self, seconds: float) -> None:
        object.__setattr__(self, "seconds", self.seconds + seconds)


class Stubborn:
    """Accepts every goto and stays where it is."""

    can = Can.GOTO

    def goto(self, place: Equatorial) -> None:
        pass

    def read(self) -> Reading:
        return Reading(Equatorial(18.0, 40.0, Epoch.OF_DATE), slewing=False)

    def tracking(self) -> TrackingRate:
        return TrackingRate.SIDEREAL


def test_a_goto_that_ends_elsewhere_is_told_as_missed_and_never_as_an_arrival() -> None:
    sky: Future[Sky] = Future()
    sky.set_result(Sky(SITE))
    clock, told = Hand(), list[Happening]()
    mount: Mount = Stubborn()  # type: ignore[assignment]
    pilot = Pilot(mount, sky, SITE, LimitSettings(), clock, told.append)
    pilot.rested()
    pilot.look()
    pilot.goto(POLE_STAR)
    for _ in range(int(MISSED_SECONDS) + 3):
        clock.pass_by(1.0)
        pilot.look()
    assert [happening.action for happening in told] == ["missed"]
    assert told[0].target == POLE_STAR
    assert not pilot.arrived
    assert pilot.target is None
    assert pilot.motion is Motion.TRACKING
