"""The table of SAFETY.md is whole and true: every invariant and fault has a row, and every test it names exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROW = re.compile(r"\| (S\d+|F\d\d) \| (.*?) \| (.*?) \| (.*?) \|")
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def rows() -> dict[str, tuple[str, str, str]]:
    found = [ROW.fullmatch(line) for line in (HERE / "SAFETY.md").read_text(encoding="utf-8").splitlines()]
    return {row[1]: (row[2], row[3], row[4]) for row in found if row}


@cache
def names_in(path: str) -> frozenset[str]:
    """What pytest would collect there: functions, and classes by the name they are given."""
    tree = ast.parse((HERE / path).read_text(encoding="utf-8"))
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assigned = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    given = {target.id for target in assigned if isinstance(target, ast.Name)}
    return frozenset(name for name in functions | given if name.lower().startswith("test"))


def test_every_invariant_and_every_fault_has_one_row() -> None:
    assert list(rows()) == [f"S{number}" for number in range(1, 36)] + [f"F{number:02d}" for number in range(1, 71)]


@pytest.mark.parametrize("row", rows())
def test_every_test_that_is_named_exists_and_what_has_none_says_why(row: str) -> None:
    _, held, still_open = rows()[row]
    named = NAMED.findall(held)
    assert [f"{path}::{name}" for path, name in named if name not in names_in(path)] == []
    assert named or still_open.startswith("not yet: ")
    assert len(named) == held.count("`") // 2, "something is named that is no test"
