"""Meade's own: LX200 Classic, Autostar #494 and #497 (ETX, LX90, DS), Autostar II (LX200GPS, ACF); and who speaks so.

Source: Meade Telescope Serial Command Protocol, 2010.10; LX200 Classic manual, appendix D. Tracking is switched off and
on by the alignment mode, which a fork loses its alignment by when the wrong one is chosen: so it gets back the one it
had, or none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from scope.command import Command, garbled, one_byte, silent
from scope.errors import MountRefused
from scope.mounts.lx200 import words as say
from scope.mounts.lx200.asking import answer_or_none, sure
from scope.mounts.lx200.dialect import Dialect, Hello, Met, Status
from scope.mounts.mount import Ask, Identity
from scope.orders import TrackingRate

AXES = {"A": "altaz", "P": "polar", "G": "german"}
"""By the answer to the alignment query; in land mode it does not tell."""
HAS_PARK = re.compile(r"\d\d[A-Z][a-z]")
"""The firmware of a #497, as `43Eg`; a #494 gives digits and knows no park. Not confirmed on hardware."""


def alignment_whole(buffer: bytes) -> int | None:
    """One letter; a line that echoes puts our own byte before it, which is no letter."""
    return one_byte(buffer[1:]) and 2 if buffer[:1] == b"\x06" else one_byte(buffer)


def read_alignment(answer: bytes) -> str:
    answer = answer.removeprefix(b"\x06")
    if answer not in (b"A", b"P", b"L", b"D", b"G"):
        raise garbled("an alignment letter", answer)
    return answer.decode()


ALIGNMENT = Command(b"\x06", alignment_whole, read_alignment, say.PRODUCT_SECONDS)
LAND = silent(b":AL#")
ALIGN = {"A": silent(b":AA#"), "P": silent(b":AP#")}
PARK = silent(b":hP#")
INITIALISE = silent(b":I#")
RATES = {TrackingRate.SIDEREAL: say.STARS, TrackingRate.LUNAR: say.MOON}
RATES_WITH_SUN = {**RATES, TrackingRate.SOLAR: say.SUN}


class TrackingByAlignment:
    """Off is land mode; on is the alignment that the mount was last seen in, never a guessed one."""

    def __init__(self, alignment: str | None, words: dict[TrackingRate, Command[None]]) -> None:
        self._alignment, self._words = alignment, words

    @property
    def rates(self) -> frozenset[TrackingRate]:
        return frozenset({TrackingRate.OFF, *self._words})

    def now(self, ask: Ask) -> TrackingRate | None:
        """None where the mount does not tell."""
        if self._alignment is None:
            return None
        letter = ask(ALIGNMENT)
        if letter not in ALIGN:
            return TrackingRate.OFF
        self._alignment = letter
        return ask(say.RATE)

    def choose(self, ask: Ask, rate: TrackingRate) -> None:
        if rate is TrackingRate.OFF:
            ask(LAND)
            return
        if self._alignment not in ALIGN:
            raise MountRefused("the mount was in land mode when we met it", code="tracking_mode_unknown", words="L")
        ask(self._words[rate])
        ask(ALIGN[self._alignment])


def _status(ask: Ask) -> Status:
    return Status(slewing=ask(say.SLEWING))


def _spoken(alignment: str | None, words: dict[TrackingRate, Command[None]]) -> Dialect:
    return Dialect(status=_status, tracking=TrackingByAlignment(alignment, words))


CLASSIC = _spoken(None, RATES)
"""Before it is known what alignment it has."""


def _dialect(product: str | None, firmware: str | None, alignment: str | None) -> Dialect:
    """After `:hP#` an Autostar says nothing until it is switched off and on, so there is no unpark."""
    if product == "LX2001":
        return replace(_spoken(alignment, RATES_WITH_SUN), park=PARK, unpark=INITIALISE)
    if product == "Autostar":
        park = PARK if HAS_PARK.fullmatch(firmware or "") else None
        return replace(_spoken(alignment, RATES_WITH_SUN), park=park)
    return _spoken(alignment, RATES)


def meet(ask: Ask, hello: Hello) -> Met:
    """A Classic keeps silent about its name; another product gets what all models have."""
    firmware = answer_or_none(ask, say.FIRMWARE) if hello.product else None
    alignment = sure(ask, ALIGNMENT, lambda letter: letter in (*ALIGN, "L"))
    if hello.is_short:
        ask(say.TOGGLE_PRECISION)  # it cannot be read back: sent once at most
        ask(say.RA)
    identity = Identity(hello.product, firmware, AXES.get(alignment or ""))
    return Met(identity, _dialect(hello.product, firmware, alignment))
