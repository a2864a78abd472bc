"""A motor controller in a dozen rules and in virtual time, for the driver's own tests: whoever asks lets time pass.

No mount stands behind it, only two counters. Speeds change at once, but a stop takes a moment; what it refuses is what
the table of bytes says. Each exchange takes as long as its bytes do at 9600 baud, and a little.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from scope.command import Command
from scope.errors import NoAnswer
from scope.mounts.mount import Reading
from scope.mounts.skywatcher import SkyWatcher
from scope.position import Equatorial

T = TypeVar("T")

MIDDLE = 0x800000
EVENING = datetime(2026, 11, 23, 17, tzinfo=UTC)
SIDEREAL_PER_SECOND = 1.00273790935 / 3600.0
THINKING_SECONDS = 0.004
STOP_SECONDS = {False: 0.01, True: 0.8}  # slow, fast


@dataclass
class Motor:
    counts_per_turn: int
    timer_hertz: int
    ratio: int
    counts: float = MIDDLE
    initialised: bool = False
    mode: str = "1"
    backward: bool = False
    ticks: int = 0
    end: float | None = None
    distance: int = 0
    speed: float = 0.0  # counts a second
    rests_at: float | None = None  # a stop is under way until then

    @property
    def running(self) -> bool:
        return self.speed != 0.0

    @property
    def fast(self) -> bool:
        return self.mode in "03"

    def live(self, t: float, seconds: float) -> None:
        if self.rests_at is not None and t >= self.rests_at:
            self.speed, self.rests_at, self.end = 0.0, None, None
        step = self.speed * seconds
        if self.end is not None and abs(self.end - self.counts) <= abs(step):
            self.counts, self.speed, self.end = self.end, 0.0, None
        else:
            self.counts += step

    def hear(self, letter: str, data: str, t: float) -> str:
        asked = {"j": self.number(round(self.counts)), "a": self.number(self.counts_per_turn)}
        asked |= {"b": self.number(self.timer_hertz), "g": f"{self.ratio:02X}", "f": self.state()}
        if letter in asked:
            return "=" + asked[letter]
        if letter in "GE" and self.running:
            return "!2"
        if letter == "J" and not self.initialised:
            return "!4"
        return self.obey(letter, data, t)

    def obey(self, letter: str, data: str, t: float) -> str:
        value = int.from_bytes(bytes.fromhex(data), "little") if len(data) == 6 else 0
        if letter == "F":
            self.initialised = True
        elif letter == "E":
            self.counts = value
        elif letter == "G":
            self.mode, self.backward = data[0], data[1] == "1"
        elif letter == "H":
            self.distance = value
        elif letter == "I":
            self.ticks = value
            self.speed = self.slewing() if self.running and self.rests_at is None and self.mode == "1" else self.speed
        elif letter == "J":
            self.start()
        elif letter == "K" and self.running and self.rests_at is None:
            self.rests_at, self.end = t + STOP_SECONDS[self.fast], None
        elif letter not in "KM":
            return "!0"
        return "="

    def start(self) -> None:
        sign = -1 if self.backward else 1
        if self.mode in "02":
            times = 800 if self.mode == "0" else 128
            self.end = round(self.counts) + sign * self.distance
            self.speed = sign * times * self.counts_per_turn / 86164.0905
        else:
            self.speed = self.slewing()

    def slewing(self) -> float:
        speed = self.timer_hertz / self.ticks * (self.ratio if self.mode == "3" else 1)
        return -speed if self.backward else speed

    def state(self) -> str:
        how = (self.mode in "13") + 2 * self.backward + 4 * self.fast
        return f"{how}{int(self.running)}{int(self.initialised)}"

    @staticmethod
    def number(value: int) -> str:
        return (value % 2**24).to_bytes(3, "little").hex().upper()


@dataclass
class MotorController:
    """The `ask` and the observatory of a driver; `deaf_to` loses commands that begin so, answers and all."""

    version: str = "020300"
    counts_per_turn: int = 9_024_000
    timer_hertz: int = 64_935
    latitude_degrees: float = 49.8
    longitude_degrees: float = 73.1
    axes: str | None = None
    t: float = 100.0
    sent: list[bytes] = field(default_factory=list)
    deaf_to: Callable[[bytes], bool] = lambda _: False
    on_asking: Callable[[bytes], None] = lambda _: None
    clock_offset_hours: float = 0.0

    def __post_init__(self) -> None:
        self.motors = [Motor(self.counts_per_turn, self.timer_hertz, 16) for _ in range(2)]

    def __call__(self, command: Command[T]) -> T:
        self.on_asking(command.sends)
        self.sent.append(command.sends)
        answer = "".join(self._answer(frame) for frame in command.sends.decode().split("\r") if frame).encode()
        self.wait((len(command.sends) + len(answer)) / 960 + THINKING_SECONDS)
        if self.deaf_to(command.sends):
            raise NoAnswer(f"no answer to {command.sends!r}", heard="b''")
        assert command.whole(answer) == len(answer), (command.sends, answer)
        return command.means(answer)

    def _answer(self, frame: str) -> str:
        if self.deaf_to(frame.encode() + b"\r"):
            return ""
        if frame == ":e1":
            return f"={self.version}\r"
        return self.motors[int(frame[2]) - 1].hear(frame[1], frame[3:], self.t) + "\r"

    def wait(self, seconds: float) -> None:
        while seconds > 0.0:
            step = min(seconds, 0.01)
            self.t += step
            seconds -= step
            for motor in self.motors:
                motor.live(self.t, step)

    def lose_power(self) -> None:
        self.__post_init__()

    @property
    def is_still(self) -> bool:
        return not any(motor.running for motor in self.motors)

    # --- the observatory ---------------------------------------------------------------------------------------------

    def utc(self) -> datetime:
        return EVENING + timedelta(seconds=self.t, hours=self.clock_offset_hours)

    def monotonic(self) -> float:
        return self.t

    def sidereal_hours(self) -> float:
        return (5.0 + self.t * SIDEREAL_PER_SECOND + self.clock_offset_hours) % 24.0

    def j2000(self, place: Equatorial) -> Equatorial:
        return place

    def of_date(self, place: Equatorial) -> Equatorial:
        return place


def look(mount: SkyWatcher) -> Reading:
    """One look as the mount thread has it."""
    mount.attend()
    return mount.read()


def until_there(mount: SkyWatcher, controller: MotorController, within_seconds: float = 150.0) -> Reading:
    """Look four times a second until it says that it slews no more."""
    end = controller.t + within_seconds
    while (seen := look(mount)).slewing:
        assert controller.t < end, "it never arrives"
        controller.wait(0.15)
    return seen
