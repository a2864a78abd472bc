"""What is wrong with a mount, as the seven geometric terms that astronomers know, in arcminutes.

The names and signs are those of P. T. Wallace's TPOINT: a term is what has to be added to what the mount reports, to
first order, for a tube that is not tipped over (of a German mount: tube east of its pier, looking west):

    equatorial              adds to hour angle      adds to declination
    IH  hour angle index    IH
    ID  declination index                           ID
    CH  collimation (cone)  CH / cos δ
    NP  axes not square     NP tan δ
    MA  polar axis sideways −MA cos h tan δ         MA sin h
    ME  polar axis in height ME sin h tan δ         ME cos h

    upright                 adds to azimuth         adds to altitude
    IA, IE  the indices     −IA                     IE
    CA, NPAE                −CA / cos E, −NPAE tan E
    AW  axis tilted         −AW cos A tan E         AW sin A
    AN  axis tilted         −AN sin A tan E         −AN cos A

    TF  tube flexure        adds TF sin z to the zenith distance, on both

An upright mount is the equatorial one with its "pole" at the zenith and 180° − A for the hour angle; that turns one
table into the other, so that one model serves both. A tube that is tipped over has its declination beyond 90°: with
that the signs of CH and NP turn round by themselves.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

EQUATORIAL = ("IH", "ID", "CH", "NP", "MA", "ME", "TF")
UPRIGHT = ("IA", "IE", "CA", "NPAE", "AW", "AN", "TF")


@dataclass(frozen=True, slots=True)
class Terms:
    """In arcminutes, by what they are on either kind of mount; the order is that of EQUATORIAL and UPRIGHT."""

    first_index: float = 0.0
    second_index: float = 0.0
    collimation: float = 0.0
    non_perpendicularity: float = 0.0
    tilt_sideways: float = 0.0
    tilt_along: float = 0.0
    flexure: float = 0.0

    @property
    def values(self) -> tuple[float, ...]:
        return astuple(self)
