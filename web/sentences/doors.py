"""Why a request did not get as far as the telescope: signing in, rights, and how requests must look."""

from __future__ import annotations

from collections.abc import Mapping

from web.languages import _N

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "role_needed": (_N("Your account may not do that. Ask an administrator of the club."),),
    "order_unknown": (_N("There is no such order."),),
    "field_unknown": (_N("The field “%(field)s” is not known here."), _N("One of the fields is not known here.")),
    "field_wrong": (_N("The field “%(field)s” holds something impossible."), _N("One of the fields is wrong.")),
    "field_missing": (_N("The field “%(field)s” is missing."), _N("One of the fields is missing.")),
    "not_understood": (_N("That was not understood. Type it differently."),),
    "closing": (_N("The program is being shut down."),),
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
    "not_saved": (_N("That could not be saved. Check the disk and the rights of the program's folder."),),
    "database_unusable": (_N("The log cannot be read at the moment. The telescope can be steered all the same."),),
    "bad_request": (_N("This request was not understood."),),
    "broken": (_N("Something went wrong here. The log holds the details under this number: %(error_id)s."),),
}
