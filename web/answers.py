"""The error family → status code and a sentence with a remedy, in one place; scope raises codes, the web speaks.

The sentences lie in web/sentences: for each code one or more, the most detailed first; the first whose places are all
filled by the details is said. Numbers are written by the unit in their name; times become the clock of the site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from scope.errors import (
    Detail,
    LineError,
    MountRefused,
    NotAllowed,
    NotCapable,
    NotUnderstood,
    Overtaken,
    ScopeError,
)
from web import wording
from web.languages import _N, gettext, language
from web.sentences import SENTENCES, line, mounts
from web.sentences.alarms import ALARMS

OF_FAMILY: Mapping[type[ScopeError], int] = {
    NotUnderstood: HTTPStatus.BAD_REQUEST,
    NotAllowed: HTTPStatus.CONFLICT,
    Overtaken: HTTPStatus.CONFLICT,
    MountRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotCapable: HTTPStatus.UNPROCESSABLE_ENTITY,
    LineError: HTTPStatus.SERVICE_UNAVAILABLE,
}
OF_CODE: Mapping[str, int] = {
    "not_signed_in": HTTPStatus.UNAUTHORIZED,
    "sign_in_wrong": HTTPStatus.UNAUTHORIZED,
    "code_wrong": HTTPStatus.UNAUTHORIZED,
    "role_needed": HTTPStatus.FORBIDDEN,
    "password_needed": HTTPStatus.FORBIDDEN,
    "password_wrong": HTTPStatus.FORBIDDEN,
    "password_unset": HTTPStatus.FORBIDDEN,
    "csrf_failed": HTTPStatus.FORBIDDEN,
    "not_found": HTTPStatus.NOT_FOUND,
    "order_unknown": HTTPStatus.NOT_FOUND,
    "session_unknown": HTTPStatus.NOT_FOUND,
    "host_unknown": HTTPStatus.BAD_REQUEST,
    "method_unknown": HTTPStatus.METHOD_NOT_ALLOWED,
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "not_json": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "too_many_tries": HTTPStatus.TOO_MANY_REQUESTS,
    "too_many_live": HTTPStatus.TOO_MANY_REQUESTS,
    "service_gone": HTTPStatus.SERVICE_UNAVAILABLE,
    "closing": HTTPStatus.SERVICE_UNAVAILABLE,
    "database_unusable": HTTPStatus.SERVICE_UNAVAILABLE,
}

SAME_AS: Mapping[str, str] = {
    "endless_answer": "garbled_answer",
    "internal_fault": "line_error",
    "admin_needed": "role_needed",
    "sun_unknown": "sun_guard_unavailable",
}

_CAUSES: Mapping[str, tuple[str, ...]] = {**line.CAUSES, **mounts.CAUSES}

_GENERAL = _N("That did not work (%(code)s).")
_GENERAL_ALARM = _N("The telescope reports a problem (%(code)s).")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a refusal becomes: `as_json` is the API's body, `sentence` what a page says."""

    status: int
    code: str
    sentence: str
    details: Mapping[str, Detail]

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.sentence, "details": dict(self.details)}


def answer_to(error: ScopeError) -> Answer:
    return Answer(status_of(error), error.code, sentence(error.code, error.details), error.details)


def status_of(error: ScopeError) -> int:
    """By the code where it says more than its family."""
    if error.code in OF_CODE:
        return int(OF_CODE[error.code])
    return int(next((code for kind, code in OF_FAMILY.items() if isinstance(error, kind)), HTTPStatus.CONFLICT))


def sentence(code: str, details: Mapping[str, Any]) -> str:
    """What went wrong and what to do, in the language of the request."""
    return _said(_causes(code, details) + SENTENCES.get(SAME_AS.get(code, code), ()), code, details, _GENERAL)


def alarm_sentence(code: str, details: Mapping[str, Any]) -> str:
    if code == "goto_given_up" and details.get("reason") in SENTENCES:
        details = {**details, "because": sentence(str(details["reason"]), {})}
    return _said(_causes(code, details) + ALARMS.get(code, ()), code, details, _GENERAL_ALARM)


def _causes(code: str, details: Mapping[str, Any]) -> tuple[str, ...]:
    """A lost line is said by its cause where that is known."""
    return _CAUSES.get(str(details.get("reason")), ()) if code == "line_lost" else ()


def _said(sentences: tuple[str, ...], code: str, details: Mapping[str, Any], general: str) -> str:
    known = {key: _written(key, value) for key, value in details.items() if value not in (None, "")}
    known |= {"target": known[spoken]} if (spoken := f"target_{language()}") in known else {}
    for candidate in sentences:
        if known.keys() >= set(_PLACE.findall(candidate)):
            return gettext(candidate) % known if known else gettext(candidate)
    return gettext(general, code=code)


_PLACE = re.compile(r"%\((\w+)\)s")


def _written(key: str, value: Any) -> str:
    """A detail as people write it, by the unit in its name; what cannot be read so is shown as it came."""
    try:
        if key == "degrees" or key.endswith("_degrees"):
            return wording.degrees(float(value))
        if key.endswith("_arcminutes"):
            return wording.arcminutes(float(value))
        if key.endswith("_seconds"):
            return wording.duration(float(value))
        if key == "minutes":
            return wording.duration(60 * max(1.0, float(value)))  # what comes in no time comes in a minute
        if key.endswith("_percent"):
            return f"{wording.number(float(value), 0)} %"
        if key == "possible_at":
            return wording.time_ahead(str(value))
    except (TypeError, ValueError):
        pass
    return str(value)
