"""One thread that lets the simulated mount live: time, bytes, faults and records come together here.

The only file that reads a clock. It waits until something arrives or falls due, hands bytes to the dialect when they
have passed the wire, and its replies through the faults back onto it. It knows no dialect by name.
"""

import contextlib
import select
import signal
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from types import FrameType
from typing import Protocol

from hardware_sim.control import ControlSocket
from hardware_sim.faults import Fault, Faults, UnknownFault, read_fault
from hardware_sim.mount import Mount
from hardware_sim.port import Port
from hardware_sim.recorder import TRUTH_PERIOD_SECONDS, LineFile, Trace, truth_line
from hardware_sim.reply import Replies
from hardware_sim.wire import Wire


class Dialect(Protocol):
    """What a family has to offer."""

    @property
    def mount(self) -> Mount: ...
    def hear(self, byte: int, t: float) -> Replies: ...
    def power_cycle(self, t: float) -> None: ...


class Loop:
    """Runs until SIGTERM or SIGINT."""

    def __init__(self, dialect: Dialect, port: Port, wire: Wire, faults: Faults) -> None:
        self._dialect, self._port, self._wire, self._faults = dialect, port, wire, faults
        self._trace = Trace(LineFile(None))
        self._truth = LineFile(None)
        self._control: ControlSocket | None = None
        self._next_truth = 0.0
        self._is_over = False
        self._wake, self._woken = socket.socketpair()

    def record(self, trace: LineFile, truth: LineFile) -> None:
        self._trace, self._truth = Trace(trace), truth

    def listen_to(self, control: ControlSocket) -> None:
        self._control = control

    def obey(self, words: str) -> str:
        """One line of the control socket."""
        if words == "truth":
            return self._truth_now(time.monotonic())
        try:
            self.inflict(read_fault(words))
        except UnknownFault as error:
            return f"error {error}"
        except OSError as error:
            return f"error {words}: {error}"
        return "ok"

    def inflict(self, fault: Fault) -> None:
        """Let a fault happen now."""
        if fault.word == "unplug":
            self._trace.pause()
            self._wire.cut()
            self._port.unplug()
        elif fault.word == "replug":
            self._port.plug()
        elif fault.word == "power-cycle":
            self._trace.pause()
            self._wire.cut()
            self._dialect.power_cycle(time.monotonic())
        else:
            self._faults.set(fault)

    def run(self) -> None:
        """Live; the port must be plugged in."""
        with self._ended_by_signals():
            while not self._is_over:
                self._wait()
                self._pass_bytes()
                if self._control is not None:
                    self._control.serve()
                self._record_truth()
        self._trace.pause()

    def close(self) -> None:
        self._port.unplug()
        if self._control is not None:
            self._control.close()
        self._wake.close()
        self._woken.close()

    def _wait(self) -> None:
        due = self._wire.next_event()
        until = self._next_truth if due is None else min(due, self._next_truth)
        control = self._control.files() if self._control is not None else ()
        files = (self._woken.fileno(), *self._port.files(), *control)
        select.select(files, (), (), max(0.0, until - time.monotonic()))

    def _pass_bytes(self) -> None:
        data = self._port.read()
        now = time.monotonic()
        if data:
            self._trace.heard(data, now)
            self._wire.arrive(data, now)
        while (byte := self._wire.heard(now)) is not None:
            self._answer(*byte)
        passed = self._wire.passed(now)
        if passed:
            self._port.write(passed)
            self._trace.said(passed, now)
            if not self._wire.is_answering:
                self._trace.pause()

    def _answer(self, t: float, byte: int) -> None:
        for reply in self._dialect.hear(byte, t):
            late = reply.after_seconds + self._faults.late_seconds
            self._wire.answer(replace(reply, data=self._faults.spoil(reply.data), after_seconds=late), t)

    def _record_truth(self) -> None:
        """Also keeps the mount's time from falling behind when nobody asks it anything."""
        now = time.monotonic()
        if now < self._next_truth:
            return
        self._next_truth = max(self._next_truth + TRUTH_PERIOD_SECONDS, now)
        line = self._truth_now(now)
        if self._truth.is_wanted:
            self._truth.write(line)

    def _truth_now(self, t: float) -> str:
        self._dialect.mount.advance(t)
        return truth_line(self._dialect.mount.truth(), t)

    @contextlib.contextmanager
    def _ended_by_signals(self) -> Iterator[None]:
        def end(_: int, __: FrameType | None) -> None:
            self._is_over = True
            self._wake.send(b"\0")

        before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
