"""INDI's drivers of the LX200 family, and which simulated mount each is made for.

What one cannot was seen on the wire of version 1.9.9.
"""

from tests.peers.indi import BASIC, Deed, Peer

SERIAL = "CONNECTION_MODE.CONNECTION_SERIAL=On"
ASKS_A_MUTE_MOUNT = "sends :hP# and then waits for the answers of a mount that, parked, says nothing more"
FLUSHES_ITS_OWN = (
    "flushes the line right behind :hP# and :hW#, so that as a rule a terminal's other end never gets them"
)
SENDS_NOTHING = "shows the mount as unparked and sends it nothing"
PEERS = (
    BASIC,
    Peer("indi_lx200classic", "LX200 Classic", "lx200", "classic"),
    Peer(
        *("indi_lx200autostar", "LX200 Autostar", "lx200", "autostar"),
        cannot={Deed.PARK: ASKS_A_MUTE_MOUNT, Deed.UNPARK: ASKS_A_MUTE_MOUNT},
    ),
    Peer("indi_lx200gps", "LX200 GPS", "lx200", "lx200gps"),
    Peer("indi_lx200_OnStep", "LX200 OnStep", "lx200", "onstep"),
    Peer(
        *("indi_lx200am5", "ZWO AM5", "lx200", "am5"),
        before_connect=(SERIAL,),
        cannot={Deed.UNPARK: SENDS_NOTHING},
    ),
    Peer(
        *("indi_lx200gemini", "Losmandy Gemini", "lx200", "gemini"),
        cannot={Deed.PARK: FLUSHES_ITS_OWN, Deed.UNPARK: FLUSHES_ITS_OWN},
    ),
    Peer("indi_lx200_10micron", "10micron", "lx200", "ten-micron"),
    Peer("indi_lx200ap_v2", "AstroPhysics V2", "astro-physics", "astro-physics"),
)
