"""The simulated LX200 answers as the manual says, whatever stands around the question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.belief import Celestial
from hardware_sim.geometry import from_horizontal
from hardware_sim.lx200 import LX200, UNDERSTOOD
from hardware_sim.lx200_models import MODELS
from hardware_sim.mount import Mount
from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.sidereal import greenwich_apparent_degrees
from tests.manuals import Row
from tests.manuals.lx200 import ROWS
from tests.simulated_mount import EVENING, KARAGANDA, lx200, tell

RUBBISH_BEFORE = (b"", b"#", b"###", b"\x00", b" ", b"\r\n", b"\x00\xff#", b"AT+GMR\r\n")


def standing(stands: dict[str, object]) -> LX200:
    """A mount that stands as a row of the manual has it."""
    dialect = lx200(str(stands.get("model", "lx200gps")), stands.get("geometry"))  # type: ignore[arg-type]
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
    assert tell(lx200(), b":Sr05:3" + b":GVP#") == b"0"
    assert tell(lx200(), b":G" + b":GVP#") == b""
    assert tell(lx200(), b":G" + b"#:GVP#") == b"LX2001#"


def test_no_bytes_whatever_make_it_raise_or_answer_without_a_command() -> None:
    dialect = lx200()
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
    dialect = lx200(model)
    for number, (letters, argument) in enumerate(commands):
        tell(dialect, b":" + letters + argument + b"#", number * 0.1)
    dialect.power_cycle(2.0)
    assert tell(dialect, b"#:Gr#", 4.0) == b"00:00.0#"
