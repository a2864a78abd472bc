"""Who vouches for the time: a time server, a person's watch, or nobody; and what a clock that steps does to it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scope.clock import HELD_SECONDS, Clock, TimeSource, Witness, boot_id, local_offset_hours, witness_from
from scope.errors import NotAllowed, NotUnderstood, ScopeError
from scope.log.moment import clock_quality, true_moment

EVENING = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
UNIX_BEGINS = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Quartz(Clock):
    """A machine whose wall clock and kernel say what a test wants; its quartz runs as the test turns it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "set", {"wall": EVENING, "boot": 50.0, "synchronised": False})

    def wall(self) -> datetime:
        return self.set["wall"]  # type: ignore[attr-defined,no-any-return]

    def since_boot(self) -> float:
        return self.set["boot"]  # type: ignore[attr-defined,no-any-return]

    def synchronised(self) -> bool | None:
        return self.set["synchronised"]  # type: ignore[attr-defined,no-any-return]

    def turn(self, seconds: float) -> None:
        self.put(wall=self.wall() + timedelta(seconds=seconds), boot=self.since_boot() + seconds)

    def put(self, **values: object) -> None:
        self.set.update(values)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("wall", "synchronised", "source", "quality"),
    [
        (EVENING, True, TimeSource.NETWORK, "synchronised"),
        (EVENING, False, TimeSource.UNCONFIRMED, "unsynchronised"),
        (EVENING, None, TimeSource.UNCONFIRMED, "unknown"),
        (UNIX_BEGINS, True, TimeSource.UNCONFIRMED, "unsynchronised"),
        (datetime(2024, 12, 31, 23, 59, tzinfo=UTC), True, TimeSource.UNCONFIRMED, "unsynchronised"),
        (datetime(2100, 1, 1, tzinfo=UTC), True, TimeSource.UNCONFIRMED, "unsynchronised"),
    ],
)
def test_a_time_server_is_believed_unless_the_year_is_absurd(
    wall: datetime, synchronised: bool | None, source: TimeSource, quality: str
) -> None:
    clock = Quartz()
    clock.put(wall=wall, synchronised=synchronised)
    assert clock.source is source
    assert clock_quality(clock) == quality


def test_a_watch_is_believed_by_all_who_hold_the_clock_and_goes_on_when_the_wall_clock_steps() -> None:
    clock = Quartz()
    clock.put(wall=UNIX_BEGINS)
    other = clock
    clock.correct(EVENING)
    clock.turn(90)
    clock.put(wall=datetime(1986, 1, 1, tzinfo=UTC))
    assert other.utc() == EVENING + timedelta(seconds=90)
    assert other.source is TimeSource.CONFIRMED
    assert clock_quality(clock) == "confirmed"
    assert clock.wall() + clock.correction == clock.utc()
    assert true_moment(clock).utc == clock.wall()


def test_the_network_takes_over_from_a_watch_when_it_comes() -> None:
    clock = Quartz()
    clock.put(wall=UNIX_BEGINS)
    clock.correct(EVENING + timedelta(seconds=40))
    clock.put(wall=EVENING, synchronised=True)
    assert clock.utc() == EVENING
    assert clock.source is TimeSource.NETWORK
    assert clock.correction == timedelta()
    clock.put(synchronised=False)
    assert clock.utc() == EVENING  # and the watch does not come back


def test_what_the_network_kept_is_trusted_for_a_day_without_it_and_not_after_somebody_turned_it() -> None:
    clock = Quartz()
    clock.put(synchronised=True)
    assert clock.source is TimeSource.NETWORK
    clock.put(synchronised=False)
    clock.turn(HELD_SECONDS - 1)
    assert clock.source is TimeSource.NETWORK
    clock.put(wall=clock.wall() + timedelta(hours=1))
    assert clock.source is TimeSource.UNCONFIRMED
    clock.put(wall=clock.wall() - timedelta(hours=1))
    clock.turn(2)
    assert clock.source is TimeSource.UNCONFIRMED


@pytest.mark.parametrize(
    ("shift", "synchronised", "utc", "kind", "code"),
    [
        (0, True, EVENING, NotAllowed, "clock_synchronised"),
        (3, False, EVENING, NotAllowed, "clock_shifted"),
        (0, False, UNIX_BEGINS, NotUnderstood, "time_far_off"),
        (0, False, datetime(2038 + 100, 1, 1, tzinfo=UTC), NotUnderstood, "time_far_off"),
        (0, False, datetime(2026, 11, 23, 17, 0), NotUnderstood, "time_far_off"),
    ],
)
def test_a_watch_is_refused(shift: int, synchronised: bool, utc: datetime, kind: type[ScopeError], code: str) -> None:
    clock = Quartz(timedelta(hours=shift))
    clock.put(synchronised=synchronised)
    with pytest.raises(kind) as refusal:
        clock.correct(utc)
    assert refusal.value.code == code
    assert clock.correction == timedelta()


def test_a_shifted_clock_is_its_own_source() -> None:
    clock = Quartz(timedelta(hours=3))
    assert clock.utc() == EVENING + timedelta(hours=3)
    assert clock.source is TimeSource.SHIFTED
    assert clock.source.value == clock_quality(clock) == "shifted"


def test_a_watch_survives_a_restart_of_the_program_and_not_of_the_machine() -> None:
    first, second = Quartz(), Quartz()
    first.correct(EVENING + timedelta(hours=2))
    witness = first.witness
    assert witness is not None
    second.turn(600)
    assert second.recall(witness.as_json())
    assert second.utc() == EVENING + timedelta(hours=2, seconds=600)
    assert not Quartz().recall(witness.as_json() | {"boot_id": "another"})
    network = Quartz()
    network.put(synchronised=True)
    assert not network.recall(witness.as_json())


@pytest.mark.parametrize(
    "kept",
    [
        None,
        7,
        [],
        {},
        {"utc": "yesterday", "since_boot": 1.0, "boot_id": "b"},
        {"utc": EVENING.isoformat(), "since_boot": None, "boot_id": "b"},
        {"utc": UNIX_BEGINS.isoformat(), "since_boot": 1.0, "boot_id": "b"},
        {"utc": "2026-11-23T17:00:00", "since_boot": 1.0, "boot_id": "b"},
    ],
)
def test_what_is_no_kept_watch_is_none(kept: object) -> None:
    assert witness_from(kept) is None
    assert not Quartz().recall(kept)


def test_a_kept_watch_is_read_as_it_was_written() -> None:
    witness = Witness(EVENING, 12.5, boot_id())
    assert witness_from(witness.as_json()) == witness


def test_the_real_clock_runs_with_the_machine() -> None:
    clock = Clock()
    assert abs((clock.utc() - datetime.now(UTC)).total_seconds()) < 60
    assert clock.synchronised() in (True, False, None)
    assert clock.since_boot() >= clock.monotonic() - 60


def test_the_hour_that_comes_twice_is_told_apart_by_its_offset() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before, after = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert before.astimezone(berlin).replace(tzinfo=None) == after.astimezone(berlin).replace(tzinfo=None)
    assert (local_offset_hours("Europe/Berlin", before), local_offset_hours("Europe/Berlin", after)) == (2.0, 1.0)
