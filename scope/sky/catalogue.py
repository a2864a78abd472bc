"""Everything that can be asked for by name: the solar system, the bright stars, the deep sky.

Built once, in a quarter of a second, without astropy, and never changed, so that any thread may ask. Every object has
its keys, which are folded spellings (spelling.py): its designation and names whole, and the names from each further
word on, so that "андромеды" finds "Туманность Андромеды". The keys are sorted, the objects are numbered in the order
in which people mean them, and a search takes the lowest numbers of one stretch of the keys.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from difflib import get_close_matches
from heapq import nsmallest

from scope.errors import NotUnderstood
from scope.sky.asterisms import asterisms
from scope.sky.deep_sky import deep_sky
from scope.sky.solar_system import SOLAR_SYSTEM
from scope.sky.spelling import fold
from scope.sky.stars import Star, bayer_spellings, bright_stars
from scope.target import Kind, Target

FAINT = 99.0
"""The magnitude of what has none, when it is put in order."""
AFTER_ALL_KEYS = "\U0010ffff"


class Catalogue:
    """All targets; `find` for what was meant exactly, `search` for what it might become."""

    def __init__(self) -> None:
        self._targets = (
            *SOLAR_SYSTEM,
            *sorted(bright_stars(), key=_brightness),
            *sorted((*asterisms(), *deep_sky()), key=_familiarity),
        )
        self._whole: dict[str, int] = {}
        self._partly: dict[str, int | None] = {}
        self._keys: list[tuple[str, int]] = []
        for number, target in enumerate(self._targets):
            self._index(number, target)
        self._keys.sort()

    def __iter__(self) -> Iterator[Target]:
        """All, the most familiar first."""
        return iter(self._targets)

    def __len__(self) -> int:
        return len(self._targets)

    def fixed(self) -> Iterator[Target]:
        """All that have a `place`: no body of the solar system."""
        return (target for target in self._targets if target.place is not None)

    def find(self, text: str) -> Target:
        """What has just this designation or name, spelt freely, or alone has a name that ends so ("Андромеды").

        NotUnderstood (`target_unknown`) tells what was `typed` and, comma-separated, up to three `nearest`.
        """
        key = fold(text)
        number = self._whole.get(key, self._partly.get(key))
        if number is not None:
            return self._targets[number]
        near = ", ".join(target.designation for target in self._near(text))
        raise NotUnderstood(f"nothing is called {text!r}", code="target_unknown", typed=text, nearest=near)

    def search(self, text: str, most: int = 10) -> list[Target]:
        """What has a name that begins like this: a whole match first, then as familiar as they are."""
        key = fold(text)
        if not key or most <= 0:
            return []
        first = bisect_left(self._keys, (key,))
        behind = bisect_left(self._keys, (key + AFTER_ALL_KEYS,))
        numbers = {number for _key, number in self._keys[first:behind]}
        exact = self._whole.get(key, -1)
        return [self._targets[number] for number in nsmallest(most, numbers, key=lambda n: (n != exact, n))]

    def motion(self, designation: str) -> tuple[float, float] | None:
        """Proper motion of a bright star in mas a year, d(ra)/dt without cos dec, and d(dec)/dt; None of the others."""
        target = self.find(designation)
        return (target.motion_ra_mas, target.motion_dec_mas) if isinstance(target, Star) else None

    def _index(self, number: int, target: Target) -> None:
        for name in (target.designation, *target.names.values(), *target.also):
            self._add(fold(name), number)
            for start in _further_words(name):
                self._add_part(fold(name[start:]), number)
        if isinstance(target, Star):
            for spelling in bayer_spellings(target.also[0]):
                self._add(fold(spelling), number)

    def _add(self, key: str, number: int) -> None:
        self._whole.setdefault(key, number)
        self._keys.append((key, number))

    def _add_part(self, key: str, number: int) -> None:
        """The end of a name stands for the whole only as long as nothing else ends so."""
        self._keys.append((key, number))
        if self._partly.setdefault(key, number) != number:
            self._partly[key] = None

    def _near(self, text: str) -> list[Target]:
        """Up to three that begin like it or, failing that, are spelt nearly so."""
        key = fold(text)
        if key[-1:].isdigit():
            return []  # no number is like another
        for length in (len(key), len(key) - 1, len(key) - 2):
            if length >= 3 and (found := self.search(key[:length], 3)):
                return found
        names = [name for name in self._whole if not name[-1:].isdigit()]
        close = get_close_matches(key, names, n=3, cutoff=0.7)
        return [self._targets[number] for number in dict.fromkeys(self._whole[name] for name in close)]


def _further_words(name: str) -> Iterator[int]:
    """Where the second and later words begin that are long enough to be typed alone."""
    for before, letter in enumerate(name):
        if letter in " -(" and len(name) - before > 3:
            yield before + 1


def _brightness(target: Target) -> float:
    return FAINT if target.magnitude is None else target.magnitude


def _familiarity(target: Target) -> tuple[int, int, float]:
    """Messier's in their order; what has a Russian name; the rest as bright as they are; stray stars last."""
    if target.designation[0] == "M" and target.designation[1:].isdigit():
        return 0, int(target.designation[1:]), 0.0
    if "ru" in target.names:
        return 1, 0, _brightness(target)
    return 3 if target.kind in (Kind.STAR, Kind.DOUBLE_STAR) else 2, 0, _brightness(target)
