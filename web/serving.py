"""Puts one door's process together: the log, the way to the service, the application, the server."""

from __future__ import annotations

import logging
import os
import signal
from typing import cast

import gevent
from gevent.event import Event

from scope.desk import DeskOverSocket, WatchOverSocket
from scope.log.accounts import Accounts
from scope.log.database import open_database
from scope.log.history import History
from scope.settings import Settings
from scope.sky.catalogue import Catalogue
from scope.urgency import come_first
from web import create_app
from web.beside import AccountsBeside, Beside
from web.house import Audience
from web.live import LiveState, as_visitors_see
from web.server import CLOSING_SECONDS, open_server, wait_for_end_of_input

log = logging.getLogger(__name__)

VISITORS_WAIT = 5
"""How nice the visitors' process is: on a small computer their crowd yields to whoever presses STOP."""


def serve(audience: Audience, settings: Settings) -> None:
    """Open one door and serve until SIGTERM, SIGINT or the end of standard input."""
    operators = audience is Audience.OPERATORS
    if operators:
        come_first()
    else:
        os.nice(VISITORS_WAIT)
    known = {"site": settings.site.name, "simulated": settings.mount.simulated}
    live = LiveState(dict if operators else as_visitors_see, known=known)
    app = create_app(
        audience,
        DeskOverSocket(settings.orders_socket) if operators else None,
        live,
        cast(History, Beside(lambda: History(open_database(settings.log.database)))),
        cast(Accounts, AccountsBeside(settings)) if operators else None,
        None if operators else cast(Catalogue, Beside(Catalogue)),
        settings,
    )
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)  # compiled now, not while somebody waits to stop
    server = open_server(app, settings.web.operators if operators else settings.web.visitors)
    live.follow(WatchOverSocket(settings.watch_socket))
    closing = Event()
    gevent.spawn(wait_for_end_of_input, closing)
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, closing.set)
    server.start()
    log.info("open at http://%s:%d/", *server.socket.getsockname()[:2])
    closing.wait()
    live.close()
    server.stop(CLOSING_SECONDS)
