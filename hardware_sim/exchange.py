"""Everything between the socket and the mount, with time handed in: wire, dialect, and the faults of both.

Bytes and times go in, bytes come out; the same bytes at the same times under the same seed give the same bytes. It
must never open a port or read a clock (loop.py does), and knows no dialect by name.
"""

from collections.abc import Callable
from typing import Protocol

from hardware_sim import fault_belief, fault_line
from hardware_sim.fault_bytes import Spoiler
from hardware_sim.fault_content import with_noise
from hardware_sim.fault_motion import AXES
from hardware_sim.fault_words import Fault, Lasts, UnknownFault
from hardware_sim.faults import KNOWN
from hardware_sim.held import Held
from hardware_sim.mount import Mount
from hardware_sim.reply import Replies, Reply
from hardware_sim.wire import Wire

ENDS_OF_COMMANDS = b"#\x06\r"
BY_HAND = ("hand-park", "low-precision", "high-precision")
SHORTEST_CHATTER_SECONDS = 0.01


class Dialect(Protocol):
    """What a family has to offer."""

    @property
    def mount(self) -> Mount: ...
    @property
    def is_parked(self) -> bool: ...
    def hear(self, byte: int, t: float) -> Replies: ...
    def lose_commands(self, is_lost: Callable[[bytes], bool]) -> None:
        """Take no notice of a whole command of which this says so."""
        ...

    def power_cycle(self, t: float, boot_seconds: float = ...) -> None: ...
    def take_by_hand(self, what: str) -> None: ...
    def next_unasked(self) -> float | None:
        """When it will speak by itself."""
        ...

    def unasked(self, t: float) -> Replies:
        """What it says by itself at `t`."""
        ...


class Exchange:
    """One mount's end of the line."""

    def __init__(self, dialect: Dialect, wire: Wire, held: Held) -> None:
        self.dialect, self.held = dialect, held
        self.is_misread = False  # the client speaks at another speed
        self._wire = wire
        self._spoiler = Spoiler(held, dialect.mount.is_slewing)
        self._deaf_until = 0.0
        self._next_chatter: float | None = None
        dialect.lose_commands(lambda command: held.take("lost", command) is not None)

    @property
    def baud(self) -> int:
        return self._wire.baud

    @property
    def is_answering(self) -> bool:
        return self._wire.is_answering

    def arrive(self, data: bytes, t: float) -> None:
        """The client wrote these bytes at `t`."""
        if not self.held.holds("black-hole"):
            self._wire.arrive(data, t)

    def live(self, t: float) -> bytes:
        """Hear, obey and answer until `t`; the bytes that have reached the client since the last call."""
        while (heard := self._wire.heard(t)) is not None:
            self._hear(*heard)
        self._speak(self.dialect.unasked(t), t)
        self._chatter(t)
        self.dialect.mount.advance(t)
        passed = self._wire.passed(t)
        return b"" if self.held.holds("black-hole") else passed

    def next_event(self) -> float | None:
        """When there will be something to do."""
        times = (self._wire.next_event(), self.dialect.next_unasked(), self._next_chatter)
        return min((time for time in times if time is not None), default=None)

    def cut(self) -> None:
        """The plug was pulled."""
        self._wire.cut()

    def plugged(self, t: float) -> None:
        """The port is there, and whatever probes new ports has found it."""
        if self.held.holds("garbage-at-plug"):
            for byte in fault_line.PROBE:
                self._speak(self.dialect.hear(byte, t), t)
            self._wire.answer(Reply(fault_line.GARBAGE), t)

    def opened(self, t: float) -> None:
        """A client has opened the port."""
        if self.held.holds("boot"):
            seconds = self.held.value("boot")
            self._deaf_until = t + seconds
            self._wire.cut()
            self._wire.answer(Reply(fault_line.BANNER, after_seconds=seconds, is_aside=True), t)
        self.plugged(t)

    def inflict(self, fault: Fault, t: float) -> None:
        """Let a fault happen at `t`, or hold from then on."""
        self.dialect.mount.advance(t)
        if fault.word in ("clear", "end"):
            self.held.clear(str(fault.values[0]) if fault.values else None)
        elif fault.word == "deaf-to-stop":
            self.held.hold_times(fault)
        elif KNOWN[fault.word].lasts is not Lasts.MOMENT:
            self.held.hold(fault)
        else:
            self._befall(fault, t)
        self._wire.latency_seconds = self.held.value("latency")
        if fault.word == "unsolicited" or not self.held.holds("unsolicited"):
            self._next_chatter = t + self._chatter_seconds if self.held.holds("unsolicited") else None

    def _befall(self, fault: Fault, t: float) -> None:
        """Faults of a moment."""
        if fault.word == "power-cycle":
            self._wire.cut()
            self.dialect.power_cycle(t)
        elif fault.word == "blip":
            self.dialect.power_cycle(t, 0.0)
        elif fault.word == "hand-box":
            axis, rate, seconds = fault.values
            self.dialect.mount.take_hand_box(AXES.index(str(axis)), float(rate), float(seconds))
        elif fault.word in BY_HAND:
            self.dialect.take_by_hand(fault.word)
        elif fault.word in fault_belief.WORDS:
            fault_belief.mislead(self.dialect.mount, fault)
        else:
            raise UnknownFault(f"{fault.word} needs a port")

    def _hear(self, t: float, byte: int) -> None:
        if t < self._deaf_until:
            return
        if self.held.take("echo") is not None:
            self._wire.answer(Reply(bytes([byte])), t)
        if self.is_misread or self.held.holds("wrong-baud"):
            self._mishear(t, byte)
            return
        for passed in self._on_the_way(byte):
            self._speak(self.dialect.hear(passed, t), t)

    def _on_the_way(self, byte: int) -> bytes:
        taken = self.held.take("noise-in")
        if taken is None:
            return bytes([byte])
        return with_noise(bytes([byte]), float(taken[0]), self.held.dice("noise-in"))

    def _mishear(self, t: float, byte: int) -> None:
        """Rubbish comes in, and rubbish goes out where an answer would have been."""
        dice = self.held.dice("wrong-baud")
        self.dialect.hear(fault_line.misread(dice), t)
        if byte in ENDS_OF_COMMANDS:
            self._wire.answer(Reply(fault_line.rubbish(dice)), t)

    def _speak(self, replies: Replies, t: float) -> None:
        for reply in replies:
            for spoilt in self._spoiler.spoil(reply):
                self._wire.answer(spoilt, t)

    def _chatter(self, t: float) -> None:
        """Lines that nobody asked for, each at its own time."""
        while self._next_chatter is not None and self._next_chatter <= t:
            line = self.held.dice("unsolicited").choice(fault_line.CHATTER)
            self._wire.answer(Reply(line, is_aside=True), self._next_chatter)
            self._next_chatter += self._chatter_seconds
            if self.held.take("unsolicited") is None or not self.held.holds("unsolicited"):
                self._next_chatter = None

    @property
    def _chatter_seconds(self) -> float:
        return max(self.held.value("unsolicited"), SHORTEST_CHATTER_SECONDS)
