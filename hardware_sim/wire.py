"""A serial line's own slowness: when each byte has passed, in both directions.

Pure bookkeeping with time handed in. A byte takes ten bit times (8N1); bytes queue behind each other; a reply starts
a think time after the command's last byte. It must never read a clock or a port.
"""

from collections import deque

from hardware_sim.reply import Reply

BITS_PER_BYTE = 10.0
# What an 8-bit hand control needs to find a command and write an answer; INDI's OnStep driver gives up after 100 ms.
THINK_SECONDS = 0.003


class Wire:
    """Bytes under way; `latency_seconds` is what an adapter or a network puts before and behind the line itself."""

    def __init__(self, baud: int) -> None:
        self.baud = baud
        self.latency_seconds = 0.0
        self._incoming: deque[tuple[float, int]] = deque()
        self._outgoing: deque[tuple[float, int]] = deque()
        self._aside: list[tuple[float, Reply]] = []
        self._in_free_at = 0.0
        self._out_free_at = 0.0

    @property
    def byte_seconds(self) -> float:
        return BITS_PER_BYTE / self.baud

    def arrive(self, data: bytes, t: float) -> None:
        """The client wrote these bytes at `t`; the mount will have each when it has passed."""
        for byte in data:
            self._in_free_at = max(self._in_free_at, t + self.latency_seconds) + self.byte_seconds
            self._incoming.append((self._in_free_at, byte))

    def heard(self, t: float) -> tuple[float, int] | None:
        """The next byte that has reached the mount by `t`, and when it did."""
        return self._incoming.popleft() if self._incoming and self._incoming[0][0] <= t else None

    def answer(self, reply: Reply, t: float) -> None:
        """Queue a reply to a command that was complete at `t`."""
        start = t + THINK_SECONDS + reply.after_seconds + self.latency_seconds
        if reply.is_aside:
            self._aside.append((start, reply))
            return
        self._take_in_what_waits_aside(max(self._out_free_at, start))
        self._queue(reply, start)
        if reply.then_baud is not None:
            self.baud = reply.then_baud

    def passed(self, t: float) -> bytes:
        """The reply bytes that have reached the client by `t`."""
        self._take_in_what_waits_aside(t)
        data = bytearray()
        while self._outgoing and self._outgoing[0][0] <= t:
            data.append(self._outgoing.popleft()[1])
        return bytes(data)

    def _queue(self, reply: Reply, start: float) -> None:
        self._out_free_at = max(self._out_free_at, start)
        for byte in reply.data:
            self._out_free_at += self.byte_seconds + reply.gap_seconds
            self._outgoing.append((self._out_free_at, byte))

    def _take_in_what_waits_aside(self, until: float) -> None:
        """A reply put aside takes its place as soon as it is due and the line is free."""
        while due := [waiting for waiting in self._aside if waiting[0] <= until]:
            first = min(due, key=lambda waiting: waiting[0])
            self._aside.remove(first)
            self._queue(first[1], first[0])

    @property
    def is_answering(self) -> bool:
        return bool(self._outgoing)

    def next_event(self) -> float | None:
        """When the next byte will have passed."""
        times = [queue[0][0] for queue in (self._incoming, self._outgoing) if queue]
        return min([*times, *(start for start, _ in self._aside)], default=None)

    def cut(self) -> None:
        """The plug was pulled or the power went: what was under way is lost."""
        self._incoming.clear()
        self._outgoing.clear()
        self._aside.clear()
        self._in_free_at = self._out_free_at = 0.0
