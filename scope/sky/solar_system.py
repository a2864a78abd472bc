"""What people call the Sun, the Moon and the planets; where they are, bodies.py knows.

In Kazakh Venus has kept its own name, Шолпан; the other planets are known by the international names and by the
traditional ones, and both are understood.
"""

from __future__ import annotations

from scope.target import Kind, Target

_TABLE = (
    # designation, kind, Kazakh, Russian, and what else
    ("Sun", Kind.SUN, "Күн", "Солнце", ("Sol",)),
    ("Moon", Kind.MOON, "Ай", "Луна", ("Luna",)),
    ("Mercury", Kind.PLANET, "Меркурий", "Меркурий", ("Болпан", "Кіші Шолпан")),
    ("Venus", Kind.PLANET, "Шолпан", "Венера", ("Таң Шолпаны",)),
    ("Mars", Kind.PLANET, "Марс", "Марс", ("Қызылжұлдыз", "Қызыл жұлдыз")),
    ("Jupiter", Kind.PLANET, "Юпитер", "Юпитер", ("Есекқырған",)),
    ("Saturn", Kind.PLANET, "Сатурн", "Сатурн", ("Қоңырқай",)),
    ("Uranus", Kind.PLANET, "Уран", "Уран", ()),
    ("Neptune", Kind.PLANET, "Нептун", "Нептун", ()),
)

SOLAR_SYSTEM = tuple(
    Target(designation, kind, None, {"kk": kk, "ru": ru, "en": designation}, also=also)
    for designation, kind, kk, ru, also in _TABLE
)
"""From the Sun outwards, but the Moon second: the order in which a search shows them. `place` is None."""
