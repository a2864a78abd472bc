"""The simulated LX200 answers as the manual says, whatever stands around the question, and moves as it was told."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.belief import Celestial
from hardware_sim.geometry import GEOMETRIES, from_horizontal
from hardware_sim.lx200 import LX200, UNDERSTOOD
from hardware_sim.lx200_models import MODELS
from hardware_sim.mount import Motion, Mount
from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.sidereal import greenwich_apparent_degrees
from tests.manuals import Row
from tests.manuals.lx200 import ABOVE_THE_POLE, ROWS

KARAGANDA = Site(49.80, 73.10)
EVENING = datetime(2026, 11, 23, 17, 0, tzinfo=UTC).timestamp()
RUBBISH_BEFORE = (b"", b"#", b"###", b"\x00", b" ", b"\r\n", b"\x00\xff#", b"AT+GMR\r\n")


def build(model: str = "lx200gps", geometry: str | None = None, slew_rate: float = 4.0) -> LX200:
    chosen = MODELS[model]
    ground = GEOMETRIES[geometry or chosen.geometry]
    mount = Mount(ground, KARAGANDA, MountClock.right(5.0), slew_rate, t=0.0, utc_seconds=EVENING)
    return LX200(chosen, mount)


def tell(dialect: LX200, data: Iterable[int], t: float = 0.0) -> bytes:
    return b"".join(reply.data for byte in data for reply in dialect.hear(byte, t))


def standing(stands: dict[str, object]) -> LX200:
    """A mount that stands as a row of the manual has it."""
    dialect = build(str(stands.get("model", "lx200gps")), stands.get("geometry"))  # type: ignore[arg-type]
    mount, belief = dialect.mount, dialect.mount.belief
    dialect.control.high_precision = stands.get("precision", "high") == "high"
    mount.tracking = bool(stands.get("tracking", True))
    longitude = stands.get("longitude_degrees", KARAGANDA.longitude_degrees)
    if "sidereal_hours" in stands:
        longitude = float(stands["sidereal_hours"]) * 15.0 - greenwich_apparent_degrees(EVENING)  # type: ignore[arg-type]
    dialect.control.sites[0] = Site(stands.get("latitude_degrees", 49.80), longitude)  # type: ignore[arg-type]
    dialect.control.use_site(dialect.control.sites[0])
    belief.clock = MountClock.right(stands.get("offset_hours", 5.0))  # type: ignore[arg-type]
    if "local" in stands:
        belief.clock = MountClock.showing(stands["local"], EVENING, belief.clock.offset_hours)  # type: ignore[arg-type]
    _point(mount, stands)
    tell(dialect, stands.get("before", b""))  # type: ignore[arg-type]
    return dialect


def _point(mount: Mount, stands: dict[str, object]) -> None:
    if "altitude_degrees" in stands:
        sky = from_horizontal(stands["altitude_degrees"], stands["azimuth_degrees"], 49.80)  # type: ignore[arg-type]
        mount.sync(mount.belief.celestial(sky, EVENING))
    else:
        hours, dec = float(stands.get("ra_hours", 3.0)), float(stands.get("dec_degrees", 20.0))  # type: ignore[arg-type]
        mount.sync(Celestial(hours * 15.0, dec))


def name(row: Row) -> str:
    return f"{row.sent!r}->{row.answered[:12]!r}"


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_every_row_of_the_manual_is_answered_to_the_byte(row: Row) -> None:
    assert tell(standing(row.given), row.sent) == row.answered


@pytest.mark.parametrize("rubbish", RUBBISH_BEFORE, ids=repr)
def test_rubbish_between_two_questions_changes_no_answer(rubbish: bytes) -> None:
    for row in ROWS:
        assert tell(standing(row.given), rubbish + row.sent + rubbish) == row.answered, row


def test_half_a_command_spoils_the_next_one_unless_a_hash_stands_before_it() -> None:
    assert tell(build(), b":Sr05:3" + b":GVP#") == b"0"
    assert tell(build(), b":G" + b":GVP#") == b""
    assert tell(build(), b":G" + b"#:GVP#") == b"LX2001#"


def test_no_bytes_whatever_make_it_raise_or_answer_without_a_command() -> None:
    dialect = build()
    assert tell(dialect, bytes(range(7, 58)) + bytes(range(59, 256))) == b""
    tell(dialect, bytes(n * 7 % 256 for n in range(5000)))
    assert tell(dialect, b"#:GVP#") == b"LX2001#"


LETTERS = sorted({row.letters for row in UNDERSTOOD})
odd_arguments = st.one_of(
    st.just(b""), st.from_regex(rb"[ +-]?\d{0,3}[*:/.]?\d{0,2}[:'.]?\d{0,2}", fullmatch=True), st.binary()
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(LETTERS), odd_arguments), max_size=12), st.sampled_from(sorted(MODELS)))
def test_no_argument_whatever_makes_it_raise_or_lose_its_footing(
    commands: list[tuple[bytes, bytes]], model: str
) -> None:
    dialect = build(model)
    for number, (letters, argument) in enumerate(commands):
        tell(dialect, b":" + letters + argument + b"#", number * 0.1)
    dialect.power_cycle(2.0)
    assert tell(dialect, b"#:Gr#", 2.0) == b"00:00.0#"


def test_a_goto_ends_on_the_target_and_stays_there_while_the_sky_turns() -> None:
    dialect = build()
    tell(dialect, b":Sr05:30:00#:Sd+80*00:00#:MS#")
    dialect.mount.advance(80.0)
    for later in (80.0, 300.0, 900.0):
        assert tell(dialect, b":GR#:GD#:D#", later) == b"05:30:00#+80\xdf00'00##"


def test_a_goto_while_moving_takes_the_place_of_the_one_before() -> None:
    dialect = build()
    tell(dialect, ABOVE_THE_POLE + b":MS#")
    assert tell(dialect, b":Sr06:00:00#:Sd+60*00:00#:MS#", 3.0) == b"110"
    assert tell(dialect, b":GR#:GD#:D#", 120.0) == b"06:00:00#+60\xdf00'00##"


def test_a_refused_goto_moves_nothing() -> None:
    dialect = build()
    tell(dialect, b":Sr05:30:00#:Sd-80*00:00#:MS#")
    assert dialect.mount.motion is Motion.HOLDING


def test_stop_ends_a_goto_within_the_ramp_and_tracking_goes_on() -> None:
    dialect = build()
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
    dialect = build(geometry=geometry, model="lx200gps")
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
        dialect = build(geometry="german", slew_rate=40.0)
        ra_hours = tell(dialect, b":GS#")[:2]
        tell(dialect, b":Sr%02d:00:00#:Sd+40*00:00#:MS#" % ((int(ra_hours) - sidereal_offset) % 24))
        before = pointing_at(dialect, 60.0)
        tell(dialect, b":RC#:Mn#", 60.0)
        assert pointing_at(dialect, 62.0).dec_degrees > before.dec_degrees + 0.1


def test_letting_go_of_one_key_leaves_the_others_pressed() -> None:
    dialect = build()
    tell(dialect, b":RC#:Mn#:Me#:Qs#:Qe#")
    dialect.mount.advance(5.0)
    north_south = dialect.mount.truth().axis_rates[1]
    assert north_south == pytest.approx(32 * 15.04 / 3600, rel=0.1)


def test_a_guide_pulse_moves_by_its_rate_times_its_length() -> None:
    dialect = build(geometry="fork")
    before = dialect.mount.pointing()
    tell(dialect, b":Mgn2000#")
    moved = pointing_at(dialect, 5.0).dec_degrees - before.dec_degrees
    assert moved * 3600 == pytest.approx(2.0 * 15.04, abs=0.6)


def test_the_moon_is_followed_more_slowly_than_the_stars() -> None:
    dialect = build(geometry="fork")
    before = dialect.mount.pointing()
    tell(dialect, b":TL#")
    eastward = _turned(pointing_at(dialect, 900.0), before)
    assert eastward == pytest.approx(15.04 / 4 * (1 - 57.9 / 60.1), rel=0.01)


def test_land_mode_lets_the_sky_run_through_and_alignment_mode_ends_that() -> None:
    dialect = build()
    tell(dialect, b":AL#")
    before = dialect.mount.horizontal()
    dialect.mount.advance(600.0)
    assert dialect.mount.horizontal() == pytest.approx(before, abs=1e-3)
    tell(dialect, b":AA#", 600.0)
    held = pointing_at(dialect, 602.0)
    assert apart_arcseconds(pointing_at(dialect, 1200.0), held) < 1.0


def test_polar_mode_on_an_upright_fork_tracks_into_nowhere() -> None:
    """indigo #757: `:AP#` is no harmless way to switch tracking on."""
    dialect = build()
    tell(dialect, b":AP#")
    believed = pointing_at(dialect, 1800.0)
    truth = dialect.mount.truth()
    assert abs(truth.dec_degrees - believed.dec_degrees) > 0.2


def test_a_parked_lx200gps_ignores_gotos_until_it_is_woken() -> None:
    dialect = build(slew_rate=40.0)
    tell(dialect, b":hP#")
    assert tell(dialect, b":GW#:MS#", 60.0) == b"AN2#"
    assert tell(dialect, b":I#:GW#", 60.0) == b"AT2#"
    assert len(tell(dialect, b":GR#", 60.0)) == len(b"05:30.0#")
    assert tell(dialect, ABOVE_THE_POLE + b":MS#", 61.0) == b"110"


def test_a_parked_autostar_is_mute_until_its_power_is_cut() -> None:
    dialect = build("autostar", slew_rate=40.0)
    assert tell(dialect, b":hP#:GVP#") == b"Autostar#"
    assert tell(dialect, b":GVP#\x06:I#", 60.0) == b""
    dialect.power_cycle(61.0)
    assert tell(dialect, b":GVP#", 62.0) == b"Autostar#"


def test_after_a_power_cycle_it_is_at_home_in_low_precision_and_has_forgotten_time_and_place() -> None:
    dialect = build()
    tell(dialect, b":Sr05:30:00#")
    dialect.power_cycle(10.0)
    assert tell(dialect, b":GA#:GZ#:GW#:Gr#", 10.0) == b"+00\xdf00#000\xdf00#AN0#00:00.0#"
    assert tell(dialect, b":GC#", 10.0) == b"01/01/08#"
    assert tell(dialect, b":Gg#", 10.0) != b"286\xdf54#"
    assert dialect.mount.truth().altitude_degrees == pytest.approx(45.0, abs=0.1)


def test_a_sync_shifts_what_it_believes_and_moves_nothing() -> None:
    dialect = build()
    before = dialect.mount.truth()
    tell(dialect, b":Sr04:00:00#:Sd+30*00:00#:CM#")
    assert tell(dialect, b":GR#:GD#") == b"04:00:00#+30\xdf00'00#"
    assert dialect.mount.truth() == before


def test_a_clock_that_is_set_wrong_shows_in_its_right_ascension_not_in_the_sky() -> None:
    dialect = build()
    before, truth = dialect.mount.pointing(), dialect.mount.truth()
    tell(dialect, b":SL23:00:00#")
    assert _turned(dialect.mount.pointing(), before) == pytest.approx(15.04, abs=0.01)
    assert dialect.mount.truth() == truth


def test_the_second_part_of_the_answer_to_a_date_comes_as_late_as_the_model_makes_it() -> None:
    dialect = build("classic")
    replies = [reply for byte in b":SC11/23/26#" for reply in dialect.hear(byte, 0.0)]
    assert [reply.after_seconds for reply in replies] == [0.0, 5.0]


def test_the_line_speed_changes_after_the_consent() -> None:
    dialect = build()
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
