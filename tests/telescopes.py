"""A controller on a real pseudo-serial line to a simulated mount, with everything that came out of it.

`with telescope(mount) as t:` starts one and waits until it tracks. Its settings are `settings_for`'s, its clock is the
machine's unless another is given, and what it remembers lies beside the mount.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scope.clock import Clock
from scope.happening import Happening
from scope.line.line import Line
from scope.mounts import FAMILIES
from scope.position import Epoch, Equatorial, Site
from scope.remembered import Remembered
from scope.settings import Settings, settings_from
from scope.sky.frames import Sky
from scope.snapshot import Motion, Snapshot
from scope.steering.controller import Controller
from scope.target import Kind, Target
from tests.simulated_mount import SimulatedMount, simulated_mount, wait_until

SITE = Site("Karaganda", 49.80, 73.10, 550.0, "Asia/Almaty")
POLE_STAR = Target("Polaris", Kind.STAR, Equatorial(2.5303, 89.2641, Epoch.J2000))
"""Up at every hour, 50° high in the north; the mount starts in the south."""
NEVER_UP = Target("Canopus", Kind.STAR, Equatorial(6.3992, -52.6957, Epoch.J2000))
NIGHT = datetime(2026, 9, 25, 17, 30, tzinfo=UTC)
"""Dark in Karaganda."""
MORNING = datetime(2026, 6, 20, 5, 0, tzinfo=UTC)
"""The Sun stands 53° high in the south-east there."""
FAST = ("--slew-rate", "20")
"""A mount that does not keep a test waiting; `settings_for` knows how fast it is."""


def settings_for(folder: Path, port: str = "/dev/null", mount: str = "", limits: str = "") -> Settings:
    """clubscope.toml in that folder; `mount` and `limits` are further lines of these tables."""
    text = f"""
        [mount]
        port = "{port}"
        simulated = true
        fastest_degrees_per_second = 20
        {mount}
        [site]
        name = "{SITE.name}"
        latitude_degrees = {SITE.latitude_degrees}
        longitude_degrees = {SITE.longitude_degrees}
        elevation_metres = {SITE.elevation_metres}
        timezone = "{SITE.timezone}"
        [limits]
        {limits}
    """
    return settings_from(text, folder / "clubscope.toml")


def ready(sky: Sky) -> "Future[Sky]":
    done: Future[Sky] = Future()
    done.set_result(sky)
    return done


class Telescope:
    """A controller, its mount, and what came out of it."""

    def __init__(
        self,
        mount: SimulatedMount,
        sky: "Future[Sky] | None" = None,
        clock: Clock | None = None,
        **settings: str,
    ) -> None:
        self.mount, self.seen, self.happened = mount, list[Snapshot](), list[Happening]()
        self.clock = clock or Clock()
        self.line = Line(mount.port, 9600)
        self.remembered = Remembered(mount.folder / "remembered.json")
        given = settings_for(mount.folder, mount.port, **settings)
        self.controller = Controller(
            *(self.line, FAMILIES["lx200"], sky or ready(Sky(SITE)), given, self.clock, self.remembered),
            *(self.seen.append, self.happened.append),
        )
        self._closed = False
        self.controller.start()

    def close(self) -> None:
        """As often as you like."""
        if not self._closed:
            self._closed = True
            self.controller.close()
            self.remembered.close()

    @property
    def now(self) -> Snapshot:
        return self.controller.as_it_is_now(self.seen[-1])

    def wait_for(self, motion: Motion, within_seconds: float = 30.0) -> Snapshot:
        wait_until(lambda: self.seen and self.now.motion is motion, within_seconds, f"motion {motion.value}")
        return self.now

    def wait_for_alarm(self, code: str, within_seconds: float = 20.0) -> dict[str, Any]:
        """The details of the alarm as soon as it is up."""
        found = wait_until(
            lambda: [alarm for alarm in self.now.alarms if alarm.code == code], within_seconds, f"alarm {code}"
        )
        return dict(found[0].details)

    def alarms(self) -> list[str]:
        return [alarm.code for alarm in self.now.alarms]

    def actions(self) -> list[str]:
        return [happening.action for happening in self.happened]

    def rests(self) -> bool:
        """Both axes no faster than the sky."""
        return all(abs(rate) < 0.02 for rate in self.mount.truth()["axis_rates_deg_s"])

    def halts_since(self, t: float) -> list[float]:
        """When the mount was sent a halt, on the monotonic clock."""
        return [entry["t"] for entry in self.mount.trace_since(t) if entry["dir"] == "in" and b":Q#" in entry["data"]]

    def wait_for_halt(self, since: float, within_seconds: float = 5.0) -> float:
        """The moment of the first halt after another moment."""
        return wait_until(lambda: self.halts_since(since), within_seconds, "a halt on the wire")[0]

    def is_silent_for(self, seconds: float, word: bytes) -> bool:
        """Whether nothing on the wire holds `word` for so long from now on."""
        begun = time.monotonic()
        time.sleep(seconds)
        return not any(word in entry["data"] for entry in self.mount.trace_since(begun) if entry["dir"] == "in")


@contextmanager
def telescope(
    mount: SimulatedMount, sky: "Future[Sky] | None" = None, clock: Clock | None = None, **settings: str
) -> Iterator[Telescope]:
    """One on a mount that runs already; it has met it, or not, when the block begins."""
    found = Telescope(mount, sky, clock, **settings)
    try:
        yield found
    finally:
        found.close()


@contextmanager
def telescope_at(
    folder: Path,
    moment: datetime = NIGHT,
    options: Sequence[str] = FAST,
    model: str | None = None,
    geometry: str | None = None,
    sky: "Future[Sky] | None" = None,
    mount_ahead_seconds: float = 0.0,
    **settings: str,
) -> Iterator[Telescope]:
    """A telescope and its mount that both live in that moment; it tracks when the block begins."""
    clock = Clock(moment - datetime.now(UTC))
    offset = str(clock.shift.total_seconds() + mount_ahead_seconds)
    with (
        simulated_mount(folder, model, geometry, extra=["--clock-offset", offset, *options]) as mount,
        telescope(mount, sky, clock, **settings) as found,
    ):
        found.wait_for(Motion.TRACKING)
        yield found
