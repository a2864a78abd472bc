"""The brain of the motor controller, on a controller of a few rules in virtual time: orders, legs, following, stops."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope.command import Command
from scope.errors import GarbledAnswer, MountRefused, NoAnswer, NotAllowed, Overtaken
from scope.mounts.mount import Can
from scope.mounts.skywatcher import SkyWatcher
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, PierSide, separation_degrees
from tests.motor_controller import MIDDLE, MotorController, look, until_there

ARCSECOND = 1 / 3600
STEP_ARCSECONDS = 360 * 3600 / 9_024_000
STARTS = b"J"
HOME_SECOND = MIDDLE + 9_024_000 // 4
GEOMETRIES = ("german", "fork", "altaz")


def met(controller: MotorController) -> SkyWatcher:
    mount = SkyWatcher(controller, controller)
    mount.greet()
    mount.read()
    return mount


def of_date(ra_hours: float, dec_degrees: float) -> Equatorial:
    return Equatorial(ra_hours % 24.0, dec_degrees, Epoch.OF_DATE)


def off_arcseconds(mount: SkyWatcher, place: Equatorial) -> float:
    return separation_degrees(mount.read().position, place) / ARCSECOND


def starts(controller: MotorController) -> int:
    return sum(sent[1:2] == STARTS for sent in controller.sent)


# --- meeting --------------------------------------------------------------------------------------------------------


def test_a_controller_just_switched_on_is_told_where_home_is_and_nothing_moves() -> None:
    controller = MotorController()
    mount = SkyWatcher(controller, controller)
    who = mount.greet()
    assert (who.product, who.firmware, who.axes) == ("EQ6", "2.03", "german")
    assert starts(controller) == 0
    assert [motor.counts for motor in controller.motors] == [MIDDLE, HOME_SECOND]
    assert mount.read().position.dec_degrees == pytest.approx(90.0)


def test_a_controller_that_another_program_has_set_is_left_as_it_stands() -> None:
    controller = MotorController()
    for motor, counts in zip(controller.motors, (MIDDLE - 1000, MIDDLE + 3_000_000), strict=True):
        motor.initialised, motor.counts = True, counts
    met(controller)
    assert not [sent for sent in controller.sent if sent[1:2] in (b"E", b"F", b"J", b"G")]


def test_one_that_was_energised_but_never_set_is_told_where_home_is() -> None:
    controller = MotorController()
    for motor in controller.motors:
        motor.initialised = True
    met(controller)
    assert [motor.counts for motor in controller.motors] == [MIDDLE, HOME_SECOND]


@pytest.mark.parametrize(
    ("version", "declared", "axes"),
    [
        ("020300", None, "german"),
        ("032DA5", None, "altaz"),
        ("032DA5", "german", "german"),
        ("032305", "altaz", "altaz"),
    ],
)
def test_how_the_axes_stand_is_declared_or_told_by_the_model(version: str, declared: str | None, axes: str) -> None:
    controller = MotorController(version=version, axes=declared)
    mount = SkyWatcher(controller, controller)
    assert mount.greet().axes == axes
    assert (Can.PIER_SIDE in mount.can) == (axes == "german")


def test_what_answers_like_no_motor_controller_is_refused() -> None:
    with pytest.raises(GarbledAnswer):
        met(MotorController(counts_per_turn=360))

    def stranger(command: Command[object]) -> object:
        return command.means(b"!0\r")

    with pytest.raises(GarbledAnswer):
        SkyWatcher(stranger, MotorController()).greet()  # type: ignore[arg-type]


def test_gears_are_believed_only_when_two_answers_agree() -> None:
    controller = MotorController()
    spoilt = iter([b"=00B289\r", b"=00B28A\r", b"=00B28B\r", b"=00B289\r"])

    def on_bad_line(command: Command[object]) -> object:
        if command.sends == b":a1\r":
            return command.means(next(spoilt, b"=00B289\r"))
        return controller(command)

    mount = SkyWatcher(on_bad_line, controller)  # type: ignore[arg-type]
    mount.greet()
    assert mount._pair.motors[0].gearing.counts_per_turn == 9_024_000


def test_a_look_is_four_questions_at_most() -> None:
    controller = MotorController()
    mount = met(controller)
    mount.track(TrackingRate.SIDEREAL)
    look(mount)
    controller.sent.clear()
    mount.read()
    assert len(controller.sent) == 4


# --- gotos ----------------------------------------------------------------------------------------------------------

TARGETS = [
    (0.5, 20.0),
    (-0.5, 20.0),
    (-5.0, 60.0),
    (5.0, -10.0),
    (11.5, 75.0),
    (-11.9, 80.0),
    (0.001, -20.0),
    (2.0, 89.9),
]


CASES = [
    (axes, latitude, hour_angle, dec)
    for axes in GEOMETRIES
    for latitude in (49.8, -33.9)
    for hour_angle, dec in TARGETS
    if axes != "altaz" or abs(hour_angle) < 10.0  # an upright mount has its horizon there
]


@pytest.mark.parametrize(("axes", "latitude", "hour_angle", "dec"), CASES)
def test_a_goto_ends_within_a_step_and_follows(axes: str, latitude: float, hour_angle: float, dec: float) -> None:
    controller = MotorController(axes=axes, latitude_degrees=latitude)
    mount = met(controller)
    place = of_date(controller.sidereal_hours() - hour_angle, dec if latitude > 0 else -dec)
    mount.goto(place)
    seen = until_there(mount, controller)
    steps = 3 if axes == "altaz" else 2  # of two axes that turn, one of which may be read half a step off
    assert separation_degrees(seen.position, place) / ARCSECOND < steps * STEP_ARCSECONDS
    assert mount.tracking() is TrackingRate.SIDEREAL
    if axes == "german" and abs(hour_angle) > 0.01:
        assert seen.pier_side is (PierSide.WEST if hour_angle < 0 else PierSide.EAST)
    controller.wait(1.0)
    assert off_arcseconds(mount, place) < 3 * STEP_ARCSECONDS


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(GEOMETRIES), st.floats(0, 24, exclude_max=True), st.floats(-85, 85))
def test_a_second_goto_from_anywhere_ends_there_too(axes: str, ra_hours: float, dec: float) -> None:
    controller = MotorController(axes=axes, latitude_degrees=89.0 if axes == "altaz" else 49.8)
    mount = met(controller)
    for place in (
        of_date(controller.sidereal_hours() - 3.0, 30.0),
        of_date(ra_hours, abs(dec) if axes == "altaz" else dec),
    ):
        mount.goto(place)
        until_there(mount, controller)
    assert off_arcseconds(mount, place) < 4 * STEP_ARCSECONDS


def test_a_goto_over_the_meridian_flips_by_the_home_and_never_winds_up() -> None:
    controller = MotorController()
    mount = met(controller)
    mount.goto(of_date(controller.sidereal_hours() + 1.0, 20.0))
    assert until_there(mount, controller).pier_side is PierSide.WEST
    mount.goto(of_date(controller.sidereal_hours() - 1.0, 20.0))
    turns = []
    while look(mount).slewing:
        turns.append((controller.motors[0].counts - MIDDLE) / 9_024_000 * 360)
        controller.wait(0.15)
    assert mount.read().pier_side is PierSide.EAST
    assert -90.0 <= min(turns) <= max(turns) <= 90.0


def test_a_goto_from_tracking_stops_first_and_is_under_way_when_it_returns() -> None:
    controller = MotorController()
    mount = met(controller)
    mount.track(TrackingRate.LUNAR)
    look(mount)
    controller.sent.clear()
    mount.goto(of_date(controller.sidereal_hours() - 2.0, 10.0))
    assert controller.motors[0].running
    assert controller.sent.index(b":K1\r") < controller.sent.index(b":J1\r")
    until_there(mount, controller)
    assert mount.tracking() is TrackingRate.LUNAR


def test_a_goto_during_a_goto_turns_round() -> None:
    controller = MotorController()
    mount = met(controller)
    mount.goto(of_date(controller.sidereal_hours() - 5.0, 0.0))
    for _ in range(8):
        look(mount)
        controller.wait(0.2)
    place = of_date(controller.sidereal_hours() - 1.0, 70.0)
    mount.goto(place)
    assert look(mount).slewing
    until_there(mount, controller)
    assert off_arcseconds(mount, place) < 3 * STEP_ARCSECONDS


def test_a_key_during_a_goto_ends_it_on_both_axes() -> None:
    controller = MotorController()
    mount = met(controller)
    mount.goto(of_date(controller.sidereal_hours() - 5.0, 0.0))
    for _ in range(8):
        look(mount)
        controller.wait(0.2)
    mount.nudge(Direction.NORTH, NudgeRate.CENTRE)
    for _ in range(8):
        look(mount)
        controller.wait(0.2)
    assert not controller.motors[0].fast or not controller.motors[0].running
    assert controller.motors[1].running
    assert not controller.motors[1].fast


def test_a_start_whose_answer_was_lost_is_looked_at_and_not_repeated() -> None:
    controller = MotorController()
    mount = met(controller)
    lost = iter([True])
    answered = controller.__call__

    def on_bad_line(command: Command[object]) -> object:
        answer = answered(command)
        if command.sends == b":J1\r" and next(lost, False):
            raise NoAnswer("lost", heard="b''")
        return answer

    mount._pair.motors[0]._ask = on_bad_line  # type: ignore[assignment]
    with pytest.raises(NoAnswer):
        mount.track(TrackingRate.SIDEREAL)
    for _ in range(4):
        look(mount)
        controller.wait(1.0)
    assert starts(controller) == 1
    assert controller.motors[0].running
    assert not mount.read().slewing
    assert mount.tracking() is TrackingRate.SIDEREAL


@pytest.mark.parametrize("step", [b":G1", b":H1", b":M1", b":G2", b":H2", b":M2"])
def test_a_step_that_fails_before_the_start_moves_nothing(step: bytes) -> None:
    controller = MotorController()
    mount = met(controller)
    controller.deaf_to = lambda sent: sent.startswith(step)
    with pytest.raises(NoAnswer):
        mount.goto(of_date(controller.sidereal_hours() - 2.0, 10.0))
    for _ in range(4):
        look(mount)
    assert starts(controller) == 0


def test_when_the_second_start_fails_the_first_motor_is_stopped_again() -> None:
    controller = MotorController()
    mount = met(controller)
    controller.deaf_to = lambda sent: sent.startswith(b":J2")
    with pytest.raises(NoAnswer):
        mount.goto(of_date(controller.sidereal_hours() - 2.0, 10.0))
    for _ in range(8):
        look(mount)
        controller.wait(0.2)
    assert controller.is_still
    assert not mount.read().slewing


def test_without_a_sky_nothing_goes_but_one_may_look() -> None:
    controller = MotorController()
    mount = met(controller)

    def no_sky() -> float:
        raise NotAllowed("the sky is not computed", code="position_unknown")

    controller.sidereal_hours = no_sky  # type: ignore[method-assign]
    assert mount.read().position.dec_degrees == pytest.approx(90.0)
    for order in (lambda: mount.goto(of_date(1.0, 1.0)), lambda: mount.track(TrackingRate.SIDEREAL)):
        with pytest.raises(NotAllowed):
            order()
    assert starts(controller) == 0


# --- following ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("timer_hertz", [64_935, 64_987])  # the second has the worst rounding: 620.5 ticks
@pytest.mark.parametrize("axes", GEOMETRIES)
def test_an_hour_later_it_still_looks_there(axes: str, timer_hertz: int) -> None:
    controller = MotorController(axes=axes, timer_hertz=timer_hertz)
    mount = met(controller)
    place = of_date(controller.sidereal_hours() + 1.5, 40.0)
    mount.goto(place)
    until_there(mount, controller)
    worst = 0.0
    for _ in range(360 if axes == "altaz" else 1200):
        controller.wait(1.0 if axes == "altaz" else 3.0)
        worst = max(worst, separation_degrees(look(mount).position, place) / ARCSECOND)
    assert worst < 8 * STEP_ARCSECONDS
    assert mount.tracking() is TrackingRate.SIDEREAL


@pytest.mark.parametrize(
    ("rate", "drift_arcseconds_per_hour"),
    [(TrackingRate.SIDEREAL, 0.0), (TrackingRate.LUNAR, 1976.5), (TrackingRate.SOLAR, 147.8)],
)
def test_the_moon_and_the_sun_are_followed_eastward(rate: TrackingRate, drift_arcseconds_per_hour: float) -> None:
    controller = MotorController()
    mount = met(controller)
    place = of_date(controller.sidereal_hours() + 1.0, 0.0)
    mount.goto(place)
    until_there(mount, controller)
    mount.track(rate)
    before, at = look(mount).position, controller.t
    for _ in range(360):
        controller.wait(1.0)
        look(mount)
    moved = (mount.read().position.ra_hours - before.ra_hours) * 15 / ARCSECOND
    assert moved == pytest.approx(drift_arcseconds_per_hour * (controller.t - at) / 3600, abs=1.0)


def test_what_a_guider_at_the_mount_turns_is_not_undone() -> None:
    controller = MotorController()
    mount = met(controller)
    place = of_date(controller.sidereal_hours() + 1.0, 20.0)
    mount.goto(place)
    until_there(mount, controller)
    for _ in range(5):
        look(mount)
        controller.wait(1.0)
    controller.motors[0].counts += 60
    for _ in range(60):
        look(mount)
        controller.wait(1.0)
    assert off_arcseconds(mount, place) == pytest.approx(60 * STEP_ARCSECONDS * 0.94, abs=1.0)


def test_a_clock_that_is_set_moves_no_tube() -> None:
    controller = MotorController(axes="altaz")
    mount = met(controller)
    mount.goto(of_date(controller.sidereal_hours() + 1.0, 20.0))
    until_there(mount, controller)
    controller.clock_offset_hours = 1.0
    before = [motor.counts for motor in controller.motors]
    for _ in range(10):
        look(mount)
        controller.wait(1.0)
    turned = [abs(m.counts - was) / 9_024_000 * 360 for m, was in zip(controller.motors, before, strict=True)]
    assert max(turned) < 0.1


@pytest.mark.parametrize("axes", GEOMETRIES)
@pytest.mark.parametrize("damaged", [b"=FFFFFF\r", b"=000000\r", b"=563412\r"])
def test_one_damaged_answer_does_not_lose_the_place(axes: str, damaged: bytes) -> None:
    controller = MotorController(axes=axes)
    mount = met(controller)
    place = of_date(controller.sidereal_hours() + 1.0, 20.0)
    mount.goto(place)
    until_there(mount, controller)
    spoilt = iter([damaged])

    def on_bad_line(command: Command[object]) -> object:
        if command.sends[1:2] == b"j" and (answer := next(spoilt, None)):
            return command.means(answer)
        return controller(command)

    for motor in mount._pair.motors:
        motor._ask = on_bad_line  # type: ignore[assignment]
    for _ in range(10):
        look(mount)
        controller.wait(1.0)
    assert off_arcseconds(mount, place) < 4 * STEP_ARCSECONDS


@pytest.mark.parametrize(("latitude", "way"), [(49.8, b":G110\r"), (-33.9, b":G111\r")])
def test_the_stars_are_followed_in_the_words_of_other_programs(latitude: float, way: bytes) -> None:
    controller = MotorController(latitude_degrees=latitude)
    mount = met(controller)
    controller.sent.clear()
    mount.track(TrackingRate.SIDEREAL)
    for _ in range(5):
        look(mount)
        controller.wait(1.0)
    told = [sent for sent in controller.sent if sent[1:2] in (b"G", b"I", b"J")]
    assert (told[0], told[2]) == (way, b":J1\r")
    assert told[-1] == b":I16C0200\r"  # after what it was behind at the start is caught up


def test_a_motor_that_was_stopped_by_somebody_else_is_no_tracking() -> None:
    controller = MotorController()
    mount = met(controller)
    mount.track(TrackingRate.SIDEREAL)
    for _ in range(3):
        look(mount)
    controller.motors[0].speed = 0.0
    for _ in range(3):
        look(mount)
        controller.wait(1.0)
    assert mount.tracking() is TrackingRate.OFF
    assert controller.is_still


def test_tracking_off_stops_the_motors() -> None:
    controller = MotorController(axes="altaz")
    mount = met(controller)
    mount.goto(of_date(controller.sidereal_hours() + 1.0, 20.0))
    until_there(mount, controller)
    mount.track(TrackingRate.OFF)
    controller.wait(0.5)
    look(mount)
    assert controller.is_still
    assert mount.tracking() is TrackingRate.OFF


# --- by hand --------------------------------------------------------------------------------------------------------

PER_SECOND = {NudgeRate.GUIDE: 0.5, NudgeRate.CENTRE: 16.0, NudgeRate.FIND: 64.0, NudgeRate.SLEW: 800.0}


@pytest.mark.parametrize("rate", NudgeRate)
@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("hour_angle", [-3.0, 3.0])
def test_a_key_moves_the_tube_its_way_at_its_rate(direction: Direction, rate: NudgeRate, hour_angle: float) -> None:
    controller = MotorController()
    mount = met(controller)
    mount.goto(of_date(controller.sidereal_hours() - hour_angle, 10.0))
    until_there(mount, controller)
    mount.nudge(direction, rate)
    before, at = look(mount).position, controller.t
    controller.wait(1.0)
    after, seconds = mount.read().position, controller.t - at
    east = (after.ra_hours - before.ra_hours) * 15 * 3600 / seconds
    north = (after.dec_degrees - before.dec_degrees) * 3600 / seconds
    speed = PER_SECOND[rate] * 15.041
    wanted = {"north": (0, 1), "south": (0, -1), "east": (1, 0), "west": (-1, 0)}[direction.value]
    assert (east, north) == pytest.approx((wanted[0] * speed, wanted[1] * speed), rel=0.06, abs=0.5)


def test_guiding_east_or_west_never_stops_the_motor() -> None:
    controller = MotorController()
    mount = met(controller)
    mount.track(TrackingRate.SIDEREAL)
    look(mount)
    controller.sent.clear()
    mount.nudge(Direction.WEST, NudgeRate.GUIDE)
    assert [sent for sent in controller.sent if sent[1:2] in (b"I", b"K", b"G", b"J")] == [b":I19D0100\r"]  # 413


def test_after_a_hand_lets_go_the_sky_is_followed_from_there() -> None:
    controller = MotorController()
    mount = met(controller)
    mount.track(TrackingRate.SIDEREAL)
    look(mount)
    mount.nudge(Direction.NORTH, NudgeRate.FIND)
    for _ in range(4):
        look(mount)
        controller.wait(0.2)
    controller(mount.halt)
    mount.halted(goes_on=True)
    for _ in range(4):
        look(mount)
        controller.wait(0.5)
    assert mount.tracking() is TrackingRate.SIDEREAL
    place = mount.read().position
    for _ in range(20):
        controller.wait(1.0)
        look(mount)
    assert off_arcseconds(mount, place) < 4 * STEP_ARCSECONDS


def test_a_guiding_key_moves_the_tube_by_what_it_was_held_and_no_more() -> None:
    controller = MotorController()
    mount = met(controller)
    place = of_date(controller.sidereal_hours() - 3.0, 0.0)
    mount.goto(place)
    until_there(mount, controller)
    mount.nudge(Direction.EAST, NudgeRate.GUIDE)
    for _ in range(4):
        look(mount)
        controller.wait(0.15)
    seconds = controller.t
    controller(mount.halt)
    mount.halted(goes_on=True)
    for _ in range(12):
        controller.wait(1.0)
        look(mount)
    assert off_arcseconds(mount, place) < 15.041
    assert mount.read().position.ra_hours > place.ra_hours
    assert seconds < controller.t


def test_a_key_left_alone_rests_before_the_next_moves() -> None:
    controller = MotorController()
    mount = met(controller)
    mount.nudge(Direction.NORTH, NudgeRate.SLEW)
    look(mount)
    mount.rest(Direction.NORTH)
    mount.nudge(Direction.EAST, NudgeRate.CENTRE)
    for _ in range(8):
        look(mount)
        controller.wait(0.2)
    assert controller.motors[0].running
    assert not controller.motors[1].running


# --- stopping -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after_looks", [0, 1, 5, 40])
@pytest.mark.parametrize("axes", GEOMETRIES)
def test_after_a_stop_it_rests_until_the_next_order(axes: str, after_looks: int) -> None:
    controller = MotorController(axes=axes)
    mount = met(controller)
    mount.goto(of_date(controller.sidereal_hours() - 3.0, 50.0))
    for _ in range(after_looks):
        look(mount)
        controller.wait(0.2)
    controller(mount.halt)
    mount.halted(goes_on=False)
    controller.sent.clear()
    for _ in range(10):
        look(mount)
        controller.wait(0.2)
    assert controller.is_still
    assert starts(controller) == 0
    assert mount.tracking() is TrackingRate.OFF
    assert not mount.read().slewing


def test_it_can_be_halted_before_it_was_met() -> None:
    controller = MotorController()
    mount = SkyWatcher(controller, controller)
    controller(mount.halt)
    mount.halted(goes_on=False)
    assert controller.sent == [b":K1\r:K2\r"]


# --- sync, park, home -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("axes", GEOMETRIES)
@pytest.mark.parametrize("tracks", [False, True])
def test_a_sync_is_known_after_a_restart_of_ours_and_tracking_goes_on(axes: str, tracks: bool) -> None:
    controller = MotorController(axes=axes)
    mount = met(controller)
    place = of_date(controller.sidereal_hours() - 3.0, 50.0)
    mount.goto(place)
    until_there(mount, controller)
    if not tracks:
        mount.track(TrackingRate.OFF)
    beside = of_date(mount.read().position.ra_hours + 0.1, 51.0)
    mount.sync(beside)
    assert off_arcseconds(mount, beside) < 15.0
    for _ in range(15):
        look(mount)
        controller.wait(1.0)
    assert mount.tracking() is (TrackingRate.SIDEREAL if tracks else TrackingRate.OFF)
    if tracks:
        assert off_arcseconds(mount, beside) < 4 * STEP_ARCSECONDS
        assert off_arcseconds(met(controller), beside) < 4 * STEP_ARCSECONDS


@pytest.mark.parametrize("step", [b":E1", b":E2"])
@pytest.mark.parametrize("failure", [Overtaken("a stop"), NoAnswer("lost")])
def test_a_sync_that_is_not_ended_is_as_if_it_had_never_been(step: bytes, failure: Exception) -> None:
    controller = MotorController()
    mount = met(controller)
    place = of_date(controller.sidereal_hours() - 3.0, 50.0)
    mount.goto(place)
    until_there(mount, controller)
    mount.track(TrackingRate.OFF)
    look(mount)
    before = [round(motor.counts) for motor in controller.motors]

    def fail(sent: bytes) -> None:
        if sent.startswith(step):
            raise failure

    controller.on_asking = fail
    with pytest.raises(type(failure)):
        mount.sync(of_date(place.ra_hours + 0.3, 55.0))
    mount.halted(goes_on=False)
    controller.on_asking = lambda _: None
    for _ in range(3):
        look(mount)
    assert [motor.counts for motor in controller.motors] == before


@pytest.mark.parametrize("axes", GEOMETRIES)
def test_parked_is_home_at_rest_after_the_order(axes: str) -> None:
    controller = MotorController(axes=axes)
    mount = met(controller)
    assert mount.read().parked is None
    mount.goto(of_date(controller.sidereal_hours() - 3.0, 50.0))
    until_there(mount, controller)
    assert mount.read().parked is False
    mount.park()
    assert mount.read().parked is False
    assert until_there(mount, controller).parked is True
    assert [round(motor.counts) for motor in controller.motors] == [MIDDLE, MIDDLE if axes == "altaz" else HOME_SECOND]
    assert mount.tracking() is TrackingRate.OFF
    mount.unpark()
    assert mount.read().parked is False


def test_a_stop_on_the_way_to_the_park_does_not_park() -> None:
    controller = MotorController()
    mount = met(controller)
    mount.goto(of_date(controller.sidereal_hours() - 3.0, 50.0))
    until_there(mount, controller)
    mount.park()
    look(mount)
    controller(mount.halt)
    mount.halted(goes_on=False)
    controller.wait(2.0)
    assert look(mount).parked is False


def test_home_is_no_park() -> None:
    controller = MotorController()
    mount = met(controller)
    mount.goto(of_date(controller.sidereal_hours() - 3.0, 50.0))
    until_there(mount, controller)
    mount.home()
    seen = until_there(mount, controller)
    assert seen.position.dec_degrees == pytest.approx(90.0)
    assert seen.parked is False
    assert mount.tracking() is TrackingRate.OFF


def test_a_sync_to_what_the_counter_cannot_show_is_refused() -> None:
    controller = MotorController(axes="altaz", counts_per_turn=16_700_000)
    for motor, degrees in zip(controller.motors, (170.0, 30.0), strict=True):
        motor.initialised, motor.counts = True, MIDDLE + round(degrees / 360 * 16_700_000)
    mount = met(controller)
    with pytest.raises(MountRefused) as refused:
        mount.sync(of_date(controller.sidereal_hours() - 1.0, 0.0))
    assert refused.value.code == "axis_wound_up"


# --- a loss of power ------------------------------------------------------------------------------------------------


def test_a_loss_of_power_is_told_once_and_moves_nothing() -> None:
    controller = MotorController()
    mount = met(controller)
    mount.goto(of_date(controller.sidereal_hours() - 3.0, 50.0))
    until_there(mount, controller)
    controller.lose_power()
    controller.sent.clear()
    seen = [look(mount) for _ in range(5)]
    assert [reading.restarted for reading in seen] == [True, False, False, False, False]
    assert seen[0].position.dec_degrees == pytest.approx(90.0)
    assert mount.tracking() is TrackingRate.OFF
    assert starts(controller) == 0


def test_after_a_loss_of_power_it_takes_its_place_for_home_when_it_is_moved_again() -> None:
    controller = MotorController()
    mount = met(controller)
    controller.lose_power()
    mount.read()
    place = of_date(controller.sidereal_hours() - 3.0, 50.0)
    mount.goto(place)
    until_there(mount, controller)
    assert off_arcseconds(mount, place) < 3 * STEP_ARCSECONDS
    assert not mount.read().restarted


def test_a_controller_that_was_off_while_the_line_was_down_is_told_too() -> None:
    controller = MotorController()
    mount = met(controller)
    controller.lose_power()
    mount.greet()
    assert [mount.read().restarted for _ in range(2)] == [True, False]


def test_it_is_told_too_when_the_first_greeting_after_it_fails() -> None:
    controller = MotorController()
    mount = met(controller)
    controller.lose_power()
    controller.deaf_to = lambda sent: sent.startswith(b":f2")
    with pytest.raises(NoAnswer):
        mount.greet()
    controller.deaf_to = lambda _: False
    mount.greet()
    assert mount.read().restarted


def test_what_was_never_awake_has_not_restarted() -> None:
    controller = MotorController(deaf_to=lambda sent: sent.startswith(b":f2"))
    mount = SkyWatcher(controller, controller)
    with pytest.raises(NoAnswer):
        mount.greet()
    controller.deaf_to = lambda _: False
    mount.greet()
    assert not mount.read().restarted


def test_a_parked_mount_may_be_switched_off() -> None:
    controller = MotorController()
    mount = met(controller)
    mount.park()
    until_there(mount, controller)
    controller.lose_power()
    seen = mount.read()
    assert (seen.restarted, seen.parked) == (False, True)


def test_one_damaged_answer_is_no_loss_of_power() -> None:
    controller = MotorController()
    mount = met(controller)
    damaged = iter([b"=100\r"])

    def on_bad_line(command: Command[object]) -> object:
        if command.sends == b":f1\r" and (answer := next(damaged, None)):
            return command.means(answer)
        return controller(command)

    mount._pair.motors[0]._ask = on_bad_line  # type: ignore[assignment]
    assert not mount.read().restarted
