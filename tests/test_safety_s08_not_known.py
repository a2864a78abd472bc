"""S8, as far as it is decided from numbers: what is not known is refused, halted or warned of, and raises no more."""

from itertools import product

import pytest

from scope.errors import NotAllowed
from scope.limits import sun as sun_limits
from scope.limits import where
from scope.limits.axes import Axes
from scope.limits.forecast import ahead
from scope.limits.hand import check_nudge
from scope.limits.idle import minutes_until_sun
from scope.limits.live import breach
from scope.limits.route import is_safe, plan
from scope.limits.sun import SunNow
from scope.limits.where import Bounds
from scope.orders import Direction
from scope.position import Standing
from scope.settings import LimitSettings

NAN, INFINITE = float("nan"), float("inf")
GOOD, AWAY = Standing(30.0, 40.0), Standing(60.0, 40.0)
SUN = SunNow(Standing(-60.0, 10.0), 20.0)
LIMITS = LimitSettings()
STRANGE = [Standing(*numbers) for numbers in product((NAN, INFINITE, 30.0), repeat=2) if numbers != (30.0, 30.0)]
SUNS = [SunNow(place, altitude) for place in STRANGE for altitude in (20.0, NAN)]


@pytest.mark.parametrize("axes", [*({axes} for axes in Axes), set(Axes)])
@pytest.mark.parametrize("strange", STRANGE)
def test_a_place_that_is_no_number_moves_nothing(axes: set[Axes], strange: Standing) -> None:
    bounds = Bounds(frozenset(axes), 49.8, LIMITS)
    for sun in (SUN, None):
        for here, there in ((strange, GOOD), (GOOD, strange)):
            for decide in (plan, is_safe):
                with pytest.raises(NotAllowed) as refusal:
                    decide(here, there, sun, bounds)
                assert refusal.value.code == "position_unknown"
        with pytest.raises(NotAllowed):
            check_nudge(strange, Direction.NORTH, 1.0, 0.5, sun, bounds)
        assert breach(GOOD, strange, 0.25, 0.5, 8.0, sun, bounds) is not None
        assert breach(strange, GOOD, 0.25, 0.5, 8.0, sun, bounds) is not None


@pytest.mark.parametrize("sun", SUNS)
def test_a_sun_that_is_no_number_moves_nothing_by_day(sun: SunNow) -> None:
    bounds = Bounds(frozenset(Axes), 49.8, LIMITS)
    with pytest.raises(NotAllowed) as refusal:
        plan(GOOD, AWAY, sun, bounds)
    assert refusal.value.code == "sun_unknown"
    with pytest.raises(NotAllowed):
        check_nudge(GOOD, Direction.NORTH, 1.0, 0.5, sun, bounds)
    assert breach(GOOD, AWAY, 0.25, 0.5, 8.0, sun, bounds) is not None
    assert minutes_until_sun(GOOD, sun, bounds) == 0.0


def test_a_sun_of_unknown_height_is_up() -> None:
    bounds = Bounds(frozenset({Axes.FORK}), 49.8, LIMITS)
    high = SunNow(Standing(45.0, 40.0), NAN)
    with pytest.raises(NotAllowed):
        sun_limits.check_target(Standing(45.0, 41.0), high, LIMITS)
    where.check_target(GOOD, bounds)
    assert ahead(GOOD, SUN, bounds) == ()
