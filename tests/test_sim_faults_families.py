"""Every fault befalls every simulated family that can have it, and none is the worse for it afterwards."""

import pytest

from hardware_sim.exchange import Exchange
from hardware_sim.families import FAMILIES
from hardware_sim.fault_line import MISREAD
from hardware_sim.fault_words import Argument, Row, UnknownFault
from hardware_sim.faults import KNOWN, read_fault
from hardware_sim.strangers import STRANGERS
from tests.simulated_mount import ask, exchange

# What each is asked to see that it lives, and what it says then.
GREETING = {
    "lx200": (b"#:GVP#", b"LX2001#"),
    "nexstar": (b"Kx", b"x#"),
    "synscan": (b"Kx", b"x#"),
    "ioptron": (b"#:MountInfo#", b"0026"),
    "skywatcher": (b"\r:e1\r", b"=020300\r"),
    "rainbow": (b"#:AV#", b":AV200625#"),
}
NEED_A_PORT = {"hang", "unplug", "replug", "replug-as", "rst", "fin", "turn-away"}
FAULTS = [row for word, row in KNOWN.items() if word not in {*NEED_A_PORT, "clear", "end"}]
TAKES_ITS_TIME = {"endless", "dribble"}  # what is on the line already comes to its end
ONLY_THE_LX200S = {"low-precision", "high-precision"}
BEFALL = [
    pytest.param(row, family, id=f"{row.word}-{family}")
    for row in FAULTS
    for family in GREETING
    if family == "lx200" or row.word not in ONLY_THE_LX200S
]
HELD_DOWN = {
    "nexstar": b"P\x02\x11\x24\x09\x00\x00\x00",
    "synscan": b"P\x02\x11\x24\x09\x00\x00\x00",
    "ioptron": b":SR9#:mn#",
    "rainbow": b":RS#:Mn#",
}


def said(argument: Argument) -> str:
    """Some value that it takes."""
    if argument.words:
        return argument.words[0]
    return "x" if argument.lowest is None else f"{min(argument.highest, 1.0):g}"


def befallen(row: Row, family: str) -> Exchange:
    line = exchange(family=family)
    line.inflict(read_fault(" ".join([row.word, *map(said, row.takes)])), 1.0)
    return line


def test_every_family_that_is_a_mount_can_be_greeted_here() -> None:
    assert set(GREETING) == set(FAMILIES) - set(STRANGERS) - {"astro-physics"}  # an LX200 by its words
    assert set(HELD_DOWN) < set(GREETING)


@pytest.mark.parametrize(("row", "family"), BEFALL)
def test_every_fault_befalls_every_family_and_it_answers_as_before_when_that_is_over(row: Row, family: str) -> None:
    question, answer = GREETING[family]
    line = befallen(row, family)
    line.opened(1.0)
    for turn in range(2):
        ask(line, question, 2.0 + turn)
    line.inflict(read_fault("clear"), 5.0)
    over = 30.0 if row.word in TAKES_ITS_TIME else 8.0
    line.live(over)
    assert ask(line, question, over + 1.5, 1.0) == answer


@pytest.mark.parametrize("word", sorted(ONLY_THE_LX200S))
@pytest.mark.parametrize("family", sorted(GREETING.keys() - {"lx200"}))
def test_a_fault_that_a_family_cannot_have_is_refused_in_words(word: str, family: str) -> None:
    with pytest.raises(UnknownFault, match=word):
        befallen(KNOWN[word], family)


@pytest.mark.parametrize("family", HELD_DOWN)
def test_bytes_of_another_speed_are_no_command_in_any_language(family: str) -> None:
    line = exchange(family=family)
    line.is_misread = True
    for turn in range(200):
        ask(line, HELD_DOWN[family], 1.0 + turn * 0.3)
    assert not line.dialect.mount.is_slewing()
    assert not line.dialect.is_parked
    assert b"x"[0] not in MISREAD


@pytest.mark.parametrize("family", HELD_DOWN)
def test_a_mute_mount_hears_and_obeys(family: str) -> None:
    line = exchange("silent", family=family)
    assert ask(line, HELD_DOWN[family], 1.0) == b""
    line.live(3.0)
    assert line.dialect.mount.is_slewing()
