"""What people type: read as meant, or refused with the reason; never anything between."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scope.errors import NotUnderstood
from scope.position import Epoch, Equatorial, separation_degrees
from scope.sky.catalogue import Catalogue
from scope.sky.typed import LONGEST_TEXT, read_target, spell, target_at
from scope.target import Kind

CATALOGUE = Catalogue()
NAMED = {target.designation for target in CATALOGUE}
RA, DEC = 16 + 41 / 60 + 41.6 / 3600, 36 + 27 / 60 + 41 / 3600


@pytest.mark.parametrize(
    "text",
    [
        "16 41 41.6 +36 27 41",
        "16 41 41.6 36 27 41",
        "16h41m41.6s +36d27m41s",
        "16h 41m 41.6s, +36° 27′ 41″",
        "16h41m41.6s +36°27'41\"",
        "16:41:41.6 +36:27:41",
        "16:41:41.6+36:27:41",
        "16 41 41,6 +36 27 41",
        "16H41M41.6S 36D27M41S J2000",
        "J2000: 16 41 41.6 +36 27 41",
        "16 41 41.6 +36 27 41 (J2000.0)",
        "16h41m41.6s +36°27′41″ ICRS",
        "  +16 41 41.6   +36 27 41  ",
        "250d25m24s +36 27 41",
        "250.42333333° 36.46138889°",
        "16.69488889 36.46138889",
        "16,69488889 36,46138889",
        "16.69488889,36.46138889",
        "16.69488889h +36.46138889d",
        "16 41.69333333 36 27.68333333",
    ],
)
def test_all_the_ways_of_writing_one_place(text: str) -> None:
    target = read_target(text, CATALOGUE)
    assert target.kind is Kind.COORDINATES
    assert target.place is not None
    assert separation_degrees(target.place, Equatorial(RA, DEC, Epoch.J2000)) * 3600.0 < 0.01
    assert target.designation == "16h41m41.6s +36°27′41″ (J2000)"


@pytest.mark.parametrize("epoch", ["of date", "Of Date", "of-date", "JNow", "jnow", "(of date)", "на дату"])
def test_of_date_is_said_behind_or_before(epoch: str) -> None:
    for text in (f"16 41 41.6 +36 27 41 {epoch}", f"{epoch} 16 41 41.6 +36 27 41"):
        place = read_target(text, CATALOGUE).place
        assert place == Equatorial(RA, DEC, Epoch.OF_DATE)


@pytest.mark.parametrize(
    "text", ["16:41:41 -00:30:00", "16:41:41 −00:30:00", "16 41 41 -0 30 0", "16h41m41s -0d30m", "16h41m41s – 0.5"]
)
def test_minus_nought_degrees_are_south(text: str) -> None:
    place = read_target(text, CATALOGUE).place
    assert place is not None
    assert place.dec_degrees == -0.5


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("24 00 00 +10 00 00", "ra_out_of_range", "24 00 00"),
        ("250.42 36.46", "ra_out_of_range", "250.42"),
        ("360d 36.46", "ra_out_of_range", "360d"),
        ("-1 00 00 +10 00 00", "ra_out_of_range", "-1 00 00"),
        ("10 00 00 +90 00 01", "dec_out_of_range", "90 00 01"),
        ("10 00 00 -91 00 00", "dec_out_of_range", "-91 00 00"),
        ("10 60 00 +10 00 00", "minutes_out_of_range", "60"),
        ("10 00 00 +10 75 00", "minutes_out_of_range", "75"),
        ("10h00m60s +10d00m00s", "seconds_out_of_range", "60s"),
        ("10 00 00 +10 00 60.0", "seconds_out_of_range", "60.0"),
    ],
)
def test_what_is_out_of_range_is_refused_and_the_part_named(text: str, code: str, part: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_target(text, CATALOGUE)
    assert (refused.value.code, refused.value.details["part"]) == (code, part)
    assert refused.value.details["typed"] == text


@pytest.mark.parametrize(
    "text",
    [
        "12",
        "1 2 3",
        "1 2 3 4 5",
        "1 2 3 4 +5 6 7",
        "1 2 3 +4 5 6 7",
        "12.5 30 +10",
        "12 30.5 10 +10",
        "12h30s +10",
        "12m +10",
        "12h +10h",
        "12h +10s",
        "12 +-10",
        "12 + 10 +3",
        "12 10 +3 +4",
        "12..5 10",
        "12:: 10",
        "12°h 10",
    ],
)
def test_what_could_mean_two_things_or_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_target(text, CATALOGUE)
    assert refused.value.code == "coordinates_not_understood"
    read_target(str(refused.value.details["example"]), CATALOGUE)


@pytest.mark.parametrize(("text", "designation"), [("M13", "M13"), ("61 cyg", "61 Cygni"), ("47 tuc", "NGC104")])
def test_a_name_is_a_name_though_it_has_a_number(text: str, designation: str) -> None:
    assert read_target(text, CATALOGUE).designation == designation


def test_what_is_neither_is_unknown() -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_target("Bega", CATALOGUE)
    assert refused.value.code == "target_unknown"
    assert refused.value.details == {"typed": "Bega", "nearest": "Vega"}


@pytest.mark.parametrize("text", ["M13\n", "Vega\x00", "\x1b[2J", "12 30 0\r +10 0 0", "\ud800"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_target(text, CATALOGUE)
    assert refused.value.code == "control_characters"


def test_a_novel_is_refused() -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_target("M" * (LONGEST_TEXT + 1), CATALOGUE)
    assert refused.value.code == "text_too_long"


pieces = st.sampled_from(
    [*"0123456789 .,:;+-−°′″'\"hmsdHMSD", "J2000", "of date", "12", "59", "60", "M", "٣", "𝟙", "ß"]
)


@given(st.text(max_size=130) | st.lists(pieces, max_size=25).map("".join))
@settings(deadline=None)
@example("0" * 119 + " 1")
@example("9" * 60 + " " + "9" * 59)
def test_any_text_is_a_target_or_not_understood(text: str) -> None:
    with suppress(NotUnderstood):
        target = read_target(text, CATALOGUE)
        assert (
            spell(target.place) == target.designation
            if target.kind is Kind.COORDINATES
            else target.designation in NAMED
        )
        assert target.place is None or 0.0 <= target.place.ra_hours < 24.0
        assert target.place is None or -90.0 <= target.place.dec_degrees <= 90.0


SPELT = re.compile(r"\d\dh[0-5]\dm[0-5]\d\.\ds [+−]\d\d°[0-5]\d′[0-5]\d″ \((J2000|of date)\)")
anywhere = st.builds(Equatorial, st.floats(0.0, 24.0, exclude_max=True), st.floats(-90.0, 90.0), st.sampled_from(Epoch))


@given(anywhere)
@settings(deadline=None)
@example(Equatorial(23.9999999, -1e-9, Epoch.J2000))
@example(Equatorial(12.9999999, 89.9999999, Epoch.OF_DATE))
@example(Equatorial(0.0, -0.5 / 3600.0, Epoch.J2000))
def test_what_is_spelt_out_reads_as_the_same_place(place: Equatorial) -> None:
    spelt = spell(place)
    assert SPELT.fullmatch(spelt)
    again = read_target(spelt, CATALOGUE)
    assert again.place is not None
    assert separation_degrees(again.place, place) * 3600.0 < 0.95
    assert again.designation == spelt
    assert target_at(again.place) == again
