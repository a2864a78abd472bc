"""The questions by which a family is told, and what each of their bytes means to all the others. Pure.

Nobody knows who listens, so each question is read by the wrong families, too, and none of them may do anything on it,
also when its own answer was lost and the next question follows. Therefore:
* a hand control (NexStar, SynScan) takes single letters for commands. `R` `r` `B` `b` begin a goto, `S` `s` sync, `T`
  `W` `H` set, `P` speaks to the motors, `M` cancels, `x` `y` `u` put it to sleep, wake it, undo its alignment. None of
  these letters occurs; that is why it is not `:GR#`, `:GVP#`, `:GLS#` or `:MountInfo#` that is asked first;
* for a Meade `:M` moves, `:Q` stops, `:A` sets the alignment, `:S` sets, `:h` parks, and all begin with a colon;
* a motor controller obeys a whole frame `:` letter axis CR, of which only capitals change anything;
* half a word that a crashed program left in a parser is ended by ours: so the first bytes are no end of a word.

    sent      hand control        LX200 and kin          motor controller      iOptron
    KG        echo: G#            no colon: passed over  no colon: passed over no colon: passed over
    :e1 CR    e: asks RA and Dec  an unknown word, open  asks the version      an unknown word
    #         passed over         ends it                passed over           ends it
    :GD#      G D: unknown        asks the declination   a frame without CR    unknown (v2, v3), or as LX200
    :AG#      A G: unknown        unknown (see below)    a frame without CR    asks the guiding rates

`:AG#` comes last, when nobody answered as an LX200 would: a Meade's `:AA` `:AL` `:AP` are its alignment, and what it
does on another letter is not confirmed on hardware. The echo asked for is not the usual `Kx`: if a bad line swallowed
the K, the x would put a NexStar to sleep.

At a wrong speed bytes become others. 9600 comes first, since what hears 9600 and listens at 19200 or 115200 sees
nothing but zeros or bytes with the highest bit set, which are no letters; a device of 9600 has been found by then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from scope.command import Command, exactly, garbled, until

QUICK_SECONDS, PATIENT_SECONDS = 0.15, 0.25
"""At 115200 and at 9600; an old hand control thinks for a tenth of a second. The line's own time comes on top."""
MOST_SECONDS = 3.0
"""A port, all speeds and the identification together."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A question whose good answer means this family; `families` are those it may be."""

    families: tuple[str, ...]
    sends: bytes
    form: re.Pattern[bytes]
    ends_with: bytes | int

    def question(self, within_seconds: float) -> Command[bytes]:
        """The answer as it came."""
        whole = exactly(self.ends_with) if isinstance(self.ends_with, int) else until(self.ends_with)
        return Command(self.sends, whole, self._read, within_seconds)

    def _read(self, answer: bytes) -> bytes:
        if not self.form.search(answer):
            raise garbled(f"an answer to {self.sends!r}", answer)
        return answer


HAND_CONTROL = Probe(("nexstar", "synscan"), b"KG", re.compile(rb"\AG#\Z"), 2)
MOTOR_CONTROLLER = Probe(("skywatcher",), b":e1\r", re.compile(rb"=[0-9A-F]{6}\r\Z"), b"\r")
DECLINATION = Probe(
    ("lx200",),
    b"#:GD#",
    re.compile(rb"(?<!:GD)[+-]\d\d(?:[*:'\xdf\xe1]\d\d(?:[':.]\d\d?(?:\.\d)?)?'?|\.\d{4,})#\Z"),
    b"#",
)
"""In every precision, with every sign for degrees; some answer `0` to the word before, which stands in front then."""
DECLINATION_BY_NAME = Probe(("rainbow",), b"#:GD#", re.compile(rb":GD[+-]\d\d[*:\xdf]\d\d[':]\d\d\.\d#\Z"), b"#")
"""The same question once more: who repeats it in the answer is a RainbowAstro."""
GUIDE_RATES = Probe(("ioptron",), b":AG#", re.compile(rb"\A\d{3,4}#\Z"), b"#")

ALL = (HAND_CONTROL, MOTOR_CONTROLLER, DECLINATION, DECLINATION_BY_NAME, GUIDE_RATES)
USUAL = tuple(probe for probe in ALL if probe is not DECLINATION_BY_NAME)
PLAN: tuple[tuple[int, float, tuple[Probe, ...]], ...] = (
    (9600, PATIENT_SECONDS, USUAL),
    (115200, QUICK_SECONDS, ALL),
    (19200, PATIENT_SECONDS, (DECLINATION,)),
    (230400, QUICK_SECONDS, (GUIDE_RATES,)),
)
"""Speeds in the order in which they are tried, how long each answer may take, and what is asked there."""

VERSION = Command(b"V", lambda heard: 3 if heard[2:3] == b"#" else exactly(7)(heard), lambda answer: answer)
"""Two binary bytes of a NexStar, six digits of a SynScan, and `#`."""


def is_synscan(version: bytes) -> bool:
    return re.fullmatch(rb"[0-9A-Fa-f]{6}#", version) is not None


LX200_ASKS = re.compile(rb"\x06|:(?:G[^#]*|D|V|h\?)#")
ONLY_ASKS: Mapping[str, re.Pattern[bytes]] = {
    "lx200": LX200_ASKS,
    "astro-physics": LX200_ASKS,
    "nexstar": re.compile(rb"K.|[VvmEeZzLJtwhpi]|P\x01[^\x00-\x0f]\xfe\0\0\0.", re.DOTALL),
    "synscan": re.compile(rb"K.|[VvmEeZzLJtwhpi]", re.DOTALL),
    "skywatcher": re.compile(rb":[a-z][123](?:[0-9A-F]{6})?\r"),
    "rainbow": re.compile(rb":(?:AV|CL|G[RD])#"),
    "ioptron": re.compile(rb":(?:MountInfo|V|AG|FW[12]|G[A-Z]{2})#"),
}
"""What a driver may say while it only says hello, once its family is known: questions, whatever its firmware."""
