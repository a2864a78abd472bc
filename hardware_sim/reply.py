"""What a dialect hands to the line: bytes to send, and anything odd about when."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reply:
    """Bytes to send, how long after the command beyond the usual think time, and a new line speed from then on.

    `to` is the command that it answers, without its frame. With `gap_seconds` each byte comes so much later than the
    line itself would have it; a reply that `is_aside` holds up none of those behind it.
    """

    data: bytes
    after_seconds: float = 0.0
    then_baud: int | None = None
    to: bytes = b""
    gap_seconds: float = 0.0
    is_aside: bool = False


Replies = tuple[Reply, ...]
SILENCE: Replies = ()


def say(data: bytes) -> Replies:
    return (Reply(data),)
