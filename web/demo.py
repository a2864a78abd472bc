"""`clubscope demo`: the whole program on a simulated mount, with example sessions, in a folder that is thrown away.

It plays tonight at 22:00 at the site, whatever the hour is now: service and mount get the same shifted clock, and every
page says so.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import segno

from scope.clock import Clock, local_offset_hours
from scope.log.accounts import Accounts
from scope.log.database import open_database, upgrade
from scope.log.examples import write_examples
from scope.mounts import FAMILIES
from scope.orders import Role
from scope.position import Site
from scope.settings import EXAMPLE, Settings, read_settings
from web.supervisor import MOUNT

SITE = Site("Karaganda", 49.80, 73.10, 550.0, "Asia/Almaty")
OPERATORS_PORT, VISITORS_PORT = 8080, 8081
SHOW_HOUR = 22
VOLUNTEER = "demo"
SLEW_DEGREES_PER_SECOND = 4
READY_SECONDS = 30.0


def tonight(now: datetime, site: Site) -> datetime:
    """22:00 local time of the date it is at the site, in UTC."""
    offset = timedelta(hours=local_offset_hours(site.timezone, now))
    local = now + offset
    return local.replace(hour=SHOW_HOUR, minute=0, second=0, microsecond=0) - offset


def moment(text: str, site: Site) -> datetime:
    """What `--at` means: ISO date and time, at the site unless it names an offset."""
    given = datetime.fromisoformat(text)
    if given.tzinfo is not None:
        return given.astimezone(UTC)
    return given.replace(tzinfo=UTC) - timedelta(hours=local_offset_hours(site.timezone, given.replace(tzinfo=UTC)))


@contextmanager
def stage(
    at: str | None, ports: tuple[int, int] | None, family: str = "lx200"
) -> Iterator[tuple[Settings, Path, timedelta]]:
    """A throw-away folder with settings and an empty log: (settings, their file, shift of the clock)."""
    folder = Path(tempfile.mkdtemp(prefix="clubscope-demo-"))
    try:
        now = datetime.now(UTC)
        shift = (moment(at, SITE) if at else tonight(now, SITE)) - now
        file = folder / "clubscope.toml"
        file.write_text(_settings_text(folder, ports or _free_ports(), family), encoding="utf-8")
        settings = read_settings(file)
        upgrade(settings.log.database)
        yield settings, file, shift
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settings_text(folder: Path, ports: tuple[int, int], family: str) -> str:
    text = EXAMPLE.format(
        family=family,
        port=folder / "mount",
        baud=FAMILIES[family].usual_baud,
        name=SITE.name,
        latitude_degrees=SITE.latitude_degrees,
        longitude_degrees=SITE.longitude_degrees,
        elevation_metres=SITE.elevation_metres,
        timezone=SITE.timezone,
        operators=f"127.0.0.1:{ports[0]}",
        visitors=f"127.0.0.1:{ports[1]}",
    )
    return text.replace("[mount]\n", "[mount]\nsimulated = true\n")


def _fill(settings: Settings, now: datetime) -> str:
    """Put the example sessions into the log, and one volunteer, who gets a one-time code and no password."""
    database = open_database(settings.log.database)
    try:
        write_examples(database, settings.site, now)
        return Accounts(database, Clock()).add_user(VOLUNTEER, Role.VOLUNTEER, "Demo volunteer")
    finally:
        database.close()


def _free_ports() -> tuple[int, int]:
    return _free(OPERATORS_PORT), _free(VISITORS_PORT)


def _free(wanted: int) -> int:
    """`wanted`, or any port when another program has it."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port on 127.0.0.1")


def simulator(settings: Settings, shift: timedelta, extra: Sequence[str] = ()) -> list[str]:
    """The command of a mount that stands at the site and shares the shifted clock."""
    site = settings.site
    return [
        *(sys.executable, "-m", "hardware_sim", settings.mount.family),
        *("--pty", settings.mount.port),
        *("--latitude", str(site.latitude_degrees), "--longitude", str(site.longitude_degrees)),
        *("--slew-rate", str(SLEW_DEGREES_PER_SECOND)),
        *("--clock-offset", str(shift.total_seconds()), "--until-stdin-closes"),
        *extra,
    ]


def announce(settings: Settings, file: Path, shift: timedelta) -> None:
    """While the processes start, fill the log; when both doors answer, say how to get in."""
    code = _fill(settings, datetime.now(UTC) + shift)
    visitors, operators = f"http://{settings.web.visitors}/", f"http://{settings.web.operators}/"
    for address in (visitors, operators + "sign-in"):
        _wait_for(address)
    at = (datetime.now(UTC) + shift).strftime("%Y-%m-%d %H:%M UTC")
    print(f"\nSimulated telescope, clock set to {at}; everything is thrown away at the end (Ctrl-C).\n")
    segno.make(visitors).terminal(compact=True)
    print(f"\nVisitors:   {visitors}\nVolunteers: {operators}sign-in   one-time code: {code}")
    print(f"Shell:      clubscope status --config {file}\n", flush=True)


def _wait_for(address: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310  our own door
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"{address} does not answer")


def commands(settings: Settings, file: Path, shift: timedelta, extra: Sequence[str] = ()) -> Mapping[str, list[str]]:
    """The mount first, so that the service finds it."""
    return {MOUNT: simulator(settings, shift, extra)} | processes(file, shift)


def processes(file: Path, shift: timedelta = timedelta()) -> dict[str, list[str]]:
    """The three processes of clubscope, each by its command."""
    service = [sys.executable, "-m", "scope", "--config", str(file), "--until-stdin-closes"]
    if shift:
        service += ["--shift", str(shift.total_seconds())]
    doors = {
        audience: [sys.executable, "-m", "web.door", audience, "--config", str(file)]
        for audience in ("operators", "visitors")
    }
    return {"service": service} | doors
