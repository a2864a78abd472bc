"""Those who work on the mount thread, introduced to each other: guard, trust, lookout, foresight, pilot.

They share one course (what was ordered) and one board of alarms. Nothing here runs by itself.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

from scope.clock import Clock
from scope.happening import Write
from scope.mounts.mount import Mount
from scope.remembered import Remembered
from scope.settings import Settings
from scope.sky.frames import Sky
from scope.steering.pilot import Pilot
from scope.watch.alarms import Alarms
from scope.watch.course import Course
from scope.watch.foresight import Foresight
from scope.watch.guard import Guard
from scope.watch.lookout import Lookout
from scope.watch.trust import Trust


@dataclass(frozen=True, slots=True)
class Crew:
    """One mount's."""

    course: Course
    alarms: Alarms
    guard: Guard
    trust: Trust
    lookout: Lookout
    foresight: Foresight
    pilot: Pilot


def muster(
    mount: Mount, sky: Future[Sky], settings: Settings, clock: Clock, remembered: Remembered, write: Write
) -> Crew:
    """`write` is called for everything that happens, on the thread that the crew works on."""
    course, alarms = Course(), Alarms()
    guard = Guard(sky, settings.site.latitude_degrees, settings.mount, settings.limits)
    trust = Trust(mount, settings.site, clock)
    lookout = Lookout(mount, guard, trust, course, alarms, remembered, clock, write)
    foresight = Foresight(guard, course, alarms, clock)
    pilot = Pilot(mount, guard, trust, course, lookout, foresight, alarms, clock, remembered)
    return Crew(course, alarms, guard, trust, lookout, foresight, pilot)
