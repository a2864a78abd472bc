"""The README claims of each mount what the tests' tables show, no more and no less, and leaves none out."""

import importlib
import pkgutil
from collections import Counter

import pytest

from hardware_sim.families import FAMILIES as SIMULATED
from hardware_sim.strangers import STRANGERS
from scope.mounts import FAMILIES
from tests import evidence, manuals
from tests.peers.test_indi import PEERS


def test_the_readme_has_the_table_as_it_is_now() -> None:
    readme = evidence.README.read_text(encoding="utf-8")
    assert evidence.written(readme) == readme, "`python -m tests.evidence --write` puts it right"


def test_every_family_stands_in_the_table() -> None:
    assert {kind.family for kind in evidence.KINDS} == set(FAMILIES)


def test_every_simulated_model_stands_in_one_line() -> None:
    models = {(name, model) for name in SIMULATED.keys() - STRANGERS for model in SIMULATED[name].geometry_of}
    assert Counter((kind.family, model) for kind in evidence.KINDS for model in kind.models) == Counter(models)


def test_every_table_of_bytes_stands_in_one_line() -> None:
    tables = [importlib.import_module(f"{manuals.__name__}.{found.name}") for found in _modules()]
    assert Counter(kind.table.__name__ for kind in evidence.KINDS) == Counter(table.__name__ for table in tables)


def _modules() -> list[pkgutil.ModuleInfo]:
    return list(pkgutil.iter_modules(manuals.__path__))


def test_every_driver_of_indi_that_is_tested_stands_in_one_line() -> None:
    assert sum(len(kind.peers) for kind in evidence.KINDS) == len(PEERS)


def test_no_two_lines_have_one_name() -> None:
    assert len({kind.name for kind in evidence.KINDS}) == len(evidence.KINDS)


def test_what_was_seen_on_hardware_and_what_one_hand_wrote_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = evidence.KINDS[-1]
    assert evidence._line(kind).count("by one hand") == 1
    assert evidence._line(kind).endswith("| not confirmed |")
    seen = [row._replace(seen_on_hardware=at < 2) for at, row in enumerate(kind.table.ROWS)]
    monkeypatch.setattr(kind.table, "ROWS", seen)
    assert evidence._line(kind).endswith("| 2 rows seen |")


def test_a_readme_without_its_table_is_not_written() -> None:
    with pytest.raises(SystemExit):
        evidence.written("# clubscope\n")


def test_only_the_table_is_written_and_what_stands_around_it_stays() -> None:
    readme = f"# a\n\n{evidence.HEAD}\n|---|\n| old |\n\nb\n| c |\n"
    assert evidence.written(readme) == f"# a\n\n{evidence.table()}\n\nb\n| c |\n"
