"""No byte on the wire comes from what people write: hostile names and numbers, from the order to the driver.

Everything that an order holds as text is fed through the order's JSON, the clerk, the pilot and the driver, down to a
line that only listens. One regular expression says what an LX200 may ever be sent.
"""

import json
import re
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any, TypeVar, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scope.clerk import Clerk
from scope.clock import Clock
from scope.command import Command
from scope.errors import ScopeError
from scope.mounts.lx200 import LX200
from scope.mounts.mount import Can
from scope.order_json import order_as_json, order_from_json
from scope.orders import DeclareSolar, Helm, HelmAct, Nudge, Person, Role, TrackingRate
from scope.position import Site
from scope.precautions import Precautions
from scope.remembered import Remembered
from scope.settings import LimitSettings
from scope.sky.catalogue import Catalogue
from scope.sky.frames import Sky
from scope.steering.controller import Controller
from scope.steering.crew import Crew, muster
from scope.target import Target
from tests.telescopes import settings_for
from web.orders import order_of

T = TypeVar("T")

GRAMMAR = re.compile(
    rb"""(?: \x06                                                        # which alignment
    | : (?: G [RDTtgLCG] | GV [PN] | D | U                               # questions, precision
          | Sr (?: [01]\d | 2[0-3] ) : [0-5]\d : [0-5]\d                 # target: whole seconds, whole arcseconds
          | Sd [+-] (?: [0-8]\d \* [0-5]\d : [0-5]\d | 90\*00:00 )
          | St [+-] \d\d \* [0-5]\d | Sg \d{3} \* [0-5]\d                # site and clock
          | SG [+-] \d\d \. \d | SL \d\d:\d\d:\d\d | SC \d\d/\d\d/\d\d
          | MS | CM | hP | I | A [LAP] | T [QLS] | R [GCMS] | M [nsew] | Q [nsew]?
        ) \#
    )+""",
    re.VERBOSE,
)
ANSWERS = {
    b":GR#": b"05:30:00#",
    b":GD#": b"+45*00'00#",
    b":D#": b"#",
    b":GT#": b"60.1#",
    b":MS#": b"0",
    b":CM#": b"Coordinates matched.        #",
    b"\x06": b"A",
}
SITE = Site("Караганда #:Q#\r", 49.80, 73.10, 550.0, "Asia/Almaty")
EVERYWHERE = LimitSettings(lowest_altitude_degrees=-90.0, highest_altitude_degrees=90.0, sun_radius_degrees=0.0)
ADMIN = Person("admin", Role.ADMIN, "browser")
HOSTILE_TEXTS = 12_000
HOSTILE_LETTERS = "\x00\x06\x07\r\n\t\x1b\x7f\x80#:*;/+-.,'\"°′″ \u00a0\u202e\ud800０９٣۴²hmsdEeQMnSrSd0123456789"
COMMANDS = ("#:Q#", "#:MS#", ":hP#", "\x06", "#:Mn#", ":Sd+90*00:00#", "#:I#", "\r:AL#", "#:SC01/01/00#", ":RS#:Me#")
FREE = ("target", "press", "to", "epoch", "act", "rate", "direction")


class Wire:
    """A line to a mount that agrees to everything, and what was written to it."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def ask(self, command: Command[T]) -> T:
        self.sent.append(command.sends)
        silent = command.whole(b"") == 0
        return command.means(b"" if silent else ANSWERS.get(command.sends, b"1"))


class Obedient:
    """The controller's part towards the clerk, with no thread: what it is told, the pilot does at once."""

    def __init__(self, crew: Crew, halt: Callable[[], object]) -> None:
        self._crew, self._pilot, self.stop = crew, crew.pilot, halt
        self.guard, self.foresight, self.alarms = crew.guard, crew.foresight, crew.alarms

    def goto(self, target: Target) -> None:
        self._crew.lookout.look()
        self._pilot.goto(target)

    def sync(self, target: Target, confirmed: bool, is_admin: bool) -> None:
        self._crew.lookout.look()
        self._pilot.sync(target, confirmed, is_admin)

    def nudge(self, order: Nudge, holder: str) -> bool:
        if order.direction is not None:
            self._pilot.nudge(order.direction, order.rate)
        return True

    def track(self, rate: TrackingRate) -> None:
        self._pilot.track(rate)


class Office:
    """A clerk with everything below him, and no limits, so that whatever can reach the wire does."""

    def __init__(self) -> None:
        self.wire = Wire()
        folder = Path(mkdtemp())
        kept, sky, clock = Remembered(folder / "kept"), done(Sky(SITE)), Clock(timedelta(seconds=1))
        settings = replace(settings_for(folder), limits=EVERYWHERE)
        crew = muster(LX200(self.wire.ask), sky, settings, clock, kept, lambda _: None)
        crew.guard.solar.declare(DeclareSolar("none", True, True), ADMIN, 90.0, clock.monotonic(), clock.utc())
        crew.pilot.mount.greet()
        crew.pilot.mount.can &= ~Can.READ_CLOCK  # its answers make no clock
        obedient = cast(Controller, Obedient(crew, lambda: self.wire.ask(LX200.halt)))
        precautions = Precautions(obedient, kept, folder / "horizon.txt", SITE, clock)
        self._clerk = Clerk(obedient, precautions, sky, done(catalogue()), clock, lambda _: True, lambda: None)

    def hand_in(self, given: dict[str, Any], by: str = "Aigerim") -> bool:
        """Whether the order was carried out; any refusal is one of the family."""
        person = Person(by, Role.ADMIN, "api")
        try:
            self._clerk.order(Helm(HelmAct.TAKE), person, "request")
            self._clerk.order(order_from_json(given), person, "request")
        except ScopeError:
            return False
        return True

    def wrote(self) -> list[bytes]:
        wrote, self.wire.sent = self.wire.sent, []
        return wrote


@cache
def catalogue() -> Catalogue:
    return Quick()


class Quick(Catalogue):
    """Without the search for what somebody may have meant, which takes most of the time and never reaches a wire."""

    def _near(self, text: str) -> list[Target]:
        return []


def done(value: T) -> "Future[T]":
    future: Future[T] = Future()
    future.set_result(value)
    return future


def in_grammar(wrote: list[bytes]) -> bool:
    return all(GRAMMAR.fullmatch(sent) for sent in wrote)


def hostile(chance: Random, names: list[str]) -> str:
    """A name or coordinates, whole or spoiled, or no sense at all."""
    number = chance.uniform(0.0, 25.0), chance.uniform(-91.0, 91.0)
    text = chance.choice(
        (
            chance.choice(names),
            f"{number[0]:.6f} {number[1]:+.6f}",
            f"{chance.randrange(25):02d}:{chance.randrange(61):02d}:{chance.randrange(61):02d} {number[1]:+.3f}",
            f"{chance.randrange(24)}h{chance.randrange(60)}m{number[0]:.9f}s {number[1]:+.0f}d59m59.99s of date",
            "".join(chance.choices(HOSTILE_LETTERS, k=chance.randrange(1, 40))),
        )
    )
    for _ in range(chance.choice((0, 1, 1, 2))):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice((*COMMANDS, *HOSTILE_LETTERS)) + text[at:]
    return text


@pytest.fixture
def office() -> Office:
    return Office()


def test_the_grammar_knows_what_is_none_of_it() -> None:
    assert GRAMMAR.fullmatch(b":Q#:Qn#:Qs#:Qe#:Qw#")
    for wrong in (
        b"",
        b"M13",
        b":SrM13#",
        b":Sr24:00:00#",
        b":Sd+90*00:01#",
        b":Sr05:30:00#\r",
        b":Sr05:30:60#",
        b":MS",
    ):
        assert not GRAMMAR.fullmatch(wrong), wrong


def test_whatever_is_typed_as_a_target_only_commands_reach_the_wire(office: Office) -> None:
    chance, names = Random(20260925), [target.designation for target in catalogue()]
    gone, refused = 0, 0
    for number in range(HOSTILE_TEXTS):
        text = hostile(chance, names)
        given = {"order": "goto" if number % 2 else "sync", "target": text}
        if number % 2 == 0:
            given["confirmed"] = True
        if office.hand_in(given, by=text):
            gone += 1
        else:
            refused += 1
        wrote = office.wrote()
        assert in_grammar(wrote), (text, wrote)
        assert len([sent for sent in wrote if sent.startswith(b":Sr")]) <= 1
    assert gone > HOSTILE_TEXTS / 20, "nothing of this reached the wire, so nothing was shown"
    assert refused > HOSTILE_TEXTS / 5


def test_no_field_of_any_order_is_a_way_through(office: Office) -> None:
    """Through the door's own reading of JSON, too."""
    chance, names = Random(20060925), [target.designation for target in catalogue()]
    carried_out = set()
    for _ in range(3000):
        name = chance.choice(("goto", "sync", "track", "nudge", "helm", "stop"))
        usual: dict[str, Any] = {
            "goto": {"ra_hours": 5.5, "dec_degrees": 45.0},
            "sync": {"ra_hours": 5.5, "dec_degrees": 45.0, "confirmed": True},
            "track": {"rate": "lunar"},
            "nudge": {"direction": "north", "rate": "guide", "press": "a"},
            "helm": {"act": "give", "to": "Timur"},
            "stop": {},
        }[name]
        spoiled = {**usual, chance.choice(FREE): hostile(chance, names)}
        given = chance.choice((usual, spoiled, {key: spoiled.get(key, value) for key, value in usual.items()}))
        with suppress(ScopeError):
            if office.hand_in(order_as_read(name, given)):
                carried_out.add(name)
        wrote = office.wrote()
        assert in_grammar(wrote), (name, given, wrote)
    assert carried_out >= {"goto", "sync", "track", "nudge"}


def order_as_read(name: str, fields: dict[str, Any]) -> dict[str, Any]:
    """As a door reads it, and as it crosses the socket to the service."""
    crossed: dict[str, Any] = json.loads(json.dumps(order_as_json(order_of(name, fields))))
    return crossed


numbers = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(-0.01, 24.01),
    st.floats(-90.01, 90.01),
    st.integers(),
    st.sampled_from([-0.0, 24 - 1e-15, 23.99999, 90.0, -90.0, 89.9999999, 5e-324, 1e308]),
)


@given(numbers, numbers, st.sampled_from(["J2000", "of-date"]))
def test_whatever_the_numbers_of_a_place_only_commands_reach_the_wire(ra: float, dec: float, epoch: str) -> None:
    office = one_office()
    office.hand_in({"order": "goto", "place": {"ra_hours": ra, "dec_degrees": dec, "epoch": epoch}})
    wrote = office.wrote()
    assert in_grammar(wrote), wrote
    assert (b":MS#" in wrote) == (0 <= ra < 24 and -90 <= dec <= 90)


@given(st.text(max_size=130))
def test_whatever_the_letters_of_a_target_only_commands_reach_the_wire(text: str) -> None:
    office = one_office()
    office.hand_in({"order": "goto", "target": text}, by=text)
    assert in_grammar(office.wrote())


@cache
def one_office() -> Office:
    return Office()
