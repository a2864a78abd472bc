"""The iOptron dialect, both command sets: bytes in, replies out, one character at a time.

A command is `:` letters and digits `#`. Whatever else stands between commands is passed over, and a command that is
not known stays unanswered. A `:` begins a command anew, wherever it stands; not confirmed on hardware. Time is handed
in. It must never touch a port: pacing and faults are applied to what it says.
"""

from collections.abc import Callable
from dataclasses import replace
from math import inf

from hardware_sim import ioptron_motion, ioptron_settings, ioptron_v2, ioptron_v3
from hardware_sim.fault_words import UnknownFault
from hardware_sim.framed import Frame, find, longest_first
from hardware_sim.ioptron_hand_control import HandControl, Understood
from hardware_sim.ioptron_models import Model
from hardware_sim.mount import Mount
from hardware_sim.reply import SILENCE, Replies

BOOT_SECONDS = 2.0  # nothing is heard meanwhile; not confirmed on hardware
LONGEST_COMMAND = 24  # longer than every command; the rest of such a line is dropped
COMMON = (*ioptron_motion.COMMANDS, *ioptron_settings.COMMANDS)
UNDERSTOOD: dict[int, tuple[Understood, ...]] = {
    2: (*ioptron_v2.COMMANDS, *COMMON),
    3: (*ioptron_v3.COMMANDS, *COMMON),
}


class IOptron:
    """One mount's end of the line."""

    def __init__(self, model: Model, mount: Mount) -> None:
        self.mount = mount
        self.control = HandControl(model, mount)
        self._known = longest_first(UNDERSTOOD[model.version])
        self._frame = Frame(b":", b"#", LONGEST_COMMAND, begins_anew=True)
        self._awake_at = -inf
        self._is_lost: Callable[[bytes], bool] = lambda command: False

    def lose_commands(self, is_lost: Callable[[bytes], bool]) -> None:
        """Take no notice of a whole command of which this says so."""
        self._is_lost = is_lost

    @property
    def is_parked(self) -> bool:
        return self.control.is_parked

    def hear(self, byte: int, t: float) -> Replies:
        """Take one byte that arrived at time `t`; answer when it completes a command."""
        if t < self._awake_at:
            return SILENCE
        command = self._frame.take(byte)
        return SILENCE if command is None else self._obey(command, t)

    def _obey(self, command: bytes, t: float) -> Replies:
        self.mount.advance(t)
        self.control.now = t
        if self._is_lost(command):
            return SILENCE
        if (found := find(self._known, command)) is None:
            return SILENCE
        row, argument = found
        return tuple(replace(reply, to=command) for reply in row.answer(self.control, argument))

    def power_cycle(self, t: float, boot_seconds: float = BOOT_SECONDS) -> None:
        """Take where the tube stands for the zero position, and start anew."""
        self.mount.advance(t)
        self.control.power_cycle()
        self._frame.drop()
        self._awake_at = t + boot_seconds

    def take_by_hand(self, what: str) -> None:
        """What somebody does at the hand control: `hand-park`."""
        if what != "hand-park":
            raise UnknownFault(f"{what}: an iOptron writes positions in one way only")
        ioptron_motion.park(self.control)

    def next_unasked(self) -> float | None:
        """It never speaks by itself."""
        return None

    def unasked(self, _: float) -> Replies:
        return SILENCE
