"""What was heard during a failed greeting tells who is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scope.errors import GarbledAnswer, LineError, NoAnswer
from scope.line.stranger import cause_of

MISS = NoAnswer("nothing came")
XBEE = b"\x7e\x00\x02\x8a\x06\x6f"
ZNP = b"\xfe\x01\x41\x80\x02\xc2"

STRANGERS = [
    (b"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n", "GPS"),
    (b"AC*5A\r\n$GNRMC,,V,,,,,,,,,,N*4D\r\n", "GPS"),
    (b"$PMTK001,0,3*30\r\n", "GPS"),
    (b"\r\nOK\r\n", "modem"),
    (b"\r\nERROR\r\n", "modem"),
    (b"AT\r\r\nOK\r\n", "modem"),
    (b"start\necho:Marlin 1.1.9\n", "printer"),
    (b"\r\nGrbl 1.1f ['$' for help]\r\n", "milling"),
    (b"\r\nraspberrypi login: ", "computer"),
    (b"!0\r!0\r", "Sky-Watcher"),
    (b"\x1a\xc1\x02\x0b\x0a\x52\x7e", "Zigbee"),
    (XBEE, "radio"),
    (b"\x7e\x01\x02\x03\x04\x7e", "radio"),
    (ZNP, "Zigbee"),
]


@pytest.mark.parametrize(("heard", "device"), STRANGERS)
@pytest.mark.parametrize("miss", [MISS, GarbledAnswer("no angle")])
def test_a_stranger_is_called_what_it_seems_to_be(heard: bytes, device: str, miss: LineError) -> None:
    cause = cause_of(miss, heard)
    assert cause.code == "foreign_device"
    assert device in str(cause.details["device"])


@pytest.mark.parametrize(
    "heard",
    [b"\xf8\x00\xf8\x80\xfe", b"\x00\x00\x00\x00", b"\xe6\x98\x1e\x06\x9e\x80\xf8"],
)
def test_garbage_is_a_wrong_speed(heard: bytes) -> None:
    assert cause_of(MISS, heard).code == "wrong_speed"


@pytest.mark.parametrize(
    "heard",
    [
        b"",
        b"05:3",
        b"05:30:00#+45\xdf00'00#",
        b"+45\xdf00",
        b"\xdf\xdf\xdf#",
        b"A",
        b"\x00",
        b"TX timeout\r\n",
        b"OK#",
        b"~",
    ],
)
def test_what_tells_nothing_leaves_the_plain_reason(heard: bytes) -> None:
    assert cause_of(MISS, heard) is MISS


def test_our_own_words_alone_are_an_echo() -> None:
    assert cause_of(MISS, b":Q#:GR#", echoed=2).code == "only_echo"
    assert cause_of(MISS, b"", echoed=0) is MISS


@given(st.binary(max_size=512))
def test_no_bytes_whatever_break_it(heard: bytes) -> None:
    assert isinstance(cause_of(MISS, heard), LineError)


@given(st.lists(st.sampled_from([b"05:30:00#", b"+45\xdf00'00#", b"-00\xdf30#", b"Autostar#", b"A"]), max_size=8))
def test_a_mount_is_never_taken_for_a_stranger(answers: list[bytes]) -> None:
    assert cause_of(MISS, b"".join(answers)) is MISS
