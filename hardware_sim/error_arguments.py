"""The options of hardware-sim that make a mount crooked, and what they come to.

Which way each error goes stands in pointing_errors.py and gears.py; nothing here computes.
"""

import argparse

from hardware_sim.gears import EQ6_WORM_SECONDS, GearErrors
from hardware_sim.numbers import Within
from hardware_sim.pointing_errors import PointingErrors

ARCMINUTES = Within(float, -600, 600, "arcminutes")
ARCSECONDS = Within(float, 0, 36_000, "arcseconds")
WORM_SECONDS = Within(float, 1, 86_400, "seconds")
ONE_ARCMINUTE_OPTIONS = (
    ("--polar-altitude-error", "the polar axis stands so much too high"),
    ("--polar-azimuth-error", "its raised end stands so much too far to the east"),
    ("--cone", "the tube points so much too far west (an upright mount's: clockwise) at declination 0"),
    ("--non-perpendicularity", "of the second axis to the first"),
    ("--flexure", "a level tube sags by so much"),
)


def add_error_arguments(parser: argparse.ArgumentParser) -> None:
    """All without any error unless said."""
    crooked = parser.add_argument_group("what is crooked (arcminutes), without the firmware knowing")
    for option, sentence in ONE_ARCMINUTE_OPTIONS:
        crooked.add_argument(option, metavar="ARCMIN", type=ARCMINUTES, default=0.0, help=sentence)
    _add_pair(crooked, "--lean", ("NORTH", "EAST"), ARCMINUTES, "the pier leans that way")
    _add_pair(crooked, "--index-errors", ("FIRST", "SECOND"), ARCMINUTES, "each axis stands so much further on")
    gears = parser.add_argument_group("what the gears do (arcseconds)")
    _add_pair(gears, "--backlash", ("FIRST", "SECOND"), ARCSECONDS, "lost by each axis when it turns back")
    gears.add_argument("--periodic-error", metavar="ARCSEC", type=ARCSECONDS, default=0.0, help="to either side")
    gears.add_argument(
        "--worm-seconds", metavar="S", type=WORM_SECONDS, default=EQ6_WORM_SECONDS, help="a turn of the first worm"
    )


def pointing_errors(wanted: argparse.Namespace) -> PointingErrors:
    return PointingErrors(
        polar_altitude_arcminutes=wanted.polar_altitude_error,
        polar_azimuth_arcminutes=wanted.polar_azimuth_error,
        lean_north_arcminutes=wanted.lean[0],
        lean_east_arcminutes=wanted.lean[1],
        cone_arcminutes=wanted.cone,
        non_perpendicularity_arcminutes=wanted.non_perpendicularity,
        flexure_arcminutes=wanted.flexure,
        index_arcminutes=(wanted.index_errors[0], wanted.index_errors[1]),
    )


def gear_errors(wanted: argparse.Namespace) -> GearErrors:
    return GearErrors((wanted.backlash[0], wanted.backlash[1]), wanted.periodic_error, wanted.worm_seconds)


def _add_pair(
    group: "argparse._ArgumentGroup", option: str, names: tuple[str, str], kind: Within, sentence: str
) -> None:
    group.add_argument(option, metavar=names, nargs=2, type=kind, default=(0.0, 0.0), help=sentence)
