"""Opening a device the way a mount wants it, and why that failed in a code of its own for each cure.

The control lines stay up when the port is closed, so that a controller that resets when they rise resets once, at the
first opening after it was plugged in, and not at each reconnection.
"""

from __future__ import annotations

import errno
import fcntl
import os
import termios
from contextlib import suppress
from typing import Any

import serial

from scope.errors import LineLost
from scope.line.port.finding import Place
from scope.line.port.patience import PORT_FAILURES

WRITE_DEADLINE_SECONDS = 0.3
"""A USB adapter that takes no byte for this long hangs; only closing and opening it again helps."""
PSEUDO_TERMINALS = range(136, 144)
"""Major numbers of /dev/pts. An exclusive mark stays on one as long as its other end lives, and would lock us out."""
REASONS = {
    errno.ENOENT: ("port_missing", "there is no such device; is the cable in?"),
    errno.EACCES: ("port_forbidden", "this user may not open it; add the user to the group dialout and sign in anew"),
    errno.EPERM: ("port_forbidden", "this user may not open it; add the user to the group dialout and sign in anew"),
    errno.EBUSY: ("port_busy", "another program has it; end it first"),
    errno.EAGAIN: ("port_busy", "another program has it; end it first"),
    errno.ENXIO: ("port_gone", "the device has gone; pull its cable and plug it in again"),
    errno.EIO: ("port_gone", "the device has gone; pull its cable and plug it in again"),
    errno.ENODEV: ("port_gone", "the device has gone; pull its cable and plug it in again"),
    errno.ENOTTY: ("port_unusable", "it is no serial port; set another in clubscope.toml"),
    errno.ECONNREFUSED: ("port_unreachable", "nothing listens there; check the adapter's power, address and port"),
    errno.EHOSTUNREACH: ("port_unreachable", "no way leads there; check the network and the adapter's address"),
    errno.ENETUNREACH: ("port_unreachable", "no way leads there; check the network and the adapter's address"),
    errno.ETIMEDOUT: ("port_unreachable", "no answer from there; check the network and the adapter's address"),
}


def open_device(place: Place, baud: int) -> Any:
    """A pyserial port, ours alone, whose reads never wait; the reason of a failure as LineLost."""
    try:
        device = serial.serial_for_url(
            place.opens, baudrate=baud, timeout=0, write_timeout=_write_deadline(place), exclusive=True
        )
    except (*PORT_FAILURES, ValueError) as wrong:
        raise unusable(place, wrong) from wrong
    with suppress(*PORT_FAILURES):  # a port in the network has no such marks
        _mark_as_ours(device.fileno())
    return device


def _write_deadline(place: Place) -> float | None:
    """pyserial knows none for RFC 2217, whose socket gives up by itself after 5 s."""
    return None if place.name.startswith("rfc2217:") else WRITE_DEADLINE_SECONDS


def _mark_as_ours(descriptor: int) -> None:
    if os.major(os.fstat(descriptor).st_rdev) not in PSEUDO_TERMINALS:
        fcntl.ioctl(descriptor, termios.TIOCEXCL)
    modes = termios.tcgetattr(descriptor)
    modes[2] &= ~termios.HUPCL
    termios.tcsetattr(descriptor, termios.TCSANOW, modes)


def close_device(device: Any, orderly: bool) -> None:
    """Let go of it; what it has not sent yet is thrown away, or the kernel would wait for it, and send it later."""
    if not orderly and isinstance(device, serial.Serial):  # one in the network has nothing to throw away
        with suppress(*PORT_FAILURES):
            device.reset_output_buffer()
    with suppress(*PORT_FAILURES):
        device.close()


def unsent(device: Any) -> int:
    """Bytes that the system has taken and the device has not; 0 where that cannot be told."""
    try:
        return int(device.out_waiting)
    except (*PORT_FAILURES, AttributeError):
        return 0


def unusable(place: Place, wrong: BaseException) -> LineLost:
    """Why a port could not be opened: the code by the system's own number, wherever pyserial has hidden it."""
    number = _number(wrong)
    code, cure = REASONS.get(number, ("port_unusable", "check the port in clubscope.toml"))
    if place.node is None and code in ("port_unusable", "port_missing"):
        code, cure = "port_unreachable", "check the adapter's address and the network"
    return LineLost(f"cannot open {place.opens}: {wrong}: {cure}", code=code, port=place.name, errno=number)


def _number(wrong: BaseException | None) -> int:
    while wrong is not None:
        if wrong.args and isinstance(wrong.args[0], int):
            return wrong.args[0]
        wrong = wrong.__context__
    return 0
