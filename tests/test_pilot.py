"""What the pilot makes of a mount that does not do what it accepted."""

from datetime import UTC, datetime
from pathlib import Path

from scope.clock import Clock, TimeSource
from scope.happening import Happening
from scope.mounts.mount import Can, Mount, Reading
from scope.orders import TrackingRate
from scope.position import Epoch, Equatorial
from scope.remembered import Remembered
from scope.sky.frames import Sky
from scope.snapshot import Motion
from scope.steering.crew import muster
from scope.target import Kind, Target
from scope.watch.bearing import STILL_SECONDS
from tests.telescopes import POLE_STAR, SITE, ready, settings_for

NIGHT = datetime(2026, 6, 20, 18, 45, tzinfo=UTC)
VEGA_NEARLY = Target("nearby", Kind.COORDINATES, Equatorial(18.0, 41.0, Epoch.OF_DATE))


class Hand(Clock):
    """A clock that somebody turns."""

    seconds = 0.0
    source = TimeSource.NETWORK

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


def test_a_goto_that_ends_elsewhere_is_told_as_missed_and_never_as_an_arrival(tmp_path: Path) -> None:
    clock, told = Hand(), list[Happening]()
    mount: Mount = Stubborn()  # type: ignore[assignment]
    crew = muster(mount, ready(Sky(SITE)), settings_for(tmp_path), clock, Remembered(tmp_path / "kept"), told.append)
    crew.course.halted_from = None
    crew.lookout.look()
    crew.pilot.goto(VEGA_NEARLY)
    for _ in range(int(STILL_SECONDS) + 3):
        clock.pass_by(1.0)
        crew.lookout.look()
    assert [happening.action for happening in told] == ["missed"]
    assert told[0].target == VEGA_NEARLY
    assert not crew.course.arrived
    assert crew.course.target is None
    assert crew.lookout.motion is Motion.TRACKING


def test_a_mount_that_rests_far_from_where_it_was_sent_is_halted_for_no_progress(tmp_path: Path) -> None:
    clock, told = Hand(), list[Happening]()
    mount: Mount = Stubborn()  # type: ignore[assignment]
    crew = muster(mount, ready(Sky(SITE)), settings_for(tmp_path), clock, Remembered(tmp_path / "kept"), told.append)
    crew.course.halted_from = None
    crew.lookout.look()
    crew.pilot.goto(POLE_STAR)
    alarms = []
    for _ in range(12):
        clock.pass_by(1.0)
        alarms.append(crew.lookout.look())
    assert [alarm.code for alarm in alarms if alarm] == ["no_progress"]
