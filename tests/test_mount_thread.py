"""S11, S13, S18, S20: what the mount thread does first, one turn at a time, among parts that only note it.

Its own thread does not run; the clock is turned by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest

from scope.clock import Clock
from scope.errors import GarbledAnswer, LineLost, MountRefused, NoAnswer, NotAllowed, Overtaken, ScopeError
from scope.line.line import Line
from scope.mounts.lx200.words import HALT, RA
from scope.position import Epoch, Equatorial
from scope.snapshot import Alarm
from scope.steering.crew import Crew
from scope.steering.mailbox import Letter, Mailbox
from scope.steering.mount_thread import (
    FIRST_RETRY_SECONDS,
    LONGEST_RETRY_SECONDS,
    MISSES_ALLOWED,
    MOVING_POLL_SECONDS,
    RESTING_POLL_SECONDS,
    SETTLING_POLL_SECONDS,
    STILL_SECONDS,
    MountThread,
)
from scope.watch.alarms import Alarms
from scope.watch.course import Course, Slew

PLACE = Equatorial(6.0, 20.0, Epoch.OF_DATE)


class Hand(Clock):
    """A clock that somebody turns."""

    seconds = 1000.0

    def monotonic(self) -> float:
        return self.seconds

    def pass_by(self, seconds: float) -> None:
        object.__setattr__(self, "seconds", self.seconds + seconds)


@dataclass
class Settling:
    reason: str
    begun: float


@dataclass
class Parts:
    """Line, brake, pilot, lookout and foresight in one; `did` is what they were told, in order."""

    did: list[Any] = field(default_factory=list)
    course: Course = field(default_factory=Course)
    # the line
    is_open: bool = True
    mark: int = 0
    quality: float = 0.0
    foreign_answers: int = 0
    # the brake
    pulled: str | None = None
    settling: Settling | None = None
    is_unconfirmed: bool = False
    # the lookout
    moving: bool = False
    rests: bool = False
    still: float = 0.0
    sees: Callable[[], Alarm | None] = lambda: None
    stale_alarm: Alarm | None = None
    parked_silence: bool = False
    # the mount
    attends: Callable[[], None] = lambda: None
    # the foresight
    due: bool = False
    night_ends: bool = False
    fails: dict[str, ScopeError] = field(default_factory=dict)

    def do(self, what: Any, *told: Any) -> None:
        self.did.append((what, *told) if told else what)
        if isinstance(what, str) and what in self.fails:
            raise self.fails[what]

    def ask(self, command: Any, mark: int | None = None) -> None:
        self.do("ask", command, mark)

    def settle(self, reason: str) -> None:
        self.pulled, self.settling = None, Settling(reason, 1000.0)
        self.do("settle", reason)

    def release(self) -> None:
        self.settling = None
        self.do("release")

    def unconfirmed(self) -> bool:
        return self.is_unconfirmed

    def look(self) -> Alarm | None:
        self.do("look")
        return self.sees()

    def at_rest(self, since: float) -> bool:
        assert self.settling is not None
        assert since == self.settling.begun
        return self.rests

    def still_seconds(self, since: float) -> float:
        assert self.settling is not None
        assert since == self.settling.begun
        return self.still

    def halted(self, goes_on: bool) -> None:
        self.do("halted", *["goes on"] * goes_on)

    def look_ahead(self, *_: object) -> bool:
        self.do("look ahead")
        return self.night_ends

    def tell(self, action: str, result: str = "accepted", details: object = None) -> None:
        self.do("tell", action, result, details or {})


@dataclass
class Bench:
    """One mount thread that turns when told to."""

    parts: Parts
    thread: MountThread
    mailbox: Mailbox
    alarms: Alarms
    clock: Hand

    def turn(self) -> list[Any]:
        """What was done in one turn."""
        self.parts.did.clear()
        self.thread._turn()
        return list(self.parts.did)

    def put(self, job: Callable[[], None], mark: int = 0) -> Letter:
        letter = Letter(job, mark)
        self.mailbox.put(letter)
        return letter

    def shown(self) -> list[str]:
        return [alarm.code for alarm in self.alarms.shown]


@pytest.fixture
def found() -> Bench:
    parts, alarms, clock, mailbox = Parts(), Alarms(), Hand(), Mailbox()

    def told(*names: str) -> dict[str, Any]:
        return {name: (lambda *args, name=name: parts.do(name.replace("_", " "), *args)) for name in names}

    mirrored = {"is_open", "mark", "quality", "foreign_answers"}
    line = _part(parts, mirrored, ask=parts.ask, **told("halt", "idle", "open", "close", "dispose", "wake"))
    lookout = _part(
        parts,
        {"moving"},
        look=parts.look,
        stale=lambda: parts.stale_alarm,
        silent_because_parked=lambda: parts.parked_silence,
        bearing=SimpleNamespace(at_rest=parts.at_rest, still_seconds=parts.still_seconds, last=None),
        tell=parts.tell,
        cable=SimpleNamespace(travel_degrees=0.0),
    )
    doings = told("go_on", "give_up", "meet", "lose", "put_away", "end_solar_when_over")
    mount = SimpleNamespace(halt=HALT, attend=lambda: parts.attends())
    pilot = SimpleNamespace(course=parts.course, lookout=lookout, mount=mount, halted=parts.halted, **doings)
    does = {"settle": parts.settle, "release": parts.release, "unconfirmed": parts.unconfirmed}
    brake = _part(parts, {"pulled", "settling"}, **does)
    foresight = SimpleNamespace(is_due=lambda: parts.due, look_ahead=parts.look_ahead)
    crew = SimpleNamespace(pilot=pilot, alarms=alarms, foresight=foresight, lookout=lookout, course=parts.course)
    publish = told("publish")["publish"]
    thread = MountThread(cast(Line, line), cast(Crew, crew), cast(Any, brake), mailbox, clock, publish)
    return Bench(parts, thread, mailbox, alarms, clock)


def _part(parts: Parts, mirrored: set[str], **does: Any) -> SimpleNamespace:
    """With these methods; the `mirrored` attributes are those of `parts`, read and written."""

    def mirror(name: str) -> property:
        return property(lambda _: getattr(parts, name), lambda _, value: setattr(parts, name, value))

    made = type("Part", (SimpleNamespace,), {name: mirror(name) for name in mirrored})
    found: SimpleNamespace = made(**does)
    return found


# --- what comes first ---------------------------------------------------------------------------------------------


def everything_waits(found: Bench) -> Letter:
    found.parts.course.slew = Slew(PLACE, PLACE, 0.0, leg_due=True)
    found.parts.settling = Settling("stop", 990.0)
    found.parts.pulled = "stop"
    return found.put(lambda: found.parts.do("order"))


def test_a_stop_comes_first_then_what_it_needs_then_orders_then_the_next_leg_then_looking(found: Bench) -> None:
    everything_waits(found)
    assert found.turn() == [("settle", "stop"), "halted"]
    assert found.turn()[0] == "look"  # it settles
    found.parts.rests = True
    assert "release" in found.turn()
    assert found.turn() == ["order"]
    assert found.turn() == ["go on"]
    found.parts.course.slew = None
    assert found.turn() == ["look", "publish"]
    assert found.turn() == [("idle", 1000.0 + RESTING_POLL_SECONDS)]


def test_no_order_is_begun_while_a_halt_is_not_obeyed(found: Bench) -> None:
    letter = everything_waits(found)
    for _ in range(20):
        assert "order" not in found.turn()
        assert "go on" not in found.parts.did
    assert not letter.answer.done()


def test_one_order_a_turn_in_the_order_they_came(found: Bench) -> None:
    for name in ("one", "two"):
        found.put(lambda name=name: found.parts.do(name))  # type: ignore[misc]
    assert found.turn() == ["one"]
    found.parts.pulled = "stop"
    assert found.turn() == [("settle", "stop"), "halted"]


def test_after_an_order_it_looks_at_once(found: Bench) -> None:
    found.turn()
    assert found.turn()[0][0] == "idle"
    found.put(lambda: None)
    found.turn()
    assert found.turn()[0] == "look"


@pytest.mark.parametrize(("moving", "pause"), [(True, MOVING_POLL_SECONDS), (False, RESTING_POLL_SECONDS)])
def test_a_moving_mount_is_looked_at_more_often(found: Bench, moving: bool, pause: float) -> None:
    found.parts.moving = moving
    found.turn()
    found.clock.pass_by(pause - 0.01)
    assert found.turn() == [("idle", pytest.approx(1000.0 + pause))]
    found.clock.pass_by(0.02)
    assert found.turn()[0] == "look"


# --- the mark: what a stop overtakes ------------------------------------------------------------------------------


def test_what_an_order_says_bears_the_mark_of_its_letter_and_nothing_else_does(found: Bench) -> None:
    found.put(lambda: found.thread.say(RA), mark=7)
    assert found.turn() == [("ask", RA, 7)]
    found.thread.say(RA)
    assert found.parts.did[-1] == ("ask", RA, None)


@pytest.mark.parametrize("reason", [NotAllowed(""), MountRefused(""), NoAnswer(""), GarbledAnswer(""), Overtaken("")])
def test_a_refused_order_is_answered_and_leaves_no_mark(found: Bench, reason: ScopeError) -> None:
    def job() -> None:
        raise reason

    letter = found.put(job, mark=7)
    found.turn()
    assert letter.answer.exception() is reason
    found.thread.say(RA)
    assert found.parts.did[-1] == ("ask", RA, None)


def test_a_line_lost_in_an_order_goes_up_to_the_loop(found: Bench) -> None:
    def job() -> None:
        raise LineLost("")

    letter = found.put(job, mark=7)
    with pytest.raises(LineLost):
        found.turn()
    assert isinstance(letter.answer.exception(), LineLost)
    found.thread.say(RA)
    assert found.parts.did[-1] == ("ask", RA, None)


def test_the_legs_of_a_goto_bear_the_mark_of_the_order_that_gave_it(found: Bench) -> None:
    """So that a stop that came since overtakes them all."""

    def goto() -> None:
        found.parts.course.slew = Slew(PLACE, PLACE, 0.0, leg_due=True)

    found.put(goto, mark=7)
    found.turn()
    found.put(lambda: None, mark=9)  # another order, which begins no goto
    found.turn()
    found.thread._pilot.go_on = lambda: found.thread.say(RA)  # type: ignore[method-assign]
    assert found.turn() == [("ask", RA, 7)]
    found.thread.say(RA)
    assert found.parts.did[-1] == ("ask", RA, None)


@pytest.mark.parametrize("reason", [Overtaken(""), NotAllowed("", code="path_near_sun"), NoAnswer("")])
def test_a_goto_whose_next_leg_is_refused_is_given_up(found: Bench, reason: ScopeError) -> None:
    found.parts.course.slew = Slew(PLACE, PLACE, 0.0, leg_due=True)
    found.parts.fails["go on"] = reason
    assert found.turn() == ["go on", ("give up", reason)]
    assert found.alarms.shown == (Alarm("goto_given_up", {"reason": reason.code}),)
    found.thread.say(RA)
    assert found.parts.did[-1] == ("ask", RA, None)


def test_a_line_lost_in_the_next_leg_goes_up_to_the_loop(found: Bench) -> None:
    found.parts.course.slew = Slew(PLACE, PLACE, 0.0, leg_due=True)
    found.parts.fails["go on"] = LineLost("")
    with pytest.raises(LineLost):
        found.turn()
    assert found.parts.did == ["go on"]


def test_an_accepted_order_takes_down_what_the_last_motion_has_left_up(found: Bench) -> None:
    for code in ("halted_at_limit", "goto_given_up", "line_noisy"):
        found.alarms.put_up(Alarm(code))
    found.put(lambda: None)
    found.turn()
    assert found.shown() == ["line_noisy"]


# --- settling -----------------------------------------------------------------------------------------------------


def settle(found: Bench, reason: str = "stop") -> None:
    found.parts.pulled = reason
    found.turn()


def test_it_settles_until_the_axes_are_seen_at_rest_and_then_says_so(found: Bench) -> None:
    settle(found)
    for _ in range(3):
        assert found.turn() == ["look", "publish", ("idle", 1000.0 + SETTLING_POLL_SECONDS)]
    found.parts.rests = True
    assert found.turn() == [
        "look",
        "publish",
        "release",
        ("tell", "stopped", "accepted", {"reason": "stop"}),
        "publish",
    ]
    assert found.parts.course.halted_from is None


@pytest.mark.parametrize(("still", "settled"), [(STILL_SECONDS - 0.01, False), (STILL_SECONDS, True)])
def test_what_stands_still_for_a_while_is_at_rest_whatever_it_says(found: Bench, still: float, settled: bool) -> None:
    settle(found)
    found.parts.still = still
    assert ("release" in found.turn()) is settled


def test_a_parked_mount_need_not_be_seen_at_rest(found: Bench) -> None:
    settle(found)
    found.parts.course.parked = True
    assert "release" in found.turn()


def test_the_halt_after_connecting_is_nobodys_stop(found: Bench) -> None:
    settle(found, "connected")
    found.parts.rests = True
    assert found.turn() == ["look", "publish", "release", "publish"]


def test_a_mount_that_does_not_obey_is_told_of_once_and_until_it_does(found: Bench) -> None:
    settle(found)
    found.parts.is_unconfirmed = True
    assert found.turn() == ["look", "publish", ("tell", "alarm", "stop_not_confirmed", {})]
    assert found.shown() == ["stop_not_confirmed"]
    assert found.turn() == ["look", "publish", ("idle", 1000.0 + SETTLING_POLL_SECONDS)]
    found.parts.rests = True
    found.turn()
    assert found.shown() == []


def test_a_new_stop_while_it_settles_is_taken_note_of_before_anything_is_said(found: Bench) -> None:
    settle(found)
    found.parts.rests = True

    def pulled_meanwhile() -> None:
        found.parts.pulled = "stop"

    found.parts.sees = pulled_meanwhile
    assert found.turn() == ["look", "publish"]
    assert found.turn() == [("settle", "stop"), "halted"]


def test_an_alarm_while_it_settles_begins_no_second_halt(found: Bench) -> None:
    settle(found)
    found.parts.sees = lambda: Alarm("sun_near", latched=True)
    assert not any(done[0] == "settle" for done in found.turn() if isinstance(done, tuple))
    assert "sun_near" in found.shown()


# --- looking ------------------------------------------------------------------------------------------------------


def test_an_alarm_halts_is_shown_and_is_told(found: Bench) -> None:
    found.parts.sees = lambda: Alarm("halted_at_limit", {"degrees": 14.0})
    assert found.turn() == [
        "look",
        ("tell", "alarm", "halted_at_limit", {"degrees": 14.0}),
        ("settle", "halted_at_limit"),
        "halted",
        "publish",
    ]
    assert found.shown() == ["halted_at_limit"]


def test_a_latched_alarm_stays_until_somebody_has_seen_it(found: Bench) -> None:
    found.parts.sees = lambda: Alarm("sun_near", latched=True)
    found.turn()
    found.alarms.drop("sun_near")
    assert found.shown() == ["sun_near"]
    found.alarms.acknowledge("sun_near")
    assert found.shown() == []


def silent() -> Alarm | None:
    raise NoAnswer("")


def test_some_looks_may_fail_before_the_line_is_lost(found: Bench) -> None:
    found.parts.sees = silent
    for _ in range(MISSES_ALLOWED - 1):
        assert found.turn() == ["look", "publish"]
        found.clock.pass_by(RESTING_POLL_SECONDS)
    with pytest.raises(LineLost) as lost:
        found.turn()
    assert lost.value.code == "no_answer"


def test_a_good_look_forgives_those_that_failed(found: Bench) -> None:
    for sees in (silent, silent, lambda: None, silent, silent, lambda: None):
        found.parts.sees = sees
        found.turn()
        found.clock.pass_by(RESTING_POLL_SECONDS)


def test_a_mount_that_is_silent_because_it_is_parked_is_not_lost(found: Bench) -> None:
    found.parts.sees, found.parts.parked_silence = silent, True
    for _ in range(3 * MISSES_ALLOWED):
        found.turn()
        found.clock.pass_by(RESTING_POLL_SECONDS)


def test_a_failed_look_halts_what_has_been_silent_for_too_long(found: Bench) -> None:
    found.parts.sees, found.parts.stale_alarm = silent, Alarm("position_stale", latched=True)
    assert ("settle", "position_stale") in found.turn()


@pytest.mark.parametrize(
    ("quality", "foreign", "shown"), [(0.09, 2, []), (0.1, 0, ["line_noisy"]), (0.0, 3, ["foreign_traffic"])]
)
def test_a_bad_line_is_told_while_it_is_bad(found: Bench, quality: float, foreign: int, shown: list[str]) -> None:
    found.parts.quality, found.parts.foreign_answers = quality, foreign
    found.turn()
    assert found.shown() == shown
    found.parts.quality = found.parts.foreign_answers = 0
    found.clock.pass_by(RESTING_POLL_SECONDS)
    found.turn()
    assert found.shown() == []


def test_looking_ahead_comes_with_a_good_look_and_puts_away_at_the_end_of_the_night(found: Bench) -> None:
    found.parts.due = True
    assert found.turn() == ["look", "end solar when over", "look ahead", "publish"]
    found.parts.night_ends = True
    found.clock.pass_by(RESTING_POLL_SECONDS)
    assert "put away" in found.turn()
    assert found.shown() == ["parked_at_dawn"]


def test_what_is_put_away_bears_the_mark_of_now_so_that_a_stop_overtakes_it(found: Bench) -> None:
    found.parts.due = found.parts.night_ends = True
    found.parts.mark = 5
    found.thread._pilot.put_away = lambda: found.thread.say(RA)  # type: ignore[method-assign]
    assert ("ask", RA, 5) in found.turn()
    found.thread.say(RA)
    assert found.parts.did[-1] == ("ask", RA, None)


def test_where_the_way_to_the_park_position_is_not_safe_people_are_told(found: Bench) -> None:
    found.parts.due = found.parts.night_ends = True
    found.parts.fails["put away"] = NotAllowed("", code="park_path_unsafe")
    found.turn()
    assert found.alarms.shown == (Alarm("dawn_unsafe", {"reason": "park_path_unsafe"}),)


def test_a_stop_ends_the_putting_away_and_a_lost_line_goes_up_to_the_loop(found: Bench) -> None:
    found.parts.due = found.parts.night_ends = True
    found.parts.fails["put away"] = Overtaken("")
    assert found.turn() == ["look", "end solar when over", "look ahead", "put away", "publish"]
    assert found.shown() == []
    found.parts.fails["put away"] = LineLost("")
    found.clock.pass_by(RESTING_POLL_SECONDS)
    with pytest.raises(LineLost):
        found.turn()
    found.thread.say(RA)
    assert found.parts.did[-1] == ("ask", RA, None)


def test_nothing_is_done_of_its_own_accord_while_a_stop_is_not_seen_obeyed(found: Bench) -> None:
    found.parts.due = found.parts.night_ends = True
    found.parts.settling = Settling("stop", 1000.0)
    found.turn()
    assert "put away" not in found.parts.did
    assert "look ahead" not in found.parts.did


# --- coming and going ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_open", [False, True], ids=["not open yet", "opened and halted on before"])
def test_the_first_words_are_two_halts_and_then_it_asks_who_is_there(found: Bench, is_open: bool) -> None:
    found.parts.is_open = is_open
    found.parts.pulled = "stop"
    found.alarms.put_up(Alarm("line_lost"))
    found.thread._line.record = SimpleNamespace(echoed=0)  # type: ignore[assignment]
    found.thread._meet()
    assert found.parts.did == ["open"] * (not is_open) + [
        ("halt", HALT),
        ("halt", HALT),
        "meet",
        ("settle", "connected"),
        "halted",
    ]
    assert found.thread.up
    assert found.shown() == []


def test_a_lost_line_is_shown_at_once_and_what_waits_is_answered(found: Bench) -> None:
    letter = found.put(lambda: None)
    found.thread.up = True
    found.alarms.put_up(Alarm("mount_reset"))
    found.alarms.put_up(Alarm("stop_not_confirmed"))
    found.thread._lose(LineLost("gone", code="port_gone", port="/dev/mount"))
    assert found.parts.did == [
        "release",
        "close",
        "lose",
        ("tell", "line-lost", "port_gone", {"port": "/dev/mount"}),
        "publish",
        ("idle", 1000.0 + FIRST_RETRY_SECONDS),
    ]
    assert isinstance(letter.answer.exception(), LineLost)
    assert not found.thread.up
    assert found.shown() == ["mount_reset", "line_lost"]
    assert dict(found.alarms.shown[1].details) == {"port": "/dev/mount", "reason": "port_gone", "words": "gone"}


def test_it_comes_back_after_half_a_second_and_waits_longer_each_time_but_never_long(found: Bench) -> None:
    waits = []
    for _ in range(6):
        found.parts.did.clear()
        found.thread._lose(LineLost("gone"))
        waits.append(found.parts.did[-1][1] - 1000.0)
    assert waits == [0.5, 1.0, 2.0, 4.0, LONGEST_RETRY_SECONDS, LONGEST_RETRY_SECONDS]
    assert [done for done in found.parts.did if done[0] == "tell"] == []  # told once


@pytest.mark.parametrize("is_open", [True, False])
def test_the_last_word_is_a_halt_where_there_is_a_line(found: Bench, is_open: bool) -> None:
    found.parts.is_open = is_open
    found.thread._leave()
    assert found.parts.did == [("halt", HALT)] * is_open + ["dispose"]


def test_a_last_halt_that_does_not_get_through_does_not_keep_the_port(found: Bench) -> None:
    found.parts.fails["halt"] = LineLost("")
    found.thread._leave()
    assert found.parts.did[-1] == "dispose"


# --- the loop -----------------------------------------------------------------------------------------------------


def run(found: Bench, *turns: Callable[[], None]) -> list[Any]:
    """What is done by a loop that meets, turns so often, each turn doing this, and is then closed."""
    left = iter(turns)

    def turn() -> None:
        if (do := next(left, None)) is not None:
            do()
            return
        found.thread._closing.set()

    found.thread._meet = lambda: found.parts.do("met")  # type: ignore[method-assign]
    found.thread._turn = turn  # type: ignore[method-assign]
    found.thread.start()
    found.thread._thread.join(10)
    assert not found.thread._thread.is_alive()
    return found.parts.did


def lost() -> None:
    raise LineLost("gone", code="port_gone")


def broken() -> None:
    raise ZeroDivisionError("a fault of ours")


def test_it_meets_turns_and_leaves_with_a_halt(found: Bench) -> None:
    turned: list[int] = []
    assert run(found, lambda: turned.append(1), lambda: turned.append(2)) == ["met", ("halt", HALT), "dispose"]
    assert turned == [1, 2]


def test_after_a_loss_it_meets_again(found: Bench) -> None:
    did = run(found, lost)
    assert did.count("met") == 2
    assert did.index("close") < did.index("lose")
    assert found.shown() == ["line_lost"]


def test_a_fault_of_ours_is_a_lost_line_and_the_thread_lives(found: Bench, caplog: pytest.LogCaptureFixture) -> None:
    assert run(found, broken).count("met") == 2
    told = found.alarms.shown[0].details
    assert told["reason"] == "internal_fault"
    assert "a fault of ours" in str(told["words"])
    assert "Traceback" in caplog.text


def test_closing_wakes_it_and_waits_for_its_end(found: Bench) -> None:
    found.thread._meet = lambda: None  # type: ignore[method-assign]
    found.thread._turn = lambda: found.thread._closing.wait(10) and None  # type: ignore[func-returns-value]
    found.thread.start()
    found.thread.close()
    assert not found.thread._thread.is_alive()
    assert "wake" in found.parts.did
    assert found.parts.did[-1] == "dispose"


def test_it_is_not_up_before_it_has_met_anybody_and_looks_at_once_then(found: Bench) -> None:
    assert not found.thread.up
    assert found.turn()[0] == "look"


def test_who_is_silent_at_first_may_be_booting_and_is_asked_again_for_a_while(found: Bench) -> None:
    found.thread._line.record = SimpleNamespace(echoed=0)  # type: ignore[assignment]
    found.thread._line.first_words = b""  # type: ignore[misc]
    asked: list[float] = []

    def meet() -> None:
        asked.append(found.clock.monotonic())
        found.clock.pass_by(1.0)
        raise NoAnswer("nobody")

    found.thread._pilot.meet = meet  # type: ignore[method-assign]
    with pytest.raises(NoAnswer):
        found.thread._greet()
    assert asked == [1000.0, 1001.0, 1002.0]


def test_who_answers_at_the_second_try_has_been_met(found: Bench) -> None:
    found.thread._line.record = SimpleNamespace(echoed=0)  # type: ignore[assignment]
    found.thread._line.first_words = b""  # type: ignore[misc]
    answers = iter([NoAnswer("booting"), GarbledAnswer("a banner")])

    def meet() -> None:
        if (wrong := next(answers, None)) is not None:
            raise wrong

    found.thread._pilot.meet = meet  # type: ignore[method-assign]
    found.thread._greet()


def test_a_line_that_was_lost_often_comes_back_quickly_once_it_was_up(found: Bench) -> None:
    found.thread._line.record = SimpleNamespace(echoed=0)  # type: ignore[assignment]
    for _ in range(3):
        found.thread._lose(LineLost("gone"))
    found.thread._meet()
    found.thread._lose(LineLost("gone"))
    assert found.parts.did[-1] == ("idle", 1000.0 + FIRST_RETRY_SECONDS)


@pytest.mark.parametrize("code", ["no_answer", "garbled_answer"])
def test_a_lost_line_says_how_the_last_look_failed(found: Bench, code: str) -> None:
    def fails() -> Alarm | None:
        raise NoAnswer("nothing within 1 s", code=code)

    found.parts.sees = fails
    for _ in range(MISSES_ALLOWED - 1):
        found.turn()
        found.clock.pass_by(RESTING_POLL_SECONDS)
    with pytest.raises(LineLost, match="3 questions without a good answer, the last: nothing within 1 s") as lost:
        found.turn()
    assert lost.value.code == code


def test_how_bad_the_line_is_is_told_in_percent(found: Bench) -> None:
    found.parts.quality = 0.25
    found.turn()
    assert dict(found.alarms.shown[0].details) == {"bad_percent": 25}


# --- a mount that has to be led by the hand ---------------------------------------------------------------------------


def test_a_mount_is_attended_before_each_look_under_the_mark_of_now(found: Bench) -> None:
    found.parts.mark = 7
    found.parts.attends = lambda: found.thread.say(HALT)
    assert found.turn()[:2] == [("ask", HALT, 7), "look"]


def test_a_mount_is_not_attended_while_a_halt_is_not_seen_obeyed(found: Bench) -> None:
    found.parts.attends = lambda: found.parts.do("attend")
    found.parts.settling = Settling("stop", 1000.0)
    assert found.turn() == ["look", "publish", ("idle", 1000.0 + SETTLING_POLL_SECONDS)]


def test_a_stop_that_comes_just_before_the_mark_is_noted_keeps_the_mount_from_being_attended(found: Bench) -> None:
    """Between the turn's question whether the brake is pulled and the mark: the brake is asked once more."""
    found.parts.attends = lambda: found.parts.do("attend")
    type(found.thread._line).mark = property(lambda _: setattr(found.parts, "pulled", "stop") or 8)  # type: ignore[misc]
    found.thread._unless_stopped(found.parts.attends)
    assert found.parts.did == []


@pytest.mark.parametrize("reason", [MountRefused("no"), NotAllowed("no"), Overtaken("a stop")], ids=lambda r: r.code)
def test_what_a_mount_cannot_be_told_now_does_not_keep_it_from_being_looked_at(
    found: Bench, reason: ScopeError
) -> None:
    def refuse() -> None:
        raise reason

    found.parts.attends = refuse
    assert "look" in found.turn()


@pytest.mark.parametrize(
    ("reason", "done"), [("stop", "halted"), ("let_go", ("halted", "goes on")), ("lease_over", ("halted", "goes on"))]
)
def test_only_when_a_hand_lets_go_a_mount_may_track_on(found: Bench, reason: str, done: object) -> None:
    found.parts.pulled = reason
    assert found.turn() == [("settle", reason), done]
