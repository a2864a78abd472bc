"""The driver of RainbowAstro's mounts on the simulated one, in virtual time, beyond what every family is held to."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from scope.command import Command
from scope.errors import GarbledAnswer, MountRefused, NotCapable
from scope.mounts import rainbow_words as say
from scope.mounts.mount import Can, ClockAndSite
from scope.mounts.rainbow import Rainbow
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial
from tests.driver_on_simulator import OnSimulator, SimulatedObservatory
from tests.simulated_mount import exchange

NOTICES = (b":MM0#", b":MML#", b":MMU#", b":MME#", b":CHO#", b":CH0#", b":CH<#")
BELOW = Equatorial(2.5, -80.0, Epoch.OF_DATE)
ABOVE = Equatorial(2.5, 80.0, Epoch.OF_DATE)


def met(model: str = "rst135") -> tuple[Rainbow, OnSimulator]:
    ask = OnSimulator(exchange(family="rainbow", model=model, slew_rate=10.0))
    mount = Rainbow(ask, SimulatedObservatory(ask))
    mount.greet()
    return mount, ask


def is_tracking(ask: OnSimulator) -> bool:
    return ask.line.dialect.mount.truth().tracking


@pytest.mark.parametrize("tracked", [True, False])
def test_a_goto_that_is_refused_leaves_all_as_it_was(tracked: bool) -> None:
    mount, ask = met()
    mount.track(TrackingRate.SIDEREAL if tracked else TrackingRate.OFF)
    with pytest.raises(MountRefused) as refusal:
        mount.goto(BELOW)
    assert refusal.value.code == "target_refused"
    assert not mount.read().slewing
    assert is_tracking(ask) == tracked


@pytest.mark.parametrize("tracked", [True, False])
def test_having_arrived_it_tracks_and_says_so_of_itself_to_nobodys_harm(tracked: bool) -> None:
    mount, ask = met()
    mount.track(TrackingRate.LUNAR if tracked else TrackingRate.OFF)
    mount.goto(ABOVE)
    ask.wait_until(lambda: not mount.read().slewing)
    ask.wait(1.0)
    assert is_tracking(ask)
    assert mount.tracking() is (TrackingRate.LUNAR if tracked else TrackingRate.SIDEREAL)


def test_a_way_that_is_broken_off_says_so_and_the_next_question_is_understood() -> None:
    mount, ask = met()
    mount.goto(ABOVE)
    ask.wait(1.0)
    ask(Rainbow.halt)
    assert not mount.read().slewing
    assert ask.left_over == b":MME#"


def test_it_is_not_told_where_it_is_while_it_goes() -> None:
    mount, _ = met()
    mount.goto(ABOVE)
    with pytest.raises(MountRefused) as refusal:
        mount.sync(BELOW)
    assert refusal.value.code == "already_slewing"


@pytest.mark.parametrize(("model", "others_go_on"), [("rst135", True), ("rst135-2019", False)])
def test_letting_go_of_one_key_leaves_the_other_where_the_firmware_can(model: str, others_go_on: bool) -> None:
    mount, ask = met(model)
    mount.track(TrackingRate.OFF)
    mount.nudge(Direction.NORTH, NudgeRate.FIND)
    mount.nudge(Direction.WEST, NudgeRate.FIND)
    ask.wait(1.0)
    mount.rest(Direction.NORTH)
    ask.wait(2.0)
    first, second = ask.line.dialect.mount.truth().axis_rates
    assert second == 0.0
    assert (first != 0.0) == others_go_on


def test_firmware_that_tells_no_date_is_not_asked_for_one() -> None:
    mount, ask = met("rst135-2019")
    assert Can.READ_CLOCK not in mount.can
    with pytest.raises(NotCapable):
        mount.clock_and_site()
    assert b":GC#" not in ask.sent


@pytest.mark.parametrize("offset_hours", [-11.0, -3.5, 0.0, 5.0, 5.75, 12.75])
def test_the_clock_that_it_is_given_is_the_utc_that_it_has_whatever_the_zone(offset_hours: float) -> None:
    mount, _ = met()
    given = ClockAndSite(datetime(2028, 2, 29, 23, 59, 30, tzinfo=UTC), -33.8688, 151.2093)
    mount.set_clock_and_site(given, offset_hours)
    had = mount.clock_and_site()
    assert abs(had.utc - given.utc) <= timedelta(seconds=2)
    assert had.latitude_degrees == pytest.approx(given.latitude_degrees, abs=0.5 / 3600)
    assert had.longitude_degrees == pytest.approx(given.longitude_degrees, abs=0.5 / 3600)


def test_a_date_that_midnight_has_changed_gets_the_time_of_the_new_day() -> None:
    """Read in the order offset, date, time, date: the first time is of yesterday."""
    said: dict[bytes, list[bytes]] = {
        b":GG#": [b":GG+0#"],
        b":GC#": [b":GC11/23/26#", b":GC11/24/26#"],
        b":GL#": [b":GL23:59:59#", b":GL00:00:00#"],
        b":Gt#": [b":Gt+49*48'00.0#"],
        b":Gg#": [b":Gg-073*06'00.0#"],
    }

    def ask(command: Command[Any]) -> Any:
        return command.means(said[command.sends].pop(0))

    mount = Rainbow(ask)
    mount.can |= Can.READ_CLOCK
    assert mount.clock_and_site().utc == datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_before_an_answer_is_passed_over_whole_and_not_in_parts(notice: bytes) -> None:
    answer = b":GR05:30:00.0#"
    for length in range(len(notice + answer)):
        assert say.RA.whole((notice + answer)[:length]) is None
    assert say.RA.means(notice * 2 + answer) == 5.5
    assert say.set_ra(5.5).whole(notice + b"1") == len(notice) + 1
    with pytest.raises(GarbledAnswer):
        say.RA.means(notice[1:] + answer)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (say.RA, b":GR24:00:00.1#"),
        (say.RA, b":GR05:60:00.0#"),
        (say.RA, b":GR05:30:00#"),
        (say.RA, b"05:30:00.0#"),
        (say.RA, b":GD+05*30'00.0#"),
        (say.DEC, b":GD+90*00'00.1#"),
        (say.DEC, b":GD05*30'00.0#"),
        (say.DATE, b":GC02/30/26#"),
        (say.TIME, b":GL24:00:00#"),
        (say.OFFSET, b":GG-15#"),
        (say.LONGITUDE, b":Gg-181*00'00.0#"),
        (say.SLEWING, b":CL2#"),
        (say.RATE, b":CT4#"),
    ],
    ids=lambda it: it.decode() if isinstance(it, bytes) else "",
)
def test_what_a_bad_line_leaves_of_an_answer_is_not_another_answer(command: Command[Any], answer: bytes) -> None:
    with pytest.raises(GarbledAnswer):
        command.means(answer)


def test_a_target_is_rounded_once_and_keeps_its_sign() -> None:
    assert say.set_ra(23.999999).sends == b":Sr00:00:00.0#"
    assert say.set_ra(12.9999999).sends == b":Sr13:00:00.0#"
    assert say.set_dec(-0.5 / 3600).sends == b":Sd-00*00:00.5#"
    assert say.set_dec(89.999999).sends == b":Sd+90*00:00.0#"
    assert say.sync(23.9999999, -0.0004).sends == b":Ck000.000-00.000#"
    assert say.set_time(time(1, 2, 3)).sends == b":SL01:02:03#"
