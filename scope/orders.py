"""What a person or a program can ask of the telescope, as values; and who asks.

An order crosses the socket as one JSON object, `{"order": "goto", …}`; `order_as_json` and `order_from_json` are the
only two places that know how.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from scope.errors import NotUnderstood
from scope.position import Epoch, Equatorial


class Role(Enum):
    VISITOR = "visitor"
    VOLUNTEER = "volunteer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """Who gives an order: the account's or token's name, what they may do, and the way in (browser, api, shell)."""

    name: str
    role: Role
    via: str


class TrackingRate(Enum):
    OFF = "off"
    SIDEREAL = "sidereal"
    LUNAR = "lunar"
    SOLAR = "solar"


class Direction(Enum):
    NORTH = "north"
    SOUTH = "south"
    EAST = "east"
    WEST = "west"


class NudgeRate(Enum):
    """The four speeds of a hand box, slow to fast."""

    GUIDE = "guide"
    CENTRE = "centre"
    FIND = "find"
    SLEW = "slew"


@dataclass(frozen=True, slots=True)
class Goto:
    """Either `target` (what a person typed) or `place`, never both."""

    target: str | None = None
    place: Equatorial | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    pass


@dataclass(frozen=True, slots=True)
class Track:
    rate: TrackingRate


@dataclass(frozen=True, slots=True)
class Nudge:
    """Move by hand for as long as the lease is renewed.

    `press` names one press of one button; the same press with a higher `beat` renews it; `direction` None lets go.
    """

    direction: Direction | None
    rate: NudgeRate
    press: str
    beat: int = 0


@dataclass(frozen=True, slots=True)
class Park:
    pass


@dataclass(frozen=True, slots=True)
class Unpark:
    pass


@dataclass(frozen=True, slots=True)
class Sync:
    """Tell the mount that it looks at this now; `confirmed` once the person has seen how far the jump is."""

    target: str | None = None
    place: Equatorial | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class SetMountClock:
    """Give the mount the service's time and site."""


class HelmAct(Enum):
    TAKE = "take"  # when free, or as an admin
    ASK = "ask"
    GIVE = "give"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Helm:
    """Who controls: take it, ask the holder for it, give it to `to`, or leave it."""

    act: HelmAct
    to: str | None = None


@dataclass(frozen=True, slots=True)
class EndSession:
    pass


Order = Goto | Stop | Track | Nudge | Park | Unpark | Sync | SetMountClock | Helm | EndSession

ORDERS: Mapping[str, type[Order]] = {
    "goto": Goto,
    "stop": Stop,
    "track": Track,
    "nudge": Nudge,
    "park": Park,
    "unpark": Unpark,
    "sync": Sync,
    "set-mount-clock": SetMountClock,
    "helm": Helm,
    "end-session": EndSession,
}
NAMES = {kind: name for name, kind in ORDERS.items()}
MOVES = (Goto, Track, Nudge, Park, Unpark, Sync, SetMountClock)
"""What only the holder of the helm may order; a stop needs none."""


def order_as_json(order: Order) -> dict[str, Any]:
    """`{"order": name, …}` with enumerations as their values; `order_from_json` is its inverse."""
    return {"order": NAMES[type(order)]} | {key: _plain(value) for key, value in asdict(order).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
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
        return kind(**{key: _typed(key, value) for key, value in fields.items()})
    except TypeError as wrong:
        raise NotUnderstood(str(wrong), code="field_missing", field=_missing(kind, fields)) from wrong


def _missing(kind: type[Order], fields: Mapping[str, Any]) -> str:
    return ", ".join(sorted(kind.__dataclass_fields__.keys() - fields.keys()))


def _typed(key: str, value: Any) -> Any:
    try:
        return _READERS[key](value)
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


LONGEST_TEXT = 120
_READERS = {
    "target": _text,
    "place": _place,
    "rate": lambda value: NudgeRate(value) if value in {r.value for r in NudgeRate} else TrackingRate(value),
    "direction": lambda value: None if value is None else Direction(value),
    "press": _text,
    "beat": _whole,
    "confirmed": _truth,
    "act": HelmAct,
    "to": _text,
}
