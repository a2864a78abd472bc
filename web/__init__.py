"""Pages and JSON over a Desk and the log; drives nothing, opens no port, knows no astropy.

Importing this package loads nothing: a door first patches the sockets for gevent, and only then are Flask and the rest
imported, by `create_app`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from scope.desk import Desk
    from scope.log.accounts import Accounts
    from scope.log.history import History
    from scope.settings import Settings
    from web.house import Audience, Catalogue
    from web.live import LiveState


def create_app(
    audience: Audience,
    desk: Desk | None,
    watch: LiveState,
    history: History,
    accounts: Accounts | None,
    catalogue: Catalogue | None,
    settings: Settings,
) -> Flask:
    """The application of one door. Visitors get no desk, no accounts and none of the routes that would use them."""
    from web.application import build
    from web.house import House

    return build(House(audience, watch, history, settings, desk, accounts, catalogue))
