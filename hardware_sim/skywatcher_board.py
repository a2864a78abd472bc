"""The motor board of a Sky-Watcher mount: both motors, driving the axes of an instrument in place of any firmware.

It has no idea of sky, time, place or park. It must never know bytes; the dialect (skywatcher.py) carries them.
"""

from hardware_sim.geometry import AxisPair
from hardware_sim.motion import Fate, Motion
from hardware_sim.mount import Mount
from hardware_sim.skywatcher_models import Model
from hardware_sim.skywatcher_motor import Does, Motor
from hardware_sim.skywatcher_stance import Stance, stance


class Board:
    """As its power has come on: at home, both counters at 0x800000, not initialised."""

    def __init__(self, model: Model, mount: Mount) -> None:
        self.model, self.mount = model, mount
        self.stance: Stance = stance(mount.ground, mount.in_the_south)
        for axis, turn in zip(mount.axes, model.counts_per_turn, strict=True):
            axis.degrees_per_step = 360.0 / turn
        mount.stand(self.stance.home)
        self.motors = tuple(
            Motor(axis, turn, model.timer_hertz, model.fast_ratio, forward)
            for axis, turn, forward in zip(mount.axes, model.counts_per_turn, self.stance.forward, strict=True)
        )
        mount.hand_axes_to(self)

    def tick(self, seconds: float) -> None:
        for motor in self.motors:
            motor.tick(seconds)

    def motion(self) -> Motion:
        doing = {motor.does for motor in self.motors}
        if Does.GOING in doing:
            return Motion.GOING
        slews = any(motor.is_running and not motor.tracks for motor in self.motors)
        return Motion.BY_HAND if slews else Motion.HOLDING

    def is_tracking(self) -> bool:
        return any(motor.tracks for motor in self.motors)

    def take_by_hand(self, axis: int, rate: float, seconds: float) -> None:
        self.motors[axis].take_by_hand(rate, seconds)

    def send_home(self) -> None:
        """Another program on the same mount, as a telephone's, parks it."""
        homes: AxisPair = self.stance.home
        for motor, angle in zip(self.motors, (homes.first, homes.second), strict=True):
            motor.set_mode(is_goto=True, is_fast=True, is_backward=False)
            motor.target_steps = round(angle / motor.axis.degrees_per_step)
            motor.start(Fate.AS_ORDERED)

    def lose_power(self) -> None:
        for motor in self.motors:
            motor.lose_power()
