"""All faults that there are, as `--fault` and the control socket take them.

Puts the tables of bytes, line, motion and belief together and reads words by them. What a fault does stands beside its
table; a new one is a row there.
"""

from hardware_sim import fault_belief, fault_bytes, fault_line, fault_motion
from hardware_sim.fault_words import Argument, Fault, Lasts, Row, read_words

ENDS = (
    Row("clear", "", "all faults that hold end", lasts=Lasts.MOMENT),
    Row("end", "", "one fault that holds ends", (Argument("FAULT"),), Lasts.MOMENT),
)
ROWS = (*fault_bytes.ROWS, *fault_line.ROWS, *fault_motion.ROWS, *fault_belief.ROWS)
KNOWN: dict[str, Row] = {row.word: row for row in (*ROWS, *ENDS)}
_PREFIXES = """\
A fault holds until `clear` or `end`, if it does not happen at once. In front of it may stand:
  once, times N                      only for the next (so many) answers or gotos that it concerns
  at LETTERS                         only for answers to commands that begin with these letters (at Sr silent)"""


def read_fault(text: str) -> Fault:
    """A fault from its words."""
    return read_words(text, KNOWN)


def known_faults() -> str:
    """All that can be said, a line each."""
    return "\n".join(["Faults:", *(f"  {row.line}" for row in KNOWN.values()), "", _PREFIXES])
