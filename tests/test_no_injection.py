"""Nothing that anybody types reaches the wire: ten thousand hostile texts, and every byte they cause is grammar.

The way is the whole one from the text to the line (read_target, Sky.place, the driver); only the line's other end is
played, by a mount that says yes to everything.
"""

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from scope.command import Command
from scope.errors import NotUnderstood
from scope.mounts.lx200 import LX200
from scope.position import Epoch, Equatorial, Site
from scope.sky.catalogue import Catalogue
from scope.sky.frames import Sky
from scope.sky.typed import read_target, target_at
from scope.target import Kind

T = TypeVar("T")

TEXTS = 10_000
NIGHT = datetime(2026, 9, 25, 17, 30, tzinfo=UTC)
SITE = Site("Karaganda", 49.80, 73.10, 550.0, "Asia/Almaty")
SET_RA = rb":Sr(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d#"
SET_DEC = rb":Sd[+-](?:[0-8]\d\*[0-5]\d:[0-5]\d|90\*00:00)#"
GRAMMAR = re.compile(rb"(?:%s(?::MS#|:CM#))+" % (SET_RA + SET_DEC))
"""Meade Telescope Serial Command Protocol: all that gotos and syncs may consist of, whole and in this order."""

NAMES = ["M13", "NGC 7000", "Vega", "Polaris", "Шолпан", "Сатурн", "Moon", "h Per", "Jupiter", "IC 1396"]
HOSTILE = ["#", ":", ":Q#", "#:MS#", ":hP#", "#:Sr00:00:00#", "\x06", "\x00", "\r", "\n", "\x7f", "\x9b", "\ud800"]
HOSTILE += ["\u200b", "\u202e", "\ufeff", "\u2028", "*", "ß", "\xdf", "٣", "５", "'", '"', "\\", "%s", "{0}", "\x1b[2J"]
HOSTILE += ["nan", "inf", "1e9", "-0", "+-", "--", "9" * 40, "0x10", "60", "24", "90", "of date", "J2000", "d", "°"]


def hostile_texts(seed: int, most: int) -> Iterator[str]:
    """Names and coordinates that are meant well, with up to five things put in, doubled or cut away."""
    chance = random.Random(seed)
    for _ in range(most):
        letters = list(_meant_well(chance))
        for _ in range(chance.randrange(6)):
            at = chance.randrange(len(letters) + 1)
            if chance.random() < 0.7:
                letters.insert(at, chance.choice(HOSTILE))
            else:
                del letters[at : at + chance.randrange(1, 4)]
        yield "".join(letters)


def _meant_well(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return chance.choice(NAMES)
    ra = chance.choice([(0, 0, 0.0), (23, 59, 59.97), (chance.randrange(24), chance.randrange(60), 59.5)])
    dec = chance.choice([(90, 0, 0.0), (0, 0, 0.4), (chance.randrange(90), 59, 59.6)])
    sign = chance.choice("+-−")
    form = chance.choice(["{}h{}m{}s {}{}d{}m{}s", "{} {} {} {}{} {} {}", "{}:{}:{} {}{}:{}:{}"])
    return form.format(*ra, sign, *dec)


class Mount:
    """Says yes to everything and keeps what it heard."""

    def __init__(self) -> None:
        self.heard = bytearray()

    def ask(self, command: Command[T]) -> T:
        self.heard += command.sends
        return command.means({b":MS#": b"0", b":CM#": b"Coordinates matched.#"}.get(command.sends, b"1"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue()


def test_no_byte_of_a_hostile_text_reaches_the_wire(catalogue: Catalogue) -> None:
    sky, understood, refused = Sky(SITE), 0, 0
    for text in hostile_texts(2026, TEXTS):
        mount = Mount()
        driver = LX200(mount.ask)
        try:
            target = read_target(text, catalogue)
        except NotUnderstood:
            refused += 1
            continue
        if target.kind is Kind.SUN:
            continue
        place = sky.place(target, NIGHT)
        driver.goto(place)
        driver.sync(place)
        understood += 1
        assert GRAMMAR.fullmatch(mount.heard), (text, bytes(mount.heard))
    assert understood > TEXTS / 10, "hardly anything got as far as the wire"
    assert refused > TEXTS / 10, "hardly anything was hostile"


@pytest.mark.parametrize(
    ("ra_hours", "dec_degrees"),
    [
        (0.0, 90.0),
        (23.9999999, -90.0),
        (24.0 - 1e-12, -1e-9),
        (1e-300, -0.0),
        (11.99999999, 59.9999999),
        (5.0, 89.99999),
    ],
)
def test_numbers_at_the_edges_stay_within_the_grammar(ra_hours: float, dec_degrees: float) -> None:
    mount = Mount()
    driver = LX200(mount.ask)
    for epoch in Epoch:
        place = Sky(SITE).place(target_at(Equatorial(ra_hours, dec_degrees, epoch)), NIGHT)
        driver.goto(place)
        driver.sync(place)
    assert GRAMMAR.fullmatch(mount.heard), bytes(mount.heard)


@pytest.mark.parametrize(
    "bytes_sent",
    [b":Sr24:00:00#", b":Sr00:00:60#", b":Sd+90*00:01#", b":Sr00:00:00#:Q#", b":MS#", b":Sr0:00:00#", b"\x06"],
)
def test_the_grammar_itself_refuses_what_is_none(bytes_sent: bytes) -> None:
    assert not GRAMMAR.fullmatch(bytes_sent)
    assert GRAMMAR.fullmatch(b":Sr00:00:00#:Sd+00*00:00#:MS#")
