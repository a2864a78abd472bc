"""What becomes of a goto or a parking: arrived, at the end of a leg, resting elsewhere, left again.

A mount's own word is not enough: what counts is that it has been seen at rest, and where. It orders nothing; a leg
that has ended is marked, and the controller has the next one ordered.
"""

from __future__ import annotations

from scope.happening import Tell
from scope.position import separation_degrees
from scope.remembered import Remembered
from scope.watch.bearing import Arrival, Bearing, Look
from scope.watch.course import Course, Slew

LEFT_DEGREES = 2.0
PARK = "park"


class Arrivals:
    """The end of what the course says is under way."""

    def __init__(self, course: Course, bearing: Bearing, remembered: Remembered, tell: Tell) -> None:
        self._course, self._bearing, self._remembered, self._tell = course, bearing, remembered, tell

    def notice(self, look: Look) -> None:
        """After each look."""
        slew = self._course.slew
        if self._course.parking and self._bearing.at_rest():
            self.be_parked()
        elif slew is not None and not slew.leg_due:
            self._notice_end(slew, look)
        self._notice_departure(look)

    def be_parked(self) -> None:
        """At rest after a park order: where that is, is worth knowing when the next way there has to be judged."""
        self._course.parked, self._course.parking = True, False
        look = self._bearing.last
        if look is not None and look.pointing is not None:
            stands = {"altitude": look.pointing.altitude_degrees, "azimuth": look.pointing.azimuth_degrees}
            self._remembered.put(PARK, stands)
        self._tell("parked")

    def _notice_end(self, slew: Slew, look: Look) -> None:
        arrival, off = self._bearing.arrival(slew.leg, slew.begun), separation_degrees(slew.leg, look.place)
        if arrival is Arrival.MISSED:
            self._course.slew = None
            self._tell("missed", details={"error_degrees": round(off, 2)})
            self._course.target = None
        elif arrival is Arrival.ARRIVED and slew.is_last_leg:
            self._course.slew, self._course.arrived = None, True
            self._tell("arrived", details={"error_arcseconds": round(off * 3600, 1)})
        elif arrival is Arrival.ARRIVED:
            slew.leg_due = True

    def _notice_departure(self, look: Look) -> None:
        """A target that is out of any eyepiece's field is not what the telescope shows any more."""
        course = self._course
        if course.aim and course.arrived and separation_degrees(course.aim, look.place) > LEFT_DEGREES:
            course.target, course.arrived, course.aim = None, False, None
