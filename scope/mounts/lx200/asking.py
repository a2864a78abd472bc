"""Questions whose answer decides for the whole evening: on a bad line they are asked until answers agree.

It knows no dialect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from scope.command import Command
from scope.errors import GarbledAnswer, MountRefused, NoAnswer
from scope.mounts.mount import Ask

T = TypeVar("T")

SURE_TRIES = 6
SILENCES, STRANGE_ANSWERS = 2, 3
"""How often silence, or a name that nobody knows, has to be heard: the same damage twice is not so rare."""
NOTHING = repr(b"")


def sure(ask: Ask, command: Command[str], is_known: Callable[[str], bool]) -> str | None:
    """A known answer as soon as it comes; silence or a strange one when it has come often enough.

    GarbledAnswer on a line so bad that no answers agree: better no mount than another one.
    """
    heard = Counter[str | None]()
    for _ in range(SURE_TRIES):
        try:
            said = ask(command) or None
        except GarbledAnswer:
            continue
        except NoAnswer as silence:
            if silence.details.get("heard", NOTHING) != NOTHING:
                continue
            said = None
        heard[said] += 1
        if (said is not None and is_known(said)) or heard[said] >= (SILENCES if said is None else STRANGE_ANSWERS):
            return said
    raise GarbledAnswer(f"no answers to {command.sends!r} agree", code="garbled_answer", answer=repr([*heard]))


def answer_or_none(ask: Ask, command: Command[T]) -> T | None:
    """What older models know nothing of: silence is an answer, and so is a refusal."""
    try:
        return ask(command) or None
    except (NoAnswer, GarbledAnswer, MountRefused):
        return None


def is_known(ask: Ask, command: Command[T]) -> bool:
    """Whether this is a question that it understands."""
    try:
        ask(command)
    except (NoAnswer, GarbledAnswer, MountRefused):
        return False
    return True
