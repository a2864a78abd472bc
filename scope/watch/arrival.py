"""What becomes of a goto or a parking: arrived, at the end of a leg, resting elsewhere, left again.

A mount's own word is not enough: what counts is that it has been seen at rest, and where. It orders nothing; a leg
that has ended is marked, and the controller has the next one ordered.
"""

from __future__ import annotations

from scope.happening import Tell
from scope.position import separation_degrees
from scope.remembered import Remembered
from scope.snapshot import Alarm
from scope.watch.alarms import Alarms
from scope.watch.bearing import Arrival, Bearing, Look
from scope.watch.course import Course, Slew

LEFT_DEGREES = 2.0
PARK = "park"
NEVER_PARKED_SECONDS = 15.0
"""A mount that stands still for so long and still does not call itself parked has given it up."""


class Arrivals:
    """The end of what the course says is under way."""

    def __init__(self, course: Course, bearing: Bearing, alarms: Alarms, remembered: Remembered, tell: Tell) -> None:
        self._course, self._bearing, self._alarms = course, bearing, alarms
        self._remembered, self._tell = remembered, tell
        self._was_awake = False
        self._tells_parked = False

    def hear(self, parked: bool | None) -> None:
        """What the mount says itself: nobody here has to have ordered it, its hand box parks and wakes it too."""
        course, self._tells_parked = self._course, parked is not None
        if parked is False:
            self._was_awake, course.parked = True, False
            self._alarms.drop("parked_by_hand")
        elif parked and not course.parked and (course.parking or not course.expects_motion):
            self._was_awake, by_hand = False, self._was_awake and not course.parking
            self.be_parked("by-hand" if by_hand else "accepted")
            course.target, course.arrived = None, False
            if by_hand:
                self._alarms.put_up(Alarm("parked_by_hand"))

    def notice(self, look: Look) -> None:
        """After each look."""
        slew = self._course.slew
        if self._course.parking:
            self._notice_parking()
        elif self._course.homing and self._bearing.at_rest():
            self._course.homing = False
            self._tell("at-home")
        elif slew is not None and not slew.leg_due:
            self._notice_end(slew, look)
        self._notice_departure(look)

    def _notice_parking(self) -> None:
        """Rest is all there is to see of it where the mount does not tell; where it does, rest is not enough."""
        if not self._tells_parked and self._bearing.at_rest():
            self.be_parked()
        elif self._tells_parked and self._bearing.still_seconds() >= NEVER_PARKED_SECONDS:
            self._course.parking = False
            self._tell("missed", "parking")

    def be_parked(self, result: str = "accepted") -> None:
        """At rest after a park order: where that is, is worth knowing when the next way there has to be judged."""
        self._course.parked, self._course.parking = True, False
        look = self._bearing.last
        if look is not None and look.pointing is not None:
            stands = {"altitude": look.pointing.altitude_degrees, "azimuth": look.pointing.azimuth_degrees}
            self._remembered.put(PARK, stands)
        self._tell("parked", result)

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
