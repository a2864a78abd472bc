"""A clerk before the telescope of tests/hand_time.py, and the people who come to the counter."""

from concurrent.futures import Future
from functools import cache
from pathlib import Path
from typing import Any

from scope.clerk import Clerk, Entry
from scope.errors import ScopeError
from scope.orders import Order, Person, Role
from scope.precautions import Precautions
from scope.sky.catalogue import Catalogue
from tests.hand_time import SKY, HandTelescope
from tests.telescopes import SITE, ready

AIGERIM, TIMUR = Person("Aigerim", Role.VOLUNTEER, "browser"), Person("Timur", Role.VOLUNTEER, "browser")
DANA, ERLAN = Person("Dana", Role.ADMIN, "browser"), Person("Erlan", Role.ADMIN, "browser")
GUEST = Person("Guest", Role.VISITOR, "browser")


@cache
def catalogue() -> "Future[Catalogue]":
    done: Future[Catalogue] = Future()
    done.set_result(Catalogue())
    return done


class Office:
    """Takes orders; `entries` is what came into the log."""

    def __init__(self, telescope: HandTelescope, folder: Path) -> None:
        self.entries = list[Entry]()
        self.precautions = Precautions(
            *(telescope.controller, telescope.remembered, folder / "horizon.txt", SITE, telescope.clock)
        )
        self.clerk = Clerk(
            *(telescope.controller, self.precautions, ready(SKY), catalogue(), telescope.clock),
            *(self._write, lambda: None),
        )

    def _write(self, entry: Entry) -> bool:
        self.entries.append(entry)
        return True

    def order(self, order: Order, by: Person = AIGERIM) -> dict[str, Any]:
        return self.clerk.order(order, by, "request")

    def refusal(self, order: Order, by: Person = AIGERIM) -> str | None:
        """Its code; None when the order was accepted."""
        try:
            self.order(order, by)
        except ScopeError as refusal:
            return refusal.code
        return None
