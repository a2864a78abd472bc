"""Orders cross the border as JSON and come out as what they were, or not at all."""

import contextlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope import orders
from scope.errors import NotUnderstood
from scope.order_json import order_as_json, order_from_json
from scope.orders import Direction, HelmAct, NudgeRate, Order, PointingAct, TrackingRate
from scope.position import Epoch, Equatorial

EVERY_ORDER: list[Order] = [
    orders.Goto(target="M13"),
    orders.Goto(place=Equatorial(16.695, 36.46, Epoch.J2000)),
    orders.Stop(),
    *(orders.Track(rate) for rate in TrackingRate),
    *(orders.Nudge(direction, NudgeRate.CENTRE, "p1", 3) for direction in (*Direction, None)),
    orders.Park(),
    orders.Unpark(),
    orders.Sync(target="Vega", confirmed=True),
    orders.Pointing(PointingAct.ADD, target="Vega", confirmed=True),
    orders.Pointing(PointingAct.ADD, place=Equatorial(16.695, 36.46, Epoch.OF_DATE)),
    orders.Pointing(PointingAct.DROP, star="Vega"),
    orders.Pointing(PointingAct.CLEAR),
    orders.SetMountClock(),
    *(orders.Helm(act, "Aigerim") for act in HelmAct),
    orders.EndSession(),
    orders.SetServiceTime(datetime(2026, 11, 24, 17, 0, tzinfo=UTC)),
    orders.ConfirmAlignment(),
    orders.FreeCables(),
    orders.Cover(True),
    orders.Acknowledge("sun_will_pass"),
    orders.DeclareSolar("Baader AstroSolar", True, True),
    *(orders.EndSolar(end) for end in orders.SolarEnd),
    orders.SetHorizon(((0.0, 12.5), (180.0, 20.0))),
    orders.SetHorizon(()),
]


@pytest.mark.parametrize("order", EVERY_ORDER, ids=repr)
def test_an_order_comes_back_as_what_it_was(order: Order) -> None:
    assert order_from_json(order_as_json(order)) == order


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "order_unknown"),
        ({"order": "fly"}, "order_unknown"),
        ({"order": "goto", "speed": 3}, "field_unknown"),
        ({"order": "track"}, "field_missing"),
        ({"order": "track", "rate": "warp"}, "field_wrong"),
        ({"order": "track", "rate": "guide"}, "field_wrong"),
        ({"order": "nudge", "direction": "north", "rate": "sidereal", "press": "a"}, "field_wrong"),
        ({"order": "helm", "act": "add"}, "field_wrong"),
        ({"order": "pointing", "act": "take"}, "field_wrong"),
        ({"order": "pointing", "target": "Vega"}, "field_missing"),
        ({"order": "goto", "target": ""}, "field_wrong"),
        ({"order": "goto", "target": "x" * 121}, "field_wrong"),
        ({"order": "goto", "target": 13}, "field_wrong"),
        ({"order": "nudge", "direction": "up", "rate": "guide", "press": "a"}, "field_wrong"),
        ({"order": "nudge", "direction": "north", "rate": "guide", "press": "a", "beat": -1}, "field_wrong"),
        ({"order": "sync", "target": "M13", "confirmed": "yes"}, "field_wrong"),
        ({"order": "set-service-time", "utc": "2026-11-24T17:00:00"}, "field_wrong"),
        ({"order": "cover", "covered": 1}, "field_wrong"),
        ({"order": "declare-solar", "filter": "foil", "front": True}, "field_missing"),
        ({"order": "set-horizon", "points": [[0, 10, 20]]}, "field_wrong"),
        ({"order": "set-horizon", "points": [[0, float("nan")]]}, "field_wrong"),
        ({"order": "set-horizon", "points": [[0, 10]] * 721}, "field_wrong"),
        *(
            ({"order": "goto", "place": {"ra_hours": ra, "dec_degrees": dec, "epoch": epoch}}, "field_wrong")
            for ra, dec, epoch in [
                (float("nan"), 0, "J2000"),
                (0, float("inf"), "J2000"),
                (1e308, 0, "J2000"),
                (24, 0, "J2000"),
                (0, -90.1, "J2000"),
                (True, 0, "J2000"),
                (0, 0, "B1950"),
            ]
        ),
    ],
)
def test_what_is_no_order_is_refused_with_the_field(given: dict[str, Any], code: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        order_from_json(given)
    assert refusal.value.code == code


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from([*{name for kind in orders.ORDERS.values() for name in kind.__dataclass_fields__}, "x"])


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(FIELDS, JSON, max_size=4), st.sampled_from([*orders.ORDERS, "fly"]))
def test_no_json_whatever_raises_anything_but_not_understood(fields: dict[str, Any], name: str) -> None:
    with contextlib.suppress(NotUnderstood):
        order_from_json({"order": name, **fields})
