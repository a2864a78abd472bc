"""The manuals as tables of bytes: one file per family, for the driver and for the simulator alike.

Neither side's code is the authority: the answer is fed to the driver and the meaning compared, the question is fed to
the simulator and the bytes compared.
"""

from typing import NamedTuple


class Row(NamedTuple):
    """One exchange.

    `meaning` is plain Python: hours and degrees as float (longitude east-positive), bool, str, date, time, timedelta
    (UTC offset, east-positive), or None where nothing is answered. `given` says how the simulated mount has to stand
    for this answer; see the family's test for the words it takes.
    """

    sent: bytes
    answered: bytes
    meaning: object
    manual: str
    seen_on_hardware: bool
    given: dict[str, object]
