"""Changing `[mount] family` is all it takes: each family's usual model under the whole program, over real sockets.

The bytes, the geometry and the faults of each are held in virtual time (tests/test_fleet_*.py); here its real processes
and its real line are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scope.mounts import FAMILIES
from scope.position import arc_degrees
from tests.fleet import FLAGSHIPS, Member
from tests.simulated_mount import wait_until
from tests.whole_program import Program, rests, whole_program

OTHERS = [member for member in FLAGSHIPS if member.family != "lx200"]  # which all other tests run on


@contextmanager
def evening(folder: Path, member: Member) -> Iterator[Program]:
    with whole_program(folder, family=member.family) as program:
        yield program


@pytest.mark.parametrize("member", OTHERS, ids=str)
def test_it_is_met_with_a_halt_goes_where_it_is_told_and_stops_at_once(tmp_path: Path, member: Member) -> None:
    with evening(tmp_path, member) as program:
        assert program.mount.heard().startswith(FAMILIES[member.family].halt.sends)
        seen = program.goto("Vega")
        position, truth = seen["position"], program.mount.truth()
        there = (position["azimuth_degrees"], position["altitude_degrees"])
        assert (
            arc_degrees(truth["az_degrees"], truth["alt_degrees"], *there) < 0.1
        )  # refraction lifts by a minute of arc
        program.do("goto", target="Hamal")
        program.mount.wait_until(lambda truth: not rests(truth))
        assert program.order("stop").status == 202
        program.mount.wait_until(rests, 5)
        wait_until(lambda: program.operators.status()["motion"] in ("tracking", "stopped"), 10, "rest is seen")
        assert program.order("home").status == (202 if "home" in seen["can"] else 422)
