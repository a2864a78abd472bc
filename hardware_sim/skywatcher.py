"""The language of the Sky-Watcher motor controller: bytes in, replies out, one character at a time.

A frame is `:` letter axis digits CR; a second `:` in it begins it anew, and whatever stands between frames is passed
over. The answer is `=` digits CR, or `!` and a code. Mounts with both directions on one wire give back what they hear.
Time is handed in. It must never touch a port: pacing and faults are applied to what it says.
"""

from collections.abc import Callable
from math import inf

from hardware_sim.fault_words import UnknownFault
from hardware_sim.framed import Frame
from hardware_sim.mount import Mount
from hardware_sim.reply import SILENCE, Replies, Reply
from hardware_sim.skywatcher_board import Board
from hardware_sim.skywatcher_commands import CHARACTER, COMMANDS, LENGTH, UNKNOWN, Refused
from hardware_sim.skywatcher_models import Model

LONGEST_FRAME = 16  # longer than every command; the rest of such a line is dropped
BOOT_SECONDS = 1.0  # nothing is heard meanwhile; not confirmed on hardware


class SkyWatcher:
    """One mount's end of the line."""

    def __init__(self, model: Model, mount: Mount) -> None:
        self.mount = mount
        self.board = Board(model, mount)
        self._frame = Frame(b":", b"\r", LONGEST_FRAME, begins_anew=True)
        self._awake_at = -inf
        self._is_lost: Callable[[bytes], bool] = lambda command: False

    def lose_commands(self, is_lost: Callable[[bytes], bool]) -> None:
        """Take no notice of a whole command of which this says so."""
        self._is_lost = is_lost

    @property
    def is_parked(self) -> bool:
        """A controller knows of no such thing."""
        return False

    def hear(self, byte: int, t: float) -> Replies:
        """Take one byte that arrived at time `t`; answer when it completes a frame."""
        if t < self._awake_at:
            return SILENCE
        echo = (Reply(bytes([byte])),) if self.board.model.echoes else SILENCE
        return echo + self._take(byte, t)

    def power_cycle(self, t: float, boot_seconds: float = BOOT_SECONDS) -> None:
        """Forget everything; wherever the tube stands is 0x800000 from now on."""
        self.mount.advance(t)
        self.board.lose_power()
        self._frame.drop()
        self._awake_at = t + boot_seconds

    def take_by_hand(self, what: str) -> None:
        """`hand-park`, as by another program on the same mount; it has but one way of writing positions."""
        if what != "hand-park":
            raise UnknownFault(f"{what}: a motor controller writes positions in one way only")
        self.board.send_home()

    def next_unasked(self) -> float | None:
        """A controller never speaks by itself."""
        return None

    def unasked(self, _: float) -> Replies:
        return SILENCE

    def _take(self, byte: int, t: float) -> Replies:
        frame = self._frame.take(byte)
        return SILENCE if frame is None else self._answer(frame, t)

    def _answer(self, frame: bytes, t: float) -> Replies:
        self.mount.advance(t)
        if self._is_lost(frame):
            return SILENCE
        try:
            said = b"=" + self._obey(frame)
        except Refused as refused:
            said = b"!" + refused.code.encode("ascii")
        return (Reply(said + b"\r", to=frame),)

    def _obey(self, frame: bytes) -> bytes:
        command = COMMANDS.get(frame[:1])
        if command is None:
            raise Refused(UNKNOWN)
        axis = frame[1:2]
        if not axis:
            raise Refused(LENGTH)
        if axis not in {bytes([known]) for known in command.axes}:
            raise Refused(CHARACTER)
        value = command.read(frame[2:])
        motors = self.board.motors if axis == b"3" else (self.board.motors[int(axis) - 1],)
        command.check(motors)
        if command.is_stop and not self.mount.hears_a_stop():
            return b""
        return b"".join(command.does(self.board, motor, value) or b"" for motor in motors)
