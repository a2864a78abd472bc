"""A mount that believes in another time or place: told, refused, asked again, taught."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scope.clock import Clock
from scope.errors import NoAnswer, NotAllowed
from scope.mounts.mount import Can, ClockAndSite, Mount
from scope.position import Site
from scope.watch.trust import ASK_AGAIN_SECONDS, Trust

SITE = Site("Karaganda", 49.80, 73.10, 550.0, "Asia/Almaty")
NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
OURS = ClockAndSite(NOW, 49.80, 73.10)


class Hand(Clock):
    """A clock that somebody turns; both hands at once."""

    seconds = 0.0

    def utc(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    def synchronised(self) -> bool:
        return True


class Believer:
    """As much of a mount as has a clock; None for one that does not answer."""

    can = Can.READ_CLOCK

    def __init__(self, believes: ClockAndSite | None) -> None:
        self.believes, self.asked = believes, 0

    def clock_and_site(self) -> ClockAndSite:
        self.asked += 1
        if self.believes is None:
            raise NoAnswer("silence")
        return self.believes

    def set_clock_and_site(self, given: ClockAndSite, offset_hours: float) -> None:
        assert offset_hours == 5.0
        self.believes = given


def trust_in(mount: Believer, clock: Clock) -> Trust:
    as_mount: Mount = mount  # type: ignore[assignment]
    return Trust(as_mount, SITE, clock)


@pytest.mark.parametrize(
    ("believes", "code"),
    [
        (replace(OURS, utc=NOW + timedelta(hours=1)), "time_not_trusted"),
        (replace(OURS, utc=datetime(2000, 1, 1, tzinfo=UTC)), "time_not_trusted"),
        (replace(OURS, utc=datetime(2038, 1, 19, tzinfo=UTC)), "time_not_trusted"),
        (replace(OURS, longitude_degrees=-73.10), "site_differs"),
        (replace(OURS, latitude_degrees=73.10, longitude_degrees=49.80), "site_differs"),
        (replace(OURS, latitude_degrees=-49.80), "site_differs"),
        (ClockAndSite(NOW, 0.0, 0.0), "site_differs"),
    ],
)
def test_a_wrong_belief_is_refused_and_mended_by_teaching(believes: ClockAndSite, code: str) -> None:
    trust = trust_in(Believer(believes), Hand())
    trust.compare()
    with pytest.raises(NotAllowed) as refusal:
        trust.check()
    assert refusal.value.code == code
    assert trust.doubts()
    trust.teach()
    trust.check()
    assert trust.doubts() == []


def test_silence_is_not_trusted_and_asked_again_after_a_while() -> None:
    clock, mount = Hand(), Believer(None)
    trust = trust_in(mount, clock)
    trust.compare()
    with pytest.raises(NotAllowed):
        trust.check()
    mount.believes = OURS
    trust.compare_if_due()
    assert mount.asked == 1
    object.__setattr__(clock, "seconds", ASK_AGAIN_SECONDS + 1)
    trust.compare_if_due()
    trust.check()
    trust.compare_if_due()
    assert mount.asked == 3  # what is new has to be said twice
