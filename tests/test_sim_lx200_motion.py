"""The simulated LX200 moves as it is told, stops at any moment, and knows parking and power cuts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.belief import Celestial
from hardware_sim.geometry import GEOMETRIES
from hardware_sim.lx200 import LX200
from hardware_sim.lx200_models import MODELS
from hardware_sim.mount import Motion
from tests.manuals.lx200 import ABOVE_THE_POLE
from tests.simulated_mount import lx200, tell

ORDERS = (
    b":MS#",
    b":MA#",
    b":CM#",
    b":hP#",
    b":I#",
    b":AL#",
    b":AP#",
    b":AA#",
    b":TL#",
    b":Sr02:00:00#:Sd+60*00:00#:MS#",
    b":Sr20:00:00#:Sd+30*00:00#:MS#",
    b":Sa+30*00#:Sz300*00#:MA#",
    b":RS#:Mn#",
    b":RS#:Me#",
    b":RM#:Ms#",
    b":RG#:Mw#",
    b":Mge4000#",
)


@settings(deadline=None)
@given(
    orders=st.lists(st.tuples(st.sampled_from(ORDERS), st.floats(0.0, 4.0)), max_size=8),
    model=st.sampled_from(sorted(MODELS)),
    geometry=st.sampled_from(sorted(GEOMETRIES)),
)
def test_a_stop_at_any_moment_brings_the_axes_to_rest_within_the_ramp(
    orders: list[tuple[bytes, float]], model: str, geometry: str
) -> None:
    dialect, t = lx200(model, geometry), 0.0
    for order, pause in orders:
        tell(dialect, order, t)
        t += pause
    tell(dialect, b"#:Q#", t)
    dialect.mount.advance(t + 1.1)
    assert not dialect.mount.truth().slewing


def test_a_goto_ends_on_the_target_and_stays_there_while_the_sky_turns() -> None:
    dialect = lx200()
    tell(dialect, b":Sr05:30:00#:Sd+80*00:00#:MS#")
    dialect.mount.advance(80.0)
    for later in (80.0, 300.0, 900.0):
        assert tell(dialect, b":GR#:GD#:D#", later) == b"05:30:00#+80\xdf00'00##"


def test_a_goto_while_moving_takes_the_place_of_the_one_before() -> None:
    dialect = lx200()
    tell(dialect, ABOVE_THE_POLE + b":MS#")
    assert tell(dialect, b":Sr06:00:00#:Sd+60*00:00#:MS#", 3.0) == b"110"
    assert tell(dialect, b":GR#:GD#:D#", 120.0) == b"06:00:00#+60\xdf00'00##"


def test_a_refused_goto_moves_nothing() -> None:
    dialect = lx200()
    tell(dialect, b":Sr05:30:00#:Sd-80*00:00#:MS#")
    assert dialect.mount.motion is Motion.HOLDING


def test_stop_ends_a_goto_within_the_ramp_and_tracking_goes_on() -> None:
    dialect = lx200()
    tell(dialect, ABOVE_THE_POLE + b":MS#")
    tell(dialect, b":Q#", 3.0)
    dialect.mount.advance(4.1)
    assert not dialect.mount.truth().slewing
    rested = pointing_at(dialect, 4.2)
    assert apart_arcseconds(pointing_at(dialect, 64.0), rested) < 0.5
    assert tell(dialect, b":D#", 64.0) == b"#"


@pytest.mark.parametrize("geometry", sorted(GEOMETRIES))
@pytest.mark.parametrize(
    ("key", "coordinate", "sign"), [("n", "dec", 1), ("s", "dec", -1), ("e", "ra", 1), ("w", "ra", -1)]
)
def test_a_direction_key_moves_until_it_is_let_go(geometry: str, key: str, coordinate: str, sign: int) -> None:
    dialect = lx200(geometry=geometry, model="lx200gps")
    before = dialect.mount.pointing()
    tell(dialect, b":RM#:M%c#" % key.encode())
    dialect.mount.advance(2.0)
    assert dialect.mount.truth().slewing
    tell(dialect, b":Q%c#" % key.encode(), 2.0)
    after = pointing_at(dialect, 4.0)
    moved = after.dec_degrees - before.dec_degrees if coordinate == "dec" else _turned(after, before)
    assert 2.5 < sign * moved < 7.0
    assert apart_arcseconds(pointing_at(dialect, 60.0), after) < 1.0


def test_north_is_north_on_either_side_of_the_pier() -> None:
    for sidereal_offset in (3.0, -3.0):
        dialect = lx200(geometry="german", slew_rate=40.0)
        ra_hours = tell(dialect, b":GS#")[:2]
        tell(dialect, b":Sr%02d:00:00#:Sd+40*00:00#:MS#" % ((int(ra_hours) - sidereal_offset) % 24))
        before = pointing_at(dialect, 60.0)
        tell(dialect, b":RC#:Mn#", 60.0)
        assert pointing_at(dialect, 62.0).dec_degrees > before.dec_degrees + 0.1


def test_letting_go_of_one_key_leaves_the_others_pressed() -> None:
    dialect = lx200()
    tell(dialect, b":RC#:Mn#:Me#:Qs#:Qe#")
    dialect.mount.advance(5.0)
    north_south = dialect.mount.truth().axis_rates[1]
    assert north_south == pytest.approx(32 * 15.04 / 3600, rel=0.1)


def test_a_guide_pulse_moves_by_its_rate_times_its_length() -> None:
    dialect = lx200(geometry="fork")
    before = dialect.mount.pointing()
    tell(dialect, b":Mgn2000#")
    moved = pointing_at(dialect, 5.0).dec_degrees - before.dec_degrees
    assert moved * 3600 == pytest.approx(2.0 * 15.04, abs=0.6)


def test_the_moon_is_followed_more_slowly_than_the_stars() -> None:
    dialect = lx200(geometry="fork")
    before = dialect.mount.pointing()
    tell(dialect, b":TL#")
    eastward = _turned(pointing_at(dialect, 900.0), before)
    assert eastward == pytest.approx(15.04 / 4 * (1 - 57.9 / 60.1), rel=0.01)


def test_land_mode_lets_the_sky_run_through_and_alignment_mode_ends_that() -> None:
    dialect = lx200()
    tell(dialect, b":AL#")
    before = dialect.mount.horizontal()
    dialect.mount.advance(600.0)
    assert dialect.mount.horizontal() == pytest.approx(before, abs=1e-3)
    tell(dialect, b":AA#", 600.0)
    held = pointing_at(dialect, 602.0)
    assert apart_arcseconds(pointing_at(dialect, 1200.0), held) < 1.0


def test_polar_mode_on_an_upright_fork_tracks_into_nowhere() -> None:
    """indigo #757: `:AP#` is no harmless way to switch tracking on."""
    dialect = lx200()
    tell(dialect, b":AP#")
    believed = pointing_at(dialect, 1800.0)
    truth = dialect.mount.truth()
    assert abs(truth.dec_degrees - believed.dec_degrees) > 0.2


def test_a_parked_lx200gps_ignores_gotos_until_it_is_woken() -> None:
    dialect = lx200(slew_rate=40.0)
    tell(dialect, b":hP#")
    assert tell(dialect, b":GW#:MS#", 60.0) == b"AN2#"
    assert tell(dialect, b":I#:GW#", 60.0) == b"AT2#"
    assert len(tell(dialect, b":GR#", 60.0)) == len(b"05:30.0#")
    assert tell(dialect, ABOVE_THE_POLE + b":MS#", 61.0) == b"110"


def test_a_parked_autostar_is_mute_until_its_power_is_cut() -> None:
    dialect = lx200("autostar", slew_rate=40.0)
    assert tell(dialect, b":hP#:GVP#") == b"Autostar#"
    assert tell(dialect, b":GVP#\x06:I#", 60.0) == b""
    dialect.power_cycle(61.0)
    assert tell(dialect, b":GVP#", 62.0) == b""
    assert tell(dialect, b":GVP#", 63.0) == b"Autostar#"


def test_after_a_power_cycle_it_is_at_home_in_low_precision_and_has_forgotten_time_and_place() -> None:
    dialect = lx200()
    tell(dialect, b":Sr05:30:00#")
    dialect.power_cycle(10.0)
    assert tell(dialect, b":GA#:GZ#:GW#:Gr#", 12.0) == b"+00\xdf00#000\xdf00#AN0#00:00.0#"
    assert tell(dialect, b":GC#", 12.0) == b"01/01/08#"
    assert tell(dialect, b":Gg#", 12.0) != b"286\xdf54#"
    assert dialect.mount.truth().altitude_degrees == pytest.approx(45.0, abs=0.1)


def test_a_sync_shifts_what_it_believes_and_moves_nothing() -> None:
    dialect = lx200()
    before = dialect.mount.truth()
    tell(dialect, b":Sr04:00:00#:Sd+30*00:00#:CM#")
    assert tell(dialect, b":GR#:GD#") == b"04:00:00#+30\xdf00'00#"
    assert dialect.mount.truth() == before


def test_a_clock_that_is_set_wrong_shows_in_its_right_ascension_not_in_the_sky() -> None:
    dialect = lx200()
    before, truth = dialect.mount.pointing(), dialect.mount.truth()
    tell(dialect, b":SL23:00:00#")
    assert _turned(dialect.mount.pointing(), before) == pytest.approx(15.04, abs=0.01)
    assert dialect.mount.truth() == truth


def test_the_second_part_of_the_answer_to_a_date_comes_as_late_as_the_model_makes_it() -> None:
    dialect = lx200("classic")
    replies = [reply for byte in b":SC11/23/26#" for reply in dialect.hear(byte, 0.0)]
    assert [reply.after_seconds for reply in replies] == [0.0, 5.0]


def test_the_line_speed_changes_after_the_consent() -> None:
    dialect = lx200()
    replies = [reply for byte in b":SB4#" for reply in dialect.hear(byte, 0.0)]
    assert [(reply.data, reply.then_baud) for reply in replies] == [(b"1", 19200)]


def pointing_at(dialect: LX200, t: float) -> Celestial:
    dialect.mount.advance(t)
    return dialect.mount.pointing()


def apart_arcseconds(one: Celestial, other: Celestial) -> float:
    """The larger difference of the two coordinates; good enough away from the poles."""
    return 3600.0 * max(abs(_turned(one, other)), abs(one.dec_degrees - other.dec_degrees))


def _turned(after: Celestial, before: Celestial) -> float:
    return (after.ra_degrees - before.ra_degrees + 180.0) % 360.0 - 180.0
