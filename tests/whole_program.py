"""The whole program from outside: its processes under their supervisor, on a simulated mount, over real sockets.

`with whole_program(folder) as program:` starts what `clubscope demo` starts, but in a folder that stays, at a chosen
moment, with free ports and a bearer token. Everything is waited for by polling, and whatever was started is gone at
the end. As a program of its own (`python -m tests.whole_program COMMANDS`) it is the supervisor.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import Any

from scope.clock import Clock
from scope.log.accounts import Accounts
from scope.log.database import open_database
from scope.mounts import FAMILIES
from scope.orders import Role
from scope.settings import EXAMPLE, Settings, read_settings
from tests.empty_log import empty_log
from tests.peers.indi import free_port
from tests.simulated_mount import REPOSITORY, SimulatedMount, simulated_mount, wait_until
from web.demo import processes, simulator
from web.supervisor import run_until_ended

START_SECONDS = 40.0
ENDING_SECONDS = 20.0
ANSWER_SECONDS = 20.0
ASKING_SECONDS = 0.05
"""From one question over HTTP to the next: a status changes four times a second at most."""
AUTUMN_NIGHT = datetime(2026, 9, 25, 17, 30, tzinfo=UTC)
"""Dark in Karaganda; Saturn and the Moon are up, and the sky at 22h40m stands in the south."""
PRODUCT = ("service", "operators", "visitors")

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class _NotFollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_opener.add_handler(_NotFollowed())


@dataclass(frozen=True)
class Answer:
    """What came back over the socket."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Door:
    """One of the two doors, asked as a stranger would ask it."""

    def __init__(self, address: str, token: str | None = None) -> None:
        self.address, self._token = f"http://{address}", token

    def ask(
        self, path: str, body: Any = None, *, method: str | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """GET, or POST when there is a body: JSON, unless it is bytes already."""
        sent = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, sent, method=method)
        given = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        given |= {"Content-Type": "application/json"} if sent is not None else {}
        for name, value in (given | dict(headers or {})).items():
            request.add_header(name, value)
        try:
            with _opener.open(request, timeout=ANSWER_SECONDS) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.headers, refused.read())

    def status(self) -> dict[str, Any]:
        """What the telescope does; a door that does not answer knows nothing."""
        try:
            found: dict[str, Any] = self.ask("/api/status").json
        except OSError:
            return {"line": "no door", "motion": "unknown", "position": None, "arrived": False, "target": None}
        return found

    @contextmanager
    def live(self) -> Iterator[Iterator[bytes]]:
        """The lines of the event stream, for as long as the block lasts."""
        with _opener.open(self.address + "/api/live", timeout=ANSWER_SECONDS) as stream:
            assert stream.headers["Content-Type"].startswith("text/event-stream")
            yield (line.rstrip(b"\n") for line in stream)


class Program:
    """A running clubscope. `accepted` are the answers to orders that are said to be in the log."""

    def __init__(
        self, file: Path, shift: timedelta, token: str, mount: SimulatedMount, supervisor: "subprocess.Popen[bytes]"
    ) -> None:
        self.file, self.settings, self.shift, self.mount = file, read_settings(file), shift, mount
        self.supervisor, self.token = supervisor, token
        self.operators = Door(self.settings.web.operators, token)
        self.visitors = Door(self.settings.web.visitors)
        self.accepted: list[dict[str, Any]] = []

    def utc(self) -> datetime:
        """The moment that service and mount live in."""
        return datetime.now(UTC) + self.shift

    def order(self, name: str, **fields: Any) -> Answer:
        """A heartbeat of a press is no event of its own, so the log owes nothing for it."""
        answer = self.operators.ask(f"/api/orders/{name}", fields)
        if answer.status == 202 and answer.json["logged"] and not fields.get("beat"):
            self.accepted.append(answer.json)
        return answer

    def do(self, name: str, **fields: Any) -> dict[str, Any]:
        """An order that has to be accepted."""
        answer = self.order(name, **fields)
        assert answer.status == 202, answer.text
        found: dict[str, Any] = answer.json
        return found

    def goto(self, target: str | None = None, **place: Any) -> dict[str, Any]:
        """There and arrived: not by the word of a status that knows nothing of this order yet."""
        order = {"target": target} if target else place
        designation = self.do("goto", **order)["target"]["designation"]

        def arrived() -> dict[str, Any] | None:
            status = self.operators.status()
            return status if status["arrived"] and status["target"]["designation"] == designation else None

        found = wait_until(arrived, 60, f"arrival at {designation}", ASKING_SECONDS)
        assert found is not None
        return found

    def wait_for(self, what: str, within_seconds: float = START_SECONDS, **wanted: Any) -> dict[str, Any]:
        """The first status of the operators' door that has all that is wanted."""

        def seen() -> dict[str, Any] | None:
            status = self.operators.status()
            return status if wanted.items() <= status.items() else None

        found = wait_until(seen, within_seconds, f"{what} ({self.operators.status()})", ASKING_SECONDS)
        assert found is not None
        return found

    def settled(self) -> dict[str, Any]:
        return self.wait_for("a mount that tracks", line="up", motion="tracking")

    def begin_to_track(self) -> None:
        rests = wait_until(
            lambda: self.operators.status()["motion"] in ("tracking", "stopped"), START_SECONDS, "a mount"
        )
        assert rests
        if self.operators.status()["motion"] == "stopped":
            self.do("track", rate="sidereal")
        self.settled()

    def pids(self) -> dict[str, int]:
        return running(self.file.parent)

    def events(self) -> list[dict[str, Any]]:
        """The log as any other program may read it."""
        database = self.settings.log.database.removeprefix("sqlite:///")
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as log:
            log.row_factory = sqlite3.Row
            return [dict(row) for row in log.execute("SELECT * FROM events ORDER BY id")]

    def clubscope(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return clubscope(*words, "--config", str(self.file))

    def rests(self) -> bool:
        return rests(self.mount.truth())


def rests(truth: Mapping[str, Any]) -> bool:
    """Both axes no faster than the sky needs, wherever a test here points."""
    return all(abs(rate) < 0.02 for rate in truth["axis_rates_deg_s"])


def clubscope(*words: str, given: str = "", cwd: Path = REPOSITORY) -> "subprocess.CompletedProcess[str]":
    """The command line, as in a shell."""
    command = [sys.executable, "-W", "error", "-m", "web.launch", *words]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(
        command, cwd=cwd, env=environment, input=given, capture_output=True, text=True, timeout=60, check=False
    )


def running(folder: Path) -> dict[str, int]:
    """The processes of the program that lives in this folder, by name; the supervisor is none of them."""
    found = {}
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue  # it has just gone
        name = _name_of(words)
        if name and any(str(folder) in word for word in words):
            found[name] = int(process.name)
    return found


def _name_of(words: Sequence[str]) -> str | None:
    module = words[words.index("-m") + 1] if "-m" in words[:-1] else ""
    named = {"scope": "service", "hardware_sim": "mount"}
    return words[words.index(module) + 1] if module == "web.door" else named.get(module)


def is_alive(pid: int) -> bool:
    """Neither gone nor waiting to be buried."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@contextmanager
def whole_program(
    folder: Path,
    *,
    at: datetime = AUTUMN_NIGHT,
    mount_options: Sequence[str] = (),
    mount_outside: bool = False,
    without: Collection[str] = (),
    environment: Mapping[str, str] | None = None,
    family: str = "lx200",
) -> Iterator[Program]:
    """Service, doors and mount under one supervisor, tracking; a mount that has to be told to track is told so.

    With `mount_outside` the mount is no child of the supervisor and outlives it, as a real one does.
    """
    shift = at - datetime.now(UTC)
    options = ["--slew-rate", "20", *mount_options]
    fastest = float(options[len(options) - options[::-1].index("--slew-rate")])  # the last one counts
    file, token = prepare(folder, fastest=fastest, family=family)
    with ExitStack() as running_mount:
        inside = {} if mount_outside else {"mount": options}
        if mount_outside:
            clock = ["--clock-offset", str(shift.total_seconds())]
            outside = running_mount.enter_context(simulated_mount(folder, extra=[*clock, *options]))
        with _supervised(file, shift, token, inside, without, environment) as program:
            program.mount = outside if mount_outside else program.mount
            program.begin_to_track()
            if "visitors" not in without:
                wait_until(lambda: program.visitors.status()["line"] == "up", START_SECONDS, "the visitors' door")
            yield program


def prepare(folder: Path, *, simulated: bool = True, fastest: float = 20.0, family: str = "lx200") -> tuple[Path, str]:
    """clubscope.toml with free ports, an empty log, and the token of a program that may give orders."""
    file = folder / "clubscope.toml"
    (folder / "mount").mkdir(parents=True, exist_ok=True)
    file.write_text(settings_text(folder, simulated=simulated, fastest=fastest, family=family), encoding="utf-8")
    database = open_database(empty_log(Path(read_settings(file).log.database.removeprefix("sqlite:///"))))
    try:
        return file, Accounts(database, Clock()).add_token("program", Role.VOLUNTEER)
    finally:
        database.close()


def settings_text(folder: Path, *, simulated: bool = True, fastest: float = 20.0, family: str = "lx200") -> str:
    text = EXAMPLE.format(
        family=family,
        port=folder / "mount" / "port",
        baud=FAMILIES[family].usual_baud,
        name="Karaganda",
        latitude_degrees=49.80,
        longitude_degrees=73.10,
        elevation_metres=550,
        timezone="Asia/Almaty",
        operators=f"127.0.0.1:{free_port()}",
        visitors=f"127.0.0.1:{free_port()}",
    )
    text = text.replace("[mount]\n", f"[mount]\nfastest_degrees_per_second = {fastest:g}\n")
    return text.replace("[mount]\n", "[mount]\nsimulated = true\n") if simulated else text


@contextmanager
def _supervised(
    file: Path,
    shift: timedelta,
    token: str,
    mounts: Mapping[str, Sequence[str]],
    without: Collection[str],
    environment: Mapping[str, str] | None,
) -> Iterator[Program]:
    folder, settings = file.parent, read_settings(file)
    commands = {name: _mount_command(settings, shift, folder / "mount", options) for name, options in mounts.items()}
    commands |= {name: command for name, command in processes(file, shift).items() if name not in without}
    words = [sys.executable, "-m", "tests.whole_program", json.dumps(commands)]
    with (folder / "program.log").open("ab") as log:
        supervisor = subprocess.Popen(
            words, cwd=REPOSITORY, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL, stderr=log
        )
    mount = SimulatedMount(folder / "mount", supervisor, str(folder / "mount" / "port"))
    try:
        yield Program(file, shift, token, mount, supervisor)
    finally:
        _end(supervisor, folder)


def _mount_command(settings: Settings, shift: timedelta, folder: Path, options: Sequence[str]) -> list[str]:
    records = ["--control", str(folder / "control.sock"), "--trace", str(folder / "trace.jsonl")]
    return simulator(settings, shift, [*records, "--truth", str(folder / "truth.jsonl"), *options])


def _end(supervisor: "subprocess.Popen[bytes]", folder: Path) -> None:
    """In good order if it can be had; whoever is left after that is killed."""
    supervisor.terminate()
    try:
        supervisor.wait(ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        supervisor.kill()
        supervisor.wait()
    kill_all(folder)


def kill_all(folder: Path) -> None:
    for pid in running(folder).values():
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def gone(pids: Collection[int], within_seconds: float) -> float:
    """Wait until none of these processes lives; the seconds that took."""
    begun = time.monotonic()
    wait_until(lambda: not any(is_alive(pid) for pid in pids), within_seconds, "the end of all processes")
    return time.monotonic() - begun


if __name__ == "__main__":
    run_until_ended(json.loads(sys.argv[1]))
