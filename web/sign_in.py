"""Signing in with a password or a one-time code, choosing a password, signing out. At the operators' door only."""

from __future__ import annotations

import logging

from flask import Blueprint, redirect, render_template, request
from werkzeug import Response

from scope.errors import NotAllowed, ScopeError
from web.answers import answer_to
from web.guard import client_address
from web.house import accounts, here
from web.languages import _N, gettext
from web.pages import local_path, say, say_next
from web.persons import Asker, asker, cookie_name

routes = Blueprint("sign_in", __name__)
log = logging.getLogger(__name__)

ABSOLUTE_SECONDS = 12 * 3600


@routes.get("/sign-in")
def form() -> str:
    return render_template("sign_in.html", next=local_path(request.args.get("next")))


@routes.post("/sign-in")
def sign_in() -> tuple[str, int] | Response:
    """A code leads on to choosing a password, a password to where the person wanted to go."""
    by_code = bool(request.form.get("code"))
    try:
        token = _try_code() if by_code else _try_password()
    except ScopeError as refused:
        log.warning("sign-in refused (%s) from %a", refused.code, client_address())
        answer = answer_to(refused)
        say("error", answer.sentence)
        return render_template("sign_in.html", next=local_path(request.form.get("next"))), answer.status
    if (before := asker()) and not before.program:
        _end(before)
    log.info("signed in by %s from %a", "code" if by_code else "password", client_address())
    return _signed_in(token, "/set-password" if by_code else local_path(request.form.get("next")))


def _try_password() -> str:
    name, password = request.form.get("name", ""), request.form.get("password", "")
    return accounts().sign_in(name, password, client_address())


def _try_code() -> str:
    return accounts().sign_in_with_code(request.form.get("code", "").strip(), client_address())


def _signed_in(token: str, onward: str) -> Response:
    """Always a new token, in a cookie that no script and no other site can use."""
    response = redirect(onward, 303)
    secure = here().settings.web.behind_https
    response.set_cookie(cookie_name(), token, max_age=ABSOLUTE_SECONDS, httponly=True, samesite="Strict", secure=secure)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@routes.get("/set-password")
def password_form() -> str:
    _browser()
    return render_template("set_password.html")


@routes.post("/set-password")
def set_password() -> tuple[str, int] | Response:
    by = _browser()
    try:
        accounts().set_password(by.token, request.form.get("password", ""))
    except ScopeError as refused:
        answer = answer_to(refused)
        say("error", answer.sentence)
        return render_template("set_password.html"), answer.status
    say_next("done", gettext(_N("The password is set.")))
    return redirect("/", 303)


@routes.post("/sign-out")
def sign_out() -> Response:
    if (found := asker()) and not found.program:
        _end(found)
    response = redirect("/sign-in", 303)
    response.delete_cookie(cookie_name(), httponly=True, samesite="Strict", secure=here().settings.web.behind_https)
    return response


def _end(found: Asker) -> None:
    log.info("signed out: %a", found.person.name)
    accounts().sign_out(found.token)
    here().memory.forget(found.token)


def _browser() -> Asker:
    found = asker()
    if found is None or found.program:
        raise NotAllowed("nobody is signed in", code="not_signed_in")
    return found
