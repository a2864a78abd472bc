"""The LX200 family: bytes in, replies out, one character at a time.

A command is `:` letters and arguments `#`; the byte 0x06 outside a command asks for the mounting. Whatever else
stands between commands (`#`, blanks, NUL, noise) is passed over, and a command that is not known gets what its dialect
says to such: nothing at a Meade. A `:` inside a command is a part of it, so after half a command only a `#` makes a
fresh start. What is understood is the model's own table. Time is handed in. It must never touch a port: pacing and
faults are applied to what it says.
"""

from collections.abc import Callable
from dataclasses import replace
from math import inf

from hardware_sim.framed import Frame, find
from hardware_sim.lx200_hand_control import HandControl, Rest
from hardware_sim.lx200_model import Model
from hardware_sim.mount import Mount
from hardware_sim.reply import SILENCE, Replies, Reply, say

ASK_MOUNTING = 0x06
COMMAND_START = b":"
CHOOSES_HOW_TO_START = b"b"
BOOT_SECONDS = 1.5  # nothing is heard meanwhile; not confirmed on hardware, an Autostar takes longer
LONGEST_COMMAND = 48  # longer than every command; the rest of such a line is dropped


class LX200:
    """One mount's end of the line."""

    def __init__(self, model: Model, mount: Mount) -> None:
        self.mount = mount
        self.control = HandControl(model, mount, high_precision=model.high_precision)
        self._frame = Frame(COMMAND_START, b"#", LONGEST_COMMAND, begins_anew=False)
        self._awake_at = -inf
        self._is_lost: Callable[[bytes], bool] = lambda command: False

    def lose_commands(self, is_lost: Callable[[bytes], bool]) -> None:
        """Take no notice of a whole command of which this says so."""
        self._is_lost = is_lost

    def hear(self, byte: int, t: float) -> Replies:
        """Take one byte that arrived at time `t`; answer when it completes a command."""
        if t < self._awake_at:
            return SILENCE
        if not self._frame.is_open:
            return self._between_commands(byte, t)
        command = self._frame.take(byte)
        return SILENCE if command is None else self._obey(command, t)

    @property
    def is_parked(self) -> bool:
        return self.control.is_parked

    def power_cycle(self, t: float, boot_seconds: float = BOOT_SECONDS) -> None:
        """Forget everything but where the tube stands, and start anew."""
        self.mount.advance(t)
        self.control.power_cycle(t, boot_seconds)
        self._frame.drop()
        # One that is asked how it is to start answers that question while it boots.
        self._awake_at = t if self.control.waits_for_start else t + boot_seconds

    def take_by_hand(self, what: str) -> None:
        """What somebody does at the hand control: `hand-park`, `low-precision`, `high-precision`."""
        if what == "hand-park":
            self.control.go_to_rest(Rest.PARK)
        else:
            self.control.high_precision = what == "high-precision"
            self.control.ultra_precision = False

    def next_unasked(self) -> float | None:
        """None of this family speaks by itself."""
        return None

    def unasked(self, _: float) -> Replies:
        return SILENCE

    def _between_commands(self, byte: int, t: float) -> Replies:
        if byte == ASK_MOUNTING:
            return self._tell_mounting(t)
        if byte in self.control.model.starts:
            self._frame.begin(bytes([byte]).removeprefix(COMMAND_START))
        return SILENCE

    def _tell_mounting(self, t: float) -> Replies:
        self.mount.advance(t)
        self.control.t = t
        if self.control.is_deaf:
            return SILENCE
        return tuple(replace(reply, to=b"\x06") for reply in say(self.control.model.mounting(self.control)))

    def _obey(self, command: bytes, t: float) -> Replies:
        self.mount.advance(t)
        self.control.t = t
        if self.control.is_deaf:
            return SILENCE
        command = command.strip(b" \x00\r\n")
        if self._is_lost(command) or (self._is_starting() and not command.startswith(CHOOSES_HOW_TO_START)):
            return SILENCE
        return tuple(replace(reply, to=command) for reply in self._answer(command) if reply.data or reply.then_baud)

    def _is_starting(self) -> bool:
        return self.control.waits_for_start or self.control.t < self.control.starting_until

    def _answer(self, command: bytes) -> Replies:
        if (found := find(self.control.model.commands, command)) is None:
            return (Reply(self.control.model.unknown),)
        row, argument = found
        return row.answer(self.control, argument.strip())
