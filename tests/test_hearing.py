"""Whose answer is this, with no port and no time: every answer to its own question, whatever comes between."""

from hypothesis import given
from hypothesis import strategies as st

from scope.command import LONGEST_ANSWER
from scope.line.exchange import REMEMBERED_QUESTIONS, Record
from scope.line.hearing import Hearing, Question
from scope.line.owed import LOOKED_OUT_SECONDS, Owed
from scope.mounts.lx200 import words as say

ANSWERED = {
    say.RA: b"05:30:00#",
    say.DEC: b"+45\xdf00'00#",
    say.OFFSET: b"-05.0#",
    say.START_GOTO: b"0",
    say.SLEWING: b"#",
}
QUESTIONS = st.lists(st.sampled_from(list(ANSWERED)), min_size=1, max_size=6)


@given(asked=QUESTIONS, cuts=st.lists(st.integers(1, 20), max_size=40), echoes=st.booleans())
def test_answers_go_to_their_questions_in_order_however_the_bytes_are_cut(
    asked: list[say.Command[object]], cuts: list[int], echoes: bool
) -> None:
    hearing = Hearing(Record())
    waiting = [hearing.spoke(command, 0.0) for command in asked]
    wire = b"".join((command.sends if echoes else b"") + ANSWERED[command] for command in asked)
    found: list[tuple[Question, bytes]] = []
    while wire:
        length = cuts.pop() if cuts else len(wire)
        hearing.heard += wire[:length]
        wire = wire[length:]
        while answer := hearing.answer():
            found.append(answer)
    assert found == [(question, ANSWERED[question.command]) for question in waiting]
    assert hearing.forget() == b""


@given(late=st.lists(st.sampled_from([say.RA, say.SLEWING, say.OFFSET]), min_size=1, max_size=3), kept=st.data())
def test_a_landmark_clears_what_was_owed_whichever_of_it_still_comes(
    late: list[say.Command[object]], kept: st.DataObject
) -> None:
    hearing = Hearing(Record())
    for command in (say.RA, say.DEC):
        hearing.understood(command, ANSWERED[command])
    owed = [Question(command, 0.0) for command in late]
    landmark = hearing.landmark(owed)
    assert landmark is say.DEC or (landmark is say.RA and say.RA not in late)
    expected = [*owed, Question(landmark, 1.0)]
    come = [question for question in owed if kept.draw(st.booleans())]
    hearing.heard += b"".join(ANSWERED[question.command] for question in [*come, expected[-1]])
    seen = []
    while (index := hearing.catch_up(expected)) is not None:
        seen.append(index)
    assert seen[-1] == len(expected) - 1
    assert seen.count(len(expected) - 1) == 1
    assert hearing.forget() == b""


def test_no_landmark_is_asked_whose_answer_could_be_one_that_is_owed() -> None:
    hearing = Hearing(Record())
    hearing.understood(say.RA, ANSWERED[say.RA])
    hearing.understood(say.LOCAL_TIME, b"22:05:09#")
    assert hearing.landmark([Question(say.RA, 0.0)]) is None
    assert hearing.landmark([Question(say.LOCAL_TIME, 0.0)]) is None, "a time reads as a right ascension"
    hearing.understood(say.DEC, ANSWERED[say.DEC])
    assert hearing.landmark([Question(say.LOCAL_TIME, 0.0), Question(say.RA, 0.0)]) is say.DEC


@given(st.lists(st.binary(max_size=300), max_size=30))
def test_bytes_without_an_end_are_noticed_before_they_grow(pieces: list[bytes]) -> None:
    hearing = Hearing(Record())
    hearing.spoke(say.RA, 0.0)
    for piece in pieces:
        hearing.heard += piece.replace(b"#", b"")
        hearing.answer()
        if hearing.is_endless:
            hearing.forget()
        assert len(hearing.heard) <= LONGEST_ANSWER


@given(st.binary(max_size=60))
def test_no_bytes_whatever_break_the_search_for_the_place(heard: bytes) -> None:
    hearing = Hearing(Record())
    for command, answer in ANSWERED.items():
        hearing.understood(command, answer)
    hearing.heard += heard
    expected = [Question(say.RA, 0.0), Question(say.DEC, 0.0)]
    while hearing.catch_up(expected) is not None:
        pass
    hearing.foreign_in(heard)


def test_what_was_cleared_unseen_is_looked_out_for_and_then_no_more() -> None:
    owed = Owed()
    late = Question(say.RA, 100.0)
    owed.add([late])
    owed.add([late])
    assert owed.late == [late]
    owed.clear(seen=[])
    assert owed.late == []
    assert owed.may_mislead(say.RA, 101.0)
    assert not owed.may_mislead(say.DEC, 101.0)
    assert not owed.explains(b"+45*00'00#", 101.0)
    assert owed.explains(b"05:30:00#", 101.0)
    assert not owed.explains(b"05:30:00#", 101.0), "it was owed once"
    owed.add([Question(say.RA, 100.0)])
    owed.clear(seen=[])
    assert not owed.may_mislead(say.RA, 100.0 + LOOKED_OUT_SECONDS)


def test_what_was_seen_is_not_looked_out_for() -> None:
    owed = Owed()
    late = Question(say.RA, 100.0)
    owed.add([late])
    owed.clear(seen=[late])
    assert not owed.may_mislead(say.RA, 101.0)


@given(st.lists(st.booleans(), max_size=300))
def test_the_share_of_bad_answers_is_that_of_the_last_hundred(ends: list[bool]) -> None:
    record = Record()
    for is_good in ends:
        if is_good:
            record.good()
        else:
            record.bad(garbled=True)
    assert record.bad_share == ends[-REMEMBERED_QUESTIONS:].count(False) / REMEMBERED_QUESTIONS
    assert (record.answered, record.garbled) == (ends.count(True), ends.count(False))


def test_a_foreign_answer_counts_for_ten_seconds() -> None:
    record = Record()
    record.heard_foreign(2, 100.0)
    record.heard_foreign(0, 101.0)
    assert (record.foreign_of_late(105.0), record.foreign_of_late(111.0), record.foreign) == (2, 0, 2)
