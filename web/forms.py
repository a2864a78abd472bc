"""What the fields of an order's form mean as the JSON of the same order; what they hold is checked elsewhere.

A form knows only text: an empty field is not there, a tick is there or not, and a clock's time has no zone.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from scope.orders import HelmAct
from web.horizon import points_of

OURS = ("csrf_token", "next")
TICKS: Mapping[str, tuple[str, ...]] = {
    "sync": ("confirmed",),
    "pointing": ("confirmed",),
    "declare-solar": ("front", "finder"),
}
CHOICES: Mapping[str, bool] = {"true": True, "false": False}


def fields_of(name: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The fields of the order of this name, as far as the form tells them."""
    fields: dict[str, Any] = {key: value for key, value in form.items() if value and key not in OURS}
    for tick in TICKS.get(name, ()):
        fields[tick] = tick in fields
    if name == "helm" and fields.get("act") != HelmAct.GIVE.value:
        fields.pop("to", None)  # the form always names who asked for the helm
    if name == "nudge":  # one short press: it is let go by not being renewed
        fields = {"rate": "centre", "direction": None, **fields, "press": secrets.token_hex(8)}
    if "covered" in fields:
        fields["covered"] = CHOICES.get(fields["covered"], fields["covered"])
    if "utc" in fields:
        fields["utc"] = _with_zone(fields["utc"])
    if name == "set-horizon":
        fields = {"points": points_of(form.get("pairs", ""))}
    return fields


def _with_zone(utc: str) -> str:
    """A field for date and time sends neither seconds of its own nor a zone; ours is for UTC."""
    return utc if utc.endswith("Z") or "+" in utc else f"{utc}+00:00"
