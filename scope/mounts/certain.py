"""What decides for the whole evening is believed when it was heard twice. Knows no dialect."""

from __future__ import annotations

from typing import TypeVar

from scope.command import Command
from scope.errors import GarbledAnswer
from scope.mounts.mount import Ask

T = TypeVar("T")
TRIES = 5
NOISE = (GarbledAnswer.code, "endless_answer")
"""What a bad line makes of an answer; another code means another language, which no second try changes."""


def certain(ask: Ask, command: Command[T]) -> T:
    """The first answer that came twice; GarbledAnswer on a line so bad that no two agree. Silence stays NoAnswer."""
    heard: list[T] = []
    for _ in range(TRIES):
        try:
            said = ask(command)
        except GarbledAnswer as unclear:
            if unclear.code not in NOISE:
                raise
            continue
        if said in heard:
            return said
        heard.append(said)
    raise GarbledAnswer(f"no two answers to {command.sends!r} agree", answer=repr(heard))
