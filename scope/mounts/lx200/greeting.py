"""Who is there, and in which dialect it wants to be spoken to: by its name, else by its version, else as a Classic.

Every question is harmless to all of them, and none is asked that another dialect takes for an order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scope.command import Command
from scope.mounts.lx200 import astro_physics, gemini, meade, onstep, ten_micron, zwo
from scope.mounts.lx200 import words as say
from scope.mounts.lx200.asking import sure
from scope.mounts.lx200.dialect import Hello, Meet, Met
from scope.mounts.lx200.formats import RA_LOW
from scope.mounts.mount import Ask

NAMES: Mapping[re.Pattern[str], Meet] = {
    re.compile(r"Autostar|LX2001"): meade.meet,
    re.compile(r"On-Step"): onstep.meet,
    re.compile(r"AM[357]N?"): zwo.meet,
    re.compile(r"Losmandy Gemini"): gemini.meet,
    re.compile(r"10micron [A-Z]{2}\d{4}[A-Z]{0,5}"): ten_micron.meet,
}
"""By the answer to `:GVP#`: whoever gives another name, or none and no version either, is spoken to as a Classic."""

_FIRST = Command(say.RA.sends, say.RA.whole, lambda answer: (answer, say.RA.means(answer)))


def meet_by_name(ask: Ask) -> Met:
    is_short = _hear_it_point(ask)
    product = sure(ask, say.PRODUCT, lambda name: _dialect_of(name) is not None)
    if product is None:
        version = sure(ask, say.VERSION, _is_astro_physics)
        if version is not None and _is_astro_physics(version):
            return astro_physics.meet(ask, Hello(version, is_short))
    return (_dialect_of(product or "") or meade.meet)(ask, Hello(product, is_short))


def meet_astro_physics(ask: Ask) -> Met:
    return astro_physics.meet(ask, Hello(None, _hear_it_point(ask)))


def _hear_it_point(ask: Ask) -> bool:
    """Whether its numbers are short. Two questions of different form, so that no stranger passes by chance."""
    answer, _ = ask(_FIRST)
    ask(say.DEC)
    return RA_LOW.fullmatch(answer) is not None


def _dialect_of(name: str) -> Meet | None:
    return next((meet for form, meet in NAMES.items() if form.fullmatch(name)), None)


def _is_astro_physics(version: str) -> bool:
    return astro_physics.NAMES_ITSELF.fullmatch(version) is not None
