"""The mask and the files that it is read from."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope.errors import NotUnderstood
from scope.limits.horizon import OPEN_HORIZON, Mask, mask_text, read_mask

STELLARIUM = """\
# horizon of the school's roof
# azimuth altitude
0   5.0
 90.5\t12
180 3.5   # the gate

270 20
"""
NINA = "0 5\n90.5 12\n180 3.5\n270 20\n"
MASK = Mask(((0.0, 5.0), (90.5, 12.0), (180.0, 3.5), (270.0, 20.0)))
masks = st.dictionaries(
    st.floats(0.0, 359.99), st.floats(-10.0, 90.0).map(lambda altitude: altitude + 0.0), min_size=2, max_size=40
).map(lambda points: Mask(tuple(sorted(points.items()))))


@pytest.mark.parametrize(
    "text",
    [
        STELLARIUM,
        NINA,
        NINA.replace("\n", "\r\n"),
        "\ufeff" + NINA,
        NINA.replace(" ", ";"),
        NINA.replace(" ", " ; "),
        NINA.replace(" ", ", "),
        NINA.replace(" ", ","),
        NINA.replace(".", ","),
        "270 20\n180 3.5\n90.5 12\n0 5\n",
        NINA + "360 5\n",
    ],
)
def test_a_file_of_pairs_is_read_as_its_program_wrote_it(text: str) -> None:
    assert read_mask(text) == MASK


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("0 5\n90 91\n", 2, "90 91"),
        ("0 5\n90 -11\n", 2, "90 -11"),
        ("# x\n\n361 5\n", 3, "361 5"),
        ("-1 5\n", 1, "-1 5"),
        ("0 5\n90 ten\n", 2, "90 ten"),
        ("Azimuth Altitude\n0 5\n", 1, "Azimuth Altitude"),
        ("0 5\n90\n", 2, "90"),
        ("0 5 7\n", 1, "0 5 7"),
        ("0,5,7\n", 1, "0,5,7"),
        ("0 nan\n", 1, "0 nan"),
        ("inf 5\n", 1, "inf 5"),
        ("0 5\n90 10\n90 10\n", 3, "90 10"),
        ("0 5\n90 10\n90 11\n", 3, "90 11"),
        ("0 5\n90 10\n360 6\n", 3, "360 6"),
        ("0 " + "5" * 200, 1, "0 " + "5" * 38),
    ],
)
def test_a_wrong_line_is_named(text: str, line: int, part: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read_mask(text)
    assert refusal.value.code == "horizon_wrong"
    assert refusal.value.details == {"line": line, "part": part}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "horizon_too_few"),
        ("# nothing\n", "horizon_too_few"),
        ("10 20\n", "horizon_too_few"),
        ("".join(f"{i / 3} 10\n" for i in range(721)), "horizon_too_many"),
    ],
)
def test_a_horizon_has_some_points_and_not_too_many(text: str, code: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read_mask(text)
    assert refusal.value.code == code


@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_a_file_holds_it_is_read_or_refused(text: str) -> None:
    with suppress(NotUnderstood):
        assert len(read_mask(text).points) >= 2


@settings(deadline=None)
@given(masks)
def test_a_mask_survives_being_written(mask: Mask) -> None:
    assert read_mask(mask_text(mask)) == mask


@pytest.mark.parametrize(
    ("azimuth", "altitude"),
    [(0.0, 5.0), (90.5, 12.0), (45.25, 8.5), (315.0, 12.5), (360.0, 5.0), (-45.0, 12.5), (675.0, 12.5), (225.0, 11.75)],
)
def test_between_its_points_it_is_a_straight_line_also_across_north(azimuth: float, altitude: float) -> None:
    assert MASK.altitude_at(azimuth) == pytest.approx(altitude)


@settings(deadline=None)
@given(masks, st.floats(-400.0, 400.0), st.floats(0.0, 400.0), st.floats(0.0, 1.0))
def test_nothing_on_the_way_is_higher_than_the_highest_on_the_way(
    mask: Mask, start: float, turn: float, share: float
) -> None:
    highest = mask.highest_between(start, start + turn)
    assert mask.altitude_at(start + share * turn) <= highest + 1e-9 * (1 + abs(highest)) * 1e3
    assert mask.highest_between(start + turn, start) == highest <= mask.highest


def test_an_open_horizon_hides_nothing_and_no_number_is_behind_everything() -> None:
    assert OPEN_HORIZON.altitude_at(120.0) == OPEN_HORIZON.highest == -90.0
    assert MASK.altitude_at(float("nan")) == 90.0
