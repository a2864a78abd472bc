"""The language of Celestron's NexStar and Sky-Watcher's SynScan hand controls: bytes in, replies out.

A command is a letter and so many bytes as the letter takes; nothing ends it, and every answer ends with a hash, which
may also stand inside. A letter that the firmware does not know, and whatever else stands between commands (`#`, blanks,
noise), is passed over. Time is handed in. It must never touch a port: pacing and faults are applied to what it says.
"""

from collections.abc import Callable
from dataclasses import replace
from math import inf

from hardware_sim import nexstar_passthrough, nexstar_position, nexstar_settings
from hardware_sim.fault_words import UnknownFault
from hardware_sim.mount import Mount
from hardware_sim.nexstar_hand_control import HandControl, Model, Understood
from hardware_sim.reply import SILENCE, Replies

BOOT_SECONDS = 2.0  # nothing is heard meanwhile; not confirmed on hardware, with its greeting it takes longer
# A command that stays unfinished is forgotten, so that a lost byte does not shift all that follow. Not confirmed on
# hardware; longer than any gap that a live line makes.
UNFINISHED_SECONDS = 1.0
UNDERSTOOD = {
    row.letter[0]: row
    for row in (*nexstar_position.COMMANDS, *nexstar_settings.COMMANDS, *nexstar_passthrough.COMMANDS)
}


class NexStar:
    """One mount's end of the line."""

    def __init__(self, model: Model, mount: Mount) -> None:
        self.mount = mount
        self.control = HandControl.aligned(model, mount)
        self._known = {letter: UNDERSTOOD[letter] for letter in model.knows}
        self._command = bytearray()
        self._heard_at = self._awake_at = -inf
        self._is_lost: Callable[[bytes], bool] = lambda command: False

    def lose_commands(self, is_lost: Callable[[bytes], bool]) -> None:
        """Take no notice of a whole command of which this says so."""
        self._is_lost = is_lost

    @property
    def is_parked(self) -> bool:
        return self.control.is_hibernating

    def hear(self, byte: int, t: float) -> Replies:
        """Take one byte that arrived at time `t`; answer when it completes a command."""
        if t < self._awake_at:
            return SILENCE
        if t - self._heard_at > UNFINISHED_SECONDS:
            self._command.clear()
        self._heard_at = t
        if not self._command and byte not in self._known:
            return SILENCE
        self._command.append(byte)
        row = self._known[self._command[0]]
        if len(self._command) <= row.takes:
            return SILENCE
        command = bytes(self._command)
        self._command.clear()
        return self._obey(row, command, t)

    def _obey(self, row: Understood, command: bytes, t: float) -> Replies:
        self.mount.advance(t)
        self.control.now = t
        if self._is_lost(command):
            return SILENCE
        return tuple(replace(reply, to=command) for reply in row.answer(self.control, command[1:]))

    def power_cycle(self, t: float, boot_seconds: float = BOOT_SECONDS) -> None:
        """Forget everything but where the tube stands and the site, and start anew."""
        self.mount.advance(t)
        self.control.power_cycle()
        self._command.clear()
        self._awake_at = t + boot_seconds

    def take_by_hand(self, what: str) -> None:
        """What somebody does at the hand control: `hand-park` puts it to sleep."""
        if what != "hand-park":
            raise UnknownFault(f"{what}: this hand control is asked for either precision, and has no mode for it")
        nexstar_settings.hibernate(self.control)

    def next_unasked(self) -> float | None:
        """It never speaks by itself."""
        return None

    def unasked(self, _: float) -> Replies:
        return SILENCE
