"""Which dialect it is, the mount says itself when it is greeted; a bad line never makes another one of it.

A scripted mount says what it is scripted to say, and nothing to what is not in its script.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from scope.command import Command
from scope.errors import GarbledAnswer, LineError, MountRefused, NoAnswer, NotCapable
from scope.mounts.lx200 import ASTRO_PHYSICS, LX200
from scope.mounts.mount import Can, ClockAndSite, Identity
from scope.orders import Direction, NudgeRate, TrackingRate
from scope.position import Epoch, Equatorial, PierSide
from tests.test_safety_f08_noise import damaged

PLACE = Equatorial(5.5, -0.5, Epoch.OF_DATE)
HERE = {b":GR#": b"05:30:00#", b":GD#": b"+01*02:03#"}
SHORT = {b":GR#": b"05:30.0#", b":GD#": b"+01*02#"}
GPS = HERE | {b":GVP#": b"LX2001#", b":GVN#": b"4.2g#", b"\x06": b"A"}
AUTOSTAR = HERE | {b":GVP#": b"Autostar#", b":GVN#": b"43Eg#", b"\x06": b"A"}
AUTOSTAR_494 = AUTOSTAR | {b":GVN#": b"1.1f#"}
CLASSIC = HERE | {b"\x06": b"P"}
ONSTEP_X = HERE | {
    **{b":GVP#": b"On-Step#", b":GVN#": b"10.28u#", b":GU#": b"nNpHEo160#"},
    **{b":GRH#": b"05:30:00.0000#", b":GDH#": b"+01*02:03.000#"},
}
ONSTEP = HERE | {b":GVP#": b"On-Step#", b":GVN#": b"4.24s#", b":GU#": b"NpET260#", b":GRH#": b"0"}
AM5 = HERE | {b":GVP#": b"AM5#", b":GV#": b"1.1.2#", b":GU#": b"nNG000000060#", b":Gm#": b"E#"}
AM5_OF_2026 = AM5 | {b":GVP#": b"AM5N#", b":GV#": b"1.8.8#", b":Gps#": b"2#"}
GEMINI = HERE | {b":GVP#": b"Losmandy Gemini#", b":GVN#": b"5.21#", b"\x06": b"G#", b":Gm#": b"W#"}
TEN_MICRON = HERE | {b":GVP#": b"10micron GM1000HPS#", b":GVN#": b"2.15.8#", b":pS#": b"East#"}
GTOCP4 = HERE | {b":V#": b"VCP4-P02-15#", b":GOS#": b"02000000000#", b":GC#": b"11:23:26#", b":pS#": b"East#"}
GTOCP2 = HERE | {b":V#": b"G#", b":pS#": b"East#"}
SCRIPTS: Mapping[str, tuple[Mapping[bytes, bytes], Identity]] = {
    "LX200GPS": (GPS, Identity("LX2001", "4.2g", "altaz")),
    "Autostar #497": (AUTOSTAR, Identity("Autostar", "43Eg", "altaz")),
    "Autostar #494": (AUTOSTAR_494, Identity("Autostar", "1.1f", "altaz")),
    "Classic": (CLASSIC, Identity(None, None, "polar")),
    "OnStepX": (ONSTEP_X, Identity("On-Step", "10.28u", "german")),
    "OnStep": (ONSTEP, Identity("On-Step", "4.24s", "german")),
    "AM5": (AM5, Identity("AM5", "1.1.2", "german")),
    "AM5 of 2026": (AM5_OF_2026, Identity("AM5N", "1.8.8", "german")),
    "Gemini": (GEMINI, Identity("Losmandy Gemini", "5.21", "german")),
    "10Micron": (TEN_MICRON, Identity("10micron GM1000HPS", "2.15.8", "german")),
    "GTOCP4": (GTOCP4, Identity("Astro-Physics GTO", "VCP4-P02-15", "german")),
    "something else": (HERE | {b":GVP#": b"Something#", b"\x06": b"P"}, Identity("Something", None, "polar")),
}
HARMLESS = (b":G", b":V#", b"\x06")
"""How a question begins; all else is an order or a setting."""


class Scripted:
    """Carries a command as the line would, and remembers what was sent."""

    def __init__(self, script: Mapping[bytes, bytes], consent: bytes | None = None) -> None:
        self.script, self.consent, self.sent = script, consent, list[bytes]()

    def __call__(self, command: Command[Any]) -> Any:
        self.sent.append(command.sends)
        if not command.has_answer:
            return command.means(b"")
        said = self.said(command.sends)
        for framing in (command.whole, command.in_silence):
            if (length := framing(said)) is not None:
                return command.means(said[:length])
        raise NoAnswer("not whole", heard=repr(said))

    def said(self, sends: bytes) -> bytes:
        return self.script.get(sends, self.consent or b"")


class OverABadLine(Scripted):
    """One byte in twenty of what it says is damaged."""

    def __init__(self, script: Mapping[bytes, bytes], random: Random) -> None:
        super().__init__(script)
        self._random = random

    def said(self, sends: bytes) -> bytes:
        return damaged(self._random, super().said(sends), 0.05)


def greeted(script: Mapping[bytes, bytes]) -> tuple[LX200, Scripted]:
    line = Scripted(script, consent=b"1")
    line.consent = None
    mount = LX200(line)
    mount.greet()
    line.consent = b"1"
    line.sent.clear()
    return mount, line


@pytest.mark.parametrize("name", SCRIPTS)
def test_it_is_told_who_is_there_by_questions_and_the_choice_of_a_precision_alone(name: str) -> None:
    script, identity = SCRIPTS[name]
    line = Scripted(script)
    assert LX200(line).greet() == identity
    assert [sent for sent in line.sent if not sent.startswith(HARMLESS) and sent not in (b":U2#", b":U#")] == []
    assert line.sent.count(b":U#") == (name == "GTOCP4"), "a toggle only where numbers are short"


@pytest.mark.parametrize(
    ("script", "toggles"),
    [(GPS, 1), (AUTOSTAR, 1), (CLASSIC, 1), (GEMINI, 1), (ONSTEP, 1), (ONSTEP_X, 0), (AM5, 0), (TEN_MICRON, 0)],
)
def test_short_numbers_are_made_long_once_where_that_is_a_toggle(script: dict[bytes, bytes], toggles: int) -> None:
    line = Scripted({**script, **SHORT})
    LX200(line).greet()
    assert line.sent.count(b":U#") == toggles


def test_an_old_box_of_astro_physics_is_met_by_the_name_of_its_family() -> None:
    line = Scripted(GTOCP2)
    mount = ASTRO_PHYSICS(line)
    assert mount.greet() == Identity("Astro-Physics GTO", "G", "german")
    assert Can.READ_CLOCK not in mount.can
    with pytest.raises(NotCapable):
        mount.clock_and_site()
    reading = mount.read()
    assert (reading.slewing, reading.parked, reading.pier_side) == (None, None, PierSide.EAST)
    assert mount.tracking() is None
    assert b"\x06" not in line.sent


def test_without_a_version_nobody_is_taken_for_an_astro_physics() -> None:
    with pytest.raises(NoAnswer):
        ASTRO_PHYSICS(Scripted(HERE)).greet()


@pytest.mark.parametrize("letter", [b"B#", b"b#", b"S#"])
def test_a_gemini_that_waits_for_its_start_mode_is_not_met(letter: bytes) -> None:
    with pytest.raises(LineError) as refusal:
        LX200(Scripted({**GEMINI, b"\x06": letter})).greet()
    assert refusal.value.code == "mount_not_started"


@pytest.mark.parametrize("name", [name for name in SCRIPTS if name != "something else"])
def test_a_bad_line_never_makes_another_mount_of_it(name: str) -> None:
    """It is met as what it is, with the words that it has or fewer, or not at all."""
    random, met = Random(20261124), 0
    script, identity = SCRIPTS[name]
    whole = LX200(Scripted(script))
    whole.greet()
    for _ in range(400):
        mount = LX200(OverABadLine(script, random))
        try:
            found = mount.greet()
        except LineError:
            continue
        met += 1
        assert (found.product or "")[:3] == (identity.product or "")[:3], (
            "the number of a model may suffer, not the make"
        )
        assert mount.can in whole.can
    assert met > 40


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (ONSTEP, {"off": b":Td#", "sidereal": b":TQ#:Te#", "lunar": b":TL#:Te#", "solar": b":TS#:Te#"}),
        (AM5, {"off": b":Td#", "sidereal": b":TQ#:Te#", "lunar": b":TL#:Te#", "solar": b":TS#:Te#"}),
        (GEMINI, {"off": b">191:}#", "sidereal": b">131:w#>192:~#", "lunar": b">133:u#>192:~#"}),
        (TEN_MICRON, {"off": b":AL#", "sidereal": b":TQ#:AP#", "lunar": b":TL#:AP#", "solar": b":TSOLAR#:AP#"}),
        (GTOCP4, {"off": b":RT9#", "sidereal": b":RT2#", "lunar": b":RT0#", "solar": b":RT1#"}),
    ],
)
def test_tracking_is_switched_by_the_words_of_the_dialect(
    script: Mapping[bytes, bytes], words: Mapping[str, bytes]
) -> None:
    mount, line = greeted(script)
    for rate, sent in words.items():
        mount.track(TrackingRate(rate))
        assert b"".join(line.sent) == sent
        line.sent.clear()


ALIGNMENTS = (b":AA#", b":AP#", b":AL#")


@pytest.mark.parametrize("script", [ONSTEP, ONSTEP_X, AM5, AM5_OF_2026, GEMINI, GTOCP4])
def test_no_alignment_is_chosen_where_that_is_not_what_switches_tracking(script: Mapping[bytes, bytes]) -> None:
    mount, line = greeted(script)
    for rate in TrackingRate:
        mount.track(rate)
    assert not set(ALIGNMENTS) & set(line.sent)


def test_a_rate_that_it_does_not_have_is_not_in_its_power() -> None:
    mount, line = greeted(CLASSIC)
    with pytest.raises(NotCapable):
        mount.track(TrackingRate.SOLAR)
    assert line.sent == []


@pytest.mark.parametrize("do", [LX200.park, LX200.unpark, LX200.home])
def test_what_there_is_no_word_for_is_not_in_its_power(do: Callable[[LX200], None]) -> None:
    mount, line = greeted(CLASSIC)
    with pytest.raises(NotCapable):
        do(mount)
    assert line.sent == []


@pytest.mark.parametrize(
    ("script", "sent"),
    [
        (ONSTEP, b":Sr05:30:00#:Sd-00*30:00#:MS#"),
        (ONSTEP_X, b":Sr05:30:00.0000#:Sd-00*30:00.000#:MS#"),
        (TEN_MICRON, b":Sr05:30:00.00#:Sd-00*30:00.0#:MS#"),
        (GTOCP4, b":Sr 05:30:00.0#:Sd -00*30:00#:MS#"),
    ],
)
def test_a_goto_sets_the_target_as_finely_as_the_dialect_can_and_then_starts(
    script: Mapping[bytes, bytes], sent: bytes
) -> None:
    mount, line = greeted({**script, b":MS#": b"0"})
    mount.goto(PLACE)
    assert b"".join(line.sent) == sent


@pytest.mark.parametrize(
    ("script", "answer", "words"),
    [
        (ONSTEP, b"4", "4: parked"),
        (AM5, b"e5#", "e5: target under the horizon"),
        (AM5, b"2", "the goto: 2"),
        (GEMINI, b"6Outside Limits.#", "Outside Limits."),
        (TEN_MICRON, b"1Object Below Horizon        #", "Object Below Horizon"),
        (GTOCP4, b"1Object is below horizon        #", "Object is below horizon"),
        (AUTOSTAR_494, b"1", "1"),
    ],
)
def test_a_goto_is_refused_in_the_mounts_own_words(script: Mapping[bytes, bytes], answer: bytes, words: str) -> None:
    mount, _ = greeted({**script, b":MS#": answer})
    with pytest.raises(MountRefused) as refusal:
        mount.goto(PLACE)
    assert refusal.value.details["words"] == words


@pytest.mark.parametrize(
    ("state", "error"),
    [(b"P9000000000#", MountRefused), (b"020S0000000#", NoAnswer)],
    ids=["it rests, so it refused", "it slews, so the answer was lost"],
)
def test_silence_about_a_goto_is_a_refusal_only_where_the_mount_rests(state: bytes, error: type[Exception]) -> None:
    mount, line = greeted({**GTOCP4, b":GOS#": state})
    line.script = {**line.script, b":MS#": b""}
    with pytest.raises(error):
        mount.goto(PLACE)


def test_where_it_does_not_tell_whether_it_slews_silence_stays_silence() -> None:
    line = Scripted({**GTOCP2, b":Sr 05:30:00.0#": b"1", b":Sd -00*30:00#": b"1"})
    mount = ASTRO_PHYSICS(line)
    mount.greet()
    with pytest.raises(NoAnswer):
        mount.goto(PLACE)


def test_a_gemini_that_was_woken_is_parked_no_longer_though_it_goes_on_saying_so() -> None:
    mount, line = greeted(GEMINI)

    def parked(velocity: bytes, park: bytes) -> bool | None:
        line.script = {**GEMINI, b":Gv#": velocity, b":h?#": park}
        return mount.read().parked

    assert parked(b"N", b"1") is True
    assert parked(b"T", b"1") is False
    assert parked(b"N", b"1") is False, "tracking was switched off"
    assert parked(b"S", b"2") is False
    assert parked(b"N", b"1") is True


@pytest.mark.parametrize(
    ("flags", "park", "reading"),
    [
        (b"nNG000000060#", b"2#", (False, True)),
        (b"nNG000000060#", b"0#", (False, False)),
        (b"nG000000060#", b"1#", (True, False)),
        (b"NG000000060#", b"2#", (False, False)),
        (b"G000000060#", b"0#", (True, False)),
    ],
)
def test_an_am5_of_2026_tells_when_it_is_parked(flags: bytes, park: bytes, reading: tuple[bool, bool]) -> None:
    mount, line = greeted(AM5_OF_2026)
    line.script = {**AM5_OF_2026, b":GU#": flags, b":Gps#": park}
    seen = mount.read()
    assert (seen.slewing, seen.parked) == reading


@pytest.mark.parametrize(
    ("state", "slewing", "parked", "rate"),
    [
        (b"0#", False, False, TrackingRate.SIDEREAL),
        (b"1#", False, False, TrackingRate.OFF),
        (b"2#", True, False, TrackingRate.SIDEREAL),
        (b"5#", False, True, TrackingRate.OFF),
        (b"6#", True, False, TrackingRate.SIDEREAL),
        (b"7#", False, False, TrackingRate.OFF),
        (b"99#", False, False, None),
    ],
)
def test_what_a_10micron_does_is_in_its_state(
    state: bytes, slewing: bool, parked: bool, rate: TrackingRate | None
) -> None:
    mount, line = greeted(TEN_MICRON)
    line.script = {**TEN_MICRON, b":Gstat#": state, b":GT#": b"60.2#"}
    seen = mount.read()
    assert (seen.slewing, seen.parked, seen.pier_side) == (slewing, parked, PierSide.EAST)
    assert mount.tracking() is rate


@pytest.mark.parametrize(
    ("script", "sent"),
    [
        (ONSTEP, b":St+49*48#:Sg286*54#:SG-05:30#:SL22:35:09#:SC11/23/26#"),
        (ONSTEP_X, b":St+49*48:00#:Sg286*54:00#:SG-05:30#:SL22:35:09#:SC11/23/26#"),
        (AM5, b":St+49*48:00#:Sg-073*06:00#:SG-05:30#:SL22:35:09#:SC11/23/26#"),
        (GEMINI, b":St+49*48#:Sg286*54#:SG-06#:SL23:05:09#:SC11/23/26#"),
        (TEN_MICRON, b":St+49*48:00.0#:Sg-073*06:00.0#:SG-05:30:00#:SL22:35:09#:SC2026-11-23#"),
        (GTOCP4, b":St +49*48:00#:Sg 286*54:00#:SG -05:30:00#:SL 22:35:09#:SC 11/23/26#"),
    ],
)
def test_time_and_site_are_told_in_the_formats_of_the_dialect_the_offset_before_the_clock(
    script: Mapping[bytes, bytes], sent: bytes
) -> None:
    mount, line = greeted({**script, b":SC 11/23/26#": (b" " * 32 + b"#") * 2, b":SC11/23/26#": b"1"})
    mount.set_clock_and_site(ClockAndSite(datetime(2026, 11, 23, 17, 5, 9, tzinfo=UTC), 49.8, 73.1), 5.5)
    assert b"".join(line.sent) == sent


@pytest.mark.parametrize("script", [ONSTEP, AM5, GEMINI, TEN_MICRON, GTOCP4, GPS])
def test_a_nudge_chooses_its_speed_before_it_moves(script: Mapping[bytes, bytes]) -> None:
    mount, line = greeted(script)
    for rate in NudgeRate:
        mount.nudge(Direction.EAST, rate)
        assert line.sent[-1] == b":Me#"
        assert line.sent[-2].startswith(b":R")
    assert len(set(line.sent)) == 5, "four speeds and one direction"


def test_a_garbled_state_of_the_axes_is_no_meeting() -> None:
    with pytest.raises(GarbledAnswer):
        LX200(Scripted({**ONSTEP, b":GU#": b"xyz#"})).greet()
