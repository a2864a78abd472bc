"""A fresh process without any network: everything works, whatever the year, and warns of nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

NO_NETWORK = """
import socket, sys
def refuse(*_args, **_kwargs):
    raise AssertionError("something wants the network")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
"""

SKY = """
from datetime import UTC, datetime, timedelta
from scope.position import Epoch, Equatorial, Site
from scope.sky.frames import Sky
from scope.sky.solar_system import SOLAR_SYSTEM
sky = Sky(Site("Almaty", 43.06, 76.97, 2750.0, "Asia/Almaty"))
sky.warm()
for years in (-50, -10, 0, 10, 60):
    utc = datetime.now(UTC) + timedelta(days=365.25 * years)
    there = sky.of_date(Equatorial(16.6949, 36.4613, Epoch.J2000), utc)
    sky.j2000(there, utc), sky.horizontal(there, utc), sky.sun_altitude(utc), sky.sidereal_hours(utc)
    for body in SOLAR_SYSTEM:
        sky.place(body, utc)
    sky.next_above(SOLAR_SYSTEM[1], 20.0, utc)
print("done")
"""

ASTROPY_BESIDE_IT = """
from astropy.utils import iers
iers.conf.auto_download = False
iers.conf.auto_max_age = None
import astropy.coordinates, astropy.time
"""

NAMES = """
from scope.sky.catalogue import Catalogue
from scope.sky.typed import read_target
assert read_target("темирказык", Catalogue()).designation == "Polaris"
heavy = {"numpy", "erfa", "astropy", "pandas", "pyongc"} & sys.modules.keys()
assert not heavy, heavy
print("done")
"""


@pytest.mark.parametrize(
    "script",
    [NO_NETWORK + SKY, NO_NETWORK + ASTROPY_BESIDE_IT + SKY, NO_NETWORK + NAMES],
    ids=["the sky", "the sky beside astropy", "names, without numpy"],
)
def test_nothing_asks_a_network_or_warns(script: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.stdout, ran.stderr) == ("done\n", "")


def test_the_package_itself_imports_nothing() -> None:
    script = "import sys, scope.sky; print(*sorted(m for m in sys.modules if m.startswith(('scope.sky.', 'numpy'))))"
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout == "\n"
