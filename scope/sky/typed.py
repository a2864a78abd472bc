"""What a person typed, as a target: a name of the catalogue, or a pair of coordinates.

Coordinates are a right ascension and a declination, in this order, each of one to three numbers:

    16 41 41.6 +36 27 41      16h41m41.6s +36d27m41s      16:41:41.6 +36:27:41      16.6949 36.4613
    16h 41m 41.6s +36° 27′ 41″ (of date)                  250.423d 36.4613 J2000    16,6949 +36,4613

Right ascension is in hours unless its first number bears a d or °; only the last number of each may have decimals,
with a point or a comma. Where declination begins is told by its sign, by its ° or d, or, without either, by halving.
The epoch is J2000 unless "of date" or "JNow" stands before or behind. Nothing is corrected or guessed: 60 minutes are
refused. What is understood leaves as numbers, so that no text that anybody typed ever reaches the wire.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from scope.errors import NotUnderstood
from scope.position import Epoch, Equatorial
from scope.sky.catalogue import Catalogue
from scope.target import Kind, Target

LONGEST_TEXT = 120
EXAMPLE = "16h41m41.6s +36d27m41s"

_SIGNS = str.maketrans({"−": "-", "–": "-", "′": "'", "’": "'", "″": '"', "”": '"', "º": "°", "\u00a0": " "})
_EPOCH = r"\(?\s*(?:(?P<j2000>j\s?2000(?:\.0)?|icrs)|(?P<of_date>of[\s-]date|j\s?now|на\s+дату))\s*\)?"
_EPOCH_BEHIND = re.compile(rf"(?<=[\s\d.hmsd°'\"]){_EPOCH}$", re.IGNORECASE)
_EPOCH_BEFORE = re.compile(rf"^{_EPOCH}[\s,:]+", re.IGNORECASE)
_LOOKS_LIKE_NUMBERS = re.compile(r"[+-]?\s*[0-9][-+0-9\s.,:;°'\"hmsd]*", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([+-]?)\s*([0-9]+(?:\.[0-9]*)?)\s*([hmsd°'\":]?)\s*[,;]?", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_UNIT_OF_PLACE = {"h": 0, "d": 0, "°": 0, "m": 1, "'": 1, "s": 2, '"': 2}


@dataclass(frozen=True, slots=True)
class _Number:
    negative: bool
    signed: bool
    digits: str
    unit: str


def read_target(text: str, catalogue: Catalogue) -> Target:
    """The target somebody means; NotUnderstood says what is wrong with it, and with which `part`.

    Its codes: `text_too_long`, `control_characters`; for names `target_unknown` (with `nearest`); for numbers
    `coordinates_not_understood` (with an `example`), `ra_out_of_range`, `dec_out_of_range`, `minutes_out_of_range`,
    `seconds_out_of_range`.
    """
    if len(text) > LONGEST_TEXT:
        raise NotUnderstood("that is too long for a name", code="text_too_long", most=LONGEST_TEXT, length=len(text))
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
        raise NotUnderstood("control characters are not part of any name", code="control_characters")
    numbers, epoch = _without_epoch(text.translate(_SIGNS).strip())
    if _LOOKS_LIKE_NUMBERS.fullmatch(numbers):
        return target_at(_coordinates(numbers, epoch, text))
    return catalogue.find(text)


def target_at(place: Equatorial) -> Target:
    """A pair of coordinates as a target, called what `spell` makes of it."""
    return Target(spell(place), Kind.COORDINATES, place)


def spell(place: Equatorial) -> str:
    """Like "16h41m41.6s +36°27′41″ (J2000)", rounded once, to 0.1 s and 1″, and then split; `read_target` reads it."""
    tenths = round(place.ra_hours * 36_000) % 864_000
    seconds = round(abs(place.dec_degrees) * 3600)
    sign = "−" if place.dec_degrees < 0 and seconds else "+"
    ra = f"{tenths // 36_000:02}h{tenths // 600 % 60:02}m{tenths % 600 // 10:02}.{tenths % 10}s"
    dec = f"{sign}{seconds // 3600:02}°{seconds // 60 % 60:02}′{seconds % 60:02}″"
    return f"{ra} {dec} ({'J2000' if place.epoch is Epoch.J2000 else 'of date'})"


def _without_epoch(text: str) -> tuple[str, Epoch]:
    found = _EPOCH_BEHIND.search(text) or _EPOCH_BEFORE.search(text)
    if found is None:
        return text, Epoch.J2000
    rest = (text[: found.start()] + text[found.end() :]).strip()
    return rest, Epoch.OF_DATE if found["of_date"] else Epoch.J2000


def _coordinates(numbers: str, epoch: Epoch, typed: str) -> Equatorial:
    ra, dec = _halves(_split(numbers, typed), typed)
    in_degrees = ra[0].unit in ("d", "°")
    if ra[0].negative:
        raise _out_of_range("ra", ra, typed, least=0)
    if any(number.signed for number in dec[1:]) or dec[0].unit == "h":
        raise _not_understood(typed)
    hours, degrees = _value(ra, typed), _value(dec, typed)
    if not hours < (360.0 if in_degrees else 24.0):
        raise _out_of_range("ra", ra, typed, below=360 if in_degrees else 24)
    if not degrees <= 90.0:
        raise _out_of_range("dec", dec, typed, most=90)
    return Equatorial(hours / 15.0 if in_degrees else hours, -degrees if dec[0].negative else degrees, epoch)


def _split(numbers: str, typed: str) -> list[_Number]:
    """All of the text as numbers with the unit behind each; a comma between digits is decimal if there is no point."""
    if "." not in numbers:
        numbers = _DECIMAL_COMMA.sub(".", numbers)
    found, end = [], 0
    while end < len(numbers):
        match = _NUMBER.match(numbers, end)
        if match is None:
            raise _not_understood(typed)
        sign, digits, unit = match.groups()
        found.append(_Number(sign == "-", bool(sign), digits, unit.lower()))
        end = match.end()
    return found


def _halves(numbers: list[_Number], typed: str) -> tuple[list[_Number], list[_Number]]:
    begins = [n for n, number in enumerate(numbers) if n and (number.signed or number.unit in ("d", "°"))]
    middle = begins[0] if begins else len(numbers) // 2
    ra, dec = numbers[:middle], numbers[middle:]
    if not (1 <= len(ra) <= 3 and 1 <= len(dec) <= 3) or (not begins and len(ra) != len(dec)):
        raise _not_understood(typed)
    return ra, dec


def _value(parts: list[_Number], typed: str) -> float:
    """Hours or degrees, without the sign; each further part is of sixty, and only the last has decimals."""
    total = 0.0
    for place, part in enumerate(parts):
        if _UNIT_OF_PLACE.get(part.unit, place) != place or ("." in part.digits and place + 1 < len(parts)):
            raise _not_understood(typed)
        number = float(part.digits)
        if place and not number < 60.0:
            raise _out_of_range("minutes" if place == 1 else "seconds", [part], typed, below=60)
        total += number / 60.0**place
    return total


def _not_understood(typed: str) -> NotUnderstood:
    return NotUnderstood(
        f"{typed!r} is not a right ascension and a declination like {EXAMPLE}",
        code="coordinates_not_understood",
        typed=typed,
        example=EXAMPLE,
    )


def _out_of_range(what: str, parts: list[_Number], typed: str, **limits: int) -> NotUnderstood:
    part = " ".join(("-" if p.negative else "") + p.digits + p.unit.replace(":", "") for p in parts)
    return NotUnderstood(f"{what} out of range: {part}", code=f"{what}_out_of_range", typed=typed, part=part, **limits)
