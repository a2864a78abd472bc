"""Packs positions, once a second for hours, so that a year of them is a few megabytes.

A chunk is a minute of samples: each of its columns (milliseconds, 0.1″ of right ascension and declination, 0.001° of
altitude and azimuth, the motion) as differences of whole numbers, twice over where things run evenly, in
variable-length bytes, column after column, under zlib.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scope.snapshot import Motion, Pointing

CHUNK_SAMPLES = 60
VERSION = 1  # the first byte of a chunk
TENTHS_PER_DEGREE = 36_000  # 0.1″
TENTHS_PER_HOUR = 15 * TENTHS_PER_DEGREE
THOUSANDTHS = 1_000
MOTIONS = tuple(motion.value for motion in Motion)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Sample:
    """Where the telescope pointed at an instant, and how it moved."""

    utc: datetime
    pointing: Pointing
    motion: str


def encode(samples: Sequence[Sample]) -> bytes:
    """The samples as one chunk, in their order; an unknown motion becomes "unknown"."""
    columns = zip(*map(_whole_numbers, samples), strict=True)
    packed = b"".join(_varint(_folded(step)) for column in columns for step in _steps(_steps(column)))
    return bytes((VERSION,)) + zlib.compress(_varint(len(samples)) + packed, 9)


def decode(chunk: bytes) -> list[Sample]:
    """The inverse of `encode`, to within half a unit of each column."""
    if chunk[:1] != bytes((VERSION,)):
        raise ValueError(f"a track chunk of version {chunk[:1].hex() or 'none'}, not {VERSION}")
    numbers = _numbers(zlib.decompress(chunk[1:]))
    count = next(numbers)
    columns = [_sums(_sums([_unfolded(next(numbers)) for _ in range(count)])) for _ in range(COLUMNS)]
    return [_sample(row) for row in zip(*columns, strict=True)]


def _whole_numbers(sample: Sample) -> tuple[int, ...]:
    at = sample.pointing
    return (
        round((sample.utc - EPOCH) / MILLISECOND),
        round(at.ra_hours_j2000 * TENTHS_PER_HOUR) % (24 * TENTHS_PER_HOUR),
        round(at.dec_degrees_j2000 * TENTHS_PER_DEGREE),
        round(at.altitude_degrees * THOUSANDTHS),
        round(at.azimuth_degrees * THOUSANDTHS) % (360 * THOUSANDTHS),
        MOTIONS.index(sample.motion if sample.motion in MOTIONS else Motion.UNKNOWN.value),
    )


def _sample(row: Sequence[int]) -> Sample:
    milliseconds, ra, dec, altitude, azimuth, motion = row
    pointing = Pointing(ra / TENTHS_PER_HOUR, dec / TENTHS_PER_DEGREE, altitude / THOUSANDTHS, azimuth / THOUSANDTHS)
    return Sample(EPOCH + milliseconds * MILLISECOND, pointing, MOTIONS[motion])


def _steps(values: Iterable[int]) -> list[int]:
    before, steps = 0, []
    for value in values:
        steps.append(value - before)
        before = value
    return steps


def _sums(steps: Iterable[int]) -> list[int]:
    total, values = 0, []
    for step in steps:
        total += step
        values.append(total)
    return values


def _folded(value: int) -> int:
    """0, −1, 1, −2, 2 … to 0, 1, 2, 3, 4 …, so that small steps either way are one byte."""
    return value * 2 if value >= 0 else -value * 2 - 1


def _unfolded(value: int) -> int:
    return -(value + 1) // 2 if value % 2 else value // 2


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    written.append(value)
    return bytes(written)


def _numbers(data: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0
