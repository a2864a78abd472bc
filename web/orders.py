"""From what a request says to an Order on the desk; the same for JSON and for forms."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any
from unicodedata import category

from scope.errors import LineError, LineLost, NotUnderstood
from scope.order_json import order_from_json
from scope.orders import Order, PointingAct, Stop
from scope.position import Epoch
from web import rights
from web.house import desk
from web.persons import Asker

PLACE = ("ra_hours", "dec_degrees", "epoch")


def give(order: Order, by: Asker) -> dict[str, Any]:
    """Hand the order in; what the desk says is going to happen, with the id under which the log has it."""
    request = secrets.token_hex(8)
    return {"accepted": True, **desk().order(order, by.person, request), "request": request}


def give_if_allowed(name: str, fields: Mapping[str, Any], by: Asker) -> dict[str, Any]:
    """The whole way of an order from its fields to the desk, for whoever may give it."""
    given = dict(fields)
    prove = rights.needs(name, by, given)
    order = order_of(name, given)
    prove()
    return give(order, by)


def stop(by: Asker) -> dict[str, Any]:
    """A stop that does not get through is no small matter: whoever pressed is told what else to do."""
    try:
        return give(Stop(), by)
    except LineError as lost:
        raise LineLost(str(lost), code="stop_not_sent", reason=lost.code) from lost


def order_of(name: str, fields: Mapping[str, Any]) -> Order:
    """The order that `fields` mean; NotUnderstood names the field that is wrong."""
    if "order" in fields:
        raise NotUnderstood("unknown field 'order'", code="field_unknown", field="order")
    for key, value in fields.items():
        _refuse_unwritable(key, value)
    given = dict(fields)
    if name in ("goto", "sync") or (name == "pointing" and given.get("act") == PointingAct.ADD.value):
        given = _with_place(given)
    return order_from_json({"order": name, **given})


def _with_place(given: dict[str, Any]) -> dict[str, Any]:
    """A target by name, or a place by `ra_hours`, `dec_degrees` and `epoch` (J2000 unless it says else)."""
    if "place" in given:
        raise NotUnderstood("unknown field 'place'", code="field_unknown", field="place")
    place = {key: given.pop(key) for key in PLACE if key in given}
    if "target" in given:
        if not isinstance(given["target"], str):
            raise NotUnderstood("target is no text", code="field_wrong", field="target")
        if place.keys() & {"ra_hours", "dec_degrees"}:
            raise NotUnderstood("either a target or coordinates", code="field_wrong", field="target")
        return given | _of_epoch(given["target"], place.get("epoch", "J2000"))
    for key in ("ra_hours", "dec_degrees"):
        if key not in place:
            missing = "target" if not place else key
            raise NotUnderstood(f"{missing!r} is missing", code="field_missing", field=missing)
        if isinstance(place[key], bool) or not isinstance(place[key], int | float):
            raise NotUnderstood(f"{key} is no number", code="field_wrong", field=key)
    if not 0 <= place["ra_hours"] < 24:
        raise NotUnderstood(f"ra_hours {place['ra_hours']}", code="ra_out_of_range", field="ra_hours")
    if not -90 <= place["dec_degrees"] <= 90:
        raise NotUnderstood(f"dec_degrees {place['dec_degrees']}", code="dec_out_of_range", field="dec_degrees")
    return given | {"place": {"epoch": "J2000", **place}}


def _of_epoch(target: str, epoch: Any) -> dict[str, Any]:
    """The epoch chosen beside a text field matters to numbers only: it is written behind them."""
    if epoch not in {known.value for known in Epoch}:
        raise NotUnderstood(f"no such epoch: {epoch!r}", code="field_wrong", field="epoch")
    numbers = _NUMBERS.fullmatch(target)
    return {"target": f"{target} of date" if numbers and epoch == Epoch.OF_DATE.value else target}


_NUMBERS = re.compile(r"[-+\s\d.,:;hmsd°º'\"′″’”−–]*", re.IGNORECASE)


def _refuse_unwritable(key: str, value: Any) -> None:
    """Lone surrogates and control characters can neither be logged nor stored."""
    if isinstance(value, str) and any(category(letter) in ("Cc", "Cs") for letter in value):
        raise NotUnderstood(f"field {key!r} cannot be {value!a}", code="field_wrong", field=key)
