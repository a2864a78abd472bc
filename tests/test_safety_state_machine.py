"""S11-S18, S20, S26, S28 with F01-F40: users, faults and kills in any order, and after each step what must always hold.

The real service in its own process, real bytes on a pseudo-terminal, kill -9. What is judged is the wire and the truth
(tests/wire_audit.py), not what the service says of itself. CLUBSCOPE_NIGHTLY=1 takes ten thousand steps.
"""

import json
import os
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from scope import orders
from scope.errors import ScopeError
from scope.orders import Direction, HelmAct, Nudge, NudgeRate, Person, Role, TrackingRate
from scope.position import Epoch, Equatorial
from scope.sky.frames import Sky
from tests.served_mount import HELM_IDLE_SECONDS, Served, served
from tests.simulated_mount import wait_until
from tests.telescopes import MORNING, NIGHT, SITE
from tests.wire_audit import ACCEPTED, LEASE_SECONDS, SLACK_SECONDS, Audit, Given, rests

NIGHTLY = bool(os.environ.get("CLUBSCOPE_NIGHTLY"))
STEPS = 100 if NIGHTLY else 40
EVENINGS = 130 if NIGHTLY else 6
HEALED_SECONDS = 30.0
REST_SECONDS = 4.0
"""From a stop to rest: the ramp is one second, a busy machine some more."""
TOLD_SECONDS = 5.5
"""By then a mount that does not obey has to be told of; promised are 3 s."""

AIGERIM = Person("Aigerim", Role.VOLUNTEER, "browser")
TIMUR = Person("Timur", Role.VOLUNTEER, "browser")
DANA = Person("Dana", Role.ADMIN, "browser")
VISITOR = Person("somebody", Role.VISITOR, "browser")
CREW = st.sampled_from([*[AIGERIM] * 6, TIMUR, DANA])
ANYBODY = st.sampled_from([*[AIGERIM] * 6, TIMUR, DANA, VISITOR])
TARGETS = st.one_of(
    st.sampled_from(["Vega", "Hamal", "Polaris", "Saturn", "Venus", "Sun", "Canopus", "Deneb", "no such thing"]).map(
        lambda name: orders.Goto(name)
    ),
    st.tuples(st.floats(0, 23.99), st.floats(-20, 89)).map(
        lambda place: orders.Goto(place=Equatorial(*place, Epoch.J2000))
    ),
)
OTHERS = st.sampled_from(
    [
        orders.Park(),
        orders.Unpark(),
        orders.Track(TrackingRate.OFF),
        orders.Track(TrackingRate.SIDEREAL),
        orders.Track(TrackingRate.SIDEREAL),
        orders.Sync("Canopus"),
        orders.SetMountClock(),
        orders.ConfirmAlignment(),
        orders.Acknowledge("runaway"),
        orders.Acknowledge("no_progress"),
        orders.Acknowledge("position_stale"),
        orders.EndSession(),
    ]
)
HELD_FAULTS = (
    *("silent", "silent-slewing", "late 0.3", "late 1.5", "cut 3", "noise 0.02", "noise 0.1", "noise-around 0.05"),
    *("dribble 0.2", "stale 1.5", "stale-tail 1", "double", "echo", "unsolicited 0.5", "joined", "eight-bit"),
    *("flip 0.05", "latency 0.2", "busy", "refuse-to-move", "runaway", "overshoot", "stall both", "stall first"),
    *("deaf-to-stop 5", "deaf-to-stop 80", "always-slewing", "never-slewing", "hang", "black-hole", "wrong-baud"),
)
CUTTING = frozenset({"hang", "black-hole", "wrong-baud"})
SLOWING = frozenset({"late", "dribble", "latency", "stale", "stale-tail", "silent", "silent-slewing", "cut", "noise"})
DISASTERS = ("low-precision", "hand-box first 1 1", "unplug", "unplug", "blip", "power-cycle", "hand-park", "kill")
TOTAL: Counter[str] = Counter()
STOP_SECONDS: list[float] = []


class Evening(RuleBasedStateMachine):
    """One evening, or morning, at the telescope."""

    def __init__(self) -> None:
        super().__init__()
        self.running = ExitStack()
        self.told: list[str] = []
        self.presses: list[tuple[Person, Nudge]] = []
        self.held: set[str] = set()
        self.beaten: set[str] = set()
        self.plugged = True
        self.heard, self.seen, self.asked = 0, 0, 0
        self.helm: tuple[str, float, float] | None = None
        """Who has it for certain, and between which moments it was last used."""
        self.owed: list[str] = []

    # --- beginning and end ----------------------------------------------------------------------------------------

    @initialize(moment=st.sampled_from([NIGHT, NIGHT, MORNING]), seed=st.integers(0, 9999))
    def begins(self, moment: datetime, seed: int) -> None:
        folder = Path(self.running.enter_context(tempfile.TemporaryDirectory(prefix="evening-")))
        self.audit = Audit(Sky(SITE))
        self.served: Served = self.running.enter_context(served(folder, moment, ["--seed", str(seed)]))
        self.audit.expect_halt_first("the start", 0.0)
        self.note(f"begins {moment}")
        self.goto(AIGERIM, orders.Goto("Polaris"))  # so that there is something to stop, whatever is drawn

    def teardown(self) -> None:
        try:
            if hasattr(self, "served"):
                self._ends_well()
        finally:
            self.running.close()

    def _ends_well(self) -> None:
        """With the faults gone the line heals, a stop rests the axes, and the last word is a halt."""
        self.clear()
        if not self.plugged:
            self.replug()
        self._heals()
        self._a_hand_goes_silent()
        self._stop(DANA)
        self.served.mount.wait_until(rests, REST_SECONDS)
        self.judge()
        self.served.end()
        wait_until(lambda: self.served.mount.heard().endswith(b":Q#:Qn#:Qs#:Qe#:Qw#"), 5, "the last halt")
        self._all_is_logged()
        TOTAL.update(self.audit.counts)
        STOP_SECONDS.extend(self.audit.stop_seconds)

    def _a_hand_goes_silent(self) -> None:
        """Whatever the evening was, it ends with a press that nobody lets go; an admin takes the helm for it."""
        self.steer(DANA, HelmAct.TAKE, None)
        given = self._press(DANA, Nudge(Direction.EAST, NudgeRate.CENTRE, f"p{len(self.presses)}", 0))
        if given.outcome == ACCEPTED:
            TOTAL["hands gone silent"] += 1
            time.sleep(LEASE_SECONDS + SLACK_SECONDS + 0.2)
            self.judge()

    def _heals(self) -> None:
        wait_until(lambda: self._line() == "up", HEALED_SECONDS, f"the line to heal after {self.told[-12:]}")

    def _line(self) -> str:
        try:
            return str(self.served.desk.status().get("line"))
        except ScopeError:
            return "no service"

    def note(self, what: str) -> None:
        self.told.append(what)
        TOTAL["steps"] += 1
        if log := os.environ.get("CLUBSCOPE_STEPS"):
            with open(log, "a", encoding="utf-8") as page:
                page.write(f"{time.monotonic():.3f} {what}\n")

    # --- orders ---------------------------------------------------------------------------------------------------

    def give(self, order: orders.Order, by: Person) -> Given:
        """Hand it in, and hold the answer against the helm, the roles and the log."""
        self.asked += 1
        request = f"r{self.asked}-{threading.get_ident()}"
        given = Given(order, by.name, time.monotonic())
        self.audit.given.append(given)
        try:
            answer = self.served.order(order, by, request)
            outcome, code = ACCEPTED, ""
        except ScopeError as refused:
            outcome, code, answer = type(refused).__name__, refused.code, {"logged": False}
        given.ended = time.monotonic()
        given.outcome, given.code = outcome, code
        self.audit.answered(given)
        if answer["logged"] and not self._is_a_heartbeat(order):
            self.owed.append(request)
        self._hold_against_roles(given, by)
        return given

    def _is_a_heartbeat(self, order: orders.Order) -> bool:
        """No event of its own: neither the letting go, nor what may renew a press that is there."""
        if not isinstance(order, Nudge):
            return False
        return order.direction is None or order.beat > 0 or order.press in self.beaten

    def _hold_against_roles(self, given: Given, by: Person) -> None:
        if by.role is Role.VISITOR:
            assert given.code in ("role_needed", "service_gone"), given
            return
        if isinstance(given.order, orders.Stop):
            assert given.outcome in (ACCEPTED, "LineLost"), given
        if isinstance(given.order, orders.MOVES) and given.code not in ("service_gone", "role_needed"):
            self._hold_against_helm(given)

    def _hold_against_helm(self, given: Given) -> None:
        """Two never move it at a time; who is refused for that reason has somebody before them."""
        helm, refused = self.helm, given.code == "helm_taken"
        if helm is not None and helm[0] != given.by and given.ended - helm[1] < HELM_IDLE_SECONDS:
            assert refused, f"{given} while {helm[0]} held the helm"
        if refused:
            free = helm is None or helm[0] == given.by or given.begun - helm[2] > HELM_IDLE_SECONDS + 0.5
            assert not free, f"{given} though the helm was free: {helm}"
        else:
            self.helm = (given.by, given.begun, given.ended)

    @rule(by=ANYBODY, order=TARGETS)
    def goto(self, by: Person, order: orders.Goto) -> None:
        self.note(f"{by.name}: {order}")
        given = self.give(order, by)
        if order.target in ("Sun", "Canopus", "no such thing"):
            assert given.outcome != ACCEPTED

    @rule(by=CREW)
    def stop(self, by: Person) -> None:
        self.note(f"{by.name}: stop")
        self._stop(by)

    def _stop(self, by: Person) -> Given:
        given = self.give(orders.Stop(), by)
        if given.outcome != ACCEPTED:
            lately = self.audit.cut.touch(given.begun, given.ended, 8.0)
            assert lately or given.code == "service_gone" or self._line() != "up" or self.held, given
        return given

    @rule(by=CREW)
    def stop_and_see_it_rest(self, by: Person) -> None:
        """Or be told that it does not."""
        self.note(f"{by.name}: stop, and wait")
        stopped = self._stop(by)
        if stopped.outcome != ACCEPTED or self.held & CUTTING or not self.plugged:
            return
        begun = time.monotonic()
        while not rests(self.served.mount.truth()):
            waited = time.monotonic() - begun
            if "deaf-to-stop" in self.held:
                assert waited < TOLD_SECONDS or "stop_not_confirmed" in self._alarms() or self._line() != "up"
                assert waited < 20.0
            else:
                assert waited < REST_SECONDS, self.served.mount.truth()
            time.sleep(0.03)

    def _alarms(self) -> set[str]:
        return {alarm["code"] for alarm in self.served.desk.status().get("alarms", ())}

    @rule(by=CREW, direction=st.sampled_from(Direction), rate=st.sampled_from(NudgeRate))
    def press(self, by: Person, direction: Direction, rate: NudgeRate) -> None:
        self.note(f"{by.name}: press {direction.value} {rate.value}")
        self._press(by, Nudge(direction, rate, f"p{len(self.presses)}", 0))

    def _press(self, by: Person, nudge: Nudge) -> Given:
        self.presses.append((by, nudge))
        return self.give(nudge, by)

    @rule(
        by=CREW,
        direction=st.sampled_from(Direction),
        rate=st.sampled_from([NudgeRate.FIND, NudgeRate.SLEW, NudgeRate.CENTRE]),
        beats=st.sampled_from([1, 2, 3, 5, 8, 20]),
        second=st.sampled_from([None, None, *Direction]),
    )
    def hold(self, by: Person, direction: Direction, rate: NudgeRate, beats: int, second: Direction | None) -> None:
        """As a panel does it, perhaps with a second finger after the first; then the hand goes silent."""
        self.note(f"{by.name}: hold {direction.value} {rate.value} for {beats}, then {second}")
        self._hold(by, Nudge(direction, rate, f"p{len(self.presses)}", 0), beats)
        if second is not None:
            self._hold(by, Nudge(second, rate, f"p{len(self.presses)}", 0), beats)

    def _hold(self, by: Person, nudge: Nudge, beats: int) -> None:
        given = self._press(by, nudge)
        for beat in range(1, beats):
            if given.outcome != ACCEPTED:
                return
            time.sleep(0.12)
            given = self.give(Nudge(nudge.direction, nudge.rate, nudge.press, beat), by)

    @precondition(lambda self: self.presses)
    @rule(back=st.integers(1, 4), beat=st.integers(0, 6), by=st.none() | CREW, times=st.integers(1, 3))
    def a_heartbeat_comes_late_or_double_or_of_another(
        self, back: int, beat: int, by: Person | None, times: int
    ) -> None:
        who, nudge = self.presses[-min(back, len(self.presses))]
        by = by or who
        self.note(f"{by.name}: heartbeat {beat} of {nudge.press} x {times}")
        if by is not who:  # to the service it may be a press of its own, by the same name
            self.presses.append((by, nudge))
        self.beaten.add(nudge.press)
        for _ in range(times):
            self.give(Nudge(nudge.direction, nudge.rate, nudge.press, beat), by)

    @precondition(lambda self: self.presses)
    @rule(back=st.integers(1, 3), by=st.none() | CREW)
    def let_go(self, back: int, by: Person | None) -> None:
        who, nudge = self.presses[-min(back, len(self.presses))]
        self.note(f"{(by or who).name}: let go of {nudge.press}")
        self.give(Nudge(None, nudge.rate, nudge.press, 99), by or who)

    @rule(by=ANYBODY, act=st.sampled_from(HelmAct), to=st.none() | st.sampled_from(["Aigerim", "Timur", "Dana"]))
    def steer(self, by: Person, act: HelmAct, to: str | None) -> None:
        self.note(f"{by.name}: helm {act.value} {to}")
        self.give(orders.Helm(act, to if act is HelmAct.GIVE else None), by)
        status = self._status_or_none()
        helm = status and status["helm"]
        now = time.monotonic()
        self.helm = (helm["holder"], now - HELM_IDLE_SECONDS, now) if helm else None  # by their own word, until used

    def _status_or_none(self) -> dict[str, Any] | None:
        try:
            return self.served.desk.status() or None
        except ScopeError:
            return None

    @rule(by=ANYBODY, order=OTHERS)
    def order_something_else(self, by: Person, order: orders.Order) -> None:
        self.note(f"{by.name}: {order}")
        given = self.give(order, by)
        if isinstance(order, orders.Unpark) and given.outcome == ACCEPTED:
            self.audit.lost_place.begin("unparked", given.begun)
            self.audit.lost_place.end(given.ended + 1.0, "unparked")

    @rule(by=CREW, order=TARGETS, stopper=CREW, after=st.floats(0, 0.25))
    def a_stop_comes_while_a_goto_is_being_given(
        self, by: Person, order: orders.Goto, stopper: Person, after: float
    ) -> None:
        self.note(f"{by.name}: {order}, and {stopper.name} stops after {after:.3f} s")
        caught: list[BaseException] = []

        def goto() -> None:
            try:
                self.give(order, by)
            except AssertionError as wrong:
                caught.append(wrong)

        giving = threading.Thread(target=goto)
        giving.start()
        time.sleep(after)
        self._stop(stopper)
        giving.join(30)
        assert not giving.is_alive()
        assert not caught, caught

    # --- what goes wrong ------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.held) < 2)
    @rule(fault=st.sampled_from(HELD_FAULTS))
    def something_breaks(self, fault: str) -> None:
        self.note(f"fault: {fault}")
        word, now = fault.split()[0], time.monotonic()
        self.held.add(word)
        if word in CUTTING:
            self.audit.cut.begin(word, now)
        if word == "deaf-to-stop":
            self.audit.wild.begin(word, now)
        if word in SLOWING or word in CUTTING:
            self.audit.slow.begin(word, now)
        self.served.mount.control(fault)

    @precondition(lambda self: self.held)
    @rule()
    def clear(self) -> None:
        self.note("fault: clear")
        self.served.mount.control("clear")
        self.held.clear()
        for spans in (self.audit.cut, self.audit.wild, self.audit.slow):
            spans.end(time.monotonic(), *CUTTING, *SLOWING, "deaf-to-stop")

    @precondition(lambda self: self.plugged)
    @rule(what=st.sampled_from(DISASTERS))
    def disaster(self, what: str) -> None:
        self.note(f"disaster: {what}")
        now = time.monotonic()
        if what == "kill":
            self._kill()
            return
        if what == "unplug":
            self.plugged = False
            self.audit.cut.begin(what, now)
            self.audit.drop_half_word()
        elif what in ("power-cycle", "blip"):
            self.audit.lost_place.begin(what, now - 0.5)
            self.audit.cut.begin(what, now)
            self.audit.cut.end(now + 4.0, what)
        elif what.startswith("hand-box"):
            self.audit.wild.begin(what, now)
            self.audit.wild.end(now + 1.5, what)
        elif what == "hand-park":
            self.audit.wild.begin(what, now)
            self.audit.wild.end(now + 20.0, what)
        self.served.mount.control(what)

    def _kill(self) -> None:
        self.audit.cut.begin("kill", time.monotonic())
        dead = self.served.kill()
        self.helm = None
        self.audit.drop_half_word()
        self.audit.expect_halt_first("a kill", dead + 0.15)
        self._heals_if_it_can()
        self.audit.cut.end(time.monotonic(), "kill")

    def _heals_if_it_can(self) -> None:
        """Its socket is there; the line, too, where nothing is wrong with it."""
        wanted = ("up",) if not self.held else ("up", "lost")
        wait_until(lambda: self._line() in wanted, HEALED_SECONDS, f"the service to be back after {self.told[-12:]}")

    @precondition(lambda self: not self.plugged)
    @rule()
    def replug(self) -> None:
        self.note("replug")
        self.audit.expect_halt_first("a replug", time.monotonic())
        self.served.mount.control("replug")
        self.plugged = True
        if not self.held:
            self._heals()
        self.audit.cut.end(time.monotonic(), "unplug")

    @rule(seconds=st.sampled_from([0.02, 0.1, 0.3, 0.3, 0.6, 0.6, 1.0, 1.0, HELM_IDLE_SECONDS + 0.6]))
    def time_passes(self, seconds: float) -> None:
        self.note(f"{seconds} s pass")
        time.sleep(seconds)

    # --- what must always hold ------------------------------------------------------------------------------------

    @invariant()
    def judge(self) -> None:
        if not hasattr(self, "served"):
            return
        trace, self.heard = new_lines(self.served.mount.folder / "trace.jsonl", self.heard)
        truths, self.seen = new_lines(self.served.mount.folder / "truth.jsonl", self.seen)
        self.audit.hear(trace)
        self.audit.see(truths)
        try:
            self.audit.judge(time.monotonic(), self.served.heard.snapshots)
        except AssertionError as wrong:
            raise AssertionError(f"{wrong}\nafter: " + "\n  ".join(self.told[-25:])) from wrong

    def _all_is_logged(self) -> None:
        """After the service has ended, and whatever killed it before."""
        with closing(sqlite3.connect(self.served.file.parent / "clubscope.db")) as log:
            written = {row[0] for row in log.execute("SELECT request_id FROM events")}
        assert [request for request in self.owed if request not in written] == []
        TOTAL["accepted and in the log"] += len(self.owed)


def new_lines(file: Path, offset: int) -> tuple[list[dict[str, Any]], int]:
    """The whole lines that were written since."""
    with file.open("rb") as page:
        page.seek(offset)
        whole, _, _ = page.read().rpartition(b"\n")
    return [json.loads(line) for line in whole.splitlines()], offset + len(whole) + (1 if whole else 0)


Evening.TestCase.settings = settings(
    max_examples=EVENINGS,
    stateful_step_count=STEPS,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=not NIGHTLY,
    database=None,
    report_multiple_bugs=False,
)
TestEvening = pytest.mark.timeout(5 * 3600 if NIGHTLY else 300)(Evening.TestCase)


def test_the_evenings_were_worth_the_name() -> None:
    """Orders were accepted, motion was seen and stopped, faults came and went."""
    print(json.dumps(dict(sorted(TOTAL.items())), indent=1), stop_figures())
    assert TOTAL["steps"] >= (10_000 if NIGHTLY else EVENINGS * STEPS // 2)
    for needed in (
        "Goto accepted",
        "Stop accepted",
        "Nudge accepted",
        "wire :MS#",
        "truths in motion",
        "hands gone silent",
    ):
        assert TOTAL[needed], (needed, TOTAL)


def stop_figures() -> str:
    found = sorted(STOP_SECONDS)
    if not found:
        return "no stop"
    ms = [round(1000 * found[int(share * (len(found) - 1))], 1) for share in (0.5, 0.99, 1.0)]
    return f"stops {len(found)}: p50, p99, max ms {ms}"
