"""S10, F41, F42: whom to believe about time and place, which mistake it looks like; nothing slews meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat

import pytest

from scope.clock import Clock
from scope.errors import GarbledAnswer, NoAnswer, NotAllowed, ScopeError
from scope.limits.trust import CLOCK_WARNED_SECONDS
from scope.mounts.mount import Can, ClockAndSite, Mount
from scope.position import Site
from scope.watch.looks_like import place_looks_like, time_looks_like
from scope.watch.signs import Sign
from scope.watch.trust import ASK_AGAIN_SECONDS, MISSES_ALLOWED, Trust

SITE = Site("Karaganda", 49.80, 73.10, 550.0, "Asia/Almaty")
NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
OURS = ClockAndSite(NOW, 49.80, 73.10)


@dataclass(frozen=True)
class Quartz(Clock):
    """A machine in the field: nobody vouches for its time until a test says so; all its hands turn together."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "hands", {"seconds": 0.0, "synchronised": False, "wall": NOW})

    def wall(self) -> datetime:
        return self.hands["wall"] + timedelta(seconds=self.hands["seconds"])  # type: ignore[attr-defined,no-any-return]

    def monotonic(self) -> float:
        return self.hands["seconds"]  # type: ignore[attr-defined,no-any-return]

    def since_boot(self) -> float:
        return self.monotonic()

    def synchronised(self) -> bool | None:
        return self.hands["synchronised"]  # type: ignore[attr-defined,no-any-return]

    def turn(self, seconds: float) -> None:
        self.hands["seconds"] += seconds  # type: ignore[attr-defined]

    def put(self, **values: object) -> None:
        self.hands.update(values)  # type: ignore[attr-defined]


class Believer:
    """As much of a mount as has a clock that runs on; `errors` come before what it says."""

    def __init__(self, clock: Quartz, believes: ClockAndSite | None = OURS, has_clock: bool = True) -> None:
        self.can = Can.READ_CLOCK | Can.SET_CLOCK if has_clock else Can.GOTO
        self._clock = clock
        self.errors: Iterator[ScopeError | ClockAndSite | None] = repeat(None)
        self.believe(believes)

    def believe(self, believes: ClockAndSite | None) -> None:
        self._believes, self._since = believes, self._clock.monotonic()

    def clock_and_site(self) -> ClockAndSite:
        instead = next(self.errors)
        if isinstance(instead, ScopeError):
            raise instead
        if isinstance(instead, ClockAndSite):
            return instead
        if self._believes is None:
            raise NoAnswer("silence")
        return replace(
            self._believes, utc=self._believes.utc + timedelta(seconds=self._clock.monotonic() - self._since)
        )

    def set_clock_and_site(self, given: ClockAndSite, _offset_hours: float) -> None:
        self.believe(given)


def met(believes: ClockAndSite | None = OURS, synchronised: bool = True) -> tuple[Quartz, Believer, Trust]:
    clock = Quartz()
    clock.put(synchronised=synchronised)
    mount = Believer(clock, believes)
    as_mount: Mount = mount  # type: ignore[assignment]
    trust = Trust(as_mount, SITE, clock)
    trust.compare()
    return clock, mount, trust


def refusal(trust: Trust) -> NotAllowed | None:
    try:
        trust.check()
    except NotAllowed as refused:
        return refused
    return None


def shown(trust: Trust) -> list[str]:
    return [alarm.code for alarm in trust.doubts()]


@pytest.mark.parametrize(
    ("believes", "code", "looks_like"),
    [
        (replace(OURS, utc=NOW + timedelta(hours=1)), "time_not_trusted", "hour"),
        (replace(OURS, utc=NOW - timedelta(hours=1, seconds=50)), "time_not_trusted", "hour"),
        (replace(OURS, utc=NOW + timedelta(hours=10)), "time_not_trusted", "hour"),  # the sign of +5 turned round
        (replace(OURS, utc=NOW + timedelta(days=1)), "time_not_trusted", "day"),
        (replace(OURS, utc=NOW - timedelta(days=30)), "time_not_trusted", "day"),
        (replace(OURS, utc=NOW + timedelta(minutes=20)), "time_not_trusted", None),
        (replace(OURS, utc=datetime(1970, 1, 1, tzinfo=UTC)), "time_not_trusted", "unset"),
        (replace(OURS, utc=datetime(2000, 1, 1, tzinfo=UTC)), "time_not_trusted", "unset"),
        (replace(OURS, utc=datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)), "time_not_trusted", "unset"),
        (replace(OURS, longitude_degrees=-73.10), "site_differs", "longitude_sign"),
        (replace(OURS, latitude_degrees=73.10, longitude_degrees=49.80), "site_differs", "swapped"),
        (replace(OURS, latitude_degrees=-49.80), "site_differs", "hemisphere"),
        (ClockAndSite(NOW, 0.0, 0.0), "site_differs", "unset"),
        (replace(OURS, latitude_degrees=43.24, longitude_degrees=76.95), "site_differs", None),
    ],
)
def test_each_usual_mistake_is_refused_by_its_name_and_mended_by_teaching(
    believes: ClockAndSite, code: str, looks_like: str | None
) -> None:
    _, _, trust = met(believes)
    refused = refusal(trust)
    assert refused is not None
    assert (refused.code, refused.details["looks_like"]) == (code, looks_like)
    assert trust.doubts()[0].details["looks_like"] == looks_like
    assert trust.clocks()["looks_like"] == looks_like
    trust.teach()
    assert refusal(trust) is None
    assert (trust.doubts(), trust.looks_like()) == ([], None)


@pytest.mark.parametrize(
    ("seconds", "degrees", "alarms", "code"),
    [
        (59.0, 0.0, [], None),
        (-61.0, 0.0, ["clock_differs"], None),
        (299.0, 0.09, ["clock_differs"], None),
        (301.0, 0.0, ["clock_differs"], "time_not_trusted"),
        (0.0, 0.11, ["site_differs"], None),
        (0.0, 0.99, ["site_differs"], None),
        (0.0, 1.01, ["site_differs"], "site_differs"),
    ],
)
def test_a_little_is_told_and_much_is_refused(
    seconds: float, degrees: float, alarms: list[str], code: str | None
) -> None:
    believes = replace(OURS, utc=NOW + timedelta(seconds=seconds), latitude_degrees=49.80 + degrees)
    _, _, trust = met(believes)
    refused = refusal(trust)
    assert shown(trust) == alarms
    assert (refused and refused.code) == code


# --- who vouches for our own time -----------------------------------------------------------------------------------


def test_without_any_witness_nothing_slews_and_no_mount_is_taught() -> None:
    clock = Quartz()
    as_mount: Mount = Believer(clock, has_clock=False)  # type: ignore[assignment]
    trust = Trust(as_mount, SITE, clock)
    trust.compare()
    refused = refusal(trust)
    assert refused is not None
    assert refused.code == "time_unconfirmed"
    assert refused.details == {"utc": "2026-11-23T17:00:00+00:00"}
    assert shown(trust) == ["time_unconfirmed"]
    with pytest.raises(NotAllowed):
        trust.teach()
    clock.correct(NOW + timedelta(hours=2))
    assert refusal(trust) is None
    assert trust.doubts() == []
    trust.teach()


def test_a_mount_that_agrees_is_witness_enough() -> None:
    _, _, trust = met(replace(OURS, utc=NOW + timedelta(seconds=CLOCK_WARNED_SECONDS - 1)), synchronised=False)
    assert trust.vouched_for
    assert refusal(trust) is None


def test_a_mount_that_disagrees_is_no_witness_and_cannot_be_made_one_by_teaching_it() -> None:
    clock, _, trust = met(replace(OURS, utc=NOW + timedelta(seconds=200)), synchronised=False)
    assert shown(trust) == ["clock_differs", "time_unconfirmed"]
    with pytest.raises(NotAllowed) as refused:
        trust.teach()
    assert refused.value.code == "time_unconfirmed"
    clock.correct(NOW)
    trust.teach()
    assert refusal(trust) is None
    assert trust.doubts() == []


def test_two_clocks_that_agree_on_an_absurd_year_are_no_witnesses() -> None:
    clock = Quartz()
    clock.put(wall=datetime(1970, 1, 1, tzinfo=UTC), synchronised=True)
    as_mount: Mount = Believer(clock, replace(OURS, utc=datetime(1970, 1, 1, tzinfo=UTC)))  # type: ignore[assignment]
    trust = Trust(as_mount, SITE, clock)
    trust.compare()
    refused = refusal(trust)
    assert refused is not None
    assert refused.code == "time_unconfirmed"


def test_a_watch_that_corrects_us_is_held_against_the_mount_without_asking_it_again() -> None:
    clock, _, trust = met(replace(OURS, utc=NOW + timedelta(hours=1)), synchronised=False)
    clock.correct(NOW + timedelta(hours=1))
    assert refusal(trust) is None
    clock.correct(NOW - timedelta(hours=1))
    assert trust.looks_like() == "hour"
    assert trust.difference_seconds() == pytest.approx(7200.0)


# --- asked again ----------------------------------------------------------------------------------------------------


def test_a_mount_that_restarts_is_found_by_what_it_believes_within_seconds() -> None:
    clock, mount, trust = met()
    clock.turn(ASK_AGAIN_SECONDS + 1)
    assert trust.compare_if_due() == ()
    assert trust.compare_if_due() == ()
    mount.believe(ClockAndSite(datetime(2000, 1, 1, tzinfo=UTC), 0.0, 0.0))
    assert trust.compare_if_due() == ()  # not yet
    clock.turn(ASK_AGAIN_SECONDS + 1)
    assert trust.compare_if_due() == (Sign.CLOCK_UNSET, Sign.SITE_UNSET)
    assert refusal(trust) is not None


def test_a_hand_box_that_changes_clock_and_site_is_no_factory_setting() -> None:
    clock, mount, trust = met()
    mount.believe(ClockAndSite(NOW + timedelta(hours=1), 43.24, 76.95))
    clock.turn(ASK_AGAIN_SECONDS + 1)
    assert trust.compare_if_due() == (Sign.CLOCK_CHANGED, Sign.SITE_CHANGED)


def test_what_we_taught_is_no_sign_of_a_restart() -> None:
    clock, _, trust = met(replace(OURS, utc=datetime(2000, 1, 1, tzinfo=UTC)))
    clock.turn(ASK_AGAIN_SECONDS + 1)
    trust.teach()
    clock.turn(ASK_AGAIN_SECONDS + 1)
    assert trust.compare_if_due() == ()


def test_one_damaged_or_missing_answer_changes_nothing() -> None:
    clock, mount, trust = met()
    once: list[ScopeError | ClockAndSite] = [
        GarbledAnswer("noise"),
        replace(OURS, utc=NOW + timedelta(days=1)),  # asked for the date before midnight, for the time after it
        NoAnswer("late"),
    ]
    for instead in once:
        mount.errors = chain([instead], repeat(None))
        clock.turn(ASK_AGAIN_SECONDS + 1)
        assert trust.compare_if_due() == ()
        assert refusal(trust) is None


def test_a_mount_that_falls_silent_is_not_trusted_after_three_questions() -> None:
    clock, mount, trust = met()
    mount.believe(None)
    codes = []
    for _ in range(MISSES_ALLOWED):
        clock.turn(ASK_AGAIN_SECONDS + 1)
        trust.compare_if_due()
        refused = refusal(trust)
        codes.append(refused and refused.code)
    assert codes == [None, None, "time_not_trusted"]
    assert trust.doubts()[0].details == {"difference_seconds": None, "looks_like": None}


# --- what is shown --------------------------------------------------------------------------------------------------


def test_the_clocks_tick_between_two_questions() -> None:
    clock, _, trust = met(replace(OURS, utc=NOW + timedelta(seconds=90)), synchronised=False)
    clock.turn(2.5)
    assert trust.clocks() == {
        "utc": "2026-11-23T17:00:02.500+00:00",
        "source": "unconfirmed",
        "synchronised": False,
        "site": {
            "name": "Karaganda",
            "latitude_degrees": 49.80,
            "longitude_degrees": 73.10,
            "timezone": "Asia/Almaty",
        },
        "mount": {"utc": "2026-11-23T17:01:32.500+00:00", "latitude_degrees": 49.80, "longitude_degrees": 73.10},
        "difference_seconds": 90.0,
        "difference_degrees": 0.0,
        "looks_like": None,
    }


def test_a_mount_without_a_clock_shows_none() -> None:
    _, _, trust = met(None)
    shown_now = trust.clocks()
    assert (shown_now["mount"], shown_now["difference_seconds"], shown_now["difference_degrees"]) == (None, None, None)


@pytest.mark.parametrize(
    ("theirs", "ours", "name"),
    [
        ((49.8, 286.9), (49.8, 73.1), "longitude_sign"),
        ((49.8, 433.1), (-49.8, 73.1), "hemisphere"),
        ((49.8, 73.1), (49.8, 73.1), None),
        ((10.0, 380.0), (20.0, 10.0), "swapped"),
    ],
)
def test_longitudes_are_compared_around_the_globe(
    theirs: tuple[float, float], ours: tuple[float, float], name: str | None
) -> None:
    assert place_looks_like(theirs, ours) == name


def test_nothing_is_guessed_while_our_own_time_is_absurd() -> None:
    assert time_looks_like(NOW, datetime(1970, 1, 1, tzinfo=UTC)) is None
