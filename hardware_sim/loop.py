"""One thread that lets the simulated mount live: time, bytes, faults and records come together here.

The only file that reads a clock. It waits until something arrives or falls due, carries bytes between the port and the
exchange, pulls the plug and puts it back. It knows no dialect by name.
"""

import contextlib
import select
import signal
import socket
import time
from collections.abc import Iterator
from types import FrameType

from hardware_sim.control import ControlSocket
from hardware_sim.exchange import Exchange
from hardware_sim.fault_words import Fault, UnknownFault
from hardware_sim.faults import read_fault
from hardware_sim.port import Port
from hardware_sim.recorder import TRUTH_PERIOD_SECONDS, LineFile, Trace, truth_line

TIME_JUMP_SECONDS = 1.0  # far longer than any turn of the loop: the computer or this process was stopped


class Loop:
    """Runs until SIGTERM or SIGINT."""

    def __init__(self, exchange: Exchange, port: Port, minds_speed: bool = False, jumps_in_time: bool = True) -> None:
        """A line that minds the speed is rubbish to a client of another one.

        Without jumps in time the mount stands still while this process does, instead of catching up afterwards.
        """
        self._exchange, self._port = exchange, port
        self._minds_speed, self._jumps_in_time = minds_speed, jumps_in_time
        self._trace = Trace(LineFile(None))
        self._truth = LineFile(None)
        self._control: ControlSocket | None = None
        self._next_truth = 0.0
        self._lived_until = time.monotonic()
        self._is_over = False
        self._wake, self._woken = socket.socketpair()

    def record(self, trace: LineFile, truth: LineFile) -> None:
        self._trace, self._truth = Trace(trace), truth

    def listen_to(self, control: ControlSocket) -> None:
        self._control = control

    def obey(self, words: str) -> str:
        """One line of the control socket."""
        if words == "truth":
            return self._truth_now(self._now())
        if words == "faults":
            return " ".join(self._exchange.held.words)
        try:
            self.inflict(read_fault(words))
        except UnknownFault as error:
            return f"error {error}"
        except OSError as error:
            return f"error {words}: {error}"
        return "ok"

    def inflict(self, fault: Fault) -> None:
        """Let a fault happen now, or hold from now on."""
        now = self._now()
        if fault.word == "unplug":
            self._trace.pause()
            self._exchange.cut()
            self._port.unplug()
        elif fault.word in ("replug", "replug-as"):
            self._replug(str(fault.values[0]) if fault.values else None, now)
        elif fault.word in ("rst", "fin"):
            self._port.drop_client(rudely=fault.word == "rst")
        else:
            if fault.word == "power-cycle":
                self._trace.pause()
            self._pass_on_to_port(fault)
            self._exchange.inflict(fault, now)

    def _replug(self, name: str | None, now: float) -> None:
        """Under another name it is pulled first, if it is still in."""
        self._port.plug(name)
        if name is not None:
            self._trace.pause()
            self._exchange.cut()
        self._exchange.plugged(now)

    def _pass_on_to_port(self, fault: Fault) -> None:
        """Before anything holds: a port may be of a kind that has no such fault."""
        held = set() if fault.word == "clear" else {*self._exchange.held.words, fault.word}
        if fault.word == "end":
            held -= set(map(str, fault.values))
        self._port.turn_away("turn-away" in held)
        self._port.hang("hang" in held)
        self._port.watch_openings(bool({"boot", "garbage-at-plug"} & held))

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
        due = self._exchange.next_event()
        until = self._next_truth if due is None else min(due, self._next_truth)
        control = self._control.files() if self._control is not None else ()
        files = (self._woken.fileno(), *self._port.files(), *control)
        select.select(files, (), (), max(0.0, until - time.monotonic()))

    def _pass_bytes(self) -> None:
        data = self._port.read()
        now = self._now()
        if self._port.was_opened():
            self._exchange.opened(now)
        if data:
            self._trace.heard(data, now)
            self._exchange.is_misread = self._minds_speed and self._port.client_baud() != self._exchange.baud
            self._exchange.arrive(data, now)
        passed = self._exchange.live(now)
        if passed and self._port.write(passed):
            self._trace.said(passed, now)
            if not self._exchange.is_answering:
                self._trace.pause()

    def _now(self) -> float:
        """The time, having seen whether any of it went by while this process was stopped."""
        now = time.monotonic()
        gap, self._lived_until = now - self._lived_until, now
        if gap > TIME_JUMP_SECONDS and not self._jumps_in_time:
            self._exchange.dialect.mount.stand_still_for(gap)
        return now

    def _record_truth(self) -> None:
        """Also keeps the mount's time from falling behind when nobody asks it anything."""
        now = self._now()
        if now < self._next_truth:
            return
        self._next_truth = max(self._next_truth + TRUTH_PERIOD_SECONDS, now)
        line = self._truth_now(now)
        if self._truth.is_wanted:
            self._truth.write(line)

    def _truth_now(self, t: float) -> str:
        dialect = self._exchange.dialect
        dialect.mount.advance(t)
        return truth_line(dialect.mount.truth(), dialect.is_parked, t)

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
