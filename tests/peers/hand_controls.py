"""INDI's drivers of Celestron's, Sky-Watcher's and iOptron's mounts, and which simulated mount each is made for."""

from tests.peers.indi import Deed, Peer

QUICKLY = ("--slew-rate", "90")
ACCURACY_ARCSECONDS = 2.0  # an encoder's step is 0.25″, the last digit on these wires at most 0.15″
# INDI's own way from the sky of date to J2000 is that much off: on 24 November 2026 it was 4.7″ from ERFA's, and the
# simulator's is held to ERFA's in test_sim_j2000.py.
ACCURACY_OF_INDIS_J2000_ARCSECONDS = 10.0
_ONLY_MARKS_IT = {Deed.UNPARK: "only takes note of it; the mount is sent no more than `T` 0, and stands"}

PEERS = (
    Peer(
        *("indi_celestron_gps", "Celestron GPS", "nexstar", "se8"),
        cannot=_ONLY_MARKS_IT,
        aborts_with=(b"M",),
        accuracy_arcseconds=ACCURACY_ARCSECONDS,
        extra=QUICKLY,
    ),
    Peer(
        *("indi_celestron_gps", "Celestron GPS", "nexstar", "avx"),
        cannot=_ONLY_MARKS_IT,
        aborts_with=(b"M",),
        accuracy_arcseconds=ACCURACY_ARCSECONDS,
        extra=QUICKLY,
    ),
    Peer(
        *("indi_synscan_telescope", "SynScan", "synscan", "eq6"),
        aborts_with=(b"T\x00M",),
        accuracy_arcseconds=ACCURACY_OF_INDIS_J2000_ARCSECONDS,
        extra=QUICKLY,
    ),
    Peer(
        *("indi_ioptronv3_telescope", "iOptronV3", "ioptron", "cem26"),
        accuracy_arcseconds=ACCURACY_ARCSECONDS,
        extra=QUICKLY,
        tracks_unparked=False,
    ),
    Peer(
        *("indi_ieq_telescope", "iEQ", "ioptron", "ieq45"),
        accuracy_arcseconds=ACCURACY_ARCSECONDS,
        extra=QUICKLY,
        tracks_unparked=False,
    ),
)
