"""What the iOptron driver says, and in which order, to a mount that answers from a script."""

from collections.abc import Mapping

import pytest

from scope.errors import GarbledAnswer, MountRefused
from scope.mounts.ioptron import IOptron
from scope.mounts.mount import Can
from scope.orders import TrackingRate
from tests.scripted_mount import PLACE, Scripted

CEM26 = {
    **{b":MountInfo#": b"0026", b":GLS#": b"+2631600050328000010521#", b":FW1#": b"210420210105#"},
    b":GEP#": b"-0189000002970000011#",
}
IEQ45 = {
    **{b":MountInfo#": b"0045", b":GLS#": b"+263160503280010521#", b":FW1#": b"161101161101#"},
    b":GEC#": b"-0189000019800000#",
}
VERSIONS: list[tuple[dict[bytes, bytes], list[bytes]]] = [
    (CEM26, [b":SRA029700000#", b":Sd-01890000#", b":MS1#"]),
    (IEQ45, [b":Sr19800000#", b":Sd-01890000#", b":MS#"]),
]


def ioptron(answers: Mapping[bytes, bytes | list[bytes]]) -> tuple[IOptron, Scripted]:
    line = Scripted(answers, usual=b"1")
    mount = IOptron(line)
    mount.greet()
    line.sent.clear()
    return mount, line


@pytest.mark.parametrize(("answers", "sent"), VERSIONS)
def test_an_ioptron_is_spoken_to_in_the_version_of_its_status(answers: dict[bytes, bytes], sent: list[bytes]) -> None:
    mount, line = ioptron(answers)
    mount.goto(PLACE)
    assert line.sent == sent
    assert mount.read().position.ra_hours == pytest.approx(5.5)


@pytest.mark.parametrize(("answers", "name"), [(CEM26, "iOptron HEM44-EC"), (IEQ45, "iOptron iEQ45 Pro")])
def test_the_same_digits_name_another_mount_in_another_version(answers: dict[bytes, bytes], name: str) -> None:
    identity = IOptron(Scripted(answers | {b":MountInfo#": b"0045"}, usual=b"1")).greet()
    assert identity.product == name


@pytest.mark.parametrize(("answers", "sent"), VERSIONS)
@pytest.mark.parametrize("refused", [0, 1])
def test_a_target_that_is_refused_starts_nothing(answers: dict[bytes, bytes], sent: list[bytes], refused: int) -> None:
    mount, line = ioptron(answers | {sent[refused]: b"0"})
    with pytest.raises(MountRefused):
        mount.goto(PLACE)
    assert line.sent == sent[: refused + 1]


@pytest.mark.parametrize(
    ("state", "slewing", "parked", "tracking"),
    [
        (0, False, False, TrackingRate.OFF),
        (1, False, False, TrackingRate.LUNAR),
        (2, True, False, None),
        (3, False, False, TrackingRate.LUNAR),
        (4, True, False, None),
        (5, False, False, TrackingRate.LUNAR),
        (6, False, True, TrackingRate.OFF),
        (7, False, False, TrackingRate.OFF),
    ],
)
def test_each_state_of_an_ioptron_is_told_as_what_it_is(
    state: int, slewing: bool, parked: bool, tracking: TrackingRate | None
) -> None:
    mount, line = ioptron(CEM26)
    line.answers[b":GLS#"] = b"+26316000503280000%d1521#" % state
    reading = mount.read()
    assert (reading.slewing, reading.parked, mount.tracking()) == (slewing, parked, tracking)


def test_an_ioptron_that_slews_is_not_synced_since_it_would_not_heed_it() -> None:
    mount, line = ioptron(CEM26)
    line.answers[b":GLS#"] = b"+2631600050328000020521#"
    with pytest.raises(MountRefused) as refusal:
        mount.sync(PLACE)
    assert refusal.value.code == "already_slewing"
    assert line.sent == [b":GLS#"]


def test_a_status_of_the_other_version_is_an_answer_to_something_else() -> None:
    mount, line = ioptron(CEM26)
    line.answers[b":GLS#"] = b"+263160503280010521#"
    with pytest.raises(GarbledAnswer):
        mount.read()


@pytest.mark.parametrize(
    ("number", "absent"),
    [(b"5035", Can.SYNC | Can.LUNAR | Can.SOLAR | Can.PIER_SIDE), (b"0026", Can(0)), (b"9999", Can(0))],
)
def test_an_alt_azimuth_ioptron_offers_no_sync_and_no_rates(number: bytes, absent: Can) -> None:
    mount, _ = ioptron(CEM26 | {b":MountInfo#": number})
    every = ioptron(CEM26)[0].can
    assert mount.can == every & ~absent
