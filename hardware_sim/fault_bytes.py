"""Faults of the bytes: every reply passes through here on its way to the wire.

Only replies are touched here: the mount hears everything and keeps moving, which is what makes a mute mount dangerous.
What befalls bytes on their way to the mount stands in the same table and is played in exchange.py.
"""

from collections.abc import Callable
from dataclasses import replace

from hardware_sim import fault_content as content
from hardware_sim.fault_words import BYTES, RATE, SECONDS, Lasts, Row
from hardware_sim.held import Held
from hardware_sim.reply import Replies, Reply

ROWS = (
    Row("silent", "F01", "says nothing, but hears and obeys"),
    Row("silent-slewing", "F02", "the same, only while it slews"),
    Row("late", "F05", "every answer comes so much later", (SECONDS,)),
    Row("cut", "F03", "no answer is longer than so many bytes", (BYTES,)),
    Row("stale", "F05", "an answer comes so much later, the ones behind it in time", (SECONDS,)),
    Row("stale-tail", "F04", "the second half of an answer comes so much later", (SECONDS,)),
    Row("dribble", "F06", "so long a pause before each byte", (SECONDS,)),
    Row("noise", "F08 F29", "each byte may be flipped, lost or preceded by another", (RATE,)),
    Row("noise-in", "F08 F29", "the same for each byte on its way to the mount", (RATE,), Lasts.TIMES),
    Row("lost", "F01", "a command is lost on its way, and not obeyed"),
    Row("nak", "F31", "0x15 in place of an answer, as some say that they are busy"),
    Row("noise-around", "F08", "random bytes before, inside and behind an answer", (RATE,)),
    Row("flip", "F09", "each digit may be another one; the answer stays well-formed", (RATE,)),
    Row("joined", "F10", "the answer before is stuck to the end of each"),
    Row("double", "F11", "every answer comes twice"),
    Row("unsolicited", "F12", "a line that nobody asked for, every so many seconds", (SECONDS,), Lasts.TIMES),
    Row("eight-bit", "F13", "NUL, 0xFF, 0xDF, UTF-8 or CR LF within an answer"),
    Row("endless", "F14", "10 kB without an end in place of an answer"),
    Row("echo", "F15", "every byte that is sent comes back", lasts=Lasts.TIMES),
    Row("minus-zero", "F45", "a zero is written as -00, and as 24 h (LX200, iOptron)"),
    Row("sixty", "F46", "the last field of a position is 60 (LX200)"),
    Row("hostile", "F66", "names and refusals full of markup and escape sequences"),
)


class Spoiler:
    """What of a reply gets onto the wire, and when."""

    def __init__(self, held: Held, is_slewing: Callable[[], bool]) -> None:
        self._held, self._is_slewing = held, is_slewing
        self._before = b""

    def spoil(self, reply: Reply) -> Replies:
        """The replies to send in place of one."""
        if reply.data and self._is_swallowed(reply.to):
            return (replace(reply, data=b""),)
        data = self._worded(reply.data, reply.to)
        whole, self._before = self._doubled(data, reply.to), data
        whole = self._cut(self._dirtied(whole, reply.to), reply.to)
        return self._timed(replace(reply, data=whole))

    def _is_swallowed(self, to: bytes) -> bool:
        if self._held.take("silent", to) is not None:
            return True
        is_concerned = self._held.holds("silent-slewing") and self._is_slewing()
        return is_concerned and self._held.take("silent-slewing", to) is not None

    def _worded(self, data: bytes, to: bytes) -> bytes:
        """Another answer than the mount meant."""
        if self._held.take("sixty", to) is not None:
            data = content.with_sixty(data)
        if self._held.take("minus-zero", to) is not None:
            data = content.with_minus_zero(data)
        if self._held.take("hostile", to) is not None:
            data = content.with_hostile_words(data)
        if (taken := self._held.take("flip", to)) is not None:
            data = content.with_flips(data, float(taken[0]), self._held.dice("flip"))
        return data

    def _doubled(self, data: bytes, to: bytes) -> bytes:
        if self._held.take("double", to) is not None:
            data += data
        if self._held.take("joined", to) is not None:
            data += self._before
        return data

    def _dirtied(self, data: bytes, to: bytes) -> bytes:
        held = self._held
        if held.take("nak", to) is not None:
            data = content.NAK
        if held.take("endless", to) is not None:
            data = content.endless(held.dice("endless"))
        if held.take("eight-bit", to) is not None:
            data = content.with_eight_bit(data, held.dice("eight-bit"))
        if (taken := held.take("noise", to)) is not None:
            data = content.with_noise(data, float(taken[0]), held.dice("noise"))
        if (taken := held.take("noise-around", to)) is not None:
            data = content.with_noise_around(data, float(taken[0]), held.dice("noise-around"))
        return data

    def _cut(self, data: bytes, to: bytes) -> bytes:
        taken = self._held.take("cut", to)
        return data if taken is None else data[: int(float(taken[0]))]

    def _timed(self, reply: Reply) -> Replies:
        if (taken := self._held.take("dribble", reply.to)) is not None:
            reply = replace(reply, gap_seconds=float(taken[0]))
        if (taken := self._held.take("late", reply.to)) is not None:
            reply = replace(reply, after_seconds=reply.after_seconds + float(taken[0]))
        if (taken := self._held.take("stale", reply.to)) is not None:
            return _apart(reply, 0, float(taken[0]))
        if (taken := self._held.take("stale-tail", reply.to)) is not None:
            return _apart(reply, len(reply.data) // 2, float(taken[0]))
        return (reply,)


def _apart(reply: Reply, on_time: int, seconds: float) -> Replies:
    """So many bytes on time, the rest later and past whatever is said meanwhile."""
    head = replace(reply, data=reply.data[:on_time])
    after = reply.after_seconds + seconds
    tail = replace(reply, data=reply.data[on_time:], after_seconds=after, is_aside=True, then_baud=None)
    return (head, tail)
