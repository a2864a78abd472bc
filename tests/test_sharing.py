"""The suite itself: what is marked as alone runs while nothing else does, however many workers there are."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
FILE = """
import time
from pathlib import Path
import pytest

def stay(kind):
    with Path(__file__).with_name("record").open("a") as record:
        for word in ("in", "out"):
            record.write(f"{word} {kind}\\n")
            record.flush()
            time.sleep(0.05)

@pytest.mark.parametrize("number", range(5))
def test_among_others(number):
    stay("share")

@pytest.mark.alone
@pytest.mark.parametrize("number", range(2))
def test_alone(number):
    stay("alone")
"""


def test_what_is_alone_meets_nobody_and_the_others_meet_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    shutil.copy(HOUSE / "tests" / "conftest.py", folder)
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    for name in ("one", "two"):
        (folder / f"test_{name}.py").write_text(FILE)
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2"]
    run = subprocess.run(command, cwd=tmp_path, env=ours, capture_output=True, text=True, timeout=60, check=False)
    assert "14 passed" in run.stdout, run.stdout + run.stderr
    inside: list[str] = []
    most = 0
    for word, kind in re.findall(r"(\w+) (\w+)", (folder / "record").read_text()):
        inside.append(kind) if word == "in" else inside.remove(kind)
        assert inside == ["alone"] or "alone" not in inside
        most = max(most, len(inside))
    assert most > 1, "one after the other would be no sharing"
