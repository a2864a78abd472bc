"""What one door works with, handed over once at the start; every view reaches it through `here()`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from flask import current_app

from scope.desk import Desk
from scope.log.accounts import Accounts
from scope.log.history import History
from scope.settings import Settings
from scope.target import Target
from web.live import LiveState, Seats
from web.memory import Memory


class Audience(Enum):
    OPERATORS = "operators"
    VISITORS = "visitors"


class Catalogue(Protocol):
    def search(self, text: str, most: int = 10) -> list[Target]: ...


@dataclass(frozen=True, slots=True)
class House:
    """`desk` and `accounts` exist at the operators' door only: visitors' requests cannot reach what is not there."""

    audience: Audience
    live: LiveState
    history: History
    settings: Settings
    desk: Desk | None = None
    accounts: Accounts | None = None
    catalogue: Catalogue | None = None
    seats: Seats = field(default_factory=Seats)
    memory: Memory = field(default_factory=Memory)

    def __post_init__(self) -> None:
        if {self.desk is not None, self.accounts is not None} != {self.for_operators}:
            raise ValueError("a desk and accounts belong to the operators' door, and to no other")

    @property
    def for_operators(self) -> bool:
        return self.audience is Audience.OPERATORS


def here() -> House:
    house = current_app.extensions["clubscope"]
    assert isinstance(house, House)
    return house


def desk() -> Desk:
    """The operators' desk; only routes that the visitors' door lacks call this."""
    found = here().desk
    assert found is not None
    return found


def accounts() -> Accounts:
    found = here().accounts
    assert found is not None
    return found
