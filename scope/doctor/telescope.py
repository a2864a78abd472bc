"""What the doctor learns from the mount: over the running service where there is one, else by asking it harmlessly.

Only commands that are answered are ever sent, and of a family's methods only those that ask: no halt, no motion, no
switch of precision.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any, TypeVar

from scope.clock import Clock
from scope.command import Command
from scope.desk import DeskOverSocket
from scope.doctor.finding import Finding, bad, ok, warn
from scope.errors import GarbledAnswer, LineError, LineLost, NoAnswer
from scope.line.line import Line
from scope.line.port import Roots
from scope.line.stranger import cause_of
from scope.mounts import baud_of, family_of
from scope.mounts.mount import Mount
from scope.settings import Settings
from scope.sky.frames import Sky
from scope.steering.observatory import Observatory
from scope.watch.trust import Trust

T = TypeVar("T")

OTHER_SPEEDS = (9600, 19200, 38400, 57600, 115200, 4800, 2400, 1200)


def running_status(settings: Settings) -> dict[str, Any] | None:
    """What the service says, None when none answers."""
    try:
        return DeskOverSocket(settings.orders_socket).status()
    except LineLost:
        return None


def over_the_service(status: dict[str, Any]) -> Iterator[Finding]:
    yield ok("service", "runs, and has the port; it was asked instead of the mount")
    if status["line"] == "up":
        yield ok("mount", f"{status['mount'] or 'a model without a name'}, {status['motion']}")
    else:
        yield bad("mount", "the service has no line to it", "see the lines above, and `clubscope trace`")
    for alarm in status["alarms"]:
        numbers = ", ".join(f"{name} {value}" for name, value in alarm["details"].items())
        yield warn("alarm", f"{alarm['code']} ({numbers})" if numbers else alarm["code"], "see the operators' page")
    if not any(alarm["code"] in ("clock_differs", "site_differs") for alarm in status["alarms"]):
        yield ok("belief", "the mount's clock and site agree with ours")


def over_the_port(settings: Settings, roots: Roots) -> Iterator[Finding]:
    """Open, greet, compare, close."""
    line = Line(settings.mount.port, baud_of(settings.mount), roots)
    try:
        line.open()
        yield ok("opens", f"{settings.mount.port} at {baud_of(settings.mount)} Bd")
        yield from _met(line, settings, roots)
    except LineError as lost:
        yield bad("opens" if not line.is_open else "mount", str(lost), "")
    finally:
        line.dispose()


def _met(line: Line, settings: Settings, roots: Roots) -> Iterator[Finding]:
    mount = _asking_only(line, settings)
    try:
        identity = mount.greet()
    except (NoAnswer, GarbledAnswer) as miss:
        cause = cause_of(miss, line.first_words, line.record.echoed)
        line.close()
        yield bad("mount", str(cause), _cure(cause, settings, roots))
        return
    product = identity.product or "a model without a name"
    yield ok("mount", f"{product}, firmware {identity.firmware or 'unknown'}, in {settings.mount.family}'s language")
    yield from _beliefs(mount, settings)


def _asking_only(line: Line, settings: Settings) -> Mount:
    def ask(command: Command[T]) -> T:
        return line.ask(command) if command.has_answer else command.means(b"")

    return family_of(settings.mount)(ask, Observatory(_no_sky(), settings, Clock()))


def _no_sky() -> Future[Sky]:
    """Who only asks who is there needs none."""
    return Future()


def _beliefs(mount: Mount, settings: Settings) -> Iterator[Finding]:
    trust = Trust(mount, settings.site, Clock())
    trust.compare()
    doubts = trust.doubts()
    for doubt in doubts:
        numbers = ", ".join(f"{name} {value}" for name, value in doubt.details.items())
        yield warn("belief", f"{doubt.code} ({numbers})", "press Set the mount's clock on the operators' page")
    if not doubts:
        yield ok("belief", "the mount's clock and site agree with ours")


def _cure(cause: LineError, settings: Settings, roots: Roots) -> str:
    """A line that is silent or speaks garbage may have another speed: the first question is tried at each."""
    if cause.code == "foreign_device" or "://" in settings.mount.port:
        return ""
    for baud in OTHER_SPEEDS:
        if baud != baud_of(settings.mount) and _answers_at(baud, settings, roots):
            return f"it answers at another speed: set baud = {baud}"
    return "is it switched on, and the cable in its serial socket?"


def _answers_at(baud: int, settings: Settings, roots: Roots) -> bool:
    line = Line(settings.mount.port, baud, roots)
    try:
        line.open()
        _asking_only(line, settings).read()
    except LineError:
        return False
    finally:
        line.dispose()
    return True
