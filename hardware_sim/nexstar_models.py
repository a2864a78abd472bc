"""Celestron's hand controls as data: on which mount, with which firmware, and which commands that has.

Sources: NexStar Communication Protocol 1.2, column "Applies to Versions", for what it knows; for the later letters what
others' drivers ask for, and from which version on. None of it is confirmed on hardware.
"""

from hardware_sim.nexstar_hand_control import Follows, Model
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND

SINCE = {
    (1, 2): b"KJLMERZBV",
    (1, 6): b"PTer",
    (2, 2): b"mzb",
    (2, 3): b"twWhH",
    (4, 10): b"Ss",
    (4, 15): b"p",
    (5, 28): b"vxyYuiI",
}
# A StarSense counts its versions anew from 1, and has all but taking a sync back and zones in quarters of an hour.
STARSENSE_LETTERS = b"KJLMERZBVPTermzbtwWhHSspvxyY"
NEXSTAR, STARSENSE = 0x11, 0x13
SIDE_IS_RIGHT_IN_SOUTH_AFTER = (5, 24)
MOTOR_VERSION = (6, 13)
MODES = {1: Follows.ALT_AZ, 2: Follows.NORTH, 3: Follows.SOUTH}
SLOW = tuple(times * SIDEREAL_DEGREES_PER_SECOND for times in (0.5, 1, 4, 8, 16, 64))
RATES = (*SLOW, 1.0, 3.0, 5.0)


def letters_of(version: tuple[int, int]) -> bytes:
    """What a NexStar hand control of this version knows."""
    return b"".join(letters for since, letters in SINCE.items() if version >= since)


def _model(
    name: str, geometry: str, number: int, version: tuple[int, int], variant: int = NEXSTAR, has_gps: bool = False
) -> Model:
    is_starsense = variant == STARSENSE
    return Model(
        name=name,
        geometry=geometry,
        number=number,
        version=bytes(version),
        variant=variant,
        motor_version=MOTOR_VERSION,
        knows=STARSENSE_LETTERS if is_starsense else letters_of(version),
        modes=MODES,
        fixed_rates=RATES,
        speaks_j2000=False,
        asks_for_axes=True,
        shows_pole_passed=geometry == "german",
        turns_side_in_south=not is_starsense and version <= SIDE_IS_RIGHT_IN_SOUTH_AFTER,
        turns_motors_in_south=True,
        has_gps=has_gps,
        forgets_when_set=is_starsense,
    )


MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        _model("se8", "altaz", 12, (4, 21)),
        _model("gps", "fork", 1, (1, 6), has_gps=True),
        _model("cpc", "altaz", 9, (4, 21), has_gps=True),
        _model("cge", "german", 5, (4, 10)),
        _model("cgem", "german", 14, (4, 21)),
        _model("avx", "german", 20, (5, 28)),
        _model("cgx", "german", 23, (5, 31)),
        _model("evolution", "altaz", 22, (5, 31)),
        _model("starsense", "german", 20, (1, 20), STARSENSE),
        _model("starsense-evolution", "altaz", 22, (1, 20), STARSENSE),
    )
}
