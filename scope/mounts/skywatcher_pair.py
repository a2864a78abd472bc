"""Both motors of one controller under one sky: who they are, how they stand, and that they are awake.

It knows what home is and what time makes of a turn; where to go, and when, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from scope.errors import GarbledAnswer, LineError, MountRefused, NotAllowed
from scope.mounts import skywatcher_words as say
from scope.mounts.certain import certain
from scope.mounts.mount import Ask, Observatory
from scope.mounts.skywatcher_gearing import MIDDLE, Gearing, counts_per_turn, stands_upright
from scope.mounts.skywatcher_geometry import Geometry, Stand, Turns
from scope.mounts.skywatcher_motor import Motor
from scope.mounts.skywatcher_tracking import SIDEREAL_HOURS_PER_SECOND, Seen, place_of
from scope.mounts.skywatcher_words import Axis, Version
from scope.position import Equatorial

LEAST_COUNTS, MOST_TICKS = 100_000, 100_000_000
"""No mount has a coarser axis, and none a quicker timer: what tells such figures is no motor controller."""
J2000_SECONDS = 946728000.0


class Pair:
    """`awake`: both know where they are, as far as the last look tells; `seen` is that look."""

    def __init__(self, ask: Ask, observatory: Observatory, geometry: Geometry, motors: tuple[Motor, Motor]) -> None:
        self._ask, self._observatory = ask, observatory
        self.geometry, self.motors = geometry, motors
        self.awake = False
        self.seen: Seen | None = None
        self._before: tuple[int, int] | None = None

    # --- looking ------------------------------------------------------------------------------------------------

    def look(self) -> Seen:
        """Four questions; the states first, so that what is seen at rest is seen where it rests.

        A controller without its memory shows the middles of its counters, and stands at home, as far as anybody knows.
        That it has lost it is asked twice, since a line may damage the answer.
        """
        self.awake = self._is_initialised() or self._is_initialised()
        first, second = self.motors
        at, later = self._look_counter(first), self._look_counter(second)
        turns = Turns(first.degrees, second.degrees - second.speed_told * (later - at))
        since_hours = (self._observatory.monotonic() - at) * SIDEREAL_HOURS_PER_SECOND
        self.seen = Seen(at, self._sidereal_hours() - since_hours, turns if self.awake else self.geometry.home)
        return self.seen

    def _look_counter(self, motor: Motor) -> float:
        """When it was read, as well as can be known: the sky turns by an EQ6's step in a hundredth of a second."""
        asked = self._observatory.monotonic()
        motor.look_counter()
        return (asked + self._observatory.monotonic()) / 2.0

    def _is_initialised(self) -> bool:
        states = [motor.look_status() for motor in self.motors]  # both, whatever the first says
        return all(state.initialised for state in states)

    def look_surely(self) -> Turns:
        """Of motors that rest."""
        for motor in self.motors:
            motor.look_surely()
        return Turns(*(motor.degrees for motor in self.motors))

    @property
    def rests(self) -> bool:
        return all(motor.rests for motor in self.motors)

    @property
    def seen_since_order(self) -> Seen | None:
        """The last look, unless a motor was told something after it."""
        return None if any(motor.status is None for motor in self.motors) else self.seen

    def _sidereal_hours(self) -> float:
        """While the sky is not computed, the mean time by the clock alone, right within two seconds: one may look."""
        try:
            return self._observatory.sidereal_hours()
        except NotAllowed:
            days = (self._observatory.utc().timestamp() - J2000_SECONDS) / 86400.0
            return (18.697374558 + 24.06570982441908 * days + self._observatory.longitude_degrees / 15.0) % 24.0

    # --- waking -------------------------------------------------------------------------------------------------

    def wake(self) -> Seen | None:
        """Before anything moves, and after a look: another look, if it was needed. Nothing moves by this.

        Counters that stand at their middles to the count have been energised by a program that has not set them.
        """
        first, second = self.motors
        if self.awake and ((first.counts, second.counts) != (MIDDLE, MIDDLE) or not self.rests):
            return None
        if not self.awake:
            for motor in self.motors:
                self._ask(say.initialise(motor.gearing.axis))
        self.teach(self.geometry.home)
        return self.look()

    def teach(self, turns: Turns) -> None:
        """Tell motors that rest that this is how they stand; MountRefused where a counter does not reach so far.

        Both or none: when a stop or the line comes between, `undo_half_taught` is due.
        """
        self._before = self.motors[0].counts, self.motors[1].counts
        for motor, counts in [(motor, motor.reach(degrees)) for motor, degrees in self._each(turns)]:
            motor.teach(counts)
        self._before = None

    def undo_half_taught(self) -> None:
        """After a look at motors that have rested ever since: what was not ended is as if it had never been begun."""
        if self._before is None or not self.rests:
            return
        for motor, counts in zip(self.motors, self._before, strict=True):
            motor.teach(counts)
        self._before = None

    def resume(self, earlier: Pair) -> None:
        """The same controller, met anew: what a lost line has left half taught is still to be undone.

        Unless it was switched off meanwhile, or somebody has turned the motor that had not been taught yet.
        """
        if self.awake and earlier._before is not None and earlier._before[1] == self.motors[1].counts:
            self._before = earlier._before

    def _each(self, turns: Turns) -> Iterable[tuple[Motor, float]]:
        return zip(self.motors, turns.both, strict=True)

    # --- moving -------------------------------------------------------------------------------------------------

    @property
    def stopping(self) -> bool:
        """Whether a motor still runs that was told to stop."""
        return any(motor.stopping for motor in self.motors)

    def stop(self) -> None:
        for motor in self.motors:
            motor.stop()

    def stop_again(self) -> None:
        """Those that were seen to run."""
        for motor in self.motors:
            if not motor.rests:
                motor.stop()

    def were_halted(self) -> None:
        """Somebody else has said so over our heads."""
        for motor in self.motors:
            motor.was_stopped()

    def place_by_reckoning(self, seen: Seen, at: float) -> Equatorial:
        """Where the tube points (of date) some time after a look, if the motors did what they were told."""
        first, second = (motor.speed_told * (at - seen.at) for motor in self.motors)
        turns = Turns(seen.turns.first_degrees + first, seen.turns.second_degrees + second)
        return place_of(self.geometry.standing(turns), seen.sidereal_hours + (at - seen.at) * SIDEREAL_HOURS_PER_SECOND)

    def rest_within(self, looks: int) -> bool:
        """Stop what runs, and look so often whether it has."""
        for _ in range(looks):
            for motor in self.motors:
                motor.look_status()
            if self.rests:
                return True
            self.stop_again()
        return False

    def set_out(self, end: Turns) -> None:
        """Both targets first, then both starts; a start that fails takes the other back."""
        moving = [motor for motor, turn in self._each(end) if motor.prepare_goto(turn)]
        try:
            for motor in moving:
                motor.start()
        except (LineError, MountRefused):
            with suppress(LineError, MountRefused):
                self.stop()
            raise


def meet(ask: Ask, observatory: Observatory) -> tuple[Version, Pair]:
    """Who is there; GarbledAnswer where it is no motor controller. What is heard is reckoned with the whole evening."""
    try:
        version = certain(ask, say.VERSION)
        motors = _motor(ask, Axis.FIRST, version), _motor(ask, Axis.SECOND, version)
    except MountRefused as no:
        raise GarbledAnswer(f"no motor controller answers like this: {no}", answer=str(no)) from no
    declared = observatory.axes  # where nobody has declared it, as most of this model stand
    stand = Stand(declared) if declared else Stand.ALTAZ if stands_upright(version.model) else Stand.GERMAN
    return version, Pair(ask, observatory, Geometry(stand, observatory.latitude_degrees), motors)


def _motor(ask: Ask, axis: Axis, version: Version) -> Motor:
    counts = counts_per_turn(certain(ask, say.counts_per_turn(axis)), version)
    ticks = certain(ask, say.timer_hertz(axis))
    gearing = Gearing(axis, counts, ticks, certain(ask, say.fast_ratio(axis)))
    if counts < LEAST_COUNTS or not 0 < ticks < MOST_TICKS or not gearing.fast_ratio:
        raise GarbledAnswer(f"no mount has gears like {gearing}", answer=repr(gearing))
    return Motor(ask, gearing)
