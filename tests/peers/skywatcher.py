"""INDI's drivers of the Sky-Watcher motor controller, which are the brain of their mounts: they need site and clock.

The clock they take from the computer, the site they are told. indi_azgti_telescope speaks over a network only, and
there is none between the server of these tests and the mount.
"""

from tests.peers.indi import Peer
from tests.simulated_mount import KARAGANDA

_SITE = f"GEOGRAPHIC_COORD.LAT;LONG;ELEV={KARAGANDA.latitude_degrees};{KARAGANDA.longitude_degrees};550"
_OFTEN = "POLLING_PERIOD.PERIOD_MS=250"
_FAST = ("--slew-rate", "35")
_STOPS = (b":K1\r",)

PEERS = (
    Peer(
        *("indi_eqmod_telescope", "EQMod Mount", "skywatcher", "eq6"),
        before_connect=(_OFTEN,),
        after_connect=(_SITE, "ALIGNSYNCMODE.ALIGNSTANDARDSYNC=On"),
        aborts_with=_STOPS,
        tracks_unparked=False,
        accuracy_arcseconds=80.0,  # it makes a second way only of what is off by more than 5 s of right ascension
        extra=_FAST,
    ),
    Peer(
        *("indi_skywatcherAltAzMount", "Skywatcher Alt-Az", "skywatcher", "azgti"),
        before_connect=(_OFTEN, "CONNECTION_MODE.CONNECTION_SERIAL=On"),
        after_connect=(_SITE,),
        aborts_with=_STOPS,
        tracks_unparked=False,
        first_dec_degrees=70.25,  # it stands level and north, where 20° are below the horizon
        extra=_FAST,
    ),
)
