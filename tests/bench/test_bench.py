"""The measurements in short, as ratios against what runs beside them; the full tables are `python -m tests.bench`."""

from statistics import median

import pytest

from tests.bench import reads, stop
from tests.peers.indi import need_indi

pytestmark = [pytest.mark.peers, pytest.mark.timeout(240)]


def test_a_stop_over_a_mute_mount_is_many_times_faster_than_indis() -> None:
    need_indi()
    rows = {(row.what, row.who): row.median for row in stop.measure(3)}
    assert rows["stop, mute mount", "clubscope"] * 20 < rows["stop, mute mount", "INDI"]


def test_reading_flat_out_leaves_little_of_the_line_unused() -> None:
    shares = [reads.flat_out(9600, 2.0)[1] for _ in range(3)]
    assert median(shares) > 0.85
    assert max(shares) <= 1.0
