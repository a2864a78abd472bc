"""The mounts with a Sky-Watcher motor controller as data: their counts, timers and what their boards can.

Counts of the EQ6 and of the AZ-GTi, and the mount codes, as passed between other people's programs and mounts; the
other figures are plausible ones, named below. None of it is confirmed on hardware.
"""

from dataclasses import dataclass

# Bits of the feature word, `:q1010000`.
PPEC = 0x02
EQ_AND_AZ = 0x08
POLAR_LIGHT = 0x1000
COMMON_START = 0x2000
HALF_CURRENT = 0x4000
WIFI = 0x8000


@dataclass(frozen=True, slots=True)
class Model:
    """One mount with its motor board; pairs are for the first and the second axis.

    `worm_counts` is one turn of the first worm; `features` None: an older board, which knows no extended questions.
    """

    name: str
    geometry: str  # when none is asked for
    code: int
    firmware: tuple[int, int]
    counts_per_turn: tuple[int, int]
    timer_hertz: int
    fast_ratio: int
    worm_counts: int
    features: int | None = None
    has_usb: bool = False  # its own port, which is faster
    echoes: bool = False  # both directions on one wire: what is sent comes back

    @property
    def baud(self) -> int:
        return 115_200 if self.has_usb else 9_600


EQ6 = Model(
    name="eq6",
    geometry="german",
    code=0x00,
    firmware=(2, 3),
    counts_per_turn=(9_024_000, 9_024_000),
    timer_hertz=64_935,
    fast_ratio=16,
    worm_counts=50_133,  # 180 teeth
)

HEQ5 = Model(
    name="heq5",
    geometry="german",
    code=0x01,
    firmware=(2, 5),
    counts_per_turn=(9_024_000, 9_024_000),
    timer_hertz=64_935,
    fast_ratio=16,
    worm_counts=66_844,  # 135 teeth
)

EQ5 = Model(
    name="eq5",
    geometry="german",
    code=0x02,
    firmware=(2, 4),
    counts_per_turn=(9_024_000, 9_024_000),
    timer_hertz=64_935,
    fast_ratio=16,
    worm_counts=62_667,  # 144 teeth
)

EQ6_R = Model(
    name="eq6-r",
    geometry="german",
    code=0x23,
    firmware=(3, 19),
    counts_per_turn=(9_216_000, 9_216_000),  # plausible
    timer_hertz=16_000_000,  # as the other boards of firmware 3
    fast_ratio=1,  # since firmware 3 each interrupt is one step
    worm_counts=51_200,
    features=PPEC | POLAR_LIGHT | COMMON_START | HALF_CURRENT,
    has_usb=True,
)

AZ_GTI = Model(
    name="azgti",
    geometry="altaz",
    code=0xA5,
    firmware=(3, 45),
    counts_per_turn=(2_073_600, 2_073_600),
    timer_hertz=16_000_000,
    fast_ratio=1,
    worm_counts=2_073_600 // 144,  # plausible
    features=EQ_AND_AZ | COMMON_START | HALF_CURRENT | WIFI,
    has_usb=True,
)

DOBSON = Model(
    name="dob",
    geometry="altaz",
    code=0x90,
    firmware=(2, 9),
    counts_per_turn=(3_628_800, 2_419_200),  # plausible: its two gears differ
    timer_hertz=64_935,
    fast_ratio=16,
    worm_counts=25_200,
)

N_114GT = Model(
    name="114gt",
    geometry="altaz",
    code=0x82,
    firmware=(2, 0),
    counts_per_turn=(1_036_800, 1_036_800),  # plausible
    timer_hertz=64_935,
    fast_ratio=16,
    worm_counts=7_200,
    echoes=True,
)

MODELS: dict[str, Model] = {model.name: model for model in (EQ6, HEQ5, EQ5, EQ6_R, AZ_GTI, DOBSON, N_114GT)}
