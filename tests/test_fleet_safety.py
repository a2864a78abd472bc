"""S1, S11, S13, S21, S23, S27, F38: nothing of the fleet moves that should not, whatever comes between its words.

Every usual model, led by the whole controller in virtual time. Which words move it is told here for each family, so
that a word which goes out and is not obeyed counts, too. `CLUBSCOPE_NIGHTLY=1` tries every word and more gotos.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from scope.errors import MountRefused, NotAllowed, ScopeError
from scope.limits.axes import standing_at
from scope.mounts.mount import Can, Reading
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, PierSide
from scope.snapshot import LineState, Motion
from scope.target import Kind, Target
from tests.fleet import FLAGSHIPS, FLEET, KINDS, NIGHTLY, Member, at_work
from tests.hand_time import SKY, HandTelescope, hand_telescope
from tests.telescopes import MORNING, POLE_STAR, SITE
from tests.true_sun import nearest_to_sun

pytestmark = pytest.mark.filterwarnings("ignore:The file .* has expired:RuntimeWarning")
RESTS_SECONDS = 30.0 if NIGHTLY else 8.0
TURNS_WITH_THE_SKY = 0.02
"""Degrees a second: of an axis that follows, or rests."""
by_name = {str(member): member for member in FLEET}


def named(*names: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("member", [by_name[name] for name in names], ids=str)


def at(t: HandTelescope, hour_angle_degrees: float, dec_degrees: float) -> Target:
    hours = (SKY.sidereal_hours(t.clock.utc()) - hour_angle_degrees / 15.0) % 24.0
    return Target("there", Kind.COORDINATES, Equatorial(hours, dec_degrees, Epoch.OF_DATE))


def goes(t: HandTelescope, there: Target) -> None:
    t.controller.goto(there)
    t.run_until(lambda: t.now.arrived or t.now.target is None, 240, "the end of the goto")


# --- a stop between any two words of an order -----------------------------------------------------------------------


def go(t: HandTelescope) -> None:
    t.controller.goto(POLE_STAR)
    t.run(6)


def park(t: HandTelescope) -> None:
    t.controller.park()
    t.run(20)


def home(t: HandTelescope) -> None:
    t.controller.home()
    t.run(6)


def press(t: HandTelescope) -> None:
    t.press(Direction.NORTH, NudgeRate.CENTRE, 1.0)
    t.run(3)


def follow(t: HandTelescope) -> None:
    t.controller.track(TrackingRate.SIDEREAL)
    t.run(3)


ORDERS: dict[str, tuple[Can, Callable[[HandTelescope], None]]] = {
    "goto": (Can.GOTO, go),
    "park": (Can.PARK, park),
    "home": (Can.HOME, home),
    "press": (Can.NUDGE, press),
    "track": (Can.TRACK, follow),
}
STARTS: dict[str, tuple[bytes, ...]] = {
    "lx200": (b":M", b":hP", b":hF", b":hC", b":I#"),
    "astro-physics": (b":M", b":KA", b":PO", b":RT2"),
    "nexstar": (b"r", b"R", b"b", b"T\x01", b"T\x02", b"T\x03", b"y"),
    "synscan": (b"r", b"R", b"b", b"T\x01", b"T\x02", b"T\x03"),
    "ioptron": (b":MS", b":m", b":MP", b":MH", b":ST1"),
    "skywatcher": (b":J",),
    "rainbow": (b":M", b":Ch", b":CtA"),
}


def starts_motion(member: Member, word: bytes) -> bool:
    """Words to the motor boards of a hand control are of eight bytes: `P`, a length, the board, what, how fast."""
    if member.family in ("nexstar", "synscan") and len(word) == 8 and word[:1] == b"P":
        return word[4] != 0
    return word.startswith(STARTS[member.family])


def carried_out(
    t: HandTelescope, do: Callable[[HandTelescope], None], stop_before: int | None = None
) -> tuple[list[bytes], int | None]:
    """What was asked; a stop is called just before the word of that number, after so many that were written."""
    words, ask, stopped = list[bytes](), t.line.ask, list[int]()

    def listened(command: Any, mark: int | None = None) -> Any:
        if len(words) == stop_before:
            stopped.append(len(t.wire.said))
            with suppress(ScopeError):
                t.controller.stop()
        words.append(command.sends)
        return ask(command, mark)

    t.line.ask = listened  # type: ignore[method-assign]
    with suppress(ScopeError):
        do(t)
    return words, next(iter(stopped), None)


def worth_a_stop(member: Member, words: list[bytes]) -> list[int]:
    """Before each of the first words that move it, and before the next; by night before every word."""
    if NIGHTLY:
        return list(range(len(words)))
    moving = [number for number, word in enumerate(words) if starts_motion(member, word)]
    return sorted({number + more for number in moving[:2] for more in (0, 1)})


def rest_before(t: HandTelescope, order: str) -> None:
    """A mount that tracks already need not be told."""
    if order == "track":
        t.controller.track(TrackingRate.OFF)
        t.settle(Motion.STOPPED)


@pytest.mark.timeout(3600 if NIGHTLY else 120)
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("member", KINDS if NIGHTLY else FLAGSHIPS, ids=str)
def test_a_stop_before_any_word_of_an_order_leaves_it_at_rest_and_no_word_that_moves_it_follows(
    tmp_path: Path, member: Member, order: str
) -> None:
    capability, do = ORDERS[order]
    with at_work(tmp_path / "all", member) as t:
        if capability not in t.mount.can:
            pytest.skip("it cannot do that, and its flag says so")
        rest_before(t, order)
        words, _ = carried_out(t, do)
    places = worth_a_stop(member, words)
    assert places or order == "track", f"no word that moves it among {words[:9]}"
    for number in places:
        with at_work(tmp_path / str(number), member) as t:
            rest_before(t, order)
            _, stopped = carried_out(t, do, number)
            assert stopped is not None
            t.run_until(lambda t=t: t.brake.settling is None and not t.brake.pulled, 40, "rest")
            rested = t.seconds
            t.run(RESTS_SECONDS)
            moving = [said.data for said in t.wire.said[stopped:] if starts_motion(member, said.data)]
            assert not moving, (number, words[number])
            assert max(abs(rate) for truth in t.truths_since(rested) for rate in truth.axis_rates) < TURNS_WITH_THE_SKY


@named("skywatcher-eq6", "skywatcher-azgti")
@pytest.mark.parametrize("lets_go", ["let_go", "lease_over"])
def test_a_hand_that_lets_go_as_somebody_stops_does_not_let_it_track_on(
    tmp_path: Path, member: Member, lets_go: str
) -> None:
    with at_work(tmp_path, member) as t:
        goes(t, POLE_STAR)
        t.press(Direction.EAST, NudgeRate.CENTRE, 2.0)
        t.run(1.0)
        stopped = t.seconds
        t.brake.pull("stop")
        t.brake.pull(lets_go)
        t.run(20.0)
        assert not t.times_of(b":J", stopped)
        assert t.now.motion is Motion.STOPPED


# --- power that fails while it moves, and while nobody hears it ------------------------------------------------------

CLOCKS_LAST = ("lx200-ten-micron", "ioptron-ieq45", "nexstar-gps")
POWER = [member for member in KINDS if NIGHTLY or member in FLAGSHIPS or str(member) in CLOCKS_LAST]


@pytest.mark.parametrize("seconds", [0.0, 15.0])
@pytest.mark.parametrize("how", ["tracking", "slewing", "pressed"])
@pytest.mark.parametrize("member", [m for m in POWER if m.model not in ("gemini", "astro-physics")], ids=str)
def test_whatever_it_did_when_its_power_failed_it_goes_nowhere_until_somebody_has_looked(
    tmp_path: Path, member: Member, how: str, seconds: float
) -> None:
    """A Gemini then waits for somebody at its hand box, and an Astro-Physics mount wakes parked."""
    with at_work(tmp_path, member) as t:
        if how == "slewing":
            t.controller.goto(POLE_STAR)
        elif how == "pressed":
            t.press(Direction.NORTH, NudgeRate.FIND, 9)
        t.run(2)
        failed = t.seconds
        t.exchange.dialect.power_cycle(failed, seconds)
        t.run_until(lambda: "mount_reset" in t.alarms(), seconds + 15, "the reset")
        t.run_until(lambda: t.now.line is LineState.UP and t.now.position, 20, "the line")
        with pytest.raises(ScopeError) as refused:
            t.controller.goto(POLE_STAR)
        assert refused.value.code in ("mount_reset", "time_not_trusted", "position_unknown")
        t.run(3)
        assert all(truth.motion.value != "going" for truth in t.truths_since(failed + 1))


@named("ioptron-cem26", "nexstar-se8", "skywatcher-eq6")
def test_by_day_a_mount_that_has_restarted_is_led_by_no_hand_but_under_a_lid(tmp_path: Path, member: Member) -> None:
    with at_work(tmp_path, member, moment=MORNING) as t:
        t.control("blip")
        t.run_until(lambda: "mount_reset" in t.alarms(), 30, "the reset")
        t.run_until(lambda: t.now.position is not None, 20, "a position")
        t.run(5)
        begun = t.seconds
        for order in (lambda: t.press(Direction.NORTH, NudgeRate.CENTRE, 0.3), t.controller.park):
            with pytest.raises(NotAllowed):
                order()
        assert not [word for word in t.said_since(begun) if starts_motion(member, word)]
        t.controller.foresight.covered = True
        with suppress(MountRefused):  # a hand control that has lost its alignment
            t.controller.park()


# --- the side of the pier ---------------------------------------------------------------------------------------------


@named("ioptron-cem26", "skywatcher-eq6")
def test_a_mount_that_tells_the_wrong_side_is_not_followed_into_its_pier(tmp_path: Path, member: Member) -> None:
    with at_work(tmp_path, member, settings={"limits": "meridian_overrun_degrees = 1"}) as t:
        tell_wrong_sides(t)
        goes(t, at(t, -40.0, 20.0))
        goes(t, at(t, -1.5, 20.0))
        t.run_until(lambda: "tracking_ended" in t.alarms(), 900, "the end of tracking")
        t.run(30)
        assert t.now.motion is Motion.STOPPED
        stands = SKY.sidereal_hours(t.clock.utc()) * 15.0 - t.truth.ra_degrees
        assert (stands + 180.0) % 360.0 - 180.0 <= 1.5


def tell_wrong_sides(t: HandTelescope) -> None:
    mount: Any = t.mount
    read, other = mount.mount.read, {PierSide.EAST: PierSide.WEST, PierSide.WEST: PierSide.EAST}

    def wrong() -> Reading:
        reading: Reading = read()
        return reading if reading.pier_side is None else replace(reading, pier_side=other[reading.pier_side])

    mount.mount.read = wrong


@named("nexstar-avx", "ioptron-cem26", "synscan-heq5")
@pytest.mark.parametrize(("clock_off", "from_degrees", "to_degrees"), [(-250, 40.0, 0.5), (250, -40.0, -0.5)])
def test_a_mount_whose_clock_is_off_may_turn_over_near_the_meridian_and_is_no_runaway(
    tmp_path: Path, member: Member, clock_off: int, from_degrees: float, to_degrees: float
) -> None:
    with at_work(tmp_path, member) as t:
        t.control(f"clock {clock_off}")
        t.run(8)
        goes(t, at(t, from_degrees, 20.0))
        before = t.now.pier_side
        goes(t, at(t, to_degrees, 15.0))
        assert t.now.arrived
        assert t.now.pier_side != before
        assert "runaway" not in t.alarms()


# --- by day -----------------------------------------------------------------------------------------------------------

GOTOS = 100 if NIGHTLY else 5


@pytest.mark.timeout(3600 if NIGHTLY else 120)
@named("ioptron-cem26", "nexstar-avx", "nexstar-se8", "synscan-heq5", "skywatcher-eq6", "skywatcher-azgti")
def test_gotos_by_day_keep_clear_of_the_true_sun_and_none_is_halted_on_the_way(tmp_path: Path, member: Member) -> None:
    """The first are those from the meridian, where a mount that tells its side was once judged by both.

    A way in legs that begins at the very pole may be given up there, at rest, for want of the next leg.
    """
    rng = Random(f"{member}2")
    with at_work(tmp_path, member, moment=MORNING + timedelta(hours=rng.uniform(-3, 7))) as t:
        accepted = 0
        for _ in range(GOTOS):
            there = standing_at(rng.uniform(16, 87), rng.uniform(0, 360), SITE.latitude_degrees)
            begun = t.seconds
            with suppress(NotAllowed):
                goes(t, at(t, there.hour_angle_degrees, there.dec_degrees))
                accepted += 1
                assert t.now.arrived or t.alarms() == ["goto_given_up"], t.alarms()
                assert nearest_to_sun(t.truths_since(begun)[::5]) >= 19.5
            t.truths.clear()
        assert accepted, "every one was refused"


def test_by_day_a_mount_just_switched_on_goes_nowhere_before_somebody_has_looked_that_it_stands_at_home(
    tmp_path: Path,
) -> None:
    eq6 = {"family": "skywatcher", "model": "eq6", "geometry": "german"}
    with hand_telescope(tmp_path, MORNING, settled=False, **eq6) as t:
        t.run(5)
        with pytest.raises(NotAllowed) as refused:
            t.controller.goto(POLE_STAR)
        assert refused.value.code == "mount_reset"
        assert "mount_reset" in t.alarms()
        assert not t.times_of(b":J")
        t.controller.confirm_alignment()
        t.controller.goto(POLE_STAR)


# --- a sync that is broken off ----------------------------------------------------------------------------------------


@named("skywatcher-eq6", "skywatcher-azgti", "ioptron-cem26")
def test_a_sync_that_the_line_breaks_off_anywhere_is_made_or_not_made(tmp_path: Path, member: Member) -> None:
    with at_work(tmp_path / "all", member) as t:
        goes(t, Target("first", Kind.COORDINATES, Equatorial(20.0, -5.0, Epoch.J2000)))
        words, _ = carried_out(t, lambda t: t.controller.sync(BESIDE, confirmed=True))
    teaching = [n for n, word in enumerate(words) if word[:2] in (b":E", b":S", b":C")]
    assert teaching
    for number in teaching:
        with at_work(tmp_path / str(number), member) as t:
            goes(t, Target("first", Kind.COORDINATES, Equatorial(20.0, -5.0, Epoch.J2000)))
            unplugged_before(t, number)
            with pytest.raises(ScopeError):
                t.controller.sync(BESIDE, confirmed=True)
            t.run(1)
            t.control("replug")
            t.run_until(lambda t=t: t.now.line is LineState.UP and t.now.position is not None, 20, "the line")
            t.run(2)
            shown = t.now.position
            assert shown is not None
            off = (shown.ra_hours_j2000 - 20.0) * 15.0, shown.dec_degrees_j2000 + 5.0
            assert off == pytest.approx((0.0, 0.0), abs=0.25) or off == pytest.approx((1.5, 1.2), abs=0.25), number


BESIDE = Target("beside", Kind.COORDINATES, Equatorial(20.1, -3.8, Epoch.J2000))


def unplugged_before(t: HandTelescope, number: int) -> None:
    said, ask = list[bytes](), t.line.ask

    def listened(command: Any, mark: int | None = None) -> Any:
        if len(said) == number:
            t.control("unplug")
        said.append(command.sends)
        return ask(command, mark)

    t.line.ask = listened  # type: ignore[method-assign]
