"""The dialect of RainbowAstro's mounts: bytes in, replies out, one character at a time.

A command is all from a `:` to the next `#`, times and targets with their own `:` too. Whatever stands between commands
is passed over, and a command that is not known stays unanswered; not confirmed on hardware. What became of a way is
said unasked. Time is handed in. It must never touch a port: pacing and faults are applied to what it says.
"""

from collections.abc import Callable
from dataclasses import replace
from math import inf

from hardware_sim.fault_words import UnknownFault
from hardware_sim.framed import Frame, find, longest_first
from hardware_sim.mount import Mount
from hardware_sim.rainbow_commands import understood_by
from hardware_sim.rainbow_hand_control import HandControl, Model
from hardware_sim.reply import SILENCE, Replies

BOOT_SECONDS = 3.0  # nothing is heard meanwhile; not confirmed on hardware
LONGEST_COMMAND = 24  # longer than every command; the rest of such a line is dropped
NOTICES_EVERY_SECONDS = 0.1


class Rainbow:
    """One mount's end of the line."""

    def __init__(self, model: Model, mount: Mount) -> None:
        self.mount = mount
        self.control = HandControl(model, mount)
        self._known = longest_first(understood_by(model.is_old))
        self._frame = Frame(b":", b"#", LONGEST_COMMAND, begins_anew=False)
        self._looks_at = 0.0
        self._awake_at = -inf
        self._is_lost: Callable[[bytes], bool] = lambda command: False

    def lose_commands(self, is_lost: Callable[[bytes], bool]) -> None:
        """Take no notice of a whole command of which this says so."""
        self._is_lost = is_lost

    @property
    def is_parked(self) -> bool:
        """It has no parking but to rest at its home marks."""
        return self.control.is_at_home

    def hear(self, byte: int, t: float) -> Replies:
        """Take one byte that arrived at time `t`; answer when it completes a command."""
        if t < self._awake_at:
            return SILENCE
        command = self._frame.take(byte)
        return SILENCE if command is None else self._obey(command, t)

    def _obey(self, command: bytes, t: float) -> Replies:
        self.mount.advance(t)
        if self._is_lost(command):
            return SILENCE
        if (found := find(self._known, command)) is None:
            return SILENCE
        row, argument = found
        return tuple(replace(reply, to=command) for reply in row.answer(self.control, argument))

    def power_cycle(self, t: float, boot_seconds: float = BOOT_SECONDS) -> None:
        """Take where the tube stands for home, and start anew."""
        self.mount.advance(t)
        self.control.power_cycle()
        self._frame.drop()
        self._awake_at = t + boot_seconds

    def take_by_hand(self, what: str) -> None:
        """What somebody does at the hand control: `hand-park`, which sends it home."""
        if what != "hand-park":
            raise UnknownFault(f"{what}: a RainbowAstro writes positions in one way only")
        self.control.go_home()

    def next_unasked(self) -> float | None:
        """When it will look next whether it is there."""
        return self._looks_at if self.control.on_arrival else None

    def unasked(self, t: float) -> Replies:
        """That a way has ended."""
        if not self.control.on_arrival or t < self._looks_at:
            return SILENCE
        self._looks_at = t + NOTICES_EVERY_SECONDS
        self.mount.advance(t)
        return self.control.end_of_way()
