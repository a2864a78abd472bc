"""What a dialect hands to the line: bytes to send, and anything odd about when."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reply:
    """Bytes to send, how long after the command beyond the usual think time, and a new line speed from then on."""

    data: bytes
    after_seconds: float = 0.0
    then_baud: int | None = None


Replies = tuple[Reply, ...]
SILENCE: Replies = ()


def say(data: bytes) -> Replies:
    return (Reply(data),)
