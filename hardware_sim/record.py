"""`hardware-sim record`: sits between a program and a real mount, passes every byte on, and writes down what passed.

Both ways at once and at once, so that neither side notices. It must never add a byte, hold one back or know a dialect.
"""

import argparse
import contextlib
import select
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from hardware_sim.ending import Ending, ended_by_signals
from hardware_sim.real_port import CODE_OF_BAUD, RealPort
from hardware_sim.recorder import LineFile, Trace
from hardware_sim.terminal import PseudoTerminal

QUIET_SECONDS = 0.03
"""After so long without a byte a run of answers is written down as ended."""
PRIVACY = """\
A trace holds what the mount was told and what it said: your site's latitude and longitude, its clock, and what was
looked at. It holds no names and no passwords. Look through it before you give it to anybody: one line a run of bytes,
`in` to the mount and `out` from it, in hexadecimal."""


def main(arguments: Sequence[str]) -> int:
    wanted = _parser().parse_args(arguments)
    with contextlib.ExitStack() as closing:
        try:
            port = RealPort(wanted.port, wanted.baud)
            closing.callback(port.close)
            program = PseudoTerminal(wanted.pty)
            program.plug()
            closing.callback(program.unplug)
            lines = LineFile(wanted.trace)
            closing.callback(lines.close)
        except OSError as error:
            print(f"hardware-sim record: {error}", file=sys.stderr)
            return 1
        ending = closing.enter_context(ended_by_signals(wanted.until_stdin_closes))
        return _pass_on(port, program, Trace(lines), ending)


def _pass_on(port: RealPort, program: PseudoTerminal, trace: Trace, ending: Ending) -> int:
    """Until it is ended; 1 when the mount's port goes."""
    begun = time.monotonic()
    try:
        while not ending.is_over:
            ready, _, _ = select.select([ending.fileno(), port.fileno(), *program.files()], (), (), QUIET_SECONDS)
            now = time.monotonic() - begun
            if asked := program.read():
                port.write(asked)
                trace.heard(asked, now)
            if said := port.read():
                program.write(said)
                trace.said(said, now)
            if not ready:
                trace.pause()
    except OSError as error:
        print(f"hardware-sim record: the mount's port has gone: {error}", file=sys.stderr)
        return 1
    finally:
        trace.pause()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hardware-sim record",
        description="Writes down what passes between a program and a real mount. The program opens PATH in place of\n"
        "the mount's port; play it back with `hardware-sim replay FILE --pty PATH`.",
        epilog=PRIVACY,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--port", required=True, help="the mount's: /dev/serial/by-id/..., or HOST:PORT")
    parser.add_argument("--baud", type=int, choices=sorted(CODE_OF_BAUD), metavar="N", default=9600)
    parser.add_argument("--pty", metavar="PATH", type=Path, required=True, help="link to make for the program")
    parser.add_argument("--trace", metavar="FILE", type=Path, required=True, help="has site and time in it, see below")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end with the program that started this")
    return parser
