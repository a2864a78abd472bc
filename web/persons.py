"""Who is asking: a browser with its cookie, or a program with its bearer token; never both at once.

A request with an Authorization header is a program's; its cookie is then ignored. Nothing is decided here about what
the person may do, except `volunteer`, which every route that gives orders begins with.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import g, request

from scope.errors import NotAllowed
from scope.orders import Person, Role
from web.house import accounts, here

PLAIN_COOKIE = "clubscope"
HTTPS_COOKIE = "__Host-clubscope"
LONGEST_TOKEN = 200


@dataclass(frozen=True, slots=True)
class Asker:
    """The person, the token that proves it, and whether a program holds it."""

    person: Person
    token: str
    program: bool


def cookie_name() -> str:
    return HTTPS_COOKIE if here().settings.web.behind_https else PLAIN_COOKIE


def asker() -> Asker | None:
    """Looked up in the database once a request, so that a sign-out anywhere is felt at once."""
    if "asker" not in g:
        g.asker = _looked_up() if here().for_operators else None
    found = g.asker
    assert found is None or isinstance(found, Asker)
    return found


def person() -> Person | None:
    found = asker()
    return found.person if found else None


def volunteer() -> Asker:
    """Who may give orders; NotAllowed for anybody else."""
    return _trusted(asker())


def volunteer_in_a_hurry() -> Asker:
    """The same for a stop, without the database for whoever was here before."""
    token, program = _token()
    recalled = here().memory.recall(token) if token else None
    return _trusted(Asker(recalled, token, program) if recalled else asker())


def _trusted(found: Asker | None) -> Asker:
    if found is None:
        raise NotAllowed("nobody is signed in", code="not_signed_in")
    if found.person.role is Role.VISITOR:
        raise NotAllowed(f"{found.person.name} is a visitor", code="role_needed", role=Role.VOLUNTEER.value)
    return found


def is_program() -> bool:
    return "Authorization" in request.headers


def _token() -> tuple[str, bool]:
    """What the request brings, and whether as a program; an overlong one is none."""
    if is_program():
        scheme, _, token = request.headers["Authorization"].partition(" ")
        token = token.strip() if scheme.lower() == "bearer" else ""
    else:
        token = request.cookies.get(cookie_name(), "")
    return (token if len(token) <= LONGEST_TOKEN else ""), is_program()


def _looked_up() -> Asker | None:
    token, program = _token()
    if not token:
        return None
    found = accounts().person_of_token(token) if program else accounts().person(token)
    if found is None:
        return None  # but not forgotten: on a panel left open over a long look, STOP still stops
    known = replace(found, via="api" if program else "browser")
    here().memory.remember(token, known)
    return Asker(known, token, program)
