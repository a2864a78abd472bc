"""A mount that answers from a script, and an observatory at one moment: for what a driver says, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from scope.command import Command
from scope.errors import NoAnswer
from scope.position import Epoch, Equatorial, Site
from scope.sky.frames import Sky

NORTH_OF_EUROPE, AUSTRALIA = 49.8, -33.0
MOMENT = datetime(2026, 11, 23, 17, tzinfo=UTC)
SKY = Sky(Site("anywhere", NORTH_OF_EUROPE, 73.1, 0.0, "UTC"))
PLACE = Equatorial(5.5, -5.25, Epoch.OF_DATE)


@dataclass
class Observatory:
    """At one moment, under the program's own sky."""

    latitude_degrees: float = NORTH_OF_EUROPE
    longitude_degrees: float = 73.1
    axes: str | None = None

    def utc(self) -> datetime:
        return MOMENT

    def monotonic(self) -> float:
        return 0.0

    def sidereal_hours(self) -> float:
        return 2.0

    def j2000(self, place: Equatorial) -> Equatorial:
        return SKY.j2000(place, MOMENT)

    def of_date(self, place: Equatorial) -> Equatorial:
        return SKY.of_date(place, MOMENT)


class Scripted:
    """Answers from a table; silent to what is not in it, but for what is answered by `#` or `1` alone."""

    def __init__(self, answers: Mapping[bytes, bytes | list[bytes]], usual: bytes = b"#") -> None:
        self.answers = {sent: list(said) if isinstance(said, list) else said for sent, said in answers.items()}
        self.usual = usual
        self.sent: list[bytes] = []

    def __call__(self, command: Command[Any]) -> Any:
        self.sent.append(command.sends)
        if not command.has_answer:
            return command.means(b"")
        said = self.answers.get(command.sends, self.usual)
        answer = said.pop(0) if isinstance(said, list) else said
        if command.whole(answer) != len(answer):
            raise NoAnswer("silence", heard=repr(b""))
        return command.means(answer)

    def orders(self) -> list[bytes]:
        """What is no question."""
        return [sent for sent in self.sent if sent[:1] in b"rRbBsSMTPWHIxyY" or sent[:3] in (b":ST", b":MS", b":MP")]


AVX: dict[bytes, bytes | list[bytes]] = {
    **{b"KG": b"G#", b"V": b"\x05\x1c#", b"v": b"\x11#", b"m": b"\x14#", b"t": b"\x02#", b"J": b"\x01#", b"p": b"E#"},
    **{b"e": b"3AAAAB00,FC444400#", b"E": b"3AAB,FC44#", b"L": b"1#", b"z": b"00000000,00000000#"},
}
SE8 = AVX | {b"V": b"\x04\x15#", b"m": b"\x0c#", b"t": b"\x01#"}
OLD = {b"KG": b"G#", b"V": b"\x01\x02#", b"E": b"3AAB,FC44#", b"L": b"1#", b"J": b"\x01#"}
EQ6 = AVX | {b"V": b"042507#", b"m": b"\x00#"}
