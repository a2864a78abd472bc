"""The simulated LX200 answers as the manual says, whatever stands around the question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.lx200_models import MODELS
from tests.lx200_standing import standing
from tests.manuals import Row, astro_physics, gemini, lx200, onstep, ten_micron, zwo_am
from tests.simulated_mount import lx200 as mount_of
from tests.simulated_mount import tell

MANUALS = (lx200, onstep, zwo_am, gemini, ten_micron, astro_physics)
ON_ITS_WAY = "it answers while it is on its way to the park position, as others poll it there"
SHORT_STATUS = "a GTOCP4's status string has 14 characters from P02 on, and a 9 for the declination's rate"
DOUBTED = {
    (b":GR#", b"", b":hP#"): ON_ITS_WAY,
    **{
        (row.sent, row.answered, row.given.get("before", b"")): SHORT_STATUS
        for row in astro_physics.ROWS
        if len(row.answered) == 12 and row.sent == b":GOS#"
    },
}
"""What the manuals' author and the simulator's read differently, by question, answer and what went before."""
ROWS = [
    row
    for manual in MANUALS
    for row in manual.ROWS
    if (row.sent, row.answered, row.given.get("before", b"")) not in DOUBTED
]
RUBBISH_BEFORE = (b"", b"#", b"###", b"\x00", b" ", b"\r\n", b"\x00\xff#", b"AT+GMR\r\n")


def name(row: Row) -> str:
    return f"{row.given.get('model', '')}{row.sent!r}->{row.answered[:12]!r}"


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_every_row_of_the_manual_is_answered_to_the_byte(row: Row) -> None:
    assert tell(standing(row.given), row.sent) == row.answered


@pytest.mark.parametrize("rubbish", RUBBISH_BEFORE, ids=repr)
def test_rubbish_between_two_questions_changes_no_answer(rubbish: bytes) -> None:
    for row in ROWS:
        assert tell(standing(row.given), rubbish + row.sent + rubbish) == row.answered, row


def test_half_a_command_spoils_the_next_one_unless_a_hash_stands_before_it() -> None:
    assert tell(mount_of(), b":Sr05:3" + b":GVP#") == b"0"
    assert tell(mount_of(), b":G" + b":GVP#") == b""
    assert tell(mount_of(), b":G" + b"#:GVP#") == b"LX2001#"


def test_no_bytes_whatever_make_it_raise_or_answer_without_a_command() -> None:
    dialect = mount_of()
    assert tell(dialect, bytes(range(7, 58)) + bytes(range(59, 256))) == b""
    tell(dialect, bytes(n * 7 % 256 for n in range(5000)))
    assert tell(dialect, b"#:GVP#") == b"LX2001#"


LETTERS = sorted({row.letters for model in MODELS.values() for row in model.commands})
GEMINIS_WARM_START = b"bR#"
odd_arguments = st.one_of(
    st.just(b""), st.from_regex(rb"[ +-]?\d{0,3}[*:/.]?\d{0,2}[:'.]?\d{0,2}", fullmatch=True), st.binary()
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(LETTERS), odd_arguments), max_size=12), st.sampled_from(sorted(MODELS)))
def test_no_argument_whatever_makes_it_raise_or_lose_its_footing(
    commands: list[tuple[bytes, bytes]], model: str
) -> None:
    dialect = mount_of(model)
    for number, (letters, argument) in enumerate(commands):
        tell(dialect, b":" + letters + argument + b"#", number * 0.1)
    dialect.power_cycle(2.0)
    tell(dialect, b"#" + GEMINIS_WARM_START, 4.0)
    assert tell(dialect, b"#:GD#", 4.0)[:1] in (b"+", b"-")
