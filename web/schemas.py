"""The shapes of the JSON API as JSON Schema, for openapi.py; a test validates the real answers against them.

Objects are closed: a field that is not written down here is a field nobody has promised.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scope.order_json import MOST_POINTS
from scope.orders import LONGEST_TEXT, Direction, HelmAct, NudgeRate, PointingAct, SolarEnd, TrackingRate
from scope.position import Epoch, PierSide
from scope.snapshot import LineState, Motion
from scope.target import Kind

Schema = dict[str, Any]

NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
TEXT: Schema = {"type": "string"}
TRUTH: Schema = {"type": "boolean"}
UTC: Schema = {"type": "string", "format": "date-time"}
SHORT: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
BY_LANGUAGE: Schema = {"type": "object", "additionalProperties": TEXT, "description": "by language: kk, ru, en"}
DETAILS: Schema = {"type": "object", "description": "plain values, the unit in the name"}
RA_HOURS: Schema = {"type": "number", "minimum": 0, "exclusiveMaximum": 24}
DEC_DEGREES: Schema = {"type": "number", "minimum": -90, "maximum": 90}


def or_null(schema: Schema) -> Schema:
    if "type" in schema and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(values: Iterable[Any]) -> Schema:
    return {"type": "string", "enum": [getattr(value, "value", value) for value in values]}


def closed(properties: dict[str, Schema], optional: Iterable[str] = ()) -> Schema:
    required = [name for name in properties if name not in set(optional)]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def listed(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


EPOCH = one_of(Epoch)
PLACE = closed({"ra_hours": RA_HOURS, "dec_degrees": DEC_DEGREES, "epoch": EPOCH})
POINTING = closed(
    {
        "ra_hours_j2000": RA_HOURS,
        "dec_degrees_j2000": DEC_DEGREES,
        "altitude_degrees": {**NUMBER, "description": "as seen, with refraction"},
        "azimuth_degrees": {**NUMBER, "description": "from north through east"},
    }
)
TARGET = closed(
    {
        "designation": TEXT,
        "kind": one_of(Kind),
        "names": BY_LANGUAGE,
        "constellation": or_null(TEXT),
        "magnitude": or_null(NUMBER),
        "place": or_null(PLACE),
    }
)
STATUS = closed(
    {
        "serial": {**COUNT, "description": "grows with each snapshot; begins anew when the service restarts"},
        "utc": {**or_null(UTC), "description": "the service's clock; null while it is gone"},
        "age_seconds": {**or_null(NUMBER), "description": "of the position, at the moment of this answer"},
        "line": one_of(LineState),
        "motion": one_of(Motion),
        "position": or_null(named("Pointing")),
        "target": or_null(named("Target")),
        "arrived": {**TRUTH, "description": "seen at rest on the target"},
        "tracking": or_null(TEXT),
        "pier_side": {**or_null(one_of(PierSide)), "description": "where a German mount says its tube is"},
        "mount": or_null(TEXT),
        "can": {**listed(TEXT), "description": "what this mount is able to do"},
        "alarms": listed(
            closed({"code": TEXT, "details": DETAILS, "latched": {**TRUTH, "description": "until it is acknowledged"}})
        ),
        "helm": or_null(closed({"holder": TEXT, "since": UTC, "asked_by": or_null(TEXT)})),
        "session": or_null(closed({"slug": TEXT, "begun": UTC})),
        "site": TEXT,
        "simulated": TRUTH,
        "clock_shifted": TRUTH,
        "covered": {**TRUTH, "description": "a lid is declared to be on the tube"},
        "solar": or_null(closed({"filter": TEXT, "by": TEXT, "until": UTC})),
        "sun": or_null(closed({"altitude_degrees": NUMBER, "separation_degrees": or_null(NUMBER)})),
        "detour": {**or_null(TEXT), "description": "why a goto goes there in several legs"},
        "cable_degrees": {**or_null(NUMBER), "description": "turned since the cables hung free"},
        "time_source": {**TEXT, "description": "who vouches for the service's clock"},
        "pointing_stars": {**COUNT, "description": "of the pointing model"},
    }
)
REFUSAL = closed({"code": TEXT, "message": {**TEXT, "description": "in the caller's language"}, "details": DETAILS})
ACCEPTED = {
    "type": "object",
    "properties": {"accepted": {"const": True}, "request": {**TEXT, "description": "the id of this order in the log"}},
    "required": ["accepted", "request"],
    "description": "and what is going to happen; arrival is read from the status",
}
OBJECT = {
    "type": "object",
    "properties": {
        **{key: value for key, value in TARGET["properties"].items() if key != "place"},
        "altitude_degrees": {**or_null(NUMBER), "description": "now; at the operators' door"},
        "azimuth_degrees": or_null(NUMBER),
    },
    "required": ["designation", "kind", "names"],
}

_BY_NAME_OR_PLACE: dict[str, Schema] = {
    "target": {**SHORT, "description": "a name, or coordinates as people write them"},
    "ra_hours": RA_HOURS,
    "dec_degrees": DEC_DEGREES,
    "epoch": {**EPOCH, "default": Epoch.J2000.value},
}
_EITHER = {"oneOf": [{"required": ["target"]}, {"required": ["ra_hours", "dec_degrees"]}]}
_NOTHING = closed({})
CONFIRMED: Schema = {**TRUTH, "description": "a person has seen it in the eyepiece, and what the refusal warned of"}

ORDER_BODIES: dict[str, Schema] = {
    "goto": closed(_BY_NAME_OR_PLACE, optional=_BY_NAME_OR_PLACE) | _EITHER,
    "stop": {"type": "object", "description": "whatever it holds: a stop is a stop"},
    "track": closed({"rate": one_of(TrackingRate)}),
    "nudge": closed(
        {
            "direction": {**or_null(one_of(Direction)), "description": "null lets go"},
            "rate": one_of(NudgeRate),
            "press": {**SHORT, "description": "a new name for each press"},
            "beat": {**COUNT, "description": "higher with each renewal; the lease is short"},
        },
        optional=["beat"],
    ),
    "park": _NOTHING,
    "unpark": _NOTHING,
    "home": _NOTHING,
    "sync": closed({**_BY_NAME_OR_PLACE, "confirmed": CONFIRMED}, optional=[*_BY_NAME_OR_PLACE, "confirmed"]) | _EITHER,
    "pointing": closed(
        {
            "act": {**one_of(PointingAct), "description": "to add, the telescope is centred on the target now"},
            **_BY_NAME_OR_PLACE,
            "star": {**SHORT, "description": "to drop: the name it has in the model"},
            "confirmed": CONFIRMED,
        },
        optional=[*_BY_NAME_OR_PLACE, "star", "confirmed"],
    ),
    "set-mount-clock": _NOTHING,
    "helm": closed({"act": one_of(HelmAct), "to": or_null(SHORT)}, optional=["to"]),
    "end-session": _NOTHING,
    "set-service-time": closed({"utc": UTC}),
    "confirm-alignment": _NOTHING,
    "free-cables": _NOTHING,
    "cover": closed({"covered": TRUTH}),
    "acknowledge": closed({"alarm": SHORT}),
    "declare-solar": closed(
        {
            "filter": SHORT,
            "front": TRUTH,
            "finder": TRUTH,
            "password": {**TEXT, "description": "of the person at the browser; no program may give this order"},
        }
    ),
    "end-solar": closed({"because": one_of(SolarEnd)}),
    "set-horizon": closed({"points": {**listed(listed(NUMBER)), "maxItems": MOST_POINTS}}),
}

_SESSION: dict[str, Schema] = {
    "slug": TEXT,
    "title": BY_LANGUAGE,
    "begun": UTC,
    "ended": {**or_null(UTC), "description": "null while it is open"},
    "night": {**TEXT, "format": "date", "description": "the date of the evening at the site"},
    "site": TEXT,
    "timezone": TEXT,
    "mount": TEXT,
    "simulated": TRUTH,
    "targets": {**COUNT, "description": "how many observations"},
}
SESSION = closed(_SESSION)
OBSERVATION = closed(
    {
        "designation": TEXT,
        "names": BY_LANGUAGE,
        "kind": TEXT,
        "constellation": or_null(TEXT),
        "begun": UTC,
        "ended": or_null(UTC),
        "arrived": TRUTH,
        "ra_hours_j2000": or_null(RA_HOURS),
        "dec_degrees_j2000": or_null(DEC_DEGREES),
        "altitude_degrees": or_null(NUMBER),
        "azimuth_degrees": or_null(NUMBER),
        "error_arcseconds": or_null(NUMBER),
        "outcome": or_null(TEXT),
        "notes": BY_LANGUAGE,
    }
)
SESSION_WHOLE = closed(
    {
        **_SESSION,
        "ending": or_null(TEXT),
        "summary": BY_LANGUAGE,
        "latitude_degrees": {**NUMBER, "description": "rounded to 0.1"},
        "longitude_degrees": {**NUMBER, "description": "rounded to 0.1, east positive"},
        "visitors": or_null(COUNT),
        "seeing": or_null(COUNT),
        "transparency": or_null(COUNT),
        "temperature_celsius": or_null(NUMBER),
        "humidity_percent": or_null(NUMBER),
        "operators": {**listed(TEXT), "description": "by first name"},
        "observations": listed(named("Observation")),
    }
)
