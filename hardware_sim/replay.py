"""`hardware-sim replay`: plays the mount's part in a recorded conversation, on a pseudo-terminal.

What it is asked and was never recorded it does not answer, but says so on standard error: a trace knows only what was
asked of the mount then.
"""

import argparse
import contextlib
import select
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from hardware_sim.ending import Ending, ended_by_signals
from hardware_sim.recorded import NoTrace, Replay, read_trace
from hardware_sim.terminal import PseudoTerminal

LONGEST_WAIT_SECONDS = 0.5


def main(arguments: Sequence[str]) -> int:
    wanted = _parser().parse_args(arguments)
    with contextlib.ExitStack() as closing:
        try:
            with wanted.trace.open(encoding="ascii") as lines:
                replay = Replay(read_trace(lines))
            program = PseudoTerminal(wanted.pty)
            program.plug()
            closing.callback(program.unplug)
        except (OSError, ValueError, NoTrace) as error:
            print(f"hardware-sim replay: {wanted.trace}: {error}", file=sys.stderr)
            return 1
        _play(replay, program, closing.enter_context(ended_by_signals(wanted.until_stdin_closes)))
    return 0


def _play(replay: Replay, program: PseudoTerminal, ending: Ending) -> None:
    while not ending.is_over:
        due = replay.next_event()
        wait = LONGEST_WAIT_SECONDS if due is None else max(0.0, due - time.monotonic())
        select.select([ending.fileno(), *program.files()], (), (), min(wait, LONGEST_WAIT_SECONDS))
        if heard := program.read():
            replay.hear(heard, time.monotonic())
        if said := replay.said(time.monotonic()):
            program.write(said)
        while replay.unknown:
            print(f"hardware-sim replay: never recorded: {replay.unknown.pop(0)!r}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hardware-sim replay",
        description="Answers as a real mount did while `hardware-sim record` listened: each question as it was "
        "answered then, in order, and after the last time as the last time.",
        allow_abbrev=False,
    )
    parser.add_argument("trace", metavar="FILE", type=Path)
    parser.add_argument("--pty", metavar="PATH", type=Path, required=True, help="link to make to a pseudo-terminal")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end with the program that started this")
    return parser
