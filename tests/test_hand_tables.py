"""The drivers of hand controls and of iOptron mounts are held to the tables of bytes: one test for all."""

import contextlib
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope.command import Command
from scope.errors import GarbledAnswer, MountRefused
from scope.mounts import ioptron, ioptron_words, nexstar, synscan
from scope.mounts import nexstar_clock as clock
from scope.mounts import nexstar_commands as hand
from scope.orders import Direction
from tests.hand_tables import ARROWS, TABLES, Table, meaning
from tests.manuals import Row

NEARLY = 1.0 / 3600.0
ASKED_BY_OTHERS = {
    *(b"K#", b"Z", b"S4000,2000", b"P\x01\x10\xfe\x00\x00\x00\x02", b"P\x01\x12\xfe\x00\x00\x00\x04"),
}
"""What a simulator has to answer to, and our drivers have no use for."""
COARSE = 20.0 / 3600.0
HALTS = [nexstar.NexStar.halt, synscan.SynScan.halt, ioptron.IOptron.halt]


def _cases(rows: str) -> list[Any]:
    return [
        pytest.param(table, row, id=f"{table.name}: {row.sent!r}={row.answered!r}")
        for table in TABLES
        for row in getattr(table, rows)()
    ]


def _commands() -> list[Any]:
    return [
        pytest.param(command, id=f"{table.name}: {command.sends!r}") for table in TABLES for command in table.commands
    ]


@pytest.mark.parametrize(("table", "row"), _cases("answered"))
def test_what_the_manual_answers_means_what_the_manual_says(table: Table, row: Row) -> None:
    meant = meaning(table.by_bytes[row.sent], row.answered)
    if isinstance(row.meaning, tuple) and isinstance(row.meaning[0], float):
        within = COARSE if row.sent in (b"E", b"Z") else NEARLY
        for one, other in zip(meant, row.meaning, strict=True):  # type: ignore[call-overload]
            assert one == (pytest.approx(other, abs=within) if isinstance(other, float) else other)
    else:
        assert meant == row.meaning or row.meaning is None


def test_hardly_any_row_is_left_out() -> None:
    """A table that no command of the driver answers to would prove nothing."""
    for table in TABLES:
        theirs = {row.sent for row in table.rows if row.answered and row.given.get("only") != "simulator"}
        ours = {row.sent for row in table.answered()} | {row.sent for row in table.setting()}
        assert not theirs - ours - ASKED_BY_OTHERS, table.name


@pytest.mark.parametrize(("table", "row"), _cases("answered"))
def test_an_answer_is_whole_at_its_last_byte_and_not_before(table: Table, row: Row) -> None:
    whole = table.by_bytes[row.sent].whole
    assert {whole(row.answered[:length]) for length in range(len(row.answered))} <= {None}
    assert whole(row.answered) == len(row.answered)
    assert whole(row.answered + b"40000000,20000000#") == len(row.answered)


@pytest.mark.parametrize("command", _commands())
@settings(max_examples=20)
@given(answer=st.one_of(st.binary(max_size=30), st.text("0123456789ABCDEF,+-#EW", max_size=26).map(str.encode)))
def test_no_bytes_whatever_raise_anything_but_garbled_or_refused(command: Command[Any], answer: bytes) -> None:
    command.whole(answer)
    with contextlib.suppress(GarbledAnswer, MountRefused):
        command.means(answer)


@pytest.mark.parametrize("halt", HALTS, ids=lambda halt: repr(halt.sends))
@given(answer=st.binary(max_size=20))
def test_whatever_comes_after_a_halt_is_no_error(halt: Command[None], answer: bytes) -> None:
    halt.whole(answer)
    halt.means(answer)


@pytest.mark.parametrize(
    ("halt", "answers"),
    [(hand.HALT, b"###"), (hand.HALT, b"#\x00##"), (ioptron_words.HALT, b"111")],
)
def test_the_answers_to_a_halt_are_whole_with_the_last_of_them(halt: Command[None], answers: bytes) -> None:
    assert {halt.whole(answers[:length]) for length in range(len(answers))} == {None}
    assert halt.whole(answers + b"x") == len(answers)


def _letters(sent: bytes) -> bytes:
    found = re.match(rb":[A-Za-z]+|[A-Za-z]", sent)
    assert found
    return found[0]


def _degrees(sent: bytes) -> list[float]:
    return [int(word, 16) * 360.0 / 16 ** len(word) for word in re.findall(rb"[0-9A-F]{4,8}", sent)]


@pytest.mark.parametrize(("table", "row"), _cases("setting"))
def test_what_is_set_goes_out_in_the_bytes_of_the_manual(table: Table, row: Row) -> None:
    """Programs round the last bit of an angle this way or that, so angles are compared as such."""
    for command in table.set_by(row):
        if _letters(command.sends) != _letters(row.sent):
            continue
        if row.sent[:1] in b"rRsb":
            assert len(command.sends) == len(row.sent)
            assert _degrees(command.sends) == pytest.approx(
                _degrees(row.sent), abs=COARSE if b"R" in row.sent else 1e-6
            )
        else:
            assert command.sends == row.sent
        assert command.whole(row.answered) == len(row.answered)
        command.means(row.answered)
        return
    assert row.sent[:1] == b"B", "nobody sends this"


@pytest.mark.parametrize("version", ARROWS)
def test_an_arrow_leads_where_the_manual_says_it_does(version: str) -> None:
    say, directions = ARROWS[version]
    growing = {
        Direction.NORTH: ("dec", 1),
        Direction.SOUTH: ("dec", -1),
        Direction.EAST: ("ra", 1),
        Direction.WEST: ("ra", -1),
    }
    assert {direction: directions[command.sends] for direction, command in say.arrows.items()} == growing


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (hand.PLACE, b"4000000,20000000#"),
        (hand.PLACE, b"40000000,2000000#"),
        (hand.PLACE, b"4000000020000000#"),
        (hand.PLACE, b"-3bbbbbc,20000000#"),
        (hand.COARSE_PLACE, b"400,2000#"),
        (hand.GOING, b"2#"),
        (hand.ALIGNED, b"\x02#"),
        (hand.MODE, b"\x07#"),
        (hand.SIDE, b"N#"),
        (hand.ECHO, b"y#"),
        (clock.SITE, b"\x5b\x00\x00\x00\x0b\x00\x00\x00#"),
        (clock.SITE, b"\x30\x3c\x00\x00\x0b\x00\x00\x00#"),
        (clock.SITE, b"\x30\x00\x3c\x00\x0b\x00\x00\x00#"),
        (clock.SITE, b"\x30\x00\x00\x02\x0b\x00\x00\x00#"),
        (clock.SITE, b"\x30\x00\x00\x00\xb4\x00\x01\x00#"),
        (clock.SITE, b"\x30\x00\x00\x00\x0b\x00\x00\x00x"),
        (clock.CLOCK, b"\x18\x05\x09\x0b\x17\x1a\x05\x00#"),
        (clock.CLOCK, b"\x16\x05\x09\x0d\x17\x1a\x05\x00#"),
        (clock.CLOCK, b"\x16\x05\x09\x0b\x17\x1a\x10\x00#"),
        (clock.CLOCK, b"\x16\x05\x09\x0b\x17\x1a\x05\x02#"),
        (nexstar.VERSION, b"\x04#\x15"),
        (synscan.VERSION, b"04250#"),
        (ioptron_words.MODEL, b"00#6"),
        (ioptron_words.FIRMWARE, b"21042021010#"),
        (ioptron.STATUS, b"+263160005032800001052#"),
        (ioptron.STATUS, b"2631600050328000010521#"),
        (ioptron.STATUS, b"+2631600050328000080521#"),
        (ioptron.STATUS, b"+0189000002970000011#"),
        (ioptron.STATUS, b"+6480000150328000010521#"),
        (ioptron.STATUS, b"+2631600064800001010521#"),
        (ioptron.STATUS, b"+648001503280010521#"),
        (ioptron.V3.place, b"+3240000102970000011#"),
        (ioptron.V3.place, b"+0189000012960000111#"),
        (ioptron.V3.place, b"+0189000002970000031#"),
        (ioptron.V3.place, b"+2631600050328000010521#"),
        (ioptron.V2.place, b"+016200001980000#"),
        (ioptron.V2.place, b"+0162000086400001#"),
        (ioptron.V2.clock, b"+3000261323220509#"),
        (ioptron.V2.clock, b"+9990261123220509#"),
    ],
)
def test_what_a_bad_line_leaves_of_an_answer_is_not_another_answer(command: Command[Any], answer: bytes) -> None:
    with pytest.raises(GarbledAnswer):
        command.means(answer)


@given(st.floats(0, 24, exclude_max=True), st.floats(-90, 90))
def test_a_place_in_fractions_of_a_turn_comes_back_the_same(ra_hours: float, dec_degrees: float) -> None:
    sent = hand.goto(ra_hours * 15.0, dec_degrees).sends
    assert re.fullmatch(rb"r[0-9A-F]{8},[0-9A-F]{8}", sent)
    back = hand.read_angles(sent[1:] + b"#")
    assert min(abs(back.first / 15.0 - ra_hours), 24.0 - abs(back.first / 15.0 - ra_hours)) < 1e-7
    assert back.dec_degrees == pytest.approx(dec_degrees, abs=1e-7)


@pytest.mark.parametrize("version", ARROWS)
@given(ra_hours=st.floats(0, 24, exclude_max=True), dec_degrees=st.floats(-90, 90))
def test_a_place_in_decimals_is_rounded_once_and_keeps_its_sign(
    version: str, ra_hours: float, dec_degrees: float
) -> None:
    say, _ = ARROWS[version]
    ra, dec = say.set_ra(ra_hours).sends, ioptron_words.set_dec(dec_degrees).sends
    digits = {"ioptron_v2": 8, "ioptron_v3": 9}[version]
    assert re.fullmatch(rb":S(r|RA)\d{%d}#" % digits, ra)
    assert re.fullmatch(rb":Sd[+-]\d{8}#", dec)
    place = say.place.means(dec[3:-1] + ra[-1 - digits : -1] + {8: b"#", 9: b"01#"}[digits])
    step_hours = 0.001 / 3600 if digits == 8 else 0.01 / 15 / 3600
    apart = abs(place.ra_hours - ra_hours)
    assert min(apart, 24.0 - apart) <= 0.51 * step_hours
    assert abs(place.dec_degrees - dec_degrees) <= 0.0051 / 3600
    assert (dec[3:4] == b"-") == (dec_degrees < 0)
