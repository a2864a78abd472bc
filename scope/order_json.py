"""How an order crosses a socket or a door: one JSON object, `{"order": "goto", …}`.

`order_as_json` and `order_from_json` are the only two places that know it. What comes in is checked field by field:
nothing that is not a number, a name or a choice of ours gets through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from enum import Enum
from math import isfinite
from typing import Any

from scope.errors import NotUnderstood
from scope.orders import (
    LONGEST_TEXT,
    NAMES,
    ORDERS,
    Direction,
    Helm,
    HelmAct,
    Nudge,
    NudgeRate,
    Order,
    Pointing,
    PointingAct,
    SolarEnd,
    Track,
    TrackingRate,
)
from scope.position import Epoch, Equatorial

MOST_POINTS = 720
"""Of a horizon mask: two a degree."""


def order_as_json(order: Order) -> dict[str, Any]:
    """`{"order": name, …}` with enumerations as their values; `order_from_json` is its inverse."""
    return {"order": NAMES[type(order)]} | {key: _plain(value) for key, value in asdict(order).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value


def order_from_json(given: Mapping[str, Any]) -> Order:
    """The order a JSON object means; NotUnderstood names the first field that is wrong."""
    fields = dict(given)
    kind = ORDERS.get(str(fields.pop("order", None)))
    if kind is None:
        raise NotUnderstood(f"no such order: {given.get('order')!r}", code="order_unknown")
    unknown = fields.keys() - kind.__dataclass_fields__.keys()
    if unknown:
        raise NotUnderstood(f"unknown field {min(unknown)!r}", code="field_unknown", field=min(unknown))
    try:
        return kind(**{key: _typed(kind, key, value) for key, value in fields.items()})
    except TypeError as wrong:
        raise NotUnderstood(str(wrong), code="field_missing", field=_missing(kind, fields)) from wrong


def _missing(kind: type[Order], fields: Mapping[str, Any]) -> str:
    return ", ".join(sorted(kind.__dataclass_fields__.keys() - fields.keys()))


def _typed(kind: type[Order], key: str, value: Any) -> Any:
    try:
        return (_CHOICES.get((kind, key)) or _READERS[key])(value)
    except (KeyError, TypeError, ValueError, OverflowError) as wrong:
        raise NotUnderstood(f"field {key!r} cannot be {value!r}", code="field_wrong", field=key) from wrong


def _text(value: Any) -> str | None:
    if value is not None and not (isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT):
        raise ValueError
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _place(value: Any) -> Equatorial | None:
    if value is None:
        return None
    ra, dec = (value[key] for key in ("ra_hours", "dec_degrees"))
    if isinstance(ra, bool) or isinstance(dec, bool) or not (0 <= float(ra) < 24 and -90 <= float(dec) <= 90):
        raise ValueError  # a NaN or an infinity fails the comparison too
    return Equatorial(float(ra), float(dec), Epoch(value["epoch"]))


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError  # a moment without a time zone is not a moment
    return moment.astimezone(UTC)


def _points(value: Any) -> tuple[tuple[float, float], ...]:
    if not isinstance(value, list) or len(value) > MOST_POINTS:
        raise ValueError
    return tuple((_number(azimuth), _number(altitude)) for azimuth, altitude in value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError
    return float(value)


_CHOICES: Mapping[tuple[type[Order], str], Callable[[Any], Enum]] = {
    (Track, "rate"): TrackingRate,
    (Nudge, "rate"): NudgeRate,
    (Helm, "act"): HelmAct,
    (Pointing, "act"): PointingAct,
}
"""What is called the same in several orders, and is not the same."""
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "target": _text,
    "place": _place,
    "direction": lambda value: None if value is None else Direction(value),
    "press": _text,
    "beat": _whole,
    "confirmed": _truth,
    "to": _text,
    "star": _text,
    "utc": _moment,
    "covered": _truth,
    "alarm": _text,
    "filter": _text,
    "front": _truth,
    "finder": _truth,
    "because": SolarEnd,
    "points": _points,
}
