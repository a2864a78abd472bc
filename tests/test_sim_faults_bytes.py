"""Each fault of the bytes does to an answer what its row says, and nothing to the mount."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim import fault_content as content
from hardware_sim.exchange import Exchange
from hardware_sim.fault_content import ENDLESS_BYTES, HOURS, POSITIONS, SIGNED, TURN
from hardware_sim.faults import read_fault
from hardware_sim.held import Held
from hardware_sim.lx200_formats import MEADE_HIGH, MEADE_LOW
from hardware_sim.mount import Motion
from tests.simulated_mount import ask, exchange

PRODUCT, FIRMWARE = b"LX2001#", b"4.2g#"
LONG = 30.0


def runs(line: Exchange, until: float, step: float = 0.001, since: float = 0.0) -> list[tuple[float, bytes]]:
    """What comes out, with its time."""
    times = [since + tick * step for tick in range(int((until - since) / step) + 1)]
    return [(t, passed) for t in times if (passed := line.live(t))]


@pytest.mark.parametrize(
    ("fault", "answers"),
    [
        ("silent", b""),
        ("cut 3", b"LX2"),
        ("cut 0", b""),
        ("cut 100", PRODUCT),
        ("double", PRODUCT + PRODUCT),
        ("echo", b":GVP#" + PRODUCT),
        ("sixty", PRODUCT),
        ("flip 0", PRODUCT),
        ("nak", b"\x15"),
        ("lost", b""),
        ("noise-in 0", PRODUCT),
        ("noise 0", PRODUCT),
        ("noise-around 0", PRODUCT),
    ],
)
def test_an_answer_becomes_what_the_row_says(fault: str, answers: bytes) -> None:
    assert ask(exchange(fault), b":GVP#", 1.0) == answers


def test_a_silent_mount_hears_and_obeys() -> None:
    line = exchange("silent")
    assert ask(line, b":RS#:Mn#", 1.0, 2.0) == b""
    assert line.dialect.mount.is_slewing()


def test_mute_only_while_slewing() -> None:
    line = exchange("silent-slewing")
    assert ask(line, b":GVP#", 1.0) == PRODUCT
    ask(line, b":RS#:Mn#", 2.0, 1.0)
    assert ask(line, b":GVP#", 3.0) == b""
    assert ask(line, b":Q#", 4.0, 3.0) == b""
    assert ask(line, b":GVP#", 8.0) == PRODUCT


def test_joined_the_answer_before_is_stuck_behind_each() -> None:
    line = exchange("joined")
    assert ask(line, b":GVP#", 1.0) == PRODUCT
    assert ask(line, b":GVN#", 2.0) == FIRMWARE + PRODUCT
    assert ask(line, b":GVP#", 3.0) == PRODUCT + FIRMWARE


def test_a_stale_answer_comes_among_later_ones() -> None:
    line = exchange("once stale 2")
    line.arrive(b":GVP#", 1.0)
    assert line.live(1.5) == b""
    assert ask(line, b":GVN#", 2.0) == FIRMWARE
    assert line.live(3.5) == PRODUCT


def test_the_tail_of_an_answer_comes_among_later_ones() -> None:
    line = exchange("once stale-tail 2")
    assert ask(line, b":GVP#", 1.0) == b"LX2"
    assert ask(line, b":GVN#", 2.0) == FIRMWARE
    assert line.live(3.5) == b"001#"


def test_late_everything_is_late_and_in_order() -> None:
    line = exchange("late 2")
    line.arrive(b":GVP#:GVN#", 1.0)
    assert line.live(2.9) == b""
    assert line.live(3.5) == PRODUCT + FIRMWARE


@pytest.mark.parametrize("gap", [0.2, 0.9])
def test_dribbling_there_is_a_pause_before_every_byte(gap: float) -> None:
    line = exchange(f"dribble {gap}")
    line.arrive(b":GVP#", 0.0)
    times = [t for t, _ in runs(line, 8.0)]
    assert len(times) == len(PRODUCT)
    assert all(later - earlier == pytest.approx(gap, abs=0.005) for earlier, later in pairwise(times))


def test_lines_that_nobody_asked_for_come_by_themselves_at_their_times() -> None:
    line = exchange("unsolicited 0.5")
    heard = runs(line, 3.2)
    assert line.next_event() == pytest.approx(3.5)
    assert len({round(t * 2) for t, _ in heard}) == 6
    line.inflict(read_fault("clear"), 3.3)
    assert line.next_event() is None


def test_a_line_that_nobody_asked_for_can_come_a_few_times_only() -> None:
    line = exchange("times 2 unsolicited 1")
    assert len({round(t) for t, _ in runs(line, 5.0)}) == 2
    assert line.next_event() is None


def test_an_endless_answer_has_ten_thousand_bytes_and_no_end() -> None:
    answer = ask(exchange("endless"), b":GVP#", 1.0, LONG)
    assert len(answer) == ENDLESS_BYTES
    assert b"#" not in answer


def test_eight_bit_rubbish_stands_within_the_answer() -> None:
    line, strange = exchange("eight-bit"), set()
    for t in range(1, 60):
        answer = ask(line, b":GVP#", float(t))
        assert len(answer) > len(PRODUCT)
        strange |= {byte for byte in answer if byte < 0x20 or byte > 0x7F}
    assert {0x00, 0xFF, 0xDF, 0x0D, 0x0A, 0xC2, 0xB0} <= strange


def test_hostile_words_replace_names_and_reasons_but_no_number() -> None:
    line = exchange("hostile")
    assert ask(line, b":GR#", 1.0) == ask(exchange(), b":GR#", 1.0)
    product = ask(line, b":GVP#", 2.0, 1.0)
    assert b"<script>" in product
    assert b"\x1b[" in product
    assert product.endswith(b"#")
    assert content.with_hostile_words(b"FC444444,ABCDEF00#") == b"FC444444,ABCDEF00#"
    refusal = ask(line, b":Sr00:00:00#:Sd-89*00:00#:MS#", 4.0, 1.0)
    assert refusal.startswith(b"111<script>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"05:30:12#", b"05:30:60#"),
        (b"05:30.4#", b"05:60.4#"),
        (b"+45\xdf12'33#", b"+45\xdf12'60#"),
        (b"-00*30#", b"-00*60#"),
        (b"LX2001#", b"LX2001#"),
        (b"1", b"1"),
        (b"11/23/26#", b"11/23/26#"),
    ],
)
def test_sixty_stands_in_the_last_field_of_a_position_only(before: bytes, after: bytes) -> None:
    assert content.with_sixty(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"+00\xdf00'00#", b"-00\xdf00'00#"),
        (b"+00*00#", b"-00*00#"),
        (b"00:00:00#", b"24:00:00#"),
        (b"00:00.0#", b"24:00.0#"),
        (b"+00\xdf30'00#", b"+00\xdf30'00#"),
        (b"00:00:01#", b"00:00:01#"),
        (b"+0000000002970000011#", b"-0000000002970000011#"),
        (b"+0018000000000000001#", b"+0018000000000000001#"),
        (b"00000000,00000000#", b"00000000,00000000#"),
    ],
)
def test_minus_zero_is_for_nothing_but_zero(before: bytes, after: bytes) -> None:
    assert content.with_minus_zero(before) == after


WRITINGS = st.sampled_from([MEADE_LOW, MEADE_HIGH])
POSITION = st.one_of(
    st.builds(lambda writing, hours: writing.hours(hours), WRITINGS, st.floats(0, 24)),
    st.builds(lambda writing, degrees: writing.signed(degrees), WRITINGS, st.floats(-90, 90)),
    st.builds(lambda writing, degrees: writing.turn(degrees), WRITINGS, st.floats(0, 360)),
).map(lambda text: text + b"#")


@settings(deadline=None)
@given(position=POSITION, rate=st.floats(0, 1), seed=st.integers())
def test_a_position_with_flipped_digits_is_still_one_and_each_digit_is_one_bit_away(
    position: bytes, rate: float, seed: int
) -> None:
    assert any(form.fullmatch(position) for form in POSITIONS)
    flipped = content.with_flips(position, rate, Held(seed).dice("flip"))
    assert len(flipped) == len(position)
    for form in (HOURS, SIGNED, TURN):
        assert bool(form.fullmatch(flipped)) == bool(form.fullmatch(position))
    for before, after in zip(position, flipped, strict=True):
        assert (before ^ after).bit_count() <= 1


def test_digits_are_flipped_about_as_often_as_the_rate_says() -> None:
    dice = Held(1).dice("flip")
    changed = sum(content.with_flips(b"5", 0.2, dice) != b"5" for _ in range(5000))
    assert 0.17 < changed / 5000 < 0.23


def test_noise_spoils_about_as_many_bytes_as_its_rate_says() -> None:
    dice = Held(1).dice("noise")
    spoiled = sum(content.with_noise(b"5", 0.05, dice) != b"5" for _ in range(20000))
    assert 0.04 < spoiled / 20000 < 0.06


def test_noise_around_an_answer_stands_before_inside_and_behind_it() -> None:
    dice, places = Held(1).dice("noise-around"), set()
    for _ in range(300):
        noisy = content.with_noise_around(PRODUCT, 0.3, dice)
        places |= {"before"} if not noisy.startswith(b"L") else set()
        places |= {"behind"} if not noisy.endswith(b"#") else set()
        places |= {"inside"} if PRODUCT not in noisy and noisy[:1] + noisy[-1:] == b"L#" else set()
        kept = iter(noisy)
        assert all(byte in kept for byte in PRODUCT)
    assert places == {"before", "inside", "behind"}


@pytest.mark.parametrize("fault", ["silent", "noise 0.5", "cut 1", "endless", "echo", "double", "late 5", "flip 1"])
def test_whatever_becomes_of_the_answers_the_mount_does_as_it_is_told(fault: str) -> None:
    line = exchange(fault)
    ask(line, b":Sr05:30:00#:Sd+80*00:00#:MS#", 1.0, 3.0)
    assert line.dialect.mount.motion is Motion.GOING
    ask(line, b":Q#", 5.0, 3.0)
    assert not line.dialect.mount.is_slewing()
    assert line.dialect.mount.truth().stops_heard == 1


def test_a_lost_command_is_not_obeyed_and_the_others_are() -> None:
    line = exchange("once at Sd lost")
    assert ask(line, b":Sr05:30:00#:Sd+80*00:00#", 1.0) == b"1"
    assert ask(line, b":Gr#:Gd#", 2.0) == b"05:30:00#+00\xdf00'00#"
    assert ask(line, b":Sd+80*00:00#:Gd#", 3.0) == b"1+80\xdf00'00#"


def test_a_stop_can_be_lost_and_is_then_not_heard() -> None:
    line = exchange("once at Q lost")
    ask(line, b":RS#:Mn#", 1.0, 1.0)
    ask(line, b":Q#", 2.0, 2.0)
    assert line.dialect.mount.is_slewing()
    ask(line, b":Q#", 4.0, 2.0)
    assert not line.dialect.mount.is_slewing()
    assert line.dialect.mount.truth().stops_heard == 1


def test_noise_on_the_way_in_spoils_commands_but_no_answer() -> None:
    line = exchange("noise-in 0.05")
    answers = [ask(line, b"#:GVP#", 0.1 * number, 0.1) for number in range(200)]
    assert all(answer == b"" or answer.endswith(b"#") for answer in answers)
    assert 110 < answers.count(PRODUCT) < 180
