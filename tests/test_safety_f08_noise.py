"""F08, F09, F45: a line that damages one byte in twenty never makes a wrong position believed.

Real answers of a simulated LX200's formats, damaged, go through the driver's own parsers and the sieve. Wrong is what
lies farther from the truth than half a degree and what the fastest motion makes of the time between two looks.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import pytest

from hardware_sim.lx200_formats import MEADE_HIGH, MEADE_LOW
from scope.errors import GarbledAnswer, NoAnswer
from scope.mounts.lx200 import words as say
from scope.position import Epoch, Equatorial, separation_degrees
from scope.watch.sieve import JUMP_READINGS, Reading, Sieve, Verdict

POLLS = 100_000 if os.environ.get("CLUBSCOPE_NIGHTLY") else 20_000
DAMAGED = 0.05
AXIS_DEGREES_PER_SECOND = 4.0
FASTEST = AXIS_DEGREES_PER_SECOND * 2**0.5
ANSWER_SECONDS = 0.02
Path = Callable[[float], tuple[float, float]]


def damaged(random: Random, answer: bytes, rate: float) -> bytes:
    """Each byte may be replaced, flipped, lost, preceded by another, swapped with the next, or another digit."""
    spoiled = bytearray()
    for byte in answer:
        if random.random() >= rate:
            spoiled.append(byte)
            continue
        kind = random.randrange(6)
        if kind == 0:
            spoiled.append(random.randrange(256))
        elif kind == 1:
            spoiled.append(byte ^ 1 << random.randrange(8))
        elif kind == 2:
            spoiled += bytes((random.randrange(256), byte))
        elif kind == 3:
            spoiled.append(random.choice(b"0123456789"))
        elif kind == 4 and spoiled:
            spoiled.insert(-1, byte)
    return bytes(spoiled)


@dataclass
class NoisyMount:
    """Says where it is by the driver's own questions; `path` gives degrees of right ascension and declination."""

    path: Path
    random: Random
    precise: bool = True
    now: float = 0.0
    damaged: float = DAMAGED
    answer_seconds: float = ANSWER_SECONDS

    def lately(self, reading: Reading) -> list[Equatorial]:
        """Where it truly was when that reading began and when it ended."""
        paths = [self.path(at) for at in (reading.at - reading.took_seconds, reading.at)]
        return [Equatorial(ra % 360.0 / 15.0, dec, Epoch.OF_DATE) for ra, dec in paths]

    def read(self) -> Reading:
        """The two halves are of two moments, as on a real line; GarbledAnswer or NoAnswer for what cannot be read."""
        begun, writing = self.now, MEADE_HIGH if self.precise else MEADE_LOW
        hours = writing.hours(self.path(self.now)[0] % 360.0 / 15.0)
        ra = self._heard(say.RA.whole, say.RA.means, hours)
        self.now += self.answer_seconds
        degrees = writing.signed(self.path(self.now)[1])
        dec = self._heard(say.DEC.whole, say.DEC.means, degrees)
        self.now += 2 * self.answer_seconds
        return Reading(self.now, Equatorial(ra, dec, Epoch.OF_DATE), self.now - begun)

    def _heard(self, whole: Callable[[bytes], int | None], means: Callable[[bytes], float], said: bytes) -> float:
        arrived = damaged(self.random, said + b"#", self.damaged)
        length = whole(arrived)
        if length is None:
            self.now += 1.0
            raise NoAnswer("never whole")
        return means(arrived[:length])


@dataclass
class Tally:
    """What came of the polls."""

    believed: int = 0
    missed: int = 0
    wrong: int = 0
    jumps: list[float] = field(default_factory=list)


def look(mount: NoisyMount, sieve: Sieve) -> tuple[Reading, Verdict] | None:
    """As the pilot looks: again at once while the reading is damaged or doubted; None for a miss."""
    for _ in range(JUMP_READINGS):
        try:
            reading = mount.read()
        except GarbledAnswer:
            continue
        except NoAnswer:
            return None
        verdict = sieve.sift(reading)
        if verdict is not Verdict.DOUBTED:
            return reading, verdict
    return None


def polled(mount: NoisyMount, every_seconds: float, polls: int) -> Tally:
    sieve, tally, seen_at = Sieve(FASTEST), Tally(), mount.now
    for _ in range(polls):
        mount.now += every_seconds
        seen = look(mount, sieve)
        if seen is None:
            tally.missed += 1
            continue
        reading, verdict = seen
        tally.believed += 1
        allowed, seen_at = 0.5 + FASTEST * (reading.at - seen_at), reading.at
        if verdict is Verdict.JUMPED:
            tally.jumps.append(reading.at)
        tally.wrong += min(separation_degrees(reading.place, true) for true in mount.lately(reading)) > allowed
    return tally


def at_rest(t: float) -> tuple[float, float]:
    """Without tracking: the sky turns over it, through 0 h again and again."""
    return 350.0 + t * 15.041 / 3600, -0.5


def tracking(_: float) -> tuple[float, float]:
    return 187.3958, 54.8342


def slewing(t: float) -> tuple[float, float]:
    """To and fro on both axes at full rate with rests between, across 0 h and far up."""
    period = t % 60.0
    gone = AXIS_DEGREES_PER_SECOND * (min(period, 20.0) - max(0.0, min(period - 30.0, 20.0)))
    return 320.0 + gone, gone


@pytest.mark.parametrize(
    ("path", "every_seconds", "precise"),
    [
        (at_rest, 1.0, True),
        (tracking, 1.0, True),
        (slewing, 0.25, True),
        (tracking, 1.0, False),
        (slewing, 0.25, False),
    ],
)
def test_no_wrong_position_is_believed_at_five_percent_damaged_bytes(
    path: Path, every_seconds: float, precise: bool
) -> None:
    mount = NoisyMount(path, Random(8), precise)
    tally = polled(mount, every_seconds, POLLS // 4)
    assert tally.wrong == 0
    assert tally.jumps == []
    assert tally.believed > 0.3 * POLLS // 4  # and it is not the right ones that are thrown away


def test_a_mount_that_loses_its_place_is_found_on_a_noisy_line_too() -> None:
    """Every three minutes it believes to be elsewhere; what is believed then is where it really says to be.

    At 5 % one such jump in ten is taken for motion, as the line is blind for longer than a slew there would take.
    """
    every = 180.0
    places = ((187.3958, 54.8342), (0.0, 90.0), (90.0, -12.25), (359.99, 0.01))

    def resetting(t: float) -> tuple[float, float]:
        return places[int(t // every) % len(places)]

    mount = NoisyMount(resetting, Random(9), damaged=0.02)
    tally = polled(mount, 1.0, 2_000)
    happened = int(mount.now // every)
    assert tally.wrong == 0
    assert len(tally.jumps) == happened
    assert max(at % every for at in tally.jumps) < 30.0


def test_on_a_clean_line_every_reading_counts_and_a_jump_is_known_within_one_look() -> None:
    def once(t: float) -> tuple[float, float]:
        return slewing(t) if t < 100.0 else (0.0, 90.0)

    mount, sieve = NoisyMount(once, Random(1)), Sieve(FASTEST)
    mount._heard = lambda whole, means, said: means(said + b"#")  # type: ignore[method-assign]
    verdicts = []
    for _ in range(600):
        mount.now += 0.25
        seen = look(mount, sieve)
        assert seen is not None
        verdicts.append((mount.now, seen[1]))
    jumped = [at for at, verdict in verdicts if verdict is Verdict.JUMPED]
    assert len(jumped) == 1
    assert jumped[0] - 100.0 < 1.0


@pytest.mark.parametrize("answer_seconds", [0.02, 0.1, 0.35])
def test_a_slew_is_followed_on_a_slow_line_too(answer_seconds: float) -> None:
    mount = NoisyMount(slewing, Random(1), damaged=0.0, answer_seconds=answer_seconds)
    tally = polled(mount, 0.25, 400)
    assert (tally.missed, tally.wrong, tally.jumps) == (0, 0, [])


def place(ra_hours: float, dec_degrees: float) -> Equatorial:
    return Equatorial(ra_hours, dec_degrees, Epoch.OF_DATE)


def believing(*readings: tuple[float, Equatorial]) -> tuple[Sieve, list[Verdict]]:
    """A sieve that believes to be at the first place since four readings, and what it says of the others."""
    sieve = Sieve(FASTEST)
    (at, first), *others = readings
    for number in (3, 2, 1, 0):
        sieve.sift(Reading(at - number * 0.05, first))
    return sieve, [sieve.sift(Reading(at, each)) for at, each in others]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (place(23.9999, 10.0), place(0.0001, 10.0)),
        (place(3.0, 89.9), place(15.0, 89.9)),
        (place(3.0, -89.9), place(14.0, -89.8)),
        (place(6.0, 0.1), place(6.0, -0.1)),
    ],
)
def test_midnight_of_right_ascension_and_the_poles_are_no_jumps(one: Equatorial, two: Equatorial) -> None:
    assert believing((1.0, one), (2.0, two))[1] == [Verdict.BELIEVED]


def test_what_motion_explains_needs_three_readings_that_agree() -> None:
    going = [(2.0 + 0.06 * number, place(6.0, 5.0 + 0.2 * number)) for number in range(3)]
    _, said = believing((1.0, place(6.0, 0.0)), *going)
    assert said == [Verdict.DOUBTED, Verdict.DOUBTED, Verdict.BELIEVED]


def test_after_a_while_without_any_reading_it_needs_four() -> None:
    going = [(9.0 + 0.06 * number, place(6.0, 5.0 + 0.2 * number)) for number in range(4)]
    _, said = believing((1.0, place(6.0, 0.0)), *going)
    assert said == [Verdict.DOUBTED] * 3 + [Verdict.BELIEVED]


def test_what_nothing_explains_needs_five_and_is_suspected_from_the_second_on() -> None:
    far = [(2.0 + 0.06 * number, place(6.0, 60.0)) for number in range(5)]
    sieve, said = believing((1.0, place(6.0, 0.0)), far[0])
    assert (said, sieve.suspect) == ([Verdict.DOUBTED], None)
    assert sieve.sift(Reading(*far[1])) is Verdict.DOUBTED
    assert sieve.suspect == place(6.0, 60.0)
    assert sieve.sift(Reading(*far[2])) is Verdict.DOUBTED
    assert sieve.sift(Reading(*far[3])) is Verdict.DOUBTED
    assert sieve.sift(Reading(*far[4])) is Verdict.JUMPED
    assert (sieve.jump_degrees, sieve.suspect) == (pytest.approx(60.0), None)


def test_one_damaged_reading_is_forgotten_with_the_next_good_one() -> None:
    here = place(6.0, 0.0)
    sieve, said = believing((1.0, here), (2.0, place(6.0, 60.0)), (2.06, here), (3.0, place(6.0, 60.0)))
    assert said == [Verdict.DOUBTED, Verdict.BELIEVED, Verdict.DOUBTED]
    assert sieve.suspect is None


def test_a_steady_slew_is_believed_at_once_after_its_beginning() -> None:
    going = [(1.0 + 0.25 * number, place(6.0, 1.0 * number)) for number in range(12)]
    _, said = believing(*going)
    assert said[:2] == [Verdict.DOUBTED] * 2  # it may have begun to move, or not
    assert set(said[2:]) == {Verdict.BELIEVED}


def test_a_new_beginning_needs_four_readings() -> None:
    sieve = Sieve(FASTEST)
    said = [sieve.sift(Reading(0.1 * number, place(6.0, 0.0))) for number in range(5)]
    assert said == [Verdict.DOUBTED] * 3 + [Verdict.BELIEVED] * 2
    sieve.forget()
    assert sieve.sift(Reading(1.0, place(6.0, 0.0))) is Verdict.DOUBTED
