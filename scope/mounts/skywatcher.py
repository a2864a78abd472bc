"""The Sky-Watcher motor controller, by an EQMOD cable or the mount's own USB: it counts steps, and the brain is here.

The controller knows no sky, no time and no parking. Orders begin something, `attend` goes on with it after each look,
and `read` looks. Nothing waits longer for a motor than a few questions take. A stop ends the tracking, too: the mount
rests until the next order. When only a hand lets go, it follows the sky again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scope.errors import MountRefused
from scope.mounts import skywatcher_words as say
from scope.mounts.mount import Ask, Can, Identity, Mount, Observatory, Reading
from scope.mounts.skywatcher_gearing import NAMES
from scope.mounts.skywatcher_geometry import Stand
from scope.mounts.skywatcher_pair import Pair, meet
from scope.mounts.skywatcher_tracking import Following, Seen, place_of, steer
from scope.mounts.skywatcher_way import Way, is_there, next_leg
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import SIDEREAL_DEGREES_PER_SECOND, Epoch, Equatorial

MOVES = Can.GOTO | Can.SYNC | Can.NUDGE | Can.PARK | Can.UNPARK | Can.HOME
ALL = MOVES | Can.TRACK | Can.LUNAR | Can.SOLAR | Can.PIER_SIDE
TIMES_SIDEREAL = {NudgeRate.GUIDE: 0.5, NudgeRate.CENTRE: 16.0, NudgeRate.FIND: 64.0, NudgeRate.SLEW: 800.0}
LOOKS_FOR_A_STOP = 4
"""So often one order looks whether a motor has stopped: from tracking it has at once, for a slew `attend` goes on."""
LOOKS_FOR_A_SYNC = 25
REACHES_WITHIN_SECONDS = 15.0
LOOKS_TO_BE_LOST = 2
"""A motor seen at rest so often that should follow the sky was stopped by somebody else."""


@dataclass(frozen=True, slots=True)
class Press:
    """A key held down: which motor, 0 or 1, and how fast, the turning of the sky included."""

    axis: int
    speed: float
    rate: NudgeRate


class SkyWatcher(Mount):
    """EQ, HEQ, AZ-EQ, AZ-GTi, Dobsonians: Sky-Watcher and Orion mounts without a hand box. `greet` first."""

    known_as = "Sky-Watcher and Orion without a hand box: EQMOD cable, or the mount's own USB"
    halt = say.HALT
    halt_ends_tracking = True

    def __init__(self, ask: Ask, observatory: Observatory) -> None:
        self._ask, self._observatory = ask, observatory
        self.can = ALL
        self._met: Pair | None = None
        self._way: Way | None = None
        self._press: Press | None = None
        self._following: Following | None = None
        self._reaches_until = float("-inf")
        self._looks_at_rest = 0
        self._parked: bool | None = None
        self._was_awake = self._restart_to_tell = False

    @property
    def _pair(self) -> Pair:
        assert self._met is not None, "greet first"
        return self._met

    def greet(self) -> Identity:
        """Nothing moves. A controller that was just switched on is told that it stands at home."""
        earlier = self._met
        version, self._met = meet(self._ask, self._observatory)
        self._give_up(TrackingRate.OFF)
        stand = self._pair.geometry.stand
        self.can = ALL if stand is Stand.GERMAN else ALL & ~Can.PIER_SIDE
        self._pair.look()
        assumes_home = not self._pair.awake
        self._notice_restart()
        if earlier is not None:
            self._pair.resume(earlier)
        self._wake()
        return Identity(
            NAMES.get(version.model, f"Sky-Watcher {version.model:02X}"), version.firmware, stand.value, assumes_home
        )

    # --- looking --------------------------------------------------------------------------------------------------

    def read(self) -> Reading:
        """Four questions. After a loss of power it stands at its middles and says so: `restarted`, once."""
        seen = self._pair.look()
        self._notice_restart()
        self._notice_end_of_tracking()
        restarted, self._restart_to_tell = self._restart_to_tell, False
        geometry = self._pair.geometry
        place = place_of(geometry.standing(seen.turns), seen.sidereal_hours)
        return Reading(place, self._is_slewing, geometry.side(seen.turns), self._parked, restarted)

    def _notice_restart(self) -> None:
        """After each look. A mount that is parked stands where a restart says that it stands."""
        was_awake, self._was_awake = self._was_awake, self._pair.awake
        if self._pair.awake or not was_awake:
            return
        self._give_up(TrackingRate.OFF)
        self._restart_to_tell = self._parked is not True

    def _notice_end_of_tracking(self) -> None:
        """What we have not stopped somebody else has; it is not for us to start it again."""
        follows = self._following is not None and self._way is None and self._press is None
        stopped = any(motor.speed_told != 0.0 and motor.rests for motor in self._pair.motors)
        self._looks_at_rest = self._looks_at_rest + 1 if follows and stopped else 0
        if self._looks_at_rest >= LOOKS_TO_BE_LOST:
            self._pair.stop()
            self._following = None

    @property
    def _is_slewing(self) -> bool:
        """On a way, still catching up with its end, or turning as it was not told to: until a stop is obeyed, too."""
        catches_up = self._following is not None and not self._following.reached
        if self._way is not None or (catches_up and self._observatory.monotonic() < self._reaches_until):
            return True
        return any(motor.slews for motor in self._pair.motors)

    def tracking(self) -> TrackingRate:
        if self._way is not None:
            return self._way.rate
        return self._following.rate if self._following is not None else TrackingRate.OFF

    # --- orders ---------------------------------------------------------------------------------------------------

    def goto(self, place: Equatorial) -> None:
        """From the side on which a German mount's tube is above its pier; tracking goes on there, or begins."""
        assert place.epoch is Epoch.OF_DATE
        self._observatory.sidereal_hours()
        rate = self.tracking()
        rate = TrackingRate.SIDEREAL if rate is TrackingRate.OFF else rate
        self._set_out(Way(place, self._observatory.monotonic(), rate))

    def park(self) -> None:
        """Home, and no tracking. The controller knows nothing of it: it is parked because it was ordered, and came."""
        self._set_out(Way(None, parks=True))

    def unpark(self) -> None:
        self._parked = False

    def home(self) -> None:
        self._set_out(Way(None))

    def _set_out(self, way: Way) -> None:
        """Begun at once where the motors stop soon enough; else `attend` begins it."""
        before, seen = self.tracking(), self._ready()
        self._give_up(before)
        if self._pair.rests:
            way = next_leg(way, self._pair, seen)
        elif self._pair.rest_within(LOOKS_FOR_A_STOP):
            way = next_leg(way, self._pair, self._pair.look())
        self._way, self._following = way, None

    def _ready(self) -> Seen:
        """A look and a controller that is awake: what every motion begins with."""
        seen = self._pair.look()
        self._parked = False
        return self._wake() or seen

    def _wake(self) -> Seen | None:
        """The look after it, if that was needed."""
        self._pair.undo_half_taught()
        seen = self._pair.wake()
        self._was_awake = True
        return seen

    def _give_up(self, rate: TrackingRate) -> None:
        """Nothing is under way any more; what is followed at this rate is wherever the tube will be."""
        self._way = self._press = None
        self._looks_at_rest, self._reaches_until = 0, float("-inf")
        self._following = None if rate is TrackingRate.OFF else Following(rate)

    def sync(self, place: Equatorial) -> None:
        """The counters are set, on the side where the tube is: so a restart of ours does not lose it."""
        assert place.epoch is Epoch.OF_DATE
        self._observatory.sidereal_hours()
        rate = self.tracking()
        self._ready()
        self._give_up(rate)
        if not self._pair.rest_within(LOOKS_FOR_A_SYNC):
            raise MountRefused("the motors have not stopped", code="mount_not_stopped", words="2: motor not stopped")
        turns, seen = self._pair.look_surely(), self._pair.look()
        standing = Following(TrackingRate.SIDEREAL, place, seen.at).where(seen)
        self._pair.teach(self._pair.geometry.near(standing, turns))
        if rate is not TrackingRate.OFF:
            self._following = Following(rate, place, seen.at)
            self._pair.look()
            self.attend()

    def track(self, rate: TrackingRate) -> None:
        if self._way is not None:
            self._way = replace(self._way, rate=rate)
            return
        if rate is TrackingRate.OFF:
            self._give_up(rate)
            self._pair.stop()
            return
        self._observatory.sidereal_hours()
        self._ready()
        self._give_up(rate)
        self.attend()

    def nudge(self, direction: Direction, rate: NudgeRate) -> None:
        """Added to the tracking; a key at guiding speed only changes the period of a motor that runs."""
        tracking, seen = self.tracking(), self._ready()
        self._give_up(tracking)
        geometry = self._pair.geometry
        pushed = geometry.pushed(direction, seen.turns).both
        axis = 0 if pushed[0] else 1
        speed = pushed[axis] * TIMES_SIDEREAL[rate] * SIDEREAL_DEGREES_PER_SECOND
        if self._following is not None:
            speed += self._following.course(geometry, seen).rates[axis]
        if self._pair.motors[1 - axis].slews:
            self._pair.motors[1 - axis].stop()
        self._push(Press(axis, speed, rate))

    def _push(self, press: Press) -> None:
        """Started at once where the motor runs already, or stops soon enough; else `attend` starts it."""
        motor = self._pair.motors[press.axis]
        for _ in range(LOOKS_FOR_A_STOP):
            motor.run(press.speed)
            if motor.runs_at(press.speed):
                break
            motor.look_status()
        self._press = press

    def rest(self, direction: Direction) -> None:
        """The sky is followed again from where it comes to rest."""
        if self._press is None:
            return
        motor = self._pair.motors[self._press.axis]
        self._give_up(self.tracking())
        motor.stop()

    # --- between two looks ------------------------------------------------------------------------------------------

    def attend(self) -> None:
        """The next step of what is under way, from what the last look has shown; nothing while an order is unseen."""
        seen = self._pair.seen_since_order
        if seen is None or not self._pair.awake or self._looks_at_rest:
            return
        self._pair.undo_half_taught()
        if self._way is not None:
            self._go_on(self._way, seen)
        elif self._press is not None:
            self._pair.motors[self._press.axis].run(self._press.speed)
        elif self._following is not None and (self._following.place is not None or not self._pair.stopping):
            steer(self._following, self._pair.geometry, self._pair.motors, seen, self._observatory.monotonic())

    def _go_on(self, way: Way, seen: Seen) -> None:
        if not self._pair.rests:
            if not way.legs:
                self._pair.stop_again()
        elif way.legs and (way.is_over or is_there(way, self._pair, seen)):
            self._arrive(way, seen)
        else:
            self._way = next_leg(way, self._pair, seen)

    def _arrive(self, way: Way, seen: Seen) -> None:
        self._way = None
        if way.parks:
            self._parked = is_there(way, self._pair, seen)
        if way.place is None or way.rate is TrackingRate.OFF:
            return
        now = self._observatory.monotonic()
        self._following, self._reaches_until = Following(way.rate, way.place, way.since), now + REACHES_WITHIN_SECONDS
        steer(self._following, self._pair.geometry, self._pair.motors, seen, now)

    def halted(self, goes_on: bool) -> None:
        """After a stop it rests until the next order. A key at guiding speed was let go of where the tube was then."""
        if self._met is None:
            return
        press, seen, rate = self._press, self._pair.seen, self.tracking()
        self._give_up(rate if goes_on else TrackingRate.OFF)
        if self._following is not None and press is not None and press.rate is NudgeRate.GUIDE and seen is not None:
            now = self._observatory.monotonic()
            self._following.place = self._pair.place_by_reckoning(seen, now)
            self._following.since = now
        self._pair.were_halted()
