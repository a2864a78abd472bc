"""What is made of a mount that tells by itself that it is parked, and of the way to its home position."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scope.clock import Clock, TimeSource
from scope.errors import NotAllowed
from scope.happening import Happening
from scope.mounts.mount import Can, Mount, Reading
from scope.orders import TrackingRate
from scope.position import Epoch, Equatorial, PierSide
from scope.remembered import Remembered
from scope.sky.frames import Sky
from scope.snapshot import Motion
from scope.steering.crew import Crew, muster
from scope.watch.arrival import NEVER_PARKED_SECONDS
from tests.telescopes import SITE, ready, settings_for

NIGHT = datetime(2026, 6, 20, 18, 45, tzinfo=UTC)
NOON = datetime(2026, 6, 20, 7, 0, tzinfo=UTC)


class Hand(Clock):
    """A clock that somebody turns."""

    seconds = 0.0
    moment = NIGHT
    source = TimeSource.NETWORK

    def utc(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.seconds

    def put(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)


class Teller:
    """Stands still and tells what it is told to tell."""

    can = Can.GOTO | Can.PARK | Can.UNPARK | Can.HOME | Can.PIER_SIDE
    parked: bool | None = False
    side: PierSide | None = None

    def read(self) -> Reading:
        return Reading(Equatorial(18.0, 40.0, Epoch.OF_DATE), False, self.side, self.parked)

    def tracking(self) -> TrackingRate:
        return TrackingRate.OFF

    def park(self) -> None:
        pass

    def home(self) -> None:
        pass


class Watch:
    """A crew with that mount, and what it told."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.mount, self.told = Hand(), Teller(), list[Happening]()
        mount: Mount = self.mount  # type: ignore[assignment]
        kept = Remembered(folder / "kept")
        settings = settings_for(folder, mount='axes = "german"')
        self.crew: Crew = muster(mount, ready(Sky(SITE)), settings, self.clock, kept, self.told.append)
        self.crew.course.halted_from = None

    def look(self, seconds: float = 1.0, times: int = 1) -> None:
        for _ in range(times):
            self.clock.put(seconds=self.clock.seconds + seconds)
            self.crew.lookout.look()

    def happened(self) -> list[tuple[str, str]]:
        return [(what.action, what.result) for what in self.told]

    def alarms(self) -> list[str]:
        return [alarm.code for alarm in self.crew.alarms.shown]


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    found = Watch(tmp_path)
    found.look(times=2)
    return found


def test_parked_at_its_hand_box_it_is_parked_and_people_are_told(watch: Watch) -> None:
    watch.mount.parked = True
    watch.look()
    assert watch.crew.lookout.motion is Motion.PARKED
    assert watch.happened() == [("parked", "by-hand")]
    assert watch.alarms() == ["parked_by_hand"]


def test_woken_at_its_hand_box_it_is_not_parked_any_more(watch: Watch) -> None:
    watch.mount.parked = True
    watch.look()
    watch.mount.parked = False
    watch.look()
    assert watch.crew.lookout.motion is Motion.STOPPED
    assert watch.alarms() == []


def test_a_mount_that_is_met_parked_was_parked_by_nobody_in_particular(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    watch.mount.parked = True
    watch.look()
    assert watch.crew.lookout.motion is Motion.PARKED
    assert watch.happened() == [("parked", "accepted")]
    assert watch.alarms() == []


def test_a_mount_that_tells_when_it_is_parked_is_not_parked_before(watch: Watch) -> None:
    watch.crew.pilot.park()
    watch.look(times=5)
    assert watch.crew.lookout.motion is Motion.SLEWING
    watch.mount.parked = True
    watch.look()
    assert watch.crew.lookout.motion is Motion.PARKED
    assert watch.happened() == [("parked", "accepted")]


def test_a_mount_that_never_calls_itself_parked_has_missed(watch: Watch) -> None:
    watch.crew.pilot.park()
    watch.look(times=int(NEVER_PARKED_SECONDS) + 2)
    assert watch.happened() == [("missed", "parking")]
    assert watch.crew.lookout.motion is Motion.STOPPED


def test_a_mount_that_does_not_tell_is_parked_when_it_rests(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    watch.mount.parked = None
    watch.look(times=2)
    watch.crew.pilot.park()
    watch.look(times=3)
    assert watch.happened() == [("parked", "accepted")]


def test_the_way_home_ends_at_rest_and_nothing_is_parked_there(watch: Watch) -> None:
    watch.crew.pilot.home()
    watch.look()
    assert watch.crew.lookout.motion is Motion.SLEWING
    watch.look(times=2)
    assert watch.happened() == [("at-home", "accepted")]
    assert watch.crew.lookout.motion is Motion.STOPPED


def test_by_day_the_way_home_is_not_known_to_be_safe(watch: Watch) -> None:
    watch.clock.put(moment=NOON)
    with pytest.raises(NotAllowed) as refused:
        watch.crew.pilot.home()
    assert refused.value.code == "home_path_unknown"
    assert not watch.crew.course.homing


@pytest.mark.parametrize(("side", "east"), [(PierSide.EAST, False), (PierSide.WEST, True)])
def test_the_side_of_the_pier_is_the_mounts_own_word_where_it_tells(watch: Watch, side: PierSide, east: bool) -> None:
    """A tube west of the pier looks east."""
    watch.mount.side = side
    watch.look()
    assert watch.crew.lookout.pier.looks_east is east
    assert watch.crew.lookout.bearing.last is not None
    assert watch.crew.lookout.bearing.last.pier_side is side
