"""Sky-Watcher's SynScan hand controls as data: Celestron's language, with coordinates of the epoch J2000.

SynScan Serial Communication Protocol 3.3. Third-generation hand controls have firmware 3.x, the later ones 4.x with the
same commands. None of it is confirmed on hardware.
"""

from hardware_sim.nexstar_hand_control import Follows, Model
from hardware_sim.sidereal import SIDEREAL_DEGREES_PER_SECOND

LETTERS = b"KJLMERZBVPermzbtTwWhH"
LETTERS_SINCE_37 = b"Ssp"
# 3 is the equatorial mode with the correction of the periodic error.
MODES = {1: Follows.ALT_AZ, 2: Follows.EQUATORIAL, 3: Follows.EQUATORIAL}
RATES = (*(times * SIDEREAL_DEGREES_PER_SECOND for times in (1, 8, 16, 32, 64, 128, 400, 600)), 4.0)


def _synscan(name: str, geometry: str, number: int, version: tuple[int, int, int]) -> Model:
    return Model(
        name=name,
        geometry=geometry,
        number=number,
        version=b"%02X%02X%02X" % version,
        variant=None,
        motor_version=(2, 7),
        knows=LETTERS + (LETTERS_SINCE_37 if version[1] >= 37 else b""),
        modes=MODES,
        fixed_rates=RATES,
        speaks_j2000=True,
        asks_for_axes=False,  # not confirmed on hardware; others' drivers take them for altitude and azimuth
        shows_pole_passed=False,
        turns_side_in_south=False,  # not confirmed on hardware, nor the next
        turns_motors_in_south=False,
    )


MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        _synscan("eq6", "german", 0, (4, 37, 7)),
        _synscan("heq5", "german", 1, (4, 39, 5)),
        _synscan("eq5", "german", 2, (4, 38, 0)),
        _synscan("eq3", "german", 3, (4, 39, 5)),
        _synscan("eq8", "german", 4, (4, 39, 21)),
        _synscan("azeq6", "german", 5, (4, 39, 5)),
        _synscan("azeq6-altaz", "altaz", 5, (4, 39, 5)),
        _synscan("azeq5", "german", 6, (4, 39, 5)),
        _synscan("az", "altaz", 128, (4, 39, 5)),
        _synscan("dob", "altaz", 144, (4, 39, 5)),
        _synscan("allview", "altaz", 160, (4, 37, 3)),
        _synscan("azgti", "altaz", 165, (4, 39, 5)),
        _synscan("old", "german", 0, (3, 27, 0)),
    )
}
