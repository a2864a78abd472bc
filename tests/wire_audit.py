"""Judges an evening by what passed on the wire and by where the tube truly pointed, not by what the program says.

Fed with what was ordered (and what came of it) and with the mount's own records; `judge` raises AssertionError with the
first thing that should not have been. LX200 words only.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scope import orders
from scope.orders import Direction, Order
from scope.position import Epoch, Equatorial, arc_degrees
from scope.sky.frames import Sky
from scope.target import Kind, Target
from tests.served_mount import LONGEST_PRESS_SECONDS

PENDING, ACCEPTED = "pending", "accepted"
SLACK_SECONDS = 1.5
"""What a busy machine may add to any wait; figures without it are for the bench."""
LEASE_SECONDS = 0.4
BRAKE_SECONDS = 1.0
"""The ramp from full rate to rest."""
AT_REST_DEGREES_PER_SECOND = 0.15
"""Faster than the sky ever needs where the limits let the tube point; slower is tracking or guiding."""
NEAR_ZENITH_DEGREES = 85.0
CATCHES_UP_DEGREES_PER_SECOND = 0.5
SHOWN_WITHIN_DEGREES = 0.6
WORD = re.compile(rb":[^#]*#|\x06")
STARTS = {
    b":MS#": orders.Goto,
    b":Mn#": orders.Nudge,
    b":Ms#": orders.Nudge,
    b":Me#": orders.Nudge,
    b":Mw#": orders.Nudge,
    b":hP#": orders.Park,
    b":I#": orders.Unpark,
    b":AA#": orders.Track,
    b":AP#": orders.Track,
    b":CM#": orders.Sync,
}
"""Bytes that set something going, or tell the mount that it is elsewhere, and the only order that may cause them."""
MOVES_AXES = {b":MS#", b":Mn#", b":Ms#", b":Me#", b":Mw#", b":hP#", b":I#"}
LETTERS = {Direction.NORTH: b"n", Direction.SOUTH: b"s", Direction.EAST: b"e", Direction.WEST: b"w"}
AFTER_BYTES = {"Overtaken": {orders.Unpark, orders.Sync, orders.Track}}
"""An order that a stop took over may have sent its first byte only where something is asked after that byte."""


def rests(truth: dict[str, Any]) -> bool:
    """No axis goes faster than the sky needs; close to the zenith an upright fork's first has to, to follow it."""
    fastest = max(map(abs, truth["axis_rates_deg_s"]))
    if (
        truth["motion"] == "holding"
    ):  # follows the sky, and catches up with it where the simulator itself was kept waiting
        return truth["alt_degrees"] > NEAR_ZENITH_DEGREES or fastest < CATCHES_UP_DEGREES_PER_SECOND
    return fastest < AT_REST_DEGREES_PER_SECOND


@dataclass
class Given:
    """One order, from the moment it was handed in until it was answered: `outcome` is ACCEPTED or the error's class."""

    order: Order
    by: str
    begun: float
    ended: float = float("inf")
    outcome: str = PENDING
    code: str = ""
    starts: int = 0

    @property
    def may_have_moved(self) -> bool:
        if self.outcome in (ACCEPTED, PENDING, "NoAnswer", "GarbledAnswer", "LineLost", "MountRefused"):
            return self.code != "mount_busy"
        return type(self.order) in AFTER_BYTES.get(self.outcome, ())


@dataclass(frozen=True)
class Said:
    t: float
    word: bytes


@dataclass
class Spans:
    """Times during which something is excused, each with its reason; open ones last until now."""

    found: list[tuple[str, float, float]] = field(default_factory=list)

    def begin(self, why: str, t: float) -> None:
        self.found.append((why, t, float("inf")))

    def end(self, t: float, *why: str) -> None:
        """These, or all that are open."""
        self.found = [
            (name, begun, t if ended == float("inf") and (not why or name in why) else ended)
            for name, begun, ended in self.found
        ]

    def touch(self, begun: float, ended: float, after_seconds: float = 0.0, only: frozenset[str] | None = None) -> bool:
        return any(
            start <= ended and begun <= end + after_seconds
            for name, start, end in self.found
            if only is None or name in only
        )


class Audit:
    """One evening's; `sky` is for comparing what is shown with the truth."""

    def __init__(self, sky: Sky) -> None:
        self._sky = sky
        self.given: list[Given] = []
        self.said: list[Said] = []
        self._said_times: list[float] = []
        self.truths: list[dict[str, Any]] = []
        self._truth_times: list[float] = []
        self._rest = b""
        self._judged_said = self._judged_truth = self._judged_shown = 0
        self._presses: list[tuple[Given, Said]] = []
        self._stops: list[Given] = []
        self._first_after: list[tuple[str, float]] = []
        self.cut = Spans()  # no byte gets through
        self.wild = Spans()  # the mount moves or stops as it likes
        self.lost_place = Spans()  # the mount believes to be elsewhere
        self.slow = Spans()
        self.counts: Counter[str] = Counter()
        self.stop_seconds: list[float] = []

    # --- what is fed ----------------------------------------------------------------------------------------------

    def hear(self, entries: list[dict[str, Any]]) -> None:
        """New entries of the mount's trace."""
        for entry in entries:
            if entry["dir"] != "in":
                continue
            heard = self._rest + bytes.fromhex(entry["hex"])
            end = 0
            for found in WORD.finditer(heard):
                self.said.append(Said(entry["t"], found.group()))
                self._said_times.append(entry["t"])
                end = found.end()
            self._rest = heard[end:]

    def drop_half_word(self) -> None:
        """The writer has died, or the line was cut."""
        self._rest = b""

    def see(self, truths: list[dict[str, Any]]) -> None:
        self.truths += truths
        self._truth_times += [truth["t"] for truth in truths]

    def expect_halt_first(self, why: str, since: float) -> None:
        """The first bytes after this moment have to be a halt."""
        self._first_after.append((why, since))

    # --- what is judged -------------------------------------------------------------------------------------------

    def judge(self, now: float, shown: list[tuple[float, dict[str, Any]]]) -> None:
        self._judge_words()
        self._judge_first_words()
        self._judge_stops(now)
        self._judge_presses(now)
        self._judge_motion()
        self._judge_shown(shown)

    def _judge_words(self) -> None:
        for index in range(self._judged_said, len(self.said)):
            said = self.said[index]
            if said.word in STARTS:
                self._judge_start(index, said)
        self._judged_said = len(self.said)

    def _judge_start(self, index: int, said: Said) -> None:
        kind = STARTS[said.word]
        cause = self._cause(said, kind)
        self.counts[f"wire {said.word.decode()}"] += 1
        if cause is None:
            assert kind is orders.Goto, f"{said} without an order: {self._last_orders(said.t)}"
            self._judge_next_leg(index, said)
            return
        cause.starts += 1
        self._judge_straddling(index, said, cause)
        if isinstance(cause.order, orders.Nudge):
            self._presses.append((cause, said))

    def _judge_straddling(self, index: int, said: Said, cause: Given) -> None:
        """What an order says first and what it sets going belong together: no halt may stand between them."""
        first = {b":MS#": b":Sr", b":CM#": b":Sr"}.get(said.word, b":R" if said.word.startswith(b":M") else b"")
        if not first:
            return
        begun = next((i for i in reversed(range(index)) if self.said[i].word.startswith(first)), 0)
        between = [past.word for past in self.said[begun:index]]
        assert b":Q#" not in between, f"{said} of {cause} came after a halt: {between}"

    def _cause(self, said: Said, kind: type[Any]) -> Given | None:
        for given in reversed(self.given):
            if type(given.order) is not kind or not given.may_have_moved or given.starts:
                continue
            if isinstance(given.order, orders.Nudge) and not self._is_direction(given.order, said):
                continue
            if given.begun <= said.t <= given.ended + SLACK_SECONDS:
                return given
        return None

    @staticmethod
    def _is_direction(order: orders.Nudge, said: Said) -> bool:
        return order.direction is not None and said.word == b":M" + LETTERS[order.direction] + b"#"

    def _judge_next_leg(self, index: int, said: Said) -> None:
        """A goto that goes round goes on by itself, but never after a halt."""
        before = [past.word for past in self.said[:index] if past.word in (b":MS#", b":Q#")]
        assert before[-1:] == [b":MS#"], f"{said} without an order: {self._last_orders(said.t)}"
        self.counts["next legs"] += 1

    def _last_orders(self, t: float) -> list[Given]:
        return [given for given in self.given if given.begun <= t][-6:]

    def _judge_first_words(self) -> None:
        waiting = []
        for why, since in self._first_after:
            after = [said for said in self.said if said.t > since]
            if not after:
                waiting.append((why, since))
                continue
            assert after[0].word == b":Q#", f"after {why} the first bytes were {after[:3]}"
            self.counts[f"halt first after {why}"] += 1
        self._first_after = waiting

    def _judge_stops(self, now: float) -> None:
        """An accepted stop is on the wire soon after it was asked for."""
        waiting = []
        for stop in self._stops:
            halts = [said.t for said in self.said if said.word == b":Q#" and said.t >= stop.begun]
            if halts and not self.cut.touch(stop.begun, halts[0], 0.5):
                self.stop_seconds.append(halts[0] - stop.begun)
            until = stop.ended + SLACK_SECONDS
            if halts or self.cut.touch(stop.begun, min(until, now), 0.5):
                continue
            assert now < until, f"no halt on the wire for {stop}"
            waiting.append(stop)
        self._stops = waiting

    def answered(self, given: Given) -> None:
        """After its outcome is known."""
        self.counts[f"{type(given.order).__name__} {given.code or given.outcome}"] += 1
        if isinstance(given.order, orders.Stop) and given.outcome == ACCEPTED:
            self._stops.append(given)

    def _judge_presses(self, now: float) -> None:
        """Each motion by hand ends when the heartbeats of its own press do, and after the longest press in any case."""
        waiting = []
        for given, said in self._presses:
            until = self._lease_ends(given) + SLACK_SECONDS
            enders = (
                b":Q#",
                b":Q" + said.word[2:3] + b"#",
                said.word,
            )  # the same again is another press's to answer for
            ends = [end.t for end in self.said if end.t > said.t and end.word in enders]
            if self.cut.touch(said.t, min(ends[0] if ends else now, until), 0.5):
                continue
            if not ends and now < until:
                waiting.append((given, said))
                continue
            assert ends, f"{said} was never ended: {given}"
            assert ends[0] <= until, f"{said} ended {ends[0] - until + SLACK_SECONDS:.2f} s late: {given}"
        self._presses = waiting

    def _lease_ends(self, given: Given) -> float:
        order = given.order
        assert isinstance(order, orders.Nudge)
        beats, last, ends = order.beat, given.ended, given.ended + LEASE_SECONDS
        for other in self.given:
            renews = isinstance(other.order, orders.Nudge) and other.order.press == order.press
            if not renews or other.by != given.by or other.outcome not in (ACCEPTED, PENDING) or other is given:
                continue
            assert isinstance(other.order, orders.Nudge)
            if other.order.direction is not None and other.order.beat > beats and other.begun < ends:
                beats, last = other.order.beat, other.ended
                ends = last + LEASE_SECONDS
        return min(ends, given.ended + LONGEST_PRESS_SECONDS)

    # --- the truth ------------------------------------------------------------------------------------------------

    def _judge_motion(self) -> None:
        """An axis that moves has been told to, and not been halted since."""
        for index in range(self._judged_truth, len(self.truths)):
            truth = self.truths[index]
            if not rests(truth):
                self._judge_moving(truth)
        self._judged_truth = len(self.truths)

    def _judge_moving(self, truth: dict[str, Any]) -> None:
        t = truth["t"]
        self.counts["truths in motion"] += 1
        if self.wild.touch(t, t, BRAKE_SECONDS + SLACK_SECONDS) or self.cut.touch(t, t, BRAKE_SECONDS + SLACK_SECONDS):
            return
        past = self.said[: bisect_right(self._said_times, t)]
        start = next((i for i in reversed(range(len(past))) if past[i].word in MOVES_AXES), None)
        assert start is not None, f"it moves and nobody has told it to: {truth}"
        halts = [said.t for said in past[start:] if said.word == b":Q#"]
        assert not halts or t - halts[0] < BRAKE_SECONDS + SLACK_SECONDS, (
            f"it moves {t - halts[0]:.2f} s after the halt: {truth}, {past[start:][:6]}"
        )

    def _judge_shown(self, shown: list[tuple[float, dict[str, Any]]]) -> None:
        """What is shown lies near where the tube truly was while it was read, or nothing is shown."""
        while self._judged_shown < len(shown):
            _, seen = shown[self._judged_shown]
            if seen["position"] is not None:
                if not self._truth_times or self._truth_times[-1] < seen["read_at"] + 0.1:
                    return
                self._judge_position(seen)
            self._judged_shown += 1

    def _judge_position(self, seen: dict[str, Any]) -> None:
        at = seen["read_at"]
        earlier = 4.0 if self.slow.touch(at - 4.0, at) else 0.5
        if self.lost_place.touch(at - earlier, at):
            return
        first, last = bisect_left(self._truth_times, at - earlier), bisect_right(self._truth_times, at + 0.05)
        lately = [(truth["ra_hours"], truth["dec_degrees"]) for truth in self.truths[first:last:5]]
        if not lately:
            return
        place = Equatorial(seen["position"]["ra_hours_j2000"], seen["position"]["dec_degrees_j2000"], Epoch.J2000)
        here = self._sky.place(Target("shown", Kind.COORDINATES, place), datetime.fromisoformat(seen["utc"]))
        off = min(arc_degrees(here.ra_hours * 15, here.dec_degrees, ra * 15, dec) for ra, dec in lately)
        spread = max(arc_degrees(lately[0][0] * 15, lately[0][1], ra * 15, dec) for ra, dec in lately)
        self.counts["positions shown"] += 1
        assert off <= SHOWN_WITHIN_DEGREES + spread, f"shown {off:.2f}° off: {seen}"
