"""The command line: `clubscope demo|run|stop|status|trace|doctor|detect|mounts|user|token|db|init`.

Each command is one function that reads what it needs, does it, and prints what a person wants to know. A reason of the
ScopeError family becomes one sentence and exit code 2, never a traceback. The database is loaded by the commands that
need it only: `clubscope stop` must not wait for it.
"""

from __future__ import annotations

import argparse
import logging
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scope.clock import Clock
from scope.desk import DeskOverSocket
from scope.errors import ScopeError, SettingsError
from scope.mounts import FAMILIES
from scope.orders import Person, Role, Stop
from scope.settings import read_settings
from web.supervisor import UNUSABLE, run_until_ended

if TYPE_CHECKING:
    from scope.log.accounts import Accounts

SHELL = Person("shell", Role.ADMIN, "shell")


def main(argv: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    try:
        given.does(given)
    except ScopeError as reason:
        print(f"clubscope: {reason}", file=sys.stderr)
        return UNUSABLE
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clubscope", description="telescope control and session log for clubs")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")
    demo = verbs.add_parser("demo", help="the whole program on a simulated mount, with example sessions")
    demo.add_argument("--at", help="date and time at the site to play, instead of tonight at 22:00")
    demo.add_argument("--ports", type=int, nargs=2, metavar=("OPERATORS", "VISITORS"))
    demo.add_argument(
        "--family", choices=list(FAMILIES), default="lx200", help="the mount to simulate (default: lx200)"
    )
    demo.add_argument("--mount", default="", metavar="OPTIONS", help="further options of hardware-sim, in one string")
    demo.set_defaults(does=_demo)
    for name, does, words in (
        ("run", _run, "start the service and both doors, and keep them running"),
        ("stop", _stop, "halt the telescope now"),
        ("status", _status, "what the telescope does"),
        ("trace", _trace, "the last bytes on the line"),
        ("doctor", _doctor, "what is wrong with port, mount or machine, and what to do"),
    ):
        _add_config(verbs.add_parser(name, help=words)).set_defaults(does=does)
    detect = verbs.add_parser("detect", help="which mount is on which port; asks harmless questions only")
    detect.add_argument("ports", nargs="*", metavar="PORT", help="a device or socket://HOST:PORT (default: all)")
    detect.add_argument("--json", action="store_true", help="one list, for programs")
    detect.set_defaults(does=_detect)
    verbs.add_parser("mounts", help="the families of mounts it speaks to").set_defaults(does=_mounts)
    init = _add_config(verbs.add_parser("init", help="write clubscope.toml by asking"))
    init.set_defaults(does=_init)
    _add_people(verbs)
    return parser


def _add_config(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--config", type=Path, default=Path("clubscope.toml"), metavar="FILE")
    return parser


def _add_people(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    roles = [Role.VOLUNTEER.value, Role.ADMIN.value]
    for name, does, words in (
        ("user", _add_user, "an account; prints a one-time code to sign in with"),
        ("token", _add_token, "a program's bearer token; printed once"),
    ):
        add = verbs.add_parser(name, help=words).add_subparsers(required=True).add_parser("add", help=words)
        _add_config(add).set_defaults(does=does)
        add.add_argument("name")
        add.add_argument("--role", choices=roles, default=Role.VOLUNTEER.value)
    upgrade = verbs.add_parser("db", help="the log's database").add_subparsers(required=True).add_parser("upgrade")
    _add_config(upgrade).set_defaults(does=_upgrade)


def _demo(given: argparse.Namespace) -> None:
    from web import demo  # only the demo needs what it imports

    ports = tuple(given.ports) if given.ports else None
    with demo.stage(given.at, ports, given.family) as (settings, file, shift):
        threading.Thread(target=demo.announce, args=(settings, file, shift), daemon=True).start()
        _keep_running(demo.commands(settings, file, shift, shlex.split(given.mount)))


def _run(given: argparse.Namespace) -> None:
    from scope.log.database import upgrade
    from web.demo import processes

    settings = read_settings(given.config)
    upgrade(settings.log.database)
    print(f"Operators: http://{settings.web.operators}/   visitors: http://{settings.web.visitors}/", flush=True)
    _keep_running(processes(given.config))


def _keep_running(commands: Mapping[str, Sequence[str]]) -> None:
    if not run_until_ended(commands):
        raise SettingsError("it cannot run as it is set up; the reason stands above", code="cannot_run")


def _desk(given: argparse.Namespace) -> DeskOverSocket:
    return DeskOverSocket(read_settings(given.config).orders_socket)


def _stop(given: argparse.Namespace) -> None:
    _desk(given).order(Stop(), SHELL, "")
    print("The halt is on its way; look at the telescope.")


def _status(given: argparse.Namespace) -> None:
    status = _desk(given).status()
    where = status["position"] or {}
    target = status["target"] and status["target"]["designation"]
    for name, value in (
        ("line", status["line"]),
        ("motion", status["motion"]),
        ("target", target or "none"),
        *((key, value) for key, value in where.items()),
        ("age_seconds", status["age_seconds"]),
        ("helm", status["helm"] and status["helm"]["holder"]),
        ("alarms", ", ".join(alarm["code"] for alarm in status["alarms"]) or "none"),
        ("simulated", status["simulated"]),
    ):
        print(f"{name:22} {value}")


def _trace(given: argparse.Namespace) -> None:
    for entry in _desk(given).trace():
        ago, kind, took = entry["ago_seconds"], entry["kind"], entry["took_seconds"] * 1000
        print(f"-{ago:8.3f} s  {kind:8} {entry['sent']!r:28} {entry['heard']!r:24} {took:7.1f} ms")


def _doctor(given: argparse.Namespace) -> None:
    """In a process of its own, which may load what opens a port; its exit code is ours."""
    words = [sys.executable, "-m", "scope.doctor", "--config", str(given.config)]
    sys.exit(subprocess.run(words, check=False).returncode)  # noqa: S603  our own command


def _detect(given: argparse.Namespace) -> None:
    """In a process of its own, as the doctor."""
    words = [sys.executable, "-m", "scope.detect", *(["--json"] if given.json else []), "--", *given.ports]
    sys.exit(subprocess.run(words, check=False).returncode)  # noqa: S603  our own command


def _mounts(_: argparse.Namespace) -> None:
    for name, family in FAMILIES.items():
        print(f"{name:14} {family.known_as}")


def _add_user(given: argparse.Namespace) -> None:
    with _accounts(given) as accounts:
        code = accounts.add_user(given.name, Role(given.role), given.name)
    print(f"{given.name} may sign in once within 30 minutes with the code {code}, and then choose a password.")


def _add_token(given: argparse.Namespace) -> None:
    with _accounts(given) as accounts:
        token = accounts.add_token(given.name, Role(given.role))
    print(f"{token}\nThis is shown once. Programs send it as: Authorization: Bearer {token[:6]}…")


def _upgrade(given: argparse.Namespace) -> None:
    from scope.log.database import upgrade

    settings = read_settings(given.config)
    upgrade(settings.log.database)
    print(f"{settings.log.database} is up to date.")


@contextmanager
def _accounts(given: argparse.Namespace) -> Iterator[Accounts]:
    from scope.log.accounts import Accounts
    from scope.log.database import open_database, upgrade

    settings = read_settings(given.config)
    upgrade(settings.log.database)
    database = open_database(settings.log.database)
    try:
        yield Accounts(database, Clock())
    finally:
        database.close()


def _init(given: argparse.Namespace) -> None:
    from web.first_settings import ask_settings

    ask_settings(given.config)


if __name__ == "__main__":
    sys.exit(main())
