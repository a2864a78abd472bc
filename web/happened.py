"""The events of the log in words: what was ordered or seen, and how it went, in the language of the request."""

from __future__ import annotations

from dataclasses import dataclass

from scope.log.history import EventLine
from web.answers import SAME_AS, alarm_sentence, sentence
from web.languages import gettext
from web.sentences import SENTENCES
from web.sentences.events import ACTIONS, RESULTS


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, what it is called, and how it went; None where nobody has written words for it."""

    event: EventLine
    what: str | None
    how: str | None


def in_words(event: EventLine) -> Happened:
    what = gettext(ACTIONS[event.action]) if event.action in ACTIONS else None
    return Happened(event, what, _how(event))


def _how(event: EventLine) -> str | None:
    """A refusal or an alarm is said as it was said then, with its numbers."""
    if event.result in RESULTS:
        return gettext(RESULTS[event.result])
    if event.action == "alarm":
        return alarm_sentence(event.result, event.details)
    known = event.result in SENTENCES or event.result in SAME_AS
    return sentence(event.result, event.details) if known else None
