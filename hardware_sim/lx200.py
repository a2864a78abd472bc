"""The Meade LX200 dialect: bytes in, replies out, one character at a time.

A command is `:` letters and arguments `#`; the byte 0x06 outside a command asks for the mounting. Whatever else
stands between commands (`#`, blanks, NUL, noise) is passed over, and a command that is not known stays unanswered, as
Meade does it. A `:` inside a command is a part of it, so after half a command only a `#` makes a fresh start. Time is
handed in. It must never touch a port: pacing and faults are applied to what it says.
"""

from collections.abc import Callable
from dataclasses import replace
from math import inf

from hardware_sim import lx200_clock, lx200_motion, lx200_position, lx200_settings
from hardware_sim.lx200_hand_control import HandControl, Understood
from hardware_sim.lx200_models import Model
from hardware_sim.mount import Mount
from hardware_sim.reply import SILENCE, Replies, Reply

ASK_MOUNTING = 0x06
COMMAND_START = ord(":")
COMMAND_END = ord("#")
BOOT_SECONDS = 1.5  # nothing is heard meanwhile; not confirmed on hardware, an Autostar takes longer
LONGEST_COMMAND = 48  # longer than every command; the rest of such a line is dropped
UNDERSTOOD = (
    *lx200_position.COMMANDS,
    *lx200_motion.COMMANDS,
    *lx200_clock.COMMANDS,
    *lx200_settings.COMMANDS,
)


class LX200:
    """One mount's end of the line."""

    def __init__(self, model: Model, mount: Mount) -> None:
        self.mount = mount
        self.control = HandControl(model, mount, high_precision=model.high_precision)
        known = sorted((row for row in UNDERSTOOD if row.known_to(model)), key=lambda row: -len(row.letters))
        self._known: tuple[Understood, ...] = tuple(known)
        self._command: bytearray | None = None
        self._awake_at = -inf
        self._is_lost: Callable[[bytes], bool] = lambda command: False

    def lose_commands(self, is_lost: Callable[[bytes], bool]) -> None:
        """Take no notice of a whole command of which this says so."""
        self._is_lost = is_lost

    def hear(self, byte: int, t: float) -> Replies:
        """Take one byte that arrived at time `t`; answer when it completes a command."""
        if t < self._awake_at:
            return SILENCE
        if self._command is None:
            return self._between_commands(byte, t)
        if byte == COMMAND_END:
            command, self._command = bytes(self._command), None
            return self._obey(command, t)
        self._command.append(byte)
        if len(self._command) > LONGEST_COMMAND:
            self._command = None
        return SILENCE

    @property
    def is_parked(self) -> bool:
        return self.control.is_parked

    def power_cycle(self, t: float, boot_seconds: float = BOOT_SECONDS) -> None:
        """Forget everything but where the tube stands, and start anew."""
        self.mount.advance(t)
        self.control.power_cycle()
        self._command = None
        self._awake_at = t + boot_seconds

    def take_by_hand(self, what: str) -> None:
        """What somebody does at the hand control: `hand-park`, `low-precision`, `high-precision`."""
        if what == "hand-park":
            lx200_motion.park(self.control)
        else:
            self.control.high_precision = what == "high-precision"

    def next_unasked(self) -> float | None:
        """A Meade never speaks by itself."""
        return None

    def unasked(self, _: float) -> Replies:
        return SILENCE

    def _between_commands(self, byte: int, t: float) -> Replies:
        if byte == COMMAND_START:
            self._command = bytearray()
        elif byte == ASK_MOUNTING:
            self.mount.advance(t)
            return SILENCE if self.control.is_deaf else (Reply(self._mounting(), to=b"\x06"),)
        return SILENCE

    def _mounting(self) -> bytes:
        if not self.mount.tracking:
            return b"L"
        return b"P" if self.mount.belief.geometry.polar else b"A"

    def _obey(self, command: bytes, t: float) -> Replies:
        self.mount.advance(t)
        if self.control.is_deaf:
            return SILENCE
        command = command.strip(b" \x00\r\n")
        if self._is_lost(command):
            return SILENCE
        for row in self._known:
            if command == row.letters or (row.takes_argument and command.startswith(row.letters)):
                replies = row.answer(self.control, command[len(row.letters) :].strip())
                return tuple(replace(reply, to=command) for reply in replies)
        return SILENCE
