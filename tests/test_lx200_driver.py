"""The LX200 driver is held to the table of bytes from the manual: what it sends, and what it makes of the answers."""

import contextlib
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scope.command import Command
from scope.errors import GarbledAnswer, MountRefused, NoAnswer
from scope.mounts.lx200 import LX200, formats, meade
from scope.mounts.lx200 import words as say
from scope.mounts.mount import Can
from scope.orders import TrackingRate
from scope.position import Epoch, Equatorial
from tests.manuals import Row
from tests.manuals.lx200 import ROWS

QUESTIONS: dict[bytes, Command[Any]] = {
    command.sends: command
    for command in (
        *(say.RA, say.DEC, say.SLEWING, meade.ALIGNMENT, say.RATE, say.PRODUCT, say.FIRMWARE, say.START_GOTO, say.SYNC),
        *(say.LOCAL_TIME, say.LOCAL_DATE, say.OFFSET, say.LATITUDE, say.LONGITUDE),
    )
}
HERTZ = {60.1: TrackingRate.SIDEREAL, 57.9: TrackingRate.LUNAR, 60.0: TrackingRate.SOLAR}
ANSWERED = [row for row in ROWS if row.sent in QUESTIONS and row.answered]
ALL_COMMANDS = [*QUESTIONS.values(), say.set_ra(1), say.set_dec(1), say.set_date(datetime(2026, 1, 1))]


def _name(row: Row) -> str:
    return f"{row.sent!r}={row.answered!r}"


def _meaning(row: Row) -> object:
    """What the driver should say: it strips blanks, and names rates instead of hertz."""
    if row.sent == say.RATE.sends:
        return HERTZ[row.meaning]  # type: ignore[index]
    return row.meaning.strip() if isinstance(row.meaning, str) else row.meaning


def _read(command: Command[Any], answer: bytes) -> object:
    try:
        meaning = command.means(answer)
    except MountRefused as refusal:
        return refusal.details["words"]
    return True if meaning is None else meaning


@pytest.mark.parametrize("row", ANSWERED, ids=_name)
def test_what_the_manual_answers_means_what_the_manual_says(row: Row) -> None:
    command = QUESTIONS[row.sent]
    meant = _meaning(row)
    if isinstance(meant, float):
        assert _read(command, row.answered) == pytest.approx(meant, abs=10 / 3600)
    else:
        assert _read(command, row.answered) == meant


@pytest.mark.parametrize("row", ANSWERED, ids=_name)
def test_an_answer_is_whole_at_its_last_byte_and_not_before(row: Row) -> None:
    command = QUESTIONS[row.sent]
    if command.in_silence(row.answered) is not None:
        return  # whole because no more comes
    whole = command.whole
    early = [whole(row.answered[:length]) for length in range(len(row.answered))]
    assert set(early) <= {None}
    assert whole(row.answered) == len(row.answered)
    assert whole(row.answered + b"+12\xdf34'56#") == len(row.answered)


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=lambda command: repr(command.sends))
@given(answer=st.one_of(st.binary(max_size=80), st.text("0123456789:*+-.#/'ß ", max_size=20).map(str.encode)))
def test_no_bytes_whatever_raise_anything_but_a_garbled_answer(command: Command[Any], answer: bytes) -> None:
    command.whole(answer)
    with contextlib.suppress(GarbledAnswer, MountRefused):
        command.means(answer)


SETTERS = {
    b":Sr": say.set_ra,
    b":Sd": say.set_dec,
    b":St": say.set_latitude,
    b":Sg": say.set_longitude,
    b":SG": say.set_offset,
    b":SL": lambda local: say.set_time(datetime.combine(date(2026, 1, 1), local)),
    b":SC": lambda day: say.set_date(datetime.combine(day, time(0))),
}
SETTING = [row for row in ROWS if "value" in row.given and row.given.get("precision") != "low"]


@pytest.mark.parametrize("row", SETTING, ids=_name)
def test_what_is_set_goes_out_in_the_bytes_of_the_manual(row: Row) -> None:
    sent = SETTERS[row.sent[:3]](row.given["value"])  # type: ignore[no-untyped-call,operator]
    assert sent.sends == row.sent
    assert sent.whole(row.answered) == len(row.answered)
    sent.means(row.answered)


@pytest.mark.parametrize(("byte", "answer"), [(0, b"0"), (1, b"1")])
def test_a_setter_that_is_refused_says_so(byte: int, answer: bytes) -> None:
    assert (_read(say.set_ra(5.5), answer) is True) == bool(byte)


@given(st.floats(0, 24, exclude_max=True))
def test_a_right_ascension_is_rounded_once_and_never_shows_sixty(ra_hours: float) -> None:
    sent = say.set_ra(ra_hours).sends
    assert b":60" not in sent
    seconds = abs(formats.read_ra_hours(sent[3:]) - ra_hours) * 3600
    assert min(seconds, 86400 - seconds) <= 0.5 + 1e-6


@given(st.floats(-90, 90))
def test_a_declination_keeps_its_sign_below_one_degree(dec_degrees: float) -> None:
    sent = say.set_dec(dec_degrees).sends
    back = formats.read_degrees(90)(sent[3:])
    assert abs(back - dec_degrees) * 3600 <= 0.5 + 1e-6
    assert (sent[3:4] == b"-") == (dec_degrees < 0)


class Scripted:
    """Answers from a table, and remembers what was asked."""

    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self.answers, self.sent = answers, b""

    def __call__(self, command: Command[Any]) -> Any:
        self.sent += command.sends
        return command.means(self.answers.get(command.sends, b"1"))


GREETED = {b":GR#": b"05:30:00#", b":GD#": b"+01*02'03#", b"\x06": b"A", b":GVP#": b"LX2001#", b":GVN#": b"4.2g#"}


def test_low_precision_is_toggled_once_and_then_checked() -> None:
    line = Scripted(GREETED | {b":GR#": b"05:30.0#"})
    LX200(line).greet()
    assert line.sent.startswith(b":GR#:GD#:GVP#")
    assert line.sent.endswith(b":U#:GR#")
    assert line.sent.count(b":U#") == 1


def test_a_goto_sets_the_target_before_it_starts() -> None:
    line = Scripted({b":MS#": b"0"})
    LX200(line).goto(Equatorial(5.5, -0.5, Epoch.OF_DATE))
    assert line.sent == b":Sr05:30:00#:Sd-00*30:00#:MS#"


def test_a_target_that_is_refused_starts_nothing() -> None:
    line = Scripted({b":Sd-00*30:00#": b"0", b":MS#": b"0"})
    with pytest.raises(MountRefused):
        LX200(line).goto(Equatorial(5.5, -0.5, Epoch.OF_DATE))
    assert b":MS#" not in line.sent


@pytest.mark.parametrize(("letter", "back"), [(b"A", b":AA#"), (b"P", b":AP#")])
def test_tracking_comes_back_in_the_alignment_the_mount_had(letter: bytes, back: bytes) -> None:
    line = Scripted(GREETED | {b"\x06": letter})
    mount = LX200(line)
    mount.greet()
    mount.track(TrackingRate.OFF)
    mount.track(TrackingRate.SIDEREAL)
    assert line.sent.endswith(b":AL#:TQ#" + back)


def test_tracking_is_not_switched_on_by_guessing_the_alignment() -> None:
    line = Scripted(GREETED | {b"\x06": b"L"})
    mount = LX200(line)
    mount.greet()
    with pytest.raises(MountRefused, match="land mode"):
        mount.track(TrackingRate.SIDEREAL)
    assert b":AA#" not in line.sent
    assert b":AP#" not in line.sent


@pytest.mark.parametrize(
    ("product", "unparks"), [(b"LX2001#", True), (b"Autostar#", False), (b"Something else#", False)]
)
def test_a_model_offers_only_what_it_can_do(product: bytes, unparks: bool) -> None:
    mount = LX200(Scripted(GREETED | {b":GVP#": product}))
    mount.greet()
    assert (Can.UNPARK in mount.can) == unparks


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (say.DEC, b"45*00'00#"),  # a sign that was lost would be the other hemisphere
        (say.DEC, b"+5*00'00#"),
        (say.DEC, b"+45*00'#"),
        (say.DEC, b"+45*0#"),
        (say.DEC, b"+045*00'00#"),
        (say.DEC, b"+45*00'00.123#"),
        (say.RA, b"5:30:00#"),
        (say.RA, b"05:30:00.1234#"),
        (say.RA, b"05:3#"),
        (say.LONGITUDE, b"86\xdf54#"),
        (say.LATITUDE, b"49\xdf48#"),
        (say.SLEWING, b"05:30:00#"),
        (say.SYNC, b"05:30:00#"),
        (say.SYNC, b"+45*00'00#"),
        (say.OFFSET, b"60.1#"),
    ],
)
def test_what_a_bad_line_leaves_of_an_answer_is_not_another_answer(command: Command[Any], answer: bytes) -> None:
    with pytest.raises(GarbledAnswer):
        command.means(answer)


@pytest.mark.parametrize("command", [say.RA, say.DEC], ids=["RA", "DEC"])
@pytest.mark.parametrize("lost", [1, 2])
def test_no_answer_with_bytes_lost_is_read_as_another_place(command: Command[Any], lost: int) -> None:
    """But for the whole of minutes or seconds, no one or two bytes can be missing from what is still an answer."""
    answer = {say.RA: b"05:34:31#", say.DEC: b"-45\xdf12'34#"}[command]
    for first in range(len(answer)):
        for second in range(first, len(answer)) if lost == 2 else [first]:
            left = bytes(byte for at, byte in enumerate(answer) if at not in (first, second))
            with pytest.raises(GarbledAnswer):
                command.means(left)


@pytest.mark.parametrize("words", [b"No object!#", b"E3#", b"e11#", b"Match fail: dist. too large#"])
def test_a_sync_that_is_refused_says_so(words: bytes) -> None:
    with pytest.raises(MountRefused) as refusal:
        say.SYNC.means(words)
    assert refusal.value.details["words"] == words.decode().rstrip("#")


class LateToSync(Scripted):
    """As an older Autostar: its answer to a sync comes with the next command only."""

    def __call__(self, command: Command[Any]) -> Any:
        if command.sends == b":CM#":
            self.sent += command.sends
            raise NoAnswer("nothing yet")
        return super().__call__(command)


def test_a_sync_whose_answer_is_late_is_judged_by_where_the_mount_says_it_points() -> None:
    here = {b":GR#": b"05:30:00#", b":GD#": b"+10*00'00#", b":D#": b"#"}
    LX200(LateToSync(here)).sync(Equatorial(5.5, 10.0, Epoch.OF_DATE))
    with pytest.raises(NoAnswer):
        LX200(LateToSync(here | {b":GR#": b"05:35:00#"})).sync(Equatorial(5.5, 10.0, Epoch.OF_DATE))


@pytest.mark.parametrize(
    ("heard", "whole"), [(b"1", 1), (b"9", 1), (b"0", None), (b"", None), (b"1O", None), (b"x", None)]
)
def test_a_lone_digit_is_a_whole_refusal_when_silence_follows(heard: bytes, whole: int | None) -> None:
    assert say.START_GOTO.in_silence(heard) == whole


def test_a_lone_one_is_a_date_that_was_taken() -> None:
    command = say.set_date(datetime(2026, 1, 1))
    assert (command.in_silence(b"1"), command.in_silence(b"1Updating"), command.in_silence(b"")) == (1, None, None)
    command.means(b"1")


def test_a_name_that_would_steer_a_terminal_is_shown_as_its_bytes() -> None:
    assert say.PRODUCT.means(b"\x1b[2J<script>\x00#") == "\\x1b[2J<script>\\x00"
