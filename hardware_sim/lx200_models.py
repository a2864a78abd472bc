"""The LX200 models as data: what each knows, how it writes, and how it stands after power-on.

Sources: Meade Telescope Serial Command Protocol, 2010.10 (Autostar and Autostar II) and Meade LX200 Classic manual,
appendix D. Figures without a source there are named as such. None of it is confirmed on hardware.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Model:
    """One hand control with its drive base."""

    name: str
    geometry: str  # when none is asked for
    product: str | None  # `:GVP#`; None: the question stays unanswered
    firmware: str
    firmware_date: str
    firmware_time: str
    full_firmware: str
    high_precision: bool  # at start; after a power cycle every model is back to low
    tracks_after_power_on: bool
    guide_rate_sidereals: float
    planetary_data_seconds: float  # from `1Updating Planetary Data#` to the second part of the answer to `:SC`
    slew_bars: bytes  # `:D#` while slewing
    sync_answer: bytes
    offset_has_tenths: bool  # `:GG#`
    knows_pulse_guiding: bool
    knows_solar_rate: bool
    knows_status: bool  # `:GW#`
    knows_park: bool
    wakes_up: bool  # `:I#` ends parking; without it only a power cycle does


AUTOSTAR_SYNC = b" M31 EX GAL MAG 3.5 SZ178.0'#"

LX200GPS = Model(
    name="lx200gps",
    geometry="altaz",
    product="LX2001",
    firmware="4.2g",
    firmware_date="Oct 29 2007",
    firmware_time="15:32:21",
    full_firmware="LX2001|A|4.2g|Oct 29 2007@15:32:21",
    high_precision=True,
    tracks_after_power_on=False,
    guide_rate_sidereals=1.0,
    planetary_data_seconds=0.3,
    slew_bars=b"\x7f",
    sync_answer=AUTOSTAR_SYNC,
    offset_has_tenths=True,
    knows_pulse_guiding=True,
    knows_solar_rate=True,
    knows_status=True,
    knows_park=True,
    wakes_up=True,
)

AUTOSTAR = Model(
    name="autostar",
    geometry="altaz",
    product="Autostar",
    firmware="43Eg",
    firmware_date="Apr 03 2007",
    firmware_time="11:25:53",
    full_firmware="ETX Autostar|A|43Eg|Apr 03 2007@11:25:53",
    high_precision=False,
    tracks_after_power_on=False,
    guide_rate_sidereals=1.0,
    planetary_data_seconds=0.5,
    slew_bars=b"\x7f",
    sync_answer=AUTOSTAR_SYNC,
    offset_has_tenths=True,
    knows_pulse_guiding=True,
    knows_solar_rate=True,
    knows_status=False,
    knows_park=True,
    wakes_up=False,
)

CLASSIC = Model(
    name="classic",
    geometry="fork",
    product=None,
    firmware="",
    firmware_date="",
    firmware_time="",
    full_firmware="",
    high_precision=False,
    tracks_after_power_on=True,
    guide_rate_sidereals=2.0,
    planetary_data_seconds=5.0,
    slew_bars=b"\xff" * 16 + b" " * 16,
    sync_answer=b"Coordinates     matched.        #",
    offset_has_tenths=False,
    knows_pulse_guiding=False,
    knows_solar_rate=False,
    knows_status=False,
    knows_park=False,
    wakes_up=False,
)

MODELS: dict[str, Model] = {model.name: model for model in (LX200GPS, AUTOSTAR, CLASSIC)}
DEFAULT_MODEL = LX200GPS.name
