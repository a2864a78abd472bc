"""The command line of hardware-sim: puts a mount, a dialect, a port and the faults together and lets them run."""

import argparse
import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from hardware_sim.control import ControlSocket
from hardware_sim.faults import Fault, Faults, UnknownFault, known_faults, read_fault
from hardware_sim.geometry import GEOMETRIES
from hardware_sim.loop import Loop
from hardware_sim.lx200 import LX200
from hardware_sim.lx200_models import DEFAULT_MODEL, MODELS
from hardware_sim.mount import Mount
from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.port import Port, PseudoTerminal, TcpPort
from hardware_sim.recorder import LineFile
from hardware_sim.wire import Wire

FAMILIES = ("lx200",)
KARAGANDA = Site(49.80, 73.10)
KARAGANDA_OFFSET_HOURS = 5.0
USUAL_BAUD = 9600
SLEW_DEGREES_PER_SECOND = 4.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate one mount until SIGTERM or SIGINT, or, when asked to, until its parent has gone."""
    wanted = _parser().parse_args(arguments)
    with contextlib.ExitStack() as closing:
        try:
            loop, port = _put_together(wanted, closing)
        except OSError as error:
            print(f"hardware-sim: {error}", file=sys.stderr)
            return 1
        for fault in wanted.fault:
            loop.inflict(fault)
        if wanted.ready_file is not None:
            _write_at_once(wanted.ready_file, port.address + "\n")
        if wanted.until_stdin_closes:
            threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
        loop.run()
    return 0


def _end_with_parent() -> None:
    """A parent holds the other end of standard input; killed, it cannot say that it ends, but the pipe closes."""
    while os.read(sys.stdin.fileno(), 64):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _put_together(wanted: argparse.Namespace, closing: contextlib.ExitStack) -> tuple[Loop, Port]:
    """Everything opened is closed by `closing`, also when a later part fails."""
    port: Port = PseudoTerminal(wanted.pty) if wanted.pty else TcpPort(*wanted.tcp)
    loop = Loop(LX200(MODELS[wanted.model], _mount(wanted)), port, Wire(wanted.baud), Faults(wanted.seed))
    closing.callback(loop.close)
    trace, truth = LineFile(wanted.trace), LineFile(wanted.truth)
    closing.callback(trace.close)
    closing.callback(truth.close)
    loop.record(trace, truth)
    if wanted.control is not None:
        loop.listen_to(ControlSocket(wanted.control, loop.obey))
    port.plug()
    return loop, port


def _mount(wanted: argparse.Namespace) -> Mount:
    geometry = GEOMETRIES[wanted.geometry or MODELS[wanted.model].geometry]
    site = Site(wanted.latitude, wanted.longitude)
    clock = MountClock.right(KARAGANDA_OFFSET_HOURS)
    utc_seconds = time.time() + wanted.clock_offset
    return Mount(geometry, site, clock, wanted.slew_rate, time.monotonic(), utc_seconds)


def _write_at_once(path: Path, text: str) -> None:
    """Whoever sees the file sees all of it."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hardware-sim",
        description="A telescope mount made of arithmetic, on a pseudo-terminal or a TCP port.",
        epilog=f"Faults, for --fault and for the control socket: {known_faults()}. The socket also takes: truth.",
        allow_abbrev=False,
    )
    parser.add_argument("family", choices=FAMILIES)
    parser.add_argument("--model", choices=MODELS, default=DEFAULT_MODEL)
    parser.add_argument("--geometry", choices=GEOMETRIES, help="how the axes stand (default: as the model's)")
    _add_line_arguments(parser)
    _add_place_arguments(parser)
    _add_test_arguments(parser)
    parser.add_argument("--until-stdin-closes", action="store_true", help="end with the program that started this")
    return parser


def _add_line_arguments(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--pty", metavar="PATH", type=Path, help="link to make to a pseudo-terminal")
    where.add_argument("--tcp", metavar="HOST:PORT", type=_host_and_port, help="port 0 takes a free one")
    parser.add_argument("--baud", type=_Within(int, 50, 4_000_000, "baud"), default=USUAL_BAUD)


def _add_place_arguments(parser: argparse.ArgumentParser) -> None:
    latitude, longitude = _Within(float, -90, 90, "degrees"), _Within(float, -180, 360, "degrees")
    parser.add_argument("--latitude", metavar="D", type=latitude, default=KARAGANDA.latitude_degrees)
    parser.add_argument("--longitude", metavar="D", type=longitude, default=KARAGANDA.longitude_degrees, help="east +")
    slew_rate = _Within(float, 0.1, 1000, "degrees a second")
    parser.add_argument("--slew-rate", metavar="D", type=slew_rate, default=SLEW_DEGREES_PER_SECOND)
    offset = _Within(float, -2e9, 2e9, "seconds")
    parser.add_argument(
        "--clock-offset", metavar="SECONDS", type=offset, default=0.0, help="the mount lives so much later than now"
    )


def _add_test_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="of the noise")
    parser.add_argument("--ready-file", metavar="F", type=Path, help="gets the address when it listens")
    parser.add_argument("--trace", metavar="F", type=Path, help="gets the bytes that pass")
    parser.add_argument("--truth", metavar="F", type=Path, help="gets where the tube really points, at 50 Hz")
    parser.add_argument("--control", metavar="PATH", type=Path, help="Unix socket that takes faults")
    parser.add_argument("--fault", metavar="SPEC", type=_fault, action="append", default=[])


class _Within:
    """Reads a number and holds it to its bounds."""

    def __init__(self, kind: type[int] | type[float], lowest: float, highest: float, unit: str) -> None:
        self._kind, self._lowest, self._highest, self._unit = kind, lowest, highest, unit

    def __call__(self, text: str) -> float:
        try:
            number = self._kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
        if not self._lowest <= number <= self._highest:
            raise argparse.ArgumentTypeError(
                f"{text} is not between {self._lowest:g} and {self._highest:g} {self._unit}"
            )
        return number


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT")
    return host, int(port)


def _fault(text: str) -> Fault:
    try:
        return read_fault(text)
    except UnknownFault as error:
        raise argparse.ArgumentTypeError(str(error)) from None


if __name__ == "__main__":
    sys.exit(main())
