"""Each dialect of the LX200 language is held to its table of bytes, and says no word that its table does not have."""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scope.command import Command
from scope.errors import GarbledAnswer, MountRefused
from scope.mounts.lx200 import astro_physics, formats, gemini, onstep, ten_micron, zwo
from scope.mounts.lx200 import words as say
from scope.mounts.lx200.dialect import Dialect, Status
from scope.mounts.lx200.dialect import TrackingByWords as ByWords
from scope.mounts.mount import Can
from scope.orders import TrackingRate
from scope.position import PierSide
from tests.manuals import Row
from tests.manuals import astro_physics as astro_physics_table
from tests.manuals import gemini as gemini_table
from tests.manuals import onstep as onstep_table
from tests.manuals import ten_micron as ten_micron_table
from tests.manuals import zwo_am as zwo_table

DAY, MIDNIGHT = date(2026, 1, 1), time(0)
HERTZ = {60.16427: "sidereal", 60.2: "sidereal", 60.0: "solar", 57.9: "lunar", 0.0: "off"}
NATIVE_RATES = {131: "sidereal", 133: "lunar", 134: "solar"}


@dataclass(frozen=True)
class Spoken:
    """A dialect, its table, the further questions it asks, and those whose meaning the row's `given` tells."""

    dialect: Dialect
    table: ModuleType
    more: tuple[Command[Any], ...]
    told: Mapping[Command[Any], Callable[[Mapping[str, Any]], object]]

    @property
    def questions(self) -> dict[bytes, Command[Any]]:
        d, clock = self.dialect, self.dialect.clock
        usual: Iterable[Command[Any]] = (
            *(say.RA, say.DEC, say.PRODUCT, d.ra, d.dec, d.start_goto, d.sync),
            *(clock.local_time, clock.local_date, clock.offset, clock.latitude, clock.longitude),
            *(word for word in words(d) if word.has_answer),
        )
        return {command.sends: command for command in (*usual, *self.more, *self.told)}

    @property
    def setters(self) -> dict[str, Callable[[Any], Command[None]]]:
        d, clock = self.dialect, self.dialect.clock
        return {
            "Sr": d.set_ra,
            "Sd": d.set_dec,
            "St": clock.set_latitude,
            "Sg": clock.set_longitude,
            "SG": clock.set_offset,
            "SL": lambda local: clock.set_time(datetime.combine(DAY, local)),
            "SC": lambda day: clock.set_date(datetime.combine(day, MIDNIGHT)),
        }


def words(dialect: Dialect) -> list[Command[None]]:
    """What it says that no number is in."""
    tracking = dialect.tracking
    assert isinstance(tracking, ByWords)
    chosen = [word for sequence in tracking.words.values() for word in sequence]
    others = (dialect.park, dialect.unpark, dialect.home)
    return [
        *(*chosen, *dialect.nudge_rates.values(), *say.NUDGE.values(), *say.REST.values()),
        *(word for word in others if word is not None),
    ]


def side(stands: Mapping[str, Any]) -> PierSide | None:
    return PierSide(stands["pier_side"]) if "pier_side" in stands else None


def whole_status(stands: Mapping[str, Any]) -> Status:
    return Status(bool(stands.get("slewing")), side(stands), bool(stands.get("parked")))


def states(stands: Mapping[str, Any]) -> tuple[Status, TrackingRate]:
    still = stands.get("parked") or not stands.get("tracking", stands.get("before") != b":RT9#")
    still = still and stands.get("before") != b":RT2#"
    rate = TrackingRate.OFF if still else TrackingRate(stands.get("rate", "sidereal"))
    return Status(bool(stands.get("slewing")), None, bool(stands.get("parked"))), rate


SPOKEN = {
    "onstep": Spoken(onstep.ONSTEP_X, onstep_table, (say.FIRMWARE, say.RATE), {onstep.STATUS: whole_status}),
    "zwo": Spoken(
        zwo.KNOWS_WHEN_IT_IS_PARKED,
        zwo_table,
        (zwo.RATE, zwo.FIRMWARE, zwo.PARK_STATE, say.PIER_SIDE),
        {zwo.STILLNESS: lambda stands: (bool(stands.get("tracking", True)), not stands.get("slewing"))},
    ),
    "gemini": Spoken(
        gemini.GEMINI,
        gemini_table,
        (gemini.STARTUP, gemini.VELOCITY, gemini.PARK_STATE, gemini.RATE, say.FIRMWARE, say.PIER_SIDE),
        {},
    ),
    "ten-micron": Spoken(
        ten_micron.TEN_MICRON,
        ten_micron_table,
        (ten_micron.STATE, say.RATE, say.FIRMWARE, say.PIER_SIDE_IN_WORDS),
        {},
    ),
    "astro-physics": Spoken(
        astro_physics.TELLS_STATE,
        astro_physics_table,
        (say.VERSION, say.PIER_SIDE_IN_WORDS),
        {astro_physics.STATES: states},
    ),
}


def rows(wanted: Callable[[Spoken, Row], bool]) -> pytest.MarkDecorator:
    found = [(name, row) for name, spoken in SPOKEN.items() for row in spoken.table.ROWS if wanted(spoken, row)]
    return pytest.mark.parametrize(("name", "row"), found, ids=[f"{name}:{row.sent!r}" for name, row in found])


def is_a_question(spoken: Spoken, row: Row) -> bool:
    return row.sent in spoken.questions and bool(row.answered) and row.answered != b"#"


def heard(command: Command[Any], answer: bytes) -> object:
    """The code or the words of a refusal; True for a consent."""
    try:
        meaning = command.means(answer)
    except MountRefused as refusal:
        return str(refusal.details["words"]).partition(":")[0]
    return True if meaning is None else meaning


def meant(spoken: Spoken, row: Row, command: Command[Any]) -> object:
    if command in spoken.told:
        return spoken.told[command](row.given)
    if command is say.RATE:
        return TrackingRate(HERTZ[row.meaning])  # type: ignore[index]
    if command is zwo.RATE:
        return TrackingRate(row.meaning)
    if command is gemini.RATE:
        return TrackingRate(NATIVE_RATES[row.meaning])  # type: ignore[index]
    if command in (say.PIER_SIDE, say.PIER_SIDE_IN_WORDS):
        return None if row.meaning is None else PierSide(row.meaning)
    return row.meaning.strip() if isinstance(row.meaning, str) else row.meaning


@rows(is_a_question)
def test_what_the_manual_answers_means_what_the_manual_says(name: str, row: Row) -> None:
    spoken = SPOKEN[name]
    command = spoken.questions[row.sent]
    expected = meant(spoken, row, command)
    if row.meaning is False and command.means(b"1") is None:
        with pytest.raises(MountRefused):
            command.means(row.answered)
    elif isinstance(expected, float):
        assert heard(command, row.answered) == pytest.approx(expected, abs=1e-9 + 0.05 / 60 * row.answered.count(b"."))
    elif expected is None:
        assert command.means(row.answered) is None
    else:
        assert heard(command, row.answered) == expected


@rows(is_a_question)
def test_an_answer_is_whole_at_its_last_byte_and_not_before(name: str, row: Row) -> None:
    command = SPOKEN[name].questions[row.sent]
    if command.whole(row.answered) is None:
        assert command.in_silence(row.answered) == len(row.answered)
        return
    early = [command.whole(row.answered[:length]) for length in range(len(row.answered))]
    assert set(early) <= {None}
    assert command.whole(row.answered) == len(row.answered)
    assert command.whole(row.answered + b"e12#+12\xdf34'56#") == len(row.answered)


@rows(lambda spoken, row: "value" in row.given)
def test_what_is_set_goes_out_in_the_bytes_of_the_manual(name: str, row: Row) -> None:
    sent = SPOKEN[name].setters[row.sent[1:3].decode()](row.given["value"])
    assert sent.sends == row.sent
    assert sent.whole(row.answered) == len(row.answered)
    assert row.meaning is True
    sent.means(row.answered)


@pytest.mark.parametrize("name", SPOKEN)
def test_it_says_no_word_that_its_table_does_not_have(name: str) -> None:
    spoken = SPOKEN[name]
    known = {row.sent for row in spoken.table.ROWS}
    parts = [b":" + part + b"#" for part in say.HALT.sends.strip(b":#").split(b"#:")]
    said = [*spoken.questions, *(word.sends for word in words(spoken.dialect)), *parts]
    assert [word for word in said if word not in known] == []


@pytest.mark.parametrize("name", SPOKEN)
def test_it_waits_for_an_answer_where_one_comes_and_nowhere_else(name: str) -> None:
    answered = {row.sent: bool(row.answered) for row in SPOKEN[name].table.ROWS}
    for word in words(SPOKEN[name].dialect):
        assert word.has_answer == answered[word.sends], word.sends
    for part in (b":Q#", b":Qn#", b":Qs#", b":Qe#", b":Qw#"):
        assert not answered[part]


EVERY_QUESTION = [(name, command) for name, spoken in SPOKEN.items() for command in spoken.questions.values()]
likely = st.text("0123456789:*+-.#/'eEnNpPGZWTo ß", max_size=20).map(lambda text: text.encode("latin-1"))


@pytest.mark.parametrize(("name", "command"), EVERY_QUESTION, ids=lambda it: it if isinstance(it, str) else it.sends)
@given(answer=st.one_of(st.binary(max_size=40), likely))
def test_no_bytes_whatever_raise_anything_but_a_garbled_answer(name: str, command: Command[Any], answer: bytes) -> None:
    command.whole(answer)
    command.in_silence(answer)
    with contextlib.suppress(GarbledAnswer, MountRefused):
        command.means(answer)


@pytest.mark.parametrize("name", SPOKEN)
@given(ra_hours=st.floats(0, 24, exclude_max=True), dec_degrees=st.floats(-90, 90))
def test_a_target_is_rounded_once_and_keeps_its_sign(name: str, ra_hours: float, dec_degrees: float) -> None:
    dialect = SPOKEN[name].dialect
    ra, dec = dialect.set_ra(ra_hours).sends, dialect.set_dec(dec_degrees).sends
    assert b":60" not in ra + dec
    back = formats.read_degrees(90.0, formats.angle_with(decimals(dec)))(dec[3:].strip())
    assert abs(back - dec_degrees) * 3600 <= 0.5 / 10 ** decimals(dec) + 1e-6
    assert (b"-" in dec) == (dec_degrees < 0)
    hours = formats.hours_with(decimals(ra))(ra[3:].strip())
    seconds = abs(hours - ra_hours) * 3600
    assert min(seconds, 86400 - seconds) <= 0.5 / 10 ** decimals(ra) + 1e-6


def decimals(sent: bytes) -> int:
    return len(sent.partition(b".")[2].strip(b"#"))


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (onstep.FINE_RA, b"05:34:31.1234#"),
        (onstep.FINE_DEC, b"-45*12:34.567#"),
        (ten_micron.TEN_MICRON.ra, b"05:34:31.25#"),
        (ten_micron.TEN_MICRON.dec, b"-45:12:34.5#"),
        (astro_physics.OLD.ra, b"05:34:31.5#"),
    ],
    ids=lambda it: it.decode() if isinstance(it, bytes) else "",
)
def test_no_answer_with_two_bytes_lost_is_read_as_a_far_place(command: Command[float], answer: bytes) -> None:
    """Seconds may be lost of what is still an answer, never minutes."""
    true = command.means(answer)
    for first in range(len(answer)):
        for second in range(first, len(answer)):
            left = bytes(byte for at, byte in enumerate(answer) if at not in (first, second))
            with contextlib.suppress(GarbledAnswer):
                assert command.means(left) == pytest.approx(true, abs=1.001 / 60), left


def test_the_native_language_of_a_gemini_has_the_checksums_that_others_have_logged() -> None:
    assert [gemini.native(said) for said in ("<502:", "<27:", "<120:", "<150:")] == [
        *(b"<502:q#", b"<27:C#", b"<120:u#", b"<150:r#")
    ]


def test_a_native_answer_with_another_checksum_is_garbled() -> None:
    for wrong in (b"131t#", b"132s#", b"13s#", b"131#", b"#", b"131ss#"):
        with pytest.raises(GarbledAnswer):
            gemini.RATE.means(wrong)


@pytest.mark.parametrize(
    ("answered", "hours_east"),
    [
        (b"05:00:00.0#", -5),
        (b"-05:00:00.0#", 5),
        (b"00:00.0#", 0),
        (b"05:30.0#", -5.5),
        (b":A5:00.0#", 1),
        (b"A1:00:00.0#", 5),
        (b":@9:00.0#", 7),
        (b"@4:00:00.0#", 12),
    ],
)
def test_an_old_astro_physics_box_codes_its_offset_to_the_east(answered: bytes, hours_east: float) -> None:
    assert astro_physics.read_offset(answered) == timedelta(hours=hours_east)


def test_a_date_without_a_word_of_consent_is_taken_and_a_nought_is_not() -> None:
    command = astro_physics.OLD.clock.set_date(datetime(2026, 11, 23))
    with pytest.raises(MountRefused):
        command.means(b"0")
    with pytest.raises(GarbledAnswer):
        command.means(b"1Updating#  #")


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"nNpEo160#", Status(False, None, parked=False)),
        (b"NpS/ET360#", Status(False, PierSide.EAST, parked=False)),
        (b"nNIrtzaRpEW002#", Status(True, PierSide.WEST, parked=False)),
        (b"nNPHEW16:#", Status(False, PierSide.WEST, parked=True)),
        (b"NphEW160#", Status(True, PierSide.WEST, parked=False)),
    ],
)
def test_the_flags_of_an_onstep_are_found_among_all_the_others(answer: bytes, status: Status) -> None:
    assert onstep.STATUS.means(answer) == status


def test_a_code_that_nobody_has_written_down_is_a_refusal_all_the_same() -> None:
    with pytest.raises(MountRefused) as refusal:
        zwo.KNOWS_WHEN_IT_IS_PARKED.start_goto.means(b"e99#")
    assert refusal.value.details["words"] == "e99: unknown"


@pytest.mark.parametrize("name", SPOKEN)
def test_what_it_can_follows_from_its_words(name: str) -> None:
    dialect = SPOKEN[name].dialect
    assert (Can.HOME in dialect.can) == (name in ("onstep", "zwo"))
    assert Can.PARK | Can.UNPARK | Can.LUNAR | Can.SOLAR | Can.PIER_SIDE | Can.READ_CLOCK in dialect.can
