"""What is seen of the mount, look by look: position, motion, and what must not go on.

A look that cannot be true is looked at again before anybody is shown it. `look` returns why the motion must be halted
now, and never halts by itself; it orders nothing. Runs on the mount thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scope.clock import Clock
from scope.errors import Detail, GarbledAnswer, NotAllowed
from scope.happening import Happening, Write
from scope.mounts.mount import Can, Mount
from scope.orders import TrackingRate
from scope.remembered import Remembered
from scope.snapshot import Alarm, Motion, Pointing
from scope.watch.absence import Absence
from scope.watch.alarms import Alarms
from scope.watch.arrival import Arrivals
from scope.watch.bearing import Bearing, Look
from scope.watch.cable import Cable
from scope.watch.course import Course
from scope.watch.guard import Guard
from scope.watch.pier import Pier
from scope.watch.sieve import JUMP_READINGS, Sieve, Verdict
from scope.watch.sieve import Reading as Sifted
from scope.watch.signs import Sign
from scope.watch.trust import Trust
from scope.watch.watchdog import Finding, Watchdog, reset_evidence

TRACKING_EVERY_SECONDS = 1.0
BOTH_AXES = 2.0**0.5
"""How much faster than an axis the tube goes when both turn."""
STALE_SECONDS = 2.0
"""Nobody knows where a moving tube is that has told nothing for so long."""


class Lookout:
    """One mount, and what is known of it since it was met."""

    def __init__(
        self,
        mount: Mount,
        guard: Guard,
        trust: Trust,
        course: Course,
        alarms: Alarms,
        remembered: Remembered,
        clock: Clock,
        write: Write,
    ) -> None:
        self._mount, self._guard, self._trust, self._course = mount, guard, trust, course
        self._alarms, self._clock, self._write = alarms, clock, write
        self.bearing, self.watchdog = Bearing(), Watchdog(guard.fastest)
        self._sieve = Sieve(guard.fastest * BOTH_AXES)
        self._signs: dict[Sign, float] = {}
        self.pier = Pier(guard)
        self.cable = Cable(remembered)
        self._arrivals = Arrivals(course, self.bearing, alarms, remembered, self.tell)
        self._absence: Absence | None = None
        self._tracking_before: TrackingRate | None = None
        self._tracking_read_at = self._heard_at = self._tracking_ordered_at = float("-inf")

    # --- beginnings ---------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """What was seen before says nothing about what will be."""
        self.bearing.forget()
        self._sieve.forget()
        self.pier.forget()
        self._signs.clear()
        self.watchdog.end_slew()
        self.ask_tracking_again()
        self._heard_at = self._clock.monotonic()

    def lose(self) -> None:
        """The line is gone; what the mount did then is held against what it is found to do."""
        course, last = self._course, self.bearing.last
        if last is not None:
            moved, ways = course.expects_motion or self.bearing.moving, course.slew.ways if course.slew else ()
            self._absence = Absence(last, moved, ways)
            self._tracking_before = None if self._mount.halt_ends_tracking else course.tracking
        self.begin()

    def begin_elsewhere(self) -> None:
        """The mount will tell other numbers for the same direction: no axis has turned."""
        self.begin()
        self.cable.expect_jump()

    def ask_tracking_again(self) -> None:
        """It was ordered otherwise: what it was before says nothing any more."""
        self._course.tracking, self._tracking_read_at = None, float("-inf")
        self._tracking_ordered_at = self._clock.monotonic()

    # --- looking ------------------------------------------------------------------------------------------------

    def look(self) -> Alarm | None:
        """One reading; the alarm says why the motion must be halted now."""
        before = self.bearing.last
        look, verdict = self._read_until_believed()
        if verdict is Verdict.DOUBTED:
            return self._not_believed(before, look)
        self.bearing.add(look)
        self._heard_at = look.at
        self._follow_axis(look)
        if verdict is Verdict.JUMPED:
            moved = self._course.expects_motion
            self.suspect(*((Sign.ELSEWHERE, *self._trust.compare()) if moved else (Sign.JUMPED,)))
        self._notice_absence(look)
        self._read_tracking(look)
        self._arrivals.notice(look)
        self._notice_reset(look.at)
        return self._watch(look) or self._breach(before, look)

    def stale(self) -> Alarm | None:
        """Why to halt when a look has failed: nothing has been heard of a moving tube for too long."""
        silent = self._clock.monotonic() - self._heard_at
        if not self._course.expects_motion or silent < STALE_SECONDS:
            return None
        return Alarm("position_stale", {"seconds": round(silent, 1)}, latched=True)

    def silent_because_parked(self) -> bool:
        """Whether silence is how this mount says that it is parked: it wakes only when switched off and on."""
        if not (self._course.parking or self._course.parked) or Can.UNPARK in self._mount.can:
            return False
        if self._course.parking:
            self._arrivals.be_parked()
        self.bearing.forget()
        return True

    def _read_until_believed(self) -> tuple[Look, Verdict]:
        """One reading as a rule; on a bad line several, one at once after the other; GarbledAnswer if all are bad."""
        found: tuple[Look, Verdict] | None = None
        for _ in range(JUMP_READINGS):
            try:
                found = self._read()
            except GarbledAnswer as wrong:
                garbled = wrong
                continue
            if found[1] is not Verdict.DOUBTED:
                return found
        if found is None:
            raise garbled
        return found

    def _read(self) -> tuple[Look, Verdict]:
        begun = self._clock.monotonic()
        reading = self._mount.read()
        at, utc = self._clock.monotonic(), self._clock.utc()
        verdict = self._sieve.sift(Sifted(at, reading.position, at - begun))
        self._arrivals.hear(reading.parked)
        if reading.restarted:
            self.suspect(Sign.RESTARTED)
        look = Look(at, utc, reading.position, reading.slewing, None, at - begun, reading.pier_side)
        return self._seen(look), verdict

    def _seen(self, look: Look) -> Look:
        if not self._guard.sky_is_there:
            return look
        sky = self._guard.sky
        stands, ours = sky.horizontal(look.place, look.utc), sky.j2000(look.place, look.utc)
        pointing = Pointing(ours.ra_hours, ours.dec_degrees, stands.altitude_degrees, stands.azimuth_degrees)
        return replace(look, pointing=pointing)

    def _not_believed(self, before: Look | None, look: Look) -> Alarm | None:
        """Readings that contradict each other: shown to nobody, but the guard takes the worse of both."""
        if self._sieve.suspect is not None and (alarm := self._breach(before, look)):
            return alarm
        raise GarbledAnswer("readings of the position contradict each other", code="position_doubtful")

    def _follow_axis(self, look: Look) -> None:
        if not self._guard.sky_is_there:
            return
        self.pier.follow(look, self._course.expects_motion or self.bearing.moving)
        if (first := self._guard.first_axis(look)) is not None:
            self.cable.follow(first)

    def _read_tracking(self, look: Look) -> None:
        """Now and then; a mount that has stopped tracking, and nobody has told it to, may have restarted."""
        if look.slewing or look.at - self._tracking_read_at < TRACKING_EVERY_SECONDS:
            return
        before, self._tracking_before = self._course.tracking or self._tracking_before, None
        now = self._mount.tracking() or self.bearing.seems_to_track(self._tracking_ordered_at)
        self._course.tracking, self._tracking_read_at = now, look.at
        if not self.moving:
            self.suspect(*self._trust.compare_if_due())
        if before not in (None, TrackingRate.OFF) and now is TrackingRate.OFF and not self._course.puts_itself_away:
            self.suspect(Sign.TRACKING_LOST)

    def _notice_absence(self, look: Look) -> None:
        """At the first look after it."""
        absence, self._absence = self._absence, None
        if absence is not None and absence.is_elsewhere(look, self._guard):
            self.suspect(Sign.ELSEWHERE)

    def _notice_reset(self, at: float) -> None:
        finding = reset_evidence(self._signs, at, self._sieve.jump_degrees)
        if finding is not None:
            self.suspect_reset(finding)

    # --- what must not go on ------------------------------------------------------------------------------------

    def suspect(self, *signs: Sign) -> None:
        """Seen without an order: each may be a sign that the mount has restarted."""
        self._signs.update(dict.fromkeys(signs, self._clock.monotonic()))

    def suspect_reset(self, finding: Finding) -> None:
        """The mount has restarted, so that its alignment may be lost: gotos wait until somebody has looked."""
        if self._course.reset:
            return
        self._course.reset = True
        self._course.target, self._course.arrived = None, False
        self.cable.expect_jump()
        self._alarms.put_up(Alarm("mount_reset", finding.details))
        self.tell("mount-reset", details=finding.details)
        self.end_solar("mount_reset")

    def end_solar(self, because: str) -> None:
        """The Sun is forbidden again, if it was allowed."""
        if self._guard.solar.end():
            self.tell("solar-ended", because)

    def _watch(self, look: Look) -> Alarm | None:
        """What the watchdog makes of it: an alarm to halt for, or one to show."""
        slew = self._course.slew
        to_go = astray = None
        if slew is not None and self._guard.sky_is_there:
            to_go = self._guard.to_go(look.place, slew.leg, look.utc)
            astray = self._guard.astray_degrees(look, slew.ways) if slew.ways else None
        finding = self.watchdog.watch(
            *(look.at, to_go, self.bearing.moving, self._course.expects_motion),
            *(self.bearing.degrees_per_second, astray),
        )
        if not self.bearing.moving:
            self._alarms.drop("external_motion")
        if finding is None:
            return None
        alarm = Alarm(finding.code, finding.details, latched=finding.halt)
        if finding.halt:
            return alarm
        if self._alarms.put_up(alarm):
            self.tell("alarm", alarm.code, alarm.details)
        return None

    def _breach(self, before: Look | None, now: Look) -> Alarm | None:
        if before is None or before.pointing is None or now.pointing is None or now.at <= before.at:
            return None
        course = self._course
        if not (course.expects_motion or self.bearing.moving) or (course.puts_itself_away and course.lid_on):
            return None
        try:
            slew = course.slew
            breach = self._guard.breach(before, now, slew.leg if slew else None, course.by_hand, self.pier.looks_east)
        except NotAllowed as closed:
            return Alarm(closed.code, closed.details)
        if breach is None or (course.puts_itself_away and breach.code != "sun_near"):
            return None
        return Alarm(breach.code, breach.details, latched=breach.code == "sun_near")

    # --- what it amounts to -------------------------------------------------------------------------------------

    @property
    def motion(self) -> Motion:
        """What the last looks show; what was ordered decides only between names for the same motion."""
        course, look = self._course, self.bearing.last
        if course.parked:
            return Motion.PARKED
        if look is None:
            return Motion.UNKNOWN
        if course.halted_from is not None:
            return course.halted_from
        if course.by_hand is not None:
            return Motion.MANUAL
        if look.slewing or course.slew is not None or course.puts_itself_away:
            return Motion.SLEWING
        if course.tracking is None:
            return Motion.UNKNOWN
        return Motion.STOPPED if course.tracking is TrackingRate.OFF else Motion.TRACKING

    @property
    def moving(self) -> bool:
        return self.motion in (Motion.SLEWING, Motion.MANUAL) or "external_motion" in self._alarms

    def tell(self, action: str, result: str = "accepted", details: Mapping[str, Detail] | None = None) -> None:
        """For the log, with where the telescope pointed and what for."""
        look = self.bearing.last
        pointing = look.pointing if look else None
        self._write(Happening(action, result, details or {}, pointing, self.motion, self._course.target))
