"""The languages that are held to their tables of bytes both ways, a line each: table, driver's words, simulator.

A new family comes in by a line in SPOKEN. What a line needs to know of the family (which command asks what, and how a
simulated mount is made to stand as a row has it) stands in a file of the family's own. tests/test_fleet_words.py does
the rest. Languages that have tests of their own to the same end are not here: lx200 and its dialects
(tests/test_lx200_dialects.py), hand controls (tests/test_hand_tables.py), skywatcher (tests/test_skywatcher_words.py).
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from hardware_sim.exchange import Dialect
from scope.command import Command
from scope.mounts import FAMILIES
from tests import hand_tables, ioptron_standing, rainbow_table
from tests.manuals import Row, rainbow
from tests.placed_mount import Given

ARCSECOND = 1.0 / 3600.0


@dataclass(frozen=True)
class Words:
    """One language.

    `commands` are the driver's whose bytes hold no number; `set_by` gives, for a row with a `value`, the commands with
    which the driver says it; `meaning` is what the driver makes of an answer, in the words of the table; `standing`
    makes a simulated mount stand as a row's `given` has it. `asked_by_others` are questions that only a simulator has
    to know. `model` is one that answers `greeting`.
    """

    family: str
    name: str
    rows: Sequence[Row]
    commands: Sequence[Command[Any]]
    set_by: Callable[[Row], Sequence[Command[Any]]]
    meaning: Callable[[Command[Any], bytes], object]
    standing: Callable[[Given], Dialect]
    greeting: Row
    asked_by_others: AbstractSet[bytes] = field(default_factory=frozenset)
    within: float = 1e-9
    """Of the last digit of a meaning: in hours or degrees."""

    @property
    def halt(self) -> Command[None]:
        return FAMILIES[self.family].halt

    def command_for(self, row: Row) -> Command[Any] | None:
        """Which of the driver's commands asks this row's question."""
        return {command.sends: command for command in self.commands}.get(row.sent)

    def heard(self) -> list[Row]:
        """The rows whose answer a command of the driver hears."""
        return [row for row in self.rows if row.answered and self.command_for(row) and not _is_only(row, "simulator")]

    def carrying(self) -> list[Row]:
        """The rows whose bytes carry a number."""
        return [row for row in self.rows if "value" in row.given]

    def simulated(self) -> list[Row]:
        return [row for row in self.rows if not _is_only(row, "driver")]


def _is_only(row: Row, side: str) -> bool:
    return row.given.get("only") == side


def _greeting(rows: Sequence[Row], sent: bytes) -> Row:
    """What a mount that stands as usual answers to this."""
    return next(row for row in rows if row.sent == sent and not row.given)


def _ioptron(version: int) -> Words:
    table = hand_tables.IOPTRON_TABLES[version - 2]
    return Words(
        *("ioptron", table.name, table.rows, table.commands, table.set_by, hand_tables.meaning),
        standing=partial(ioptron_standing.standing, version),
        greeting=_greeting(table.rows, b":MountInfo#"),
        asked_by_others=IOPTRON_ASKED_BY_OTHERS,
        within=ARCSECOND,
    )


IOPTRON_ASKED_BY_OTHERS = {
    *(b":FW2#", b":Q#", b":RT3#", b":RT4#", b":SR2#", b":SR3#", b":SR5#", b":SR6#", b":SR8#"),
}
SPOKEN = (
    _ioptron(2),
    _ioptron(3),
    Words(
        *("rainbow", "rainbow", rainbow.ROWS, rainbow_table.COMMANDS, rainbow_table.set_by, rainbow_table.meaning),
        standing=rainbow_table.standing,
        greeting=_greeting(rainbow.ROWS, b":AV#"),
        asked_by_others=rainbow_table.ASKED_BY_OTHERS,
    ),
)
