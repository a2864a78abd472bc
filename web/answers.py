"""The error family → status code and a sentence with a remedy, in one place; scope raises codes, the web speaks.

`SENTENCES` holds for each code one or more sentences, the most detailed first: the first whose places are all filled by
the details is said. Numbers are written by the unit in their name; times become the clock of the site.
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

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "line_lost": (_N("The mount does not answer. Check its power and the cable; it is tried again all the time."),),
    "no_answer": (_N("The mount did not answer in time. Check the cable and try again."),),
    "garbled_answer": (_N("The mount's answer made no sense. Check the cable and the chosen mount family."),),
    "line_error": (_N("The order did not get through to the mount. Check the cable and try again."),),
    "mount_refused": (
        _N("The mount refused: “%(words)s”. Look at the mount."),
        _N("The mount refused. Look at the mount."),
    ),
    "below_altitude_limit": (
        _N(
            "%(target)s stands at %(altitude_degrees)s, below the limit of %(limit_degrees)s. "
            "It will be high enough at %(possible_at)s."
        ),
        _N("%(target)s stands at %(altitude_degrees)s, below the limit of %(limit_degrees)s. Choose something higher."),
        _N("It stands at %(altitude_degrees)s, below the limit of %(limit_degrees)s. Choose something higher."),
        _N("That stands too low. Choose something higher."),
    ),
    "below_horizon_mask": (
        _N("%(target)s is hidden behind the buildings or trees there. It comes out at %(possible_at)s."),
        _N("That is hidden behind the buildings or trees there. Choose something else."),
    ),
    "too_near_sun": (
        _N(
            "That is %(separation_degrees)s from the Sun; nearer than %(limit_degrees)s is dangerous for eyes and "
            "telescope. It will be possible at %(possible_at)s."
        ),
        _N(
            "That is %(separation_degrees)s from the Sun; nearer than %(limit_degrees)s is dangerous for eyes and "
            "telescope. Choose something farther away."
        ),
        _N("That is too near to the Sun: dangerous for eyes and telescope. Choose something farther away."),
    ),
    "position_unknown": (_N("The mount has not told its position yet. Wait a moment and try again."),),
    "sun_not_allowed": (
        _N("The Sun may only be looked at through a solar filter, and none has been declared. Ask an administrator."),
    ),
    "stop_not_sent": (
        _N(
            "The stop could not be sent: the mount does not answer. If the telescope moves, SWITCH THE MOUNT OFF "
            "at its power switch. The stop is the first thing sent when the mount is back."
        ),
    ),
    "stop_not_confirmed": (_N("The telescope has not come to rest. SWITCH THE MOUNT OFF at its power switch."),),
    "mount_busy": (_N("The mount is busy. Try again in a moment."),),
    "port_unusable": (
        _N("The serial port cannot be opened. Check that the cable is in, and the port in clubscope.toml."),
    ),
    "parked": (_N("The telescope is parked. Unpark it first."),),
    "not_parked": (_N("The telescope is not parked."),),
    "helm_taken": (
        _N("%(holder)s is at the helm. Ask for the helm first; everybody may always stop."),
        _N("Nobody can steer without the helm. Take the helm first."),
    ),
    "helm_not_yours": (_N("Only who is at the helm can give it away."),),
    "role_needed": (_N("Your account may not do that. Ask an administrator of the club."),),
    "time_not_trusted": (
        _N(
            "The clocks of the mount and of this computer differ by %(difference_seconds)s. "
            "Set the mount's clock first, after a look at a watch."
        ),
        _N("The time is not certain yet. Compare the clocks, then set the mount's clock."),
    ),
    "site_differs": (_N("The mount believes to be at another place. Set the mount's clock and place first."),),
    "sync_too_far": (
        _N(
            "That would turn the sky by %(jump_degrees)s; at most %(limit_degrees)s is allowed. "
            "Check that the right object is in the eyepiece."
        ),
    ),
    "sync_needs_confirmation": (
        _N("That would turn the sky by %(jump_degrees)s. If the object is in the eyepiece, confirm and press again."),
        _N("That would turn the sky far. If the object is in the eyepiece, confirm and press again."),
    ),
    "not_capable": (_N("This mount cannot do that."),),
    "target_unknown": (
        _N("Nothing is called “%(typed)s”. Did you mean %(nearest)s?"),
        _N("Nothing is called “%(typed)s”. Type a name such as M13 or Vega, or coordinates."),
        _N("Nothing is called that. Type a name such as M13 or Vega, or coordinates."),
    ),
    "target_missing": (_N("Say where to: a name, or coordinates."),),
    "coordinates_not_understood": (
        _N("These coordinates cannot be read. Write right ascension first: 16 41 42 +36 28, or 16.695 +36.467."),
    ),
    "ra_out_of_range": (_N("Right ascension lies between 0 and 24 hours."),),
    "dec_out_of_range": (_N("Declination lies between −90° and +90°."),),
    "minutes_out_of_range": (_N("Minutes lie between 0 and 59."),),
    "seconds_out_of_range": (_N("Seconds lie between 0 and 59."),),
    "text_too_long": (_N("That is too long for a name."),),
    "control_characters": (_N("That holds characters that belong to no name."),),
    "order_unknown": (_N("There is no such order."),),
    "field_unknown": (_N("The field “%(field)s” is not known here."), _N("One of the fields is not known here.")),
    "field_wrong": (_N("The field “%(field)s” holds something impossible."), _N("One of the fields is wrong.")),
    "field_missing": (_N("The field “%(field)s” is missing."), _N("One of the fields is missing.")),
    "not_understood": (_N("That was not understood. Type it differently."),),
    "not_allowed": (_N("That is not allowed now."),),
    "overtaken": (_N("A stop or a newer order came first. Nothing is wrong."),),
    "already_slewing": (_N("The telescope is still turning. Wait until it arrives, or press STOP."),),
    "press_over": (_N("This press is over. Let go and press again."),),
    "tracking_mode_unknown": (
        _N("The mount is in land mode and cannot follow the sky. Choose another mode on its hand box."),
    ),
    "closing": (_N("The program is being shut down."),),
    "service_gone": (
        _N("The part of the program that talks to the mount is not running. It is being restarted; try again."),
    ),
    "not_signed_in": (_N("Sign in first."),),
    "csrf_failed": (_N("This page is too old, or the request came from another site. Load the page again."),),
    "sign_in_wrong": (_N("This name and password do not belong together."),),
    "code_wrong": (_N("This code is wrong, used or too old. Ask for a new one."),),
    "too_many_tries": (
        _N("Too many tries. Wait %(retry_after_seconds)s and try again."),
        _N("Too many tries. Wait a quarter of an hour and try again."),
    ),
    "too_many_live": (_N("Too many live pages are open at this address. Close some of them."),),
    "password_too_short": (_N("The password is too short: take at least 12 characters, for example four words."),),
    "password_too_long": (_N("The password is too long: at most 128 characters."),),
    "password_too_common": (_N("This password is easy to guess. Take another one, for example four words."),),
    "password_differs": (_N("The two passwords are not the same."),),
    "not_found": (_N("There is nothing at this address."),),
    "session_unknown": (_N("There is no such session."),),
    "method_unknown": (_N("This address does not take that."),),
    "too_large": (_N("That is too large."),),
    "not_json": (_N("Send JSON, with the header Content-Type: application/json."),),
    "malformed_json": (_N("This is not valid JSON."),),
    "host_unknown": (_N("This address is not a name of this computer."),),
    "database_unusable": (_N("The log cannot be read at the moment. The telescope can be steered all the same."),),
    "bad_request": (_N("This request was not understood."),),
    "broken": (_N("Something went wrong here. The log holds the details under this number: %(error_id)s."),),
}

ALARMS: Mapping[str, tuple[str, ...]] = {
    "stop_not_confirmed": SENTENCES["stop_not_confirmed"],
    "line_lost": SENTENCES["line_lost"],
    "service_gone": SENTENCES["service_gone"],
    "clock_differs": (
        _N(
            "The mount's clock differs from this computer's by %(difference_seconds)s. "
            "Compare with a watch, then set the mount's clock."
        ),
        _N("The mount's clock differs from this computer's. Compare with a watch, then set the mount's clock."),
    ),
    "site_differs": SENTENCES["site_differs"],
    "not_saved": (_N("The log cannot be written at the moment. Check the disk; what happens is kept in memory."),),
    "external_motion": (_N("The telescope moves without an order from here. Is somebody using the hand box?"),),
    "mount_reset": (_N("The mount has restarted. Its alignment may be lost: check it on a bright star."),),
    "no_progress": (_N("The telescope does not get nearer to its target. Stop, and look for what holds it."),),
    "halted_at_limit": (_N("The telescope reached a limit and was stopped."),),
}

SAME_AS: Mapping[str, str] = {"endless_answer": "garbled_answer", "internal_fault": "line_error"}

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
    return _said(SENTENCES.get(SAME_AS.get(code, code), ()), code, details, _GENERAL)


def alarm_sentence(code: str, details: Mapping[str, Any]) -> str:
    return _said(ALARMS.get(code, ()), code, details, _GENERAL_ALARM)


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
        if key.endswith("_degrees"):
            return wording.degrees(float(value))
        if key.endswith("_seconds"):
            return wording.duration(float(value))
        if key == "possible_at":
            return wording.local_time(str(value))
    except (TypeError, ValueError):
        pass
    return str(value)
