"""What the example sessions tell: targets for every season, and the words of four evenings. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scope.position import Epoch, Equatorial
from scope.target import Kind, Target


def _words(kk: str, ru: str, en: str) -> dict[str, str]:
    return {"kk": kk, "ru": ru, "en": en}


def _target(
    designation: str, kind: Kind, ra_hours: float, dec_degrees: float, constellation: str, names: Mapping[str, str]
) -> Target:
    return Target(designation, kind, Equatorial(ra_hours, dec_degrees, Epoch.J2000), names, constellation)


MOON = Target("Moon", Kind.MOON, None, _words("Ай", "Луна", "Moon"))
SATURN = Target("Saturn", Kind.PLANET, None, _words("Сатурн", "Сатурн", "Saturn"))
TARGETS = {
    target.designation: target
    for target in (
        MOON,
        SATURN,
        _target("Vega", Kind.STAR, 18.61565, 38.784, "Lyr", _words("Вега", "Вега", "Vega")),
        _target("Albireo", Kind.DOUBLE_STAR, 19.51203, 27.960, "Cyg", _words("Альбирео", "Альбирео", "Albireo")),
        _target("Mizar", Kind.DOUBLE_STAR, 13.39875, 54.925, "UMa", _words("Мицар", "Мицар", "Mizar")),
        _target(
            "M13",
            Kind.GLOBULAR_CLUSTER,
            16.69490,
            36.461,
            "Her",
            _words("Геркулестің үлкен шоғыры", "Большое скопление Геркулеса", "Great Hercules Cluster"),
        ),
        _target("M15", Kind.GLOBULAR_CLUSTER, 21.49953, 12.167, "Peg", {}),
        _target(
            "M57",
            Kind.PLANETARY_NEBULA,
            18.89308,
            33.029,
            "Lyr",
            _words("Сақина тұмандығы", "Туманность Кольцо", "Ring Nebula"),
        ),
        _target(
            "M31",
            Kind.GALAXY,
            0.71231,
            41.269,
            "And",
            _words("Андромеда галактикасы", "Галактика Андромеды", "Andromeda Galaxy"),
        ),
        _target(
            "M51",
            Kind.GALAXY,
            13.49797,
            47.195,
            "CVn",
            _words("Құйын галактикасы", "Галактика Водоворот", "Whirlpool Galaxy"),
        ),
        _target("M81", Kind.GALAXY, 9.92588, 69.065, "UMa", {"ru": "Галактика Боде", "en": "Bode's Galaxy"}),
        _target(
            "NGC869",
            Kind.OPEN_CLUSTER,
            2.31667,
            57.133,
            "Per",
            _words("Персейдің қос шоғыры", "Двойное скопление Персея", "Double Cluster"),
        ),
        _target("M45", Kind.OPEN_CLUSTER, 3.79000, 24.117, "Tau", _words("Үркер", "Плеяды", "Pleiades")),
        _target("M44", Kind.OPEN_CLUSTER, 8.67333, 19.667, "Cnc", {"ru": "Ясли", "en": "Beehive Cluster"}),
        _target(
            "M42",
            Kind.NEBULA,
            5.58814,
            -5.391,
            "Ori",
            _words("Орион тұмандығы", "Туманность Ориона", "Orion Nebula"),
        ),
    )
}

NOTES = {
    "Moon": _words(
        "Кратерлер жарық пен көлеңке шекарасында айқын көрінді.",
        "У границы света и тени кратеры видны лучше всего.",
        "Along the line between light and shadow the craters stood out sharply.",
    ),
    "Saturn": _words("Сақинасын бәрі көрді.", "Кольцо увидели все.", "Everybody saw the ring."),
    "Albireo": _words("Бірі алтын түсті, бірі көк.", "Одна золотистая, другая голубая.", "One golden, the other blue."),
    "M13": _words(
        "Шетіндегі жұлдыздар жеке-жеке көрінді.",
        "По краям различались отдельные звёзды.",
        "Single stars could be made out at the edge.",
    ),
    "M31": _words(
        "Жарығы бізге екі жарым миллион жыл жетеді.",
        "Её свет идёт к нам два с половиной миллиона лет.",
        "Its light has been on the way for two and a half million years.",
    ),
}


@dataclass(frozen=True, slots=True)
class Evening:
    """One example: what people wanted to see in order, and how the evening was; Antoniadi's seeing is 1 for perfect."""

    days_ago: int | None  # None: the evening of the last weeks on which the Moon stood best
    wishes: tuple[str, ...]
    operators: tuple[str, ...]
    title: Mapping[str, str]
    summary: Mapping[str, str]
    visitors: int
    seeing: int
    transparency: int
    temperature_celsius: float
    humidity_percent: float


EVENINGS = (
    Evening(
        None,
        ("Moon", "Saturn", "Albireo", "Vega", "Mizar", "M45", "M44"),
        ("Aigerim", "Daniyar"),
        _words("Ай кеші", "Лунный вечер", "An evening with the Moon"),
        _words(
            "Мектеп оқушылары Айдың кратерлерін қарады.",
            "Школьники рассматривали кратеры Луны.",
            "A school class came to see the craters of the Moon.",
        ),
        31,
        2,
        3,
        3.0,
        61.0,
    ),
    Evening(
        3,
        ("M13", "M57", "Albireo", "Saturn", "M31", "NGC869", "M81", "M44"),
        ("Daniyar",),
        _words("Ашық аспан кеші", "Вечер открытого неба", "Public night"),
        _words(
            "Аспан ашық, ауа тыныш болды.",
            "Небо было ясным, воздух спокойным.",
            "A clear sky and calm air.",
        ),
        18,
        2,
        2,
        1.0,
        55.0,
    ),
    Evening(
        11,
        ("Vega", "M15", "M31", "NGC869", "M45", "M51", "M44", "Mizar"),
        ("Aigerim",),
        _words(
            "Клуб кеші: шоғырлар мен галактикалар",
            "Вечер клуба: скопления и галактики",
            "Club night: clusters and galaxies",
        ),
        _words("Кеш соңында бұлт шықты.", "К концу вечера пришли облака.", "Clouds came in at the end."),
        6,
        3,
        3,
        -2.0,
        70.0,
    ),
    Evening(
        26,
        ("Albireo", "M13", "Mizar", "M31", "M45", "M42", "M81"),
        ("Sanzhar", "Aigerim"),
        _words("Волонтёрлердің жаттығуы", "Тренировка волонтёров", "Volunteers' training"),
        _words(
            "Үш жаңа волонтёр телескопты басқаруды үйренді.",
            "Три новых волонтёра учились управлять телескопом.",
            "Three new volunteers learned to steer the telescope.",
        ),
        0,
        3,
        2,
        6.0,
        48.0,
    ),
)
