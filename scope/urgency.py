"""How soon a process is let run on a busy computer: whoever may have to halt the telescope comes first.

Asks the system and takes what it gives. It starts no thread and decides nothing.
"""

from __future__ import annotations

import os
from contextlib import suppress

FIRST = -10
"""How nice: with both cores busy the slowest of fifty stops came after 27 ms in place of 52. Not a real-time class: a
fault of ours that turns in circles must leave room for whoever comes to end it."""


def come_first() -> None:
    """Run before others, where that is permitted (by root, or LimitNICE= in systemd's unit); elsewhere like them.

    Holds for this thread and for those that it starts from now on.
    """
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, FIRST)
