"""The simulated iOptron beyond its tables, to which tests/test_fleet_words.py holds it: nothing puts it off."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.ioptron import UNDERSTOOD
from hardware_sim.ioptron_models import MODELS
from tests.ioptron_standing import standing
from tests.manuals import ioptron_v2, ioptron_v3
from tests.placed_mount import answers, placed

LISTED = {**ioptron_v2.MODELS, **ioptron_v3.MODELS}

# What the drivers' tables do not ask, from the same manuals: version, what is sent, what comes.
FURTHER = [
    (3, b":GTR#:RR10500#:GTR#", b"10000#110500#"),
    (3, b":RG8090#:AG#", b"18090#"),
    (3, b":RG0050#:RG5005#:RG505#:AG#", b"0005050#"),
    (3, b":GSR#:MSR7#:GSR#:MSR6#", b"9#17#"),
    (3, b":GAL#:SAL-15#:GAL#:SAL+90#", b"+00#1-15#0"),
    (3, b":SMT110#:GMT#:SMT210#", b"1110#0"),
    (3, b":GPC#", b"17928000000000000#"),
    (3, b":SPH32400001#:SPA129600001#:SPH0#", b"000"),
    (3, b":SRA010800000#:Sd+28800000#:MS2#", b"110"),
    (3, b":SG+781#:SG-721#:SG300#", b"000"),
    (3, b":SUT9999999999999#:SUT1#", b"00"),
    (3, b":mx#:M#:MSH1#:ZX00500#", b""),
    (2, b":GEA#", b"-3240000021600000#"),
    (2, b":q#", b"1"),
    (2, b":Sg+648001#:St-324001#:Sg648000#", b"000"),
    (2, b":SL1200#:SC20261123#", b"00"),
    (2, b":MSS#:MS1#:SUT0848725509000#:Zs00500#", b""),
]


@pytest.mark.parametrize(("version", "sent", "answered"), FURTHER)
def test_what_no_driver_of_ours_asks_is_answered_too(version: int, sent: bytes, answered: bytes) -> None:
    assert answers(standing(version, {}), sent) == answered


@pytest.mark.parametrize("model", LISTED)
def test_each_is_what_the_table_says(model: str) -> None:
    listed, simulated = LISTED[model], MODELS[model]
    assert (simulated.number, simulated.firmware, simulated.geometry) == tuple(listed)


ARGUMENTS = st.one_of(st.just(b""), st.from_regex(rb"[+-]?\d{0,13}d?", fullmatch=True), st.binary(max_size=30))
COMMANDS = {
    version: st.builds(
        lambda letters, argument: b":" + letters + argument + b"#",
        st.sampled_from(sorted(row.letters for row in rows)),
        ARGUMENTS,
    )
    for version, rows in UNDERSTOOD.items()
}


@settings(deadline=None, max_examples=60)
@given(st.data(), st.sampled_from(sorted(MODELS)))
def test_no_argument_whatever_makes_it_raise_or_lose_its_footing(data: st.DataObject, model: str) -> None:
    dialect = placed("ioptron", {"model": model})
    commands = st.lists(COMMANDS[MODELS[model].version], max_size=12)
    for turn, command in enumerate(data.draw(commands)):
        answers(dialect, command, turn * 0.1)
    dialect.power_cycle(5.0)
    assert answers(dialect, b"#:MountInfo#", 9.0) == MODELS[model].number


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_whatever_keep_it_from_the_next_command(sent: bytes) -> None:
    dialect = placed("ioptron", {})
    answers(dialect, sent, 1.0)
    assert answers(dialect, b":MountInfo#", 2.0) == b"0026"
