"""The measurements in short, as ratios against what runs beside them; the full tables are `python -m tests.bench`."""

import time
from statistics import median

import pytest

from scope.log.passwords import hash_password
from scope.mounts.lx200.words import RA
from scope.steering.mount_thread import MOVING_POLL_SECONDS
from tests.bench import hard_stop, live, reads, start, stop
from tests.bench.figures import PEER
from tests.peers.indi import need_indi

pytestmark = pytest.mark.timeout(240)


def test_a_stop_waits_neither_for_a_mute_mount_nor_for_the_visitors() -> None:
    """The yardstick is the time-out of the question that is pending while the mount is mute."""
    slowest = max(row.median for row in stop.ours(3))
    assert slowest * 4 < RA.within_seconds


def test_a_stop_waits_for_no_crowd() -> None:
    """Of visitors, of slow and of stuck connections, of passwords to be hashed, whose time is the yardstick."""
    begun = time.monotonic()
    hash_password("a wrong password")
    seconds = time.monotonic() - begun
    slowest = max(row.median for row in hard_stop.crowded(3, watching=(200,), slow=100, guessing=8))
    assert slowest < max(seconds, MOVING_POLL_SECONDS)


@pytest.mark.peers
def test_a_stop_over_a_mute_mount_is_many_times_faster_than_indis() -> None:
    need_indi()
    rows = {(row.what, row.who): row.median for row in stop.measure_mute(2)}
    assert rows[stop.MUTE, stop.OURS] * 20 < rows[stop.MUTE, PEER]


@pytest.mark.alone
def test_reading_flat_out_leaves_little_of_the_line_unused() -> None:
    shares = [reads.flat_out(9600, 2.0)[1] for _ in range(3)]
    assert median(shares) > 0.85
    assert max(shares) <= 1.0


@pytest.mark.alone
def test_a_slewing_mount_is_asked_four_times_as_often_as_a_resting_one() -> None:
    resting, moving = reads.default_pace()
    assert moving / resting == pytest.approx(4.0, rel=0.25)


def test_a_snapshot_reaches_every_viewer_before_the_next_is_read() -> None:
    (row,) = live.measure(5.0, count=100)
    assert row.median < MOVING_POLL_SECONDS


@pytest.mark.alone
def test_the_demo_starts_within_a_few_loads_of_its_largest_part() -> None:
    assert min(start.one() for _ in range(2)) < 12 * start.loading(start.IMPORTED["the service"])
