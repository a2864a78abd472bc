"""The command line of hardware-sim: puts a mount, a dialect, a port and the faults together and lets them run.

`record` and `replay` in the place of a family are commands of their own (record.py, replay.py).
"""

import argparse
import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from hardware_sim import record, replay
from hardware_sim.control import ControlSocket
from hardware_sim.error_arguments import add_error_arguments, gear_errors, pointing_errors
from hardware_sim.exchange import Exchange
from hardware_sim.families import FAMILIES
from hardware_sim.fault_motion import UnrulyMount
from hardware_sim.fault_words import Fault, UnknownFault
from hardware_sim.faults import known_faults, read_fault
from hardware_sim.geometry import GEOMETRIES, Travel
from hardware_sim.held import Held
from hardware_sim.loop import Loop
from hardware_sim.mount_clock import MountClock, Site
from hardware_sim.numbers import Within
from hardware_sim.port import Port, TcpPort
from hardware_sim.recorder import LineFile
from hardware_sim.terminal import PseudoTerminal
from hardware_sim.wire import Wire

KARAGANDA = Site(49.80, 73.10)
KARAGANDA_OFFSET_HOURS = 5.0
USB_NAME = "usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0"
SLEW_DEGREES_PER_SECOND = 4.0
OTHER_COMMANDS = {"record": record.main, "replay": replay.main}


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate one mount until SIGTERM or SIGINT, or, when asked to, until its parent has gone."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in OTHER_COMMANDS:
        return OTHER_COMMANDS[given[0]](given[1:])
    wanted = _settled(_parser().parse_args(given))
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


def _settled(wanted: argparse.Namespace) -> argparse.Namespace:
    """What was not said is as the family has it; a model that it has not ends the program with the list."""
    family = FAMILIES[wanted.family]
    wanted.model = wanted.model or family.usual_model
    if wanted.model not in family.geometry_of:
        known = ", ".join(family.geometry_of)
        raise SystemExit(f"hardware-sim: {wanted.family} has no model {wanted.model!r}; there are {known}")
    wanted.geometry = wanted.geometry or family.geometry_of[wanted.model]
    wanted.baud = wanted.baud or family.baud_for(wanted.model)
    return wanted


def _end_with_parent() -> None:
    """A parent holds the other end of standard input; killed, it cannot say that it ends, but the pipe closes."""
    while os.read(sys.stdin.fileno(), 64):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _put_together(wanted: argparse.Namespace, closing: contextlib.ExitStack) -> tuple[Loop, Port]:
    """Everything opened is closed by `closing`, also when a later part fails."""
    port = _port(wanted)
    held = Held(wanted.seed)
    exchange = Exchange(FAMILIES[wanted.family].make(wanted.model, _mount(wanted, held)), Wire(wanted.baud), held)
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


def _mount(wanted: argparse.Namespace, held: Held) -> UnrulyMount:
    geometry = GEOMETRIES[wanted.geometry]
    site = Site(wanted.latitude, wanted.longitude)
    clock = MountClock.right(KARAGANDA_OFFSET_HOURS)
    clock.local_minus_true_utc_seconds += wanted.clock_error
    utc_seconds = time.time() + wanted.clock_offset
    mount = UnrulyMount(geometry, site, clock, wanted.slew_rate, time.monotonic(), utc_seconds, held)
    mount.misalign(pointing_errors(wanted))
    mount.wear(gear_errors(wanted))
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
        epilog=f"{known_faults()}\n\nThe control socket takes the same, and the questions `truth` and `faults`.\n\n"
        "`hardware-sim record` writes down what a real mount says, `hardware-sim replay` plays it back: see --help.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("family", choices=FAMILIES, help="gps, modem and zigbee are strangers on a mount's port")
    models = "; ".join(f"{name}: {', '.join(family.geometry_of)}" for name, family in FAMILIES.items())
    parser.add_argument("--model", help=f"the first is the usual one ({models})")
    parser.add_argument("--geometry", choices=GEOMETRIES, help="how the axes stand (default: as the model's)")
    _add_line_arguments(parser)
    _add_place_arguments(parser)
    add_error_arguments(parser)
    _add_test_arguments(parser)
    parser.add_argument("--until-stdin-closes", action="store_true", help="end with the program that started this")
    return parser


def _add_line_arguments(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--pty", metavar="PATH", type=Path, help="link to make to a pseudo-terminal")
    where.add_argument("--tcp", metavar="HOST:PORT", type=_host_and_port, help="port 0 takes a free one")
    parser.add_argument("--by-id", metavar="DIR", type=Path, help="keeps a link to the terminal's there, as by-id does")
    parser.add_argument("--usb-name", metavar="NAME", default=USB_NAME, help="of that link (default: %(default)s)")
    parser.add_argument("--baud", type=Within(int, 50, 4_000_000, "baud"))
    parser.add_argument("--strict-baud", action="store_true", help="rubbish to a client that has chosen another speed")


def _add_place_arguments(parser: argparse.ArgumentParser) -> None:
    latitude, longitude = Within(float, -90, 90, "degrees"), Within(float, -180, 360, "degrees")
    parser.add_argument("--latitude", metavar="D", type=latitude, default=KARAGANDA.latitude_degrees)
    parser.add_argument("--longitude", metavar="D", type=longitude, default=KARAGANDA.longitude_degrees, help="east +")
    slew_rate = Within(float, 0.1, 1000, "degrees a second")
    parser.add_argument("--slew-rate", metavar="D", type=slew_rate, default=SLEW_DEGREES_PER_SECOND)
    offset = Within(float, -2e9, 2e9, "seconds")
    parser.add_argument(
        "--clock-offset", metavar="SECONDS", type=offset, default=0.0, help="the mount lives so much later than now"
    )
    parser.add_argument(
        "--clock-error", metavar="SECONDS", type=offset, default=0.0, help="its own clock is so much ahead of its life"
    )
    travel = Within(float, -1e6, 1e6, "degrees")
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
