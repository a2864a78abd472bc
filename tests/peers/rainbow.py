"""INDI's driver of RainbowAstro's mounts, and the simulated mount it is made for.

What it cannot was seen on the wire of version 1.9.9.
"""

from tests.peers.indi import Deed, Peer

FLUSHES_ITS_OWN = (
    "sends :Sz, :Sa and :MA# in one go and flushes the line before each, so that a terminal's other end gets the last "
    "of them, and the others only by luck"
)
PEERS = (
    Peer(
        *("indi_rainbow_telescope", "Rainbow", "rainbow", "rst135"),
        cannot={Deed.PARK: FLUSHES_ITS_OWN, Deed.UNPARK: FLUSHES_ITS_OWN},
        accuracy_arcseconds=2.0,
        extra=("--slew-rate", "90"),
    ),
)
