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
from hardware_sim.exchange import Dialect, Exchange
from hardware_sim.fault_motion import UnrulyMount
from hardware_sim.fault_words import Fault, UnknownFault
from hardware_sim.faults import known_faults, read_fault
from hardware_sim.geometry import GEOMETRIES, Travel
from hardware_sim.held import Held
from hardware_sim.loop import Loop
from hardware_sim.lx200 import LX200
from hardware_sim.lx200_models import DEFAULT_MODEL, MODELS
from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.port import Port, TcpPort
from hardware_sim.recorder import LineFile
from hardware_sim.strangers import STRANGERS, Stranger
from hardware_sim.terminal import PseudoTerminal
from hardware_sim.wire import Wire

FAMILIES = ("lx200", *STRANGERS)
KARAGANDA = Site(49.80, 73.10)
KARAGANDA_OFFSET_HOURS = 5.0
USB_NAME = "usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0"
USUAL_BAUD = 9600
SLEW_DEGREES_PER_SECOND = 4.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate one mount until SIGTERM or SIGINT, or, when asked to, until its parent has gone."""
    wanted = _parser().parse_args(arguments)
    with contextlib.ExitStack() as closing:
        try:
            loop, port = _put_together(wanted, closing)
        except (OSError, UnknownFault) as error:
            print(f"hardware-sim: {error}", file=sys.stderr)
            return 1
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
    port = _port(wanted)
    held = Held(wanted.seed)
    exchange = Exchange(_dialect(wanted, _mount(wanted, held)), Wire(wanted.baud), held)
    loop = Loop(exchange, port, minds_speed=wanted.strict_baud, jumps_in_time=not wanted.no_time_jump)
    closing.callback(loop.close)
    trace, truth = LineFile(wanted.trace), LineFile(wanted.truth)
    closing.callback(trace.close)
    closing.callback(truth.close)
    loop.record(trace, truth)
    if wanted.control is not None:
        loop.listen_to(ControlSocket(wanted.control, loop.obey))
    port.plug()
    for fault in wanted.fault:
        loop.inflict(fault)
    return loop, port


def _port(wanted: argparse.Namespace) -> Port:
    if not wanted.pty:
        return TcpPort(*wanted.tcp)
    return PseudoTerminal(wanted.pty, wanted.by_id / wanted.usb_name if wanted.by_id else None)


def _dialect(wanted: argparse.Namespace, mount: UnrulyMount) -> Dialect:
    if wanted.family in STRANGERS:
        return Stranger(STRANGERS[wanted.family], mount)
    return LX200(MODELS[wanted.model], mount)


def _mount(wanted: argparse.Namespace, held: Held) -> UnrulyMount:
    geometry = GEOMETRIES[wanted.geometry or MODELS[wanted.model].geometry]
    site = Site(wanted.latitude, wanted.longitude)
    clock = MountClock.right(KARAGANDA_OFFSET_HOURS)
    clock.local_minus_true_utc_seconds += wanted.clock_error
    utc_seconds = time.time() + wanted.clock_offset
    mount = UnrulyMount(geometry, site, clock, wanted.slew_rate, time.monotonic(), utc_seconds, held)
    if wanted.axis_travel:
        mount.move_first_stops(Travel(*sorted(wanted.axis_travel)))
    return mount


def _write_at_once(path: Path, text: str) -> None:
    """Whoever sees the file sees all of it."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hardware-sim",
        description="A telescope mount made of arithmetic, on a pseudo-terminal or a TCP port.",
        epilog=known_faults() + "\n\nThe control socket takes the same, and the questions `truth` and `faults`.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("family", choices=FAMILIES, help="lx200 is a mount, the others are strangers on its port")
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
    parser.add_argument("--by-id", metavar="DIR", type=Path, help="keeps a link to the terminal's there, as by-id does")
    parser.add_argument("--usb-name", metavar="NAME", default=USB_NAME, help="of that link (default: %(default)s)")
    parser.add_argument("--baud", type=_Within(int, 50, 4_000_000, "baud"), default=USUAL_BAUD)
    parser.add_argument("--strict-baud", action="store_true", help="rubbish to a client that has chosen another speed")


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
    parser.add_argument(
        "--clock-error", metavar="SECONDS", type=offset, default=0.0, help="its own clock is so much ahead of its life"
    )
    travel = _Within(float, -1e6, 1e6, "degrees")
    parser.add_argument(
        "--axis-travel", metavar="D", nargs=2, type=travel, help="end stops of the first axis, in place of its own"
    )


def _add_test_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="of everything random")
    parser.add_argument("--ready-file", metavar="F", type=Path, help="gets the address when it listens")
    parser.add_argument("--trace", metavar="F", type=Path, help="gets the bytes that pass")
    parser.add_argument("--truth", metavar="F", type=Path, help="gets where the tube really points, at 50 Hz")
    parser.add_argument("--control", metavar="PATH", type=Path, help="Unix socket that takes faults")
    parser.add_argument("--fault", metavar="SPEC", type=_fault, action="append", default=[], help="see below")
    parser.add_argument("--no-time-jump", action="store_true", help="stopped by a signal, it does not catch up after")


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
