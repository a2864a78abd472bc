"""The controller on a real pseudo-serial line to a simulated mount: orders, arrival, stop, dead-man, faults."""

import itertools
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from scope.errors import LineError, LineLost, NotAllowed, NotCapable, Overtaken, ScopeError
from scope.orders import Direction, Nudge, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, arc_degrees
from scope.sky.frames import Sky
from scope.snapshot import LineState, Motion
from scope.target import Kind, Target
from tests.simulated_mount import simulated_mount, wait_until
from tests.telescopes import NEVER_UP, POLE_STAR, SITE, Telescope, telescope_at
from tests.telescopes import telescope as connected


@pytest.fixture
def telescope(tmp_path: Path) -> Iterator[Telescope]:
    with telescope_at(tmp_path) as found:
        yield found


def test_the_first_bytes_of_all_are_a_halt(telescope: Telescope) -> None:
    assert telescope.mount.heard().startswith(b":Q#")
    assert telescope.actions()[0] == "connected"


def test_a_goto_arrives_where_the_truth_says(telescope: Telescope) -> None:
    telescope.controller.goto(POLE_STAR)
    telescope.wait_for(Motion.SLEWING)
    wait_until(lambda: telescope.now.arrived, 40, "arrival")
    truth = telescope.mount.truth()
    place = Sky(SITE).place(POLE_STAR, telescope.clock.utc())
    off = arc_degrees(truth["ra_hours"] * 15, truth["dec_degrees"], place.ra_hours * 15, place.dec_degrees)
    assert off * 3600 < 15
    assert telescope.now.target == POLE_STAR
    assert telescope.actions()[-1] == "arrived"


def test_a_stop_in_mid_slew_rests_the_axes_and_keeps_tracking(telescope: Telescope) -> None:
    telescope.controller.goto(POLE_STAR)
    telescope.mount.wait_until(lambda truth: abs(truth["axis_rates_deg_s"][0]) > 1)
    telescope.controller.stop()
    telescope.mount.wait_until(lambda truth: all(abs(rate) < 0.02 for rate in truth["axis_rates_deg_s"]), 3)
    wait_until(lambda: "stopped" in telescope.actions(), 5, "the stop seen")
    assert telescope.wait_for(Motion.TRACKING).target is None


def test_a_stop_drops_what_waits_and_nothing_moves_after_it(telescope: Telescope) -> None:
    telescope.mount.control("late 0.5")  # so that orders queue behind a slow answer
    outcomes: list[ScopeError | None] = []

    def order() -> None:
        try:
            telescope.controller.goto(POLE_STAR)
            outcomes.append(None)
        except ScopeError as reason:
            outcomes.append(reason)

    givers = [threading.Thread(target=order) for _ in range(3)]
    for giver in givers:
        giver.start()
    time.sleep(0.3)  # let them stand in the queue
    telescope.controller.stop()
    for giver in givers:
        giver.join()
    telescope.mount.control("clear")
    assert all(isinstance(outcome, Overtaken) for outcome in outcomes), outcomes
    assert b":MS#" not in telescope.mount.heard()


def test_a_stop_gets_through_while_the_mount_is_mute(telescope: Telescope) -> None:
    telescope.controller.goto(POLE_STAR)
    telescope.mount.wait_until(lambda truth: abs(truth["axis_rates_deg_s"][0]) > 1)
    telescope.mount.control("silent")
    time.sleep(0.4)  # a question is pending now
    begun = time.monotonic()
    telescope.controller.stop()
    wait_until(lambda: [e for e in telescope.mount.trace() if b":Q#" in e["data"] and e["t"] > begun], 5, "the halt")
    halt = next(e for e in telescope.mount.trace() if b":Q#" in e["data"] and e["t"] > begun)
    assert halt["t"] - begun < 0.5
    telescope.mount.wait_until(lambda truth: all(abs(rate) < 0.02 for rate in truth["axis_rates_deg_s"]), 3)


def test_an_unconfirmed_halt_is_repeated_and_told(telescope: Telescope) -> None:
    telescope.mount.control("silent")
    begun = time.monotonic()
    telescope.controller.stop()
    time.sleep(1.5)  # three repetitions fit in here
    halts = [e["t"] for e in telescope.mount.trace() if b":Q#" in e["data"] and e["t"] > begun]
    assert len(halts) >= 3
    assert max(b - a for a, b in itertools.pairwise(halts)) < 1.0


def test_a_hundred_stops_at_once_are_one_stop(telescope: Telescope) -> None:
    telescope.controller.goto(POLE_STAR)
    stops = [threading.Thread(target=telescope.controller.stop) for _ in range(100)]
    for stop in stops:
        stop.start()
    for stop in stops:
        stop.join(10)
        assert not stop.is_alive()
    telescope.mount.wait_until(lambda truth: all(abs(rate) < 0.02 for rate in truth["axis_rates_deg_s"]), 3)


def test_motion_by_hand_ends_when_its_heartbeats_do(telescope: Telescope) -> None:
    before = telescope.mount.truth()["alt_degrees"]
    for beat in range(6):
        telescope.controller.nudge(Nudge(Direction.NORTH, NudgeRate.FIND, "p1", beat), "Aigerim")
        time.sleep(0.15)
    assert telescope.now.motion is Motion.MANUAL
    last = time.monotonic()
    wait_until(lambda: [e for e in telescope.mount.trace() if b":Q#" in e["data"] and e["t"] > last - 0.1], 5, "halt")
    halt = next(e for e in telescope.mount.trace() if b":Q#" in e["data"] and e["t"] > last - 0.1)
    assert halt["t"] - last < 0.6
    telescope.wait_for(Motion.TRACKING)
    assert telescope.rests()
    assert abs(telescope.mount.truth()["alt_degrees"] - before) > 0.3
    with pytest.raises(NotAllowed, match="press again"):
        telescope.controller.nudge(Nudge(Direction.NORTH, NudgeRate.FIND, "p1", 99), "Aigerim")


def test_a_second_finger_takes_over_and_what_the_first_moved_rests(telescope: Telescope) -> None:
    """The heartbeats of one press keep no other going."""
    telescope.controller.nudge(Nudge(Direction.NORTH, NudgeRate.FIND, "p1", 0), "Aigerim")
    telescope.mount.wait_until(lambda truth: truth["axis_rates_deg_s"][1] > 1)
    for beat in range(12):
        telescope.controller.nudge(Nudge(Direction.EAST, NudgeRate.FIND, "p2", beat), "Aigerim")
        time.sleep(0.12)
    rates = telescope.mount.truth()["axis_rates_deg_s"]
    assert abs(rates[0]) > 1.0
    assert abs(rates[1]) < 0.1


def test_letting_go_halts_at_once(telescope: Telescope) -> None:
    telescope.controller.nudge(Nudge(Direction.EAST, NudgeRate.FIND, "p1", 0), "Aigerim")
    telescope.controller.nudge(Nudge(None, NudgeRate.FIND, "p1", 1), "Aigerim")
    telescope.wait_for(Motion.TRACKING, 5)
    assert telescope.rests()


def test_a_target_below_the_limit_is_refused_with_numbers(telescope: Telescope) -> None:
    with pytest.raises(NotAllowed) as refusal:
        telescope.controller.goto(NEVER_UP)
    assert refusal.value.code == "below_altitude_limit"
    assert b":MS#" not in telescope.mount.heard()


def test_the_sun_is_refused_whatever_the_hour(telescope: Telescope) -> None:
    with pytest.raises(NotAllowed) as refusal:
        telescope.controller.goto(Target("Sun", Kind.SUN, None))
    assert refusal.value.code == "sun_not_allowed"


def test_a_target_that_is_left_by_hand_is_not_shown_any_more(telescope: Telescope) -> None:
    here = telescope.now.position
    assert here is not None
    near = Target("near", Kind.COORDINATES, Equatorial(here.ra_hours_j2000, here.dec_degrees_j2000 + 1, Epoch.J2000))
    telescope.controller.goto(near)
    wait_until(lambda: telescope.now.arrived, 20, "arrival")
    for beat in range(14):
        telescope.controller.nudge(Nudge(Direction.NORTH, NudgeRate.FIND, "p1", beat), "Aigerim")
        time.sleep(0.15)
    telescope.wait_for(Motion.TRACKING)
    wait_until(lambda: telescope.now.target is None, 5, "the target forgotten")


def test_tracking_is_switched_and_read_back(telescope: Telescope) -> None:
    telescope.controller.track(TrackingRate.OFF)
    telescope.wait_for(Motion.STOPPED)
    telescope.controller.track(TrackingRate.LUNAR)
    telescope.wait_for(Motion.TRACKING)
    assert telescope.now.tracking == "lunar"


def test_parking_is_seen_and_a_parked_mount_does_not_slew(telescope: Telescope) -> None:
    telescope.controller.park()
    telescope.wait_for(Motion.PARKED, 40)
    with pytest.raises(NotAllowed, match="parked"):
        telescope.controller.goto(POLE_STAR)
    telescope.controller.unpark()
    telescope.wait_for(Motion.TRACKING)


def test_a_pulled_plug_is_lost_and_heals_with_a_halt_first(telescope: Telescope) -> None:
    telescope.controller.goto(POLE_STAR)
    telescope.mount.control("unplug")
    wait_until(lambda: telescope.now.line is LineState.LOST, 5, "lost")
    assert telescope.now.position is None
    with pytest.raises(LineLost):
        telescope.controller.goto(POLE_STAR)
    with pytest.raises(LineLost):
        telescope.controller.stop()
    heard = len(telescope.mount.heard())
    telescope.mount.control("replug")
    wait_until(lambda: telescope.now.line is LineState.UP, 10, "up again")
    assert telescope.mount.heard()[heard:].startswith(b":Q#")
    assert telescope.actions().count("line-lost") == 1


def test_a_mute_mount_is_lost_and_its_position_is_not_dressed_up(telescope: Telescope) -> None:
    telescope.mount.control("silent")
    wait_until(lambda: telescope.now.line is LineState.LOST, 15, "lost")
    assert telescope.now.position is None
    assert telescope.now.motion is Motion.UNKNOWN


def test_noise_never_shows_a_wrong_position(telescope: Telescope) -> None:
    telescope.mount.control("noise 0.02")
    time.sleep(6)
    telescope.mount.control("clear")
    shown = [seen.position for seen in telescope.seen if seen.position is not None]
    altitudes = [position.altitude_degrees for position in shown]
    assert max(altitudes) - min(altitudes) < 1.0


def test_a_clock_an_hour_off_is_told_refused_and_mended(tmp_path: Path) -> None:
    with telescope_at(tmp_path, mount_ahead_seconds=3600) as telescope:
        assert "clock_differs" in telescope.alarms()
        with pytest.raises(NotAllowed) as refusal:
            telescope.controller.goto(POLE_STAR)
        assert refusal.value.code == "time_not_trusted"
        telescope.controller.set_clock()
        wait_until(lambda: not telescope.now.alarms, 10, "no doubt left")
        wait_until(lambda: telescope.now.position, 10, "a position")
        telescope.controller.goto(POLE_STAR)


def test_without_a_sky_nothing_slews_and_a_stop_still_works(tmp_path: Path) -> None:
    failed: Future[Sky] = Future()
    failed.set_exception(OSError("no tables"))
    with telescope_at(tmp_path, sky=failed) as telescope:
        assert telescope.now.position is None
        with pytest.raises(NotAllowed) as refusal:
            telescope.controller.goto(POLE_STAR)
        assert refusal.value.code == "position_unknown"
        telescope.controller.stop()
        wait_until(lambda: "stopped" in telescope.actions(), 10, "the stop seen")


def test_a_classic_offers_no_park_and_refuses_it_without_a_byte(tmp_path: Path) -> None:
    with telescope_at(tmp_path, model="classic") as telescope:
        assert "park" not in telescope.now.can
        with pytest.raises(NotCapable):
            telescope.controller.park()
        assert b":hP#" not in telescope.mount.heard()


def test_the_last_byte_before_closing_is_a_halt(tmp_path: Path) -> None:
    with telescope_at(tmp_path) as telescope:
        telescope.close()
        wait_until(lambda: telescope.mount.heard().endswith(b":Q#:Qn#:Qs#:Qe#:Qw#"), 5, "the last halt")


def test_an_order_without_a_mount_says_that_there_is_none(tmp_path: Path) -> None:
    with simulated_mount(tmp_path) as mount:
        mount.control("unplug")
        with connected(mount) as telescope:
            wait_until(lambda: telescope.seen, 5, "a snapshot")
            with pytest.raises(LineError):
                telescope.controller.park() if "park" in telescope.now.can else telescope.controller.goto(POLE_STAR)
