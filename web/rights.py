"""What some orders ask of whoever gives them, besides being a volunteer: an admin's role, or the password once more.

The service checks the role again; the password it never sees, so nobody but this file stands between a phone that was
left lying about and the Sun.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from scope.errors import NotAllowed, NotUnderstood
from scope.orders import ADMIN_ONLY, ORDERS, PASSWORD_AGAIN, Role
from web.guard import client_address
from web.house import accounts
from web.persons import Asker

log = logging.getLogger(__name__)


def admin(by: Asker) -> Asker:
    """NotAllowed for anybody else."""
    if by.person.role is not Role.ADMIN:
        raise NotAllowed(f"{by.person.name} is no admin", code="role_needed", role=Role.ADMIN.value)
    return by


def needs(name: str, by: Asker, fields: dict[str, Any]) -> Callable[[], None]:
    """Check the role now, and take the password out of `fields`; what is returned checks the password.

    It is called last, when nothing else is wrong with the order: it takes a tenth of a second of computing.
    """
    kind = ORDERS[name]
    if kind in ADMIN_ONLY:
        admin(by)
    if kind not in PASSWORD_AGAIN:
        return lambda: None
    password = fields.pop("password", "")
    return lambda: _prove(by, password)


def _prove(by: Asker, password: object) -> None:
    if by.program or not password:
        raise NotAllowed("the password is needed once more", code="password_needed")
    if not isinstance(password, str):
        raise NotUnderstood("a password is text", code="field_wrong", field="password")
    try:
        accounts().confirm_password(by.token, password, client_address())
    except NotAllowed as refused:
        log.warning("password refused (%s) for %a from %a", refused.code, by.person.name, client_address())
        raise
