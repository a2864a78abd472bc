"""The simulated hand controls of Celestron and Sky-Watcher answer as their tables say, and nothing puts them off."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.belief import Celestial
from hardware_sim.j2000 import from_j2000
from hardware_sim.mount_clock import MountClock
from hardware_sim.nexstar import UNDERSTOOD, NexStar
from hardware_sim.nexstar_models import MODELS as CELESTRON
from hardware_sim.synscan_models import MODELS as SKY_WATCHER
from tests.manuals import Row
from tests.manuals import nexstar as nexstar_manual
from tests.manuals import synscan as synscan_manual
from tests.placed_mount import Given, answers, number, placed, point, show, target_of
from tests.simulated_mount import EVENING

FAMILY_ROWS = [("nexstar", row) for row in nexstar_manual.ROWS] + [("synscan", row) for row in synscan_manual.ROWS]
SIMULATED = [(family, row) for family, row in FAMILY_ROWS if row.given.get("only") != "driver"]
RUBBISH = (b"#", b"###", b"\x00", b" ", b"\r\n", b"\xff\xfe#")


def standing(family: str, stands: Given) -> NexStar:
    """A hand control that stands as a row has it."""
    dialect = placed(family, stands)
    assert isinstance(dialect, NexStar)
    control, mount = dialect.control, dialect.mount
    _set_clock(dialect, stands)
    target = target_of(stands)
    if "j2000_ra_hours" in stands:
        ra_hours, dec = number(stands, "j2000_ra_hours", 0.0), number(stands, "j2000_dec_degrees", 0.0)
        target = Celestial(*from_j2000(ra_hours * 15.0, dec, EVENING))
    if target is not None:
        point(mount, target)
    control.is_aligned = bool(stands.get("aligned", True))
    usual = next(mode for mode in control.model.modes if control.fits(mode))
    control.follow(int(number(stands, "tracking_mode", usual)))
    control.deaf_motor = int(number(stands, "deaf", 0))
    before = stands.get("before", b"")
    assert isinstance(before, bytes)
    answers(dialect, before)
    return dialect


def _set_clock(dialect: NexStar, stands: Given) -> None:
    dialect.control.has_summer_time = bool(stands.get("summer_time", False))
    offset_hours = number(stands, "zone_hours", 5.0) + dialect.control.has_summer_time
    local = stands.get("local")
    if isinstance(local, datetime):
        show(dialect.mount, MountClock.showing(local, EVENING, offset_hours))
    else:
        show(dialect.mount, MountClock.right(offset_hours))


def name(case: object) -> str:
    return f"{case.sent!r}->{case.answered!r}" if isinstance(case, Row) else str(case)


@pytest.mark.parametrize(("family", "row"), SIMULATED, ids=name)
def test_every_row_of_the_manual_is_answered_to_the_byte(family: str, row: Row) -> None:
    assert answers(standing(family, row.given), row.sent) == row.answered


# What the drivers' tables do not ask: the model, what is sent, what comes.
FURTHER = [
    ("cpc", b"P\x01\xb0\xfe\x00\x00\x00\x02", b"\x01\x06#"),
    ("cpc", b"P\x01\xb0\x37\x00\x00\x00\x01", b"\x01#"),
    ("se8", b"P\x01\xb0\x37\x00\x00\x00\x01", b"\x00\x00#"),
    ("se8", b"P\x01\x11\x01\x00\x00\x00\x03", b"\x20\x00\x00#"),
    ("se8", b"P\x01\x10\x13\x00\x00\x00\x01", b"\xff#"),
    ("se8", b"P\x01\x10\x47\x00\x00\x00\x01", b"\x80#"),
    ("se8", b"P\x02\x11\x46\x23\x00\x00\x00P\x01\x11\x47\x00\x00\x00\x01", b"##" + b"#"),
    ("se8", b"P\x01\x10\x99\x00\x00\x00\x02", b"\x00\x00\x00#"),
    ("se8", b"P\x02\x10\x24\x0a\x00\x00\x00", b"\x00#"),
    ("se8", b"P\x05\x10\x24\x01\x00\x00\x00", b"\x00#"),
    ("se8", b"rGGGGGGGG,00000000", b""),
    ("se8", b"r3bbbbbbb,-3bbbbbc", b""),
    ("se8", b"r20000000,60000000L", b"#0#"),
    ("se8", b"H\x19\x00\x00\x0d\x20\x1a\x05\x00h", b"#\x16\x00\x00\x0b\x17\x1a\x05\x00#"),
    ("se8", b"W\x5b\x00\x00\x00\x00\x00\x00\x00w", b"#\x31\x30\x00\x00\x49\x06\x00\x00#"),
    ("avx", b"xTxyY", b"####"),
]


@pytest.mark.parametrize(("model", "sent", "answered"), FURTHER)
def test_what_no_driver_of_ours_asks_is_answered_too(model: str, sent: bytes, answered: bytes) -> None:
    assert answers(standing("nexstar", {"model": model}), sent) == answered


@pytest.mark.parametrize("rubbish", RUBBISH, ids=repr)
def test_rubbish_between_two_questions_changes_no_answer(rubbish: bytes) -> None:
    for family, row in SIMULATED:
        assert answers(standing(family, row.given), rubbish + row.sent + rubbish) == row.answered, row


@pytest.mark.parametrize(("model", "number"), [(name, row.number) for name, row in nexstar_manual.MODELS.items()])
def test_each_of_celestrons_is_what_the_table_says(model: str, number: int) -> None:
    listed, simulated = nexstar_manual.MODELS[model], CELESTRON[model]
    assert (simulated.number, simulated.geometry) == (number, listed.geometry)
    assert simulated.version == bytes(listed.firmware)
    assert (simulated.variant if b"v" in simulated.knows else None) == listed.variant


@pytest.mark.parametrize("model", synscan_manual.MODELS)
def test_each_of_sky_watchers_is_what_the_table_says(model: str) -> None:
    listed, simulated = synscan_manual.MODELS[model], SKY_WATCHER[model]
    assert (simulated.number, simulated.geometry) == (listed.number, listed.geometry)
    assert simulated.version == b"%02X%02X%02X" % listed.firmware


letters = st.sampled_from(sorted(bytes([letter]) for letter in UNDERSTOOD))
commands = st.builds(lambda letter, argument: letter + argument, letters, st.binary(max_size=18))
models = st.sampled_from([("nexstar", model) for model in CELESTRON] + [("synscan", model) for model in SKY_WATCHER])


@settings(deadline=None, max_examples=60)
@given(st.lists(commands, max_size=12), models)
def test_no_bytes_whatever_make_it_raise_or_lose_its_footing(sent: list[bytes], model: tuple[str, str]) -> None:
    dialect = placed(model[0], {"model": model[1]})
    for turn, command in enumerate(sent):
        answers(dialect, command, turn * 0.1)
    dialect.power_cycle(5.0)
    assert answers(dialect, b"Kx", 9.0) == b"x#"
    assert answers(dialect, b"J", 9.0) in (b"\x00#", b"\x01#")


def test_half_a_command_swallows_the_next_one_unless_a_second_goes_by() -> None:
    dialect = placed("nexstar", {})
    assert answers(dialect, b"r4000", 1.0) == b""
    assert answers(dialect, b"Kx", 1.5) == b""
    assert answers(dialect, b"r4000", 5.0) == b""
    assert answers(dialect, b"Kx", 6.5) == b"x#"
