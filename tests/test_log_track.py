"""The codec of the track: nothing changes but what the stated resolution rounds away, and an hour stays small."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from math import cos, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scope.log.track import CHUNK_SAMPLES, Sample, decode, encode
from scope.snapshot import Motion, Pointing

HALF_MILLISECOND = timedelta(microseconds=501)
BYTES_PER_HOUR = 16_000

samples = st.builds(
    Sample,
    st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC)),
    st.builds(
        Pointing,
        st.floats(0, 24, exclude_max=True),
        st.floats(-90, 90),
        st.floats(-90, 90),
        st.floats(0, 360, exclude_max=True),
    ),
    st.sampled_from([motion.value for motion in Motion]),
)


def apart(a: float, b: float, turn: float) -> float:
    return abs((a - b + turn / 2) % turn - turn / 2)


@given(st.lists(samples, min_size=1, max_size=CHUNK_SAMPLES))
def test_samples_come_back_to_within_half_a_unit(given_samples: list[Sample]) -> None:
    back = decode(encode(given_samples))
    assert len(back) == len(given_samples)
    for was, now in zip(given_samples, back, strict=True):
        assert abs(was.utc - now.utc) <= HALF_MILLISECOND
        assert apart(was.pointing.ra_hours_j2000, now.pointing.ra_hours_j2000, 24) * 15 * 3600 <= 0.0501
        assert abs(was.pointing.dec_degrees_j2000 - now.pointing.dec_degrees_j2000) * 3600 <= 0.0501
        assert abs(was.pointing.altitude_degrees - now.pointing.altitude_degrees) <= 0.000501
        assert apart(was.pointing.azimuth_degrees, now.pointing.azimuth_degrees, 360) <= 0.000501
        assert was.motion == now.motion


@given(st.lists(samples, min_size=1, max_size=CHUNK_SAMPLES))
def test_what_came_back_once_comes_back_unchanged(given_samples: list[Sample]) -> None:
    once = decode(encode(given_samples))
    assert decode(encode(once)) == once
    assert all(0 <= sample.pointing.ra_hours_j2000 < 24 for sample in once)
    assert all(0 <= sample.pointing.azimuth_degrees < 360 for sample in once)


def test_a_motion_of_a_later_version_is_unknown() -> None:
    sample = Sample(datetime(2026, 11, 23, tzinfo=UTC), Pointing(1.0, 2.0, 3.0, 4.0), "dancing")
    assert decode(encode([sample]))[0].motion == "unknown"


def test_a_chunk_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version"):
        decode(b"\x07rubbish")


def test_an_hour_of_tracking_at_one_a_second_is_sixteen_kilobytes() -> None:
    noise, begin = random.Random(7), datetime(2026, 11, 23, 15, tzinfo=UTC)

    def sample(second: int) -> Sample:
        jitter = timedelta(milliseconds=noise.gauss(0, 5))
        turned = second / 13_751
        pointing = Pointing(
            16.695 + noise.gauss(0, 0.5) / 54_000,
            36.461 + noise.gauss(0, 0.5) / 3_600,
            45 + 30 * sin(turned),
            180 + 40 * cos(turned),
        )
        return Sample(begin + timedelta(seconds=second) + jitter, pointing, "tracking")

    chunks = [encode([sample(60 * minute + second) for second in range(60)]) for minute in range(60)]
    assert sum(map(len, chunks)) <= BYTES_PER_HOUR
