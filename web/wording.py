"""How numbers, times and places are written for people: the templates' filters, all in this file.

`local_time`, `local_date` and `night` write a moment (a datetime, or its ISO text) on the clock of the site, and
`night_date` the night of a session; `ra`, `dec`, `degrees`, `arcminutes`, `number` and `duration` write numbers;
`named` says what a target is called in the page's language.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask

from scope.target import Target
from web.house import here
from web.languages import _N, gettext, language

zoneinfo.reset_tzpath(to=())  # the tzdata package only: system tables before 2024 put Karaganda and Almaty at +6

Moment = datetime | str
MINUS = "\u2212"
SOON = timedelta(hours=20)
"""So near a clock time cannot be mistaken for one of another day."""


def local(moment: Moment) -> datetime:
    """The moment on the wall clock of the site."""
    when = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return when.astimezone(zoneinfo.ZoneInfo(here().settings.site.timezone))


def local_time(moment: Moment, seconds: bool = False) -> str:
    return local(moment).strftime("%H:%M:%S" if seconds else "%H:%M")


def time_ahead(moment: Moment) -> str:
    """The clock time of something to come; with its date unless that is within the coming night or day."""
    at, now = local(moment), here().live.status()["utc"]
    soon = now is None or at - local(now) < SOON
    return local_time(moment) if soon else f"{local_time(moment)} ({local_date(moment)})"


def local_date(moment: Moment) -> str:
    return format_date(local(moment), format="long", locale=language())


def night(moment: Moment) -> str:
    """The double date of the night that holds the moment, as observers say it: 20/21 November 2026."""
    evening = (local(moment) - timedelta(hours=12)).date()
    morning = evening + timedelta(days=1)
    return gettext(
        _N("%(evening)s/%(morning)s %(month)s %(year)s"),
        evening=evening.day,
        morning=morning.day,
        month=format_date(evening, "MMMM", locale=language()),
        year=evening.year,
    )


def night_date(session: Any) -> str:
    """The night of a session of the log, by its beginning."""
    return night(session.begun)


def number(value: float, places: int = 1) -> str:
    """With the decimal mark of the language, and a minus that is one."""
    return format_decimal(round(value, places) + 0.0, format="0." + "0" * places, locale=language()).replace("-", MINUS)


def degrees(value: float, places: int = 1) -> str:
    return f"{number(value, places)}°"


def arcminutes(value: float) -> str:
    """0.4′ or 14′; from 60′ on 1° 14′. Never negative."""
    if round(value, 1) < 10.0:
        return f"{number(value)}′"
    whole, minutes = divmod(round(value), 60)
    return f"{whole}° {minutes:02d}′" if whole else f"{minutes}′"


def ra(hours: float) -> str:
    """16h 41m 41.6s; never 60 seconds, never 24 hours."""
    tenths = round(hours * 36000) % (24 * 36000)
    minutes, rest = divmod(tenths, 600)
    return f"{minutes // 60:02d}h {minutes % 60:02d}m {rest / 10:04.1f}s"


def dec(value: float) -> str:
    """+36° 28′ 12″, the sign also of −0° 30′."""
    seconds = round(abs(value) * 3600)
    minutes, rest = divmod(seconds, 60)
    sign = MINUS if value < 0 and seconds else "+"
    return f"{sign}{minutes // 60:02d}° {minutes % 60:02d}′ {rest:02d}″"


def duration(span: float | timedelta) -> str:
    """Hours and minutes, or seconds below a minute."""
    seconds = round(span.total_seconds() if isinstance(span, timedelta) else span)
    hours, minutes = divmod(round(seconds / 60), 60)
    if seconds < 60:
        return gettext(_N("%(seconds)d s"), seconds=seconds)
    if not hours:
        return gettext(_N("%(minutes)d min"), minutes=minutes)
    return gettext(_N("%(hours)d h %(minutes)d min"), hours=hours, minutes=minutes)


def signed_duration(seconds: float) -> str:
    """How far ahead (+) or behind (−) a clock is."""
    sign = "+" if seconds > 0 else MINUS if seconds < 0 else ""
    return sign + duration(abs(seconds))


def named(target: Target | Mapping[str, Any]) -> str:
    """What people who speak the page's language call it, or its designation."""
    if isinstance(target, Target):
        return target.name(language())
    return str((target.get("names") or {}).get(language()) or target["designation"])


FILTERS = (
    *(local_time, local_date, night, night_date),
    *(number, degrees, arcminutes, ra, dec, duration, signed_duration, named),
)


def install(app: Flask) -> None:
    app.jinja_env.filters.update({write.__name__: write for write in FILTERS})
