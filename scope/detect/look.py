"""One port is looked at: opened at each usual speed, asked who is there, closed; never for longer than MOST_SECONDS.

One thread has one port, so that many take no longer than one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from scope.detect import found
from scope.detect.found import Found, What
from scope.detect.hello import hello
from scope.detect.ports import lasting
from scope.detect.probes import MOST_SECONDS, PLAN, VERSION, Probe, is_synscan
from scope.errors import GarbledAnswer, LineError, LineLost, NoAnswer
from scope.line.line import Line
from scope.line.port import Roots
from scope.line.port.finding import Place, find
from scope.line.port.lock import busy, openers_of
from scope.line.stranger import cause_of

TELLS_ENOUGH = ("foreign_device", "port_busy")
SPEAKS_SO = "a Sky-Watcher motor controller"
"""Its refusals are known to scope/line/stranger.py as a stranger's; here it is one of the guests."""


GOES_BY: Mapping[str | None, str] = {"Astro-Physics GTO": "astro-physics"}
"""Who answers as another family does, and has one of its own. An old box gives no name, and is found as lx200."""


def look_at(names: Sequence[str], roots: Roots) -> Iterator[Found]:
    """What is on each of these ports, in their order; all are looked at side by side."""
    with ThreadPoolExecutor(max_workers=max(1, len(names)), thread_name_prefix="detect") as looking:
        yield from looking.map(lambda name: look(name, roots), names)


def look(port: str, roots: Roots) -> Found:
    """A port that another program has open, locked or not, is left alone."""
    name, until = lasting(port, roots), time.monotonic() + MOST_SECONDS
    try:
        _refuse_open_elsewhere(find(name, roots), roots)
        return _at_all_speeds(name, roots, until)
    except LineLost as lost:
        what = What.BUSY if lost.code == "port_busy" else What.UNUSABLE
        return Found(name, what, f"{lost}; not touched" if what is What.BUSY else str(lost))


def _refuse_open_elsewhere(place: Place, roots: Roots) -> None:
    """Of a pseudo-terminal, which is a simulated mount's, its own maker has the other end open."""
    if place.node is None or place.node.resolve().parent.name == "pts":
        return
    if openers := openers_of(place.node, roots.proc):
        raise busy(place, openers[0])


def _at_all_speeds(port: str, roots: Roots, until: float) -> Found:
    heard: Found | None = None
    plan = [step for step in PLAN if step[0] == PLAN[0][0] or "://" not in port]
    for baud, within_seconds, probes in plan:
        seen = _at_speed(port, baud, roots, probes, within_seconds, until)
        if seen is not None and seen.what in (What.MOUNT, What.STRANGER):
            return seen
        heard = heard or seen
        if time.monotonic() > until - within_seconds:
            break
    speeds = ", ".join(str(baud) for baud, _, _ in plan)
    return heard or Found(port, What.SILENT, f"nobody answers at {speeds} Bd; is it switched on?")


def _at_speed(
    port: str, baud: int, roots: Roots, probes: Sequence[Probe], within_seconds: float, until: float
) -> Found | None:
    line = Line(port, baud, roots)
    try:
        line.open()
        for probe in probes:
            if time.monotonic() > until - within_seconds:
                return None
            try:
                line.ask(probe.question(within_seconds))
            except (NoAnswer, GarbledAnswer) as miss:
                if stranger := _stranger(port, line, miss):
                    return stranger
                continue
            return _introduced(line, probe.families, until)
        return _what_else(port, line)
    finally:
        line.dispose()


def _introduced(line: Line, families: Sequence[str], until: float) -> Found:
    family = families[0]
    if len(families) > 1 and _is_synscan(line):
        family = families[1]
    identity = hello(line, family, until)
    family = GOES_BY.get(identity.product, family)
    return found.mount(line.port, family, line.baud, identity.product, identity.firmware)


def _is_synscan(line: Line) -> bool:
    for _ in range(2):
        try:
            return is_synscan(line.ask(VERSION))
        except (NoAnswer, GarbledAnswer):
            continue
    return False


def _stranger(port: str, line: Line, miss: LineError) -> Found | None:
    cause = cause_of(miss, line.first_words)
    if cause.code != "foreign_device" or cause.details["device"] == SPEAKS_SO:
        return None
    return Found(port, What.STRANGER, f"{cause.details['device']}, no mount")


def _what_else(port: str, line: Line) -> Found | None:
    """Nobody answered at this speed; what came all the same may tell why."""
    cause = cause_of(NoAnswer(""), line.first_words, line.record.echoed)
    if cause.code == "only_echo":
        return Found(port, What.SILENT, "only our own words come back; is the mount switched on, the cable right?")
    if cause.code == "wrong_speed":
        return Found(port, What.SILENT, "something speaks, but no language that is known, or at another speed")
    return None
