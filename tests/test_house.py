"""The rules of the house, held by machines: imports, types, lint, and that the README names what is there."""

import ast
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
README = (HOUSE / "README.md").read_text(encoding="utf-8")
SOURCES = [path for part in ("scope", "web", "hardware_sim") for path in (HOUSE / part).rglob("*.py")]
CATCHES_ALL = {
    "scope/steering/mount_thread.py": "the top of the mount thread: without it there is no stop",
    "scope/log/recorder.py": "the top of the recorder: one bad entry must not end the log",
    "scope/steering/mailbox.py": "hands it to the giver of the order and raises it again",
    "web/beside.py": "carries it from a helper thread to the one that asked, and raises it there",
}


@pytest.mark.parametrize(
    "command",
    [
        ["lint-imports", "--no-cache"],
        ["mypy"],
        ["ruff", "check", "--no-cache", "."],
        ["ruff", "format", "--no-cache", "--check", "."],
    ],
    ids=" ".join,
)
def test_the_tools_find_nothing(command: list[str]) -> None:
    tool = Path(sys.executable).with_name(command[0])
    found = subprocess.run([tool, *command[1:]], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_top_level_holds_nothing_but_the_house() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=HOUSE, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of what belongs to it")
    top = {line.partition("/")[0] for line in listed.stdout.splitlines()}
    allowed = {"README.md", "pyproject.toml", "LICENSE", "requirements.lock", "scope", "web", "hardware_sim", "tests"}
    assert {name for name in top if not name.startswith(".")} == allowed


def test_everything_is_caught_in_few_places_and_each_has_its_reason() -> None:
    found = {str(path.relative_to(HOUSE)) for path in SOURCES if _catches_all(ast.parse(path.read_text("utf-8")))}
    assert found <= CATCHES_ALL.keys()


def _catches_all(tree: ast.AST) -> bool:
    handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]
    broad = {"Exception", "BaseException"}
    return any(handler.type is None or getattr(handler.type, "id", "") in broad for handler in handlers)


def test_the_simulator_needs_the_standard_library_only() -> None:
    """And its plugin for pytest needs pytest."""
    for path in (HOUSE / "hardware_sim").rglob("*.py"):
        allowed = (
            sys.stdlib_module_names | {"hardware_sim"} | ({"pytest"} if path.name == "pytest_plugin.py" else set())
        )
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert name.partition(".")[0] in allowed, f"{path}: {name}"


def test_the_walk_of_a_goto_names_what_is_there() -> None:
    walk = README[README.index("## The walk of a goto") : README.index("## Where things are")]
    named = re.findall(r"`((?:scope|web)/[\w/]+\.py)`", walk)
    assert len(set(named)) >= 12
    for file in named:
        assert (HOUSE / file).exists(), file
    for name, file in re.findall(r"`([A-Za-z]\w+(?:\.\w+)?)`(?: [a-z]+){1,2} `((?:scope|web)/[\w/]+\.py)`", walk):
        found: object = importlib.import_module(file.removesuffix(".py").replace("/", "."))
        for part in name.split("."):
            found = getattr(found, part)


def test_every_dependency_is_named_in_the_readme_with_its_reason() -> None:
    project = (HOUSE / "pyproject.toml").read_text("utf-8")
    wanted = re.findall(r'^    "([\w-]+)>=', project[: project.index("[project.optional-dependencies]")], re.MULTILINE)
    table = README[README.index("## What it stands on") :]
    assert wanted
    assert [name for name in wanted if name.lower() not in table.lower()] == []


def test_no_file_is_longer_than_a_reading() -> None:
    long = {str(path.relative_to(HOUSE)): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in long.items() if lines > 350} == {}


def test_nothing_names_a_place_of_the_machine_it_was_written_on() -> None:
    mine = os.sep.join(["", "work", ""])
    assert [str(path) for path in SOURCES if mine in path.read_text("utf-8")] == []
