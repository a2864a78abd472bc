"""When two spellings are one name: what people type, folded until the differences that don't matter are gone.

Case, accents, spaces, hyphens, apostrophes and leading zeros do not matter; neither do ё and е, й and и, the soft
sign, nor the Kazakh letters that a Russian keyboard lacks (қ is typed к, ө о, і и …). Greek letters are spelt out, and
a catalogue's letters in front of a number may be Cyrillic or the whole name: "м13", "Messier 013", "M 13" are one.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans("қғңөұүһәі", "кгноуухаи", "ьъ")
GREEK = {
    "α": ("alpha", "альфа"),
    "β": ("beta", "бета"),
    "γ": ("gamma", "гамма"),
    "δ": ("delta", "дельта"),
    "ε": ("epsilon", "эпсилон"),
    "ζ": ("zeta", "дзета"),
    "η": ("eta", "эта"),
    "θ": ("theta", "тета"),
    "ι": ("iota", "йота"),
    "κ": ("kappa", "каппа"),
    "λ": ("lambda", "лямбда"),
    "μ": ("mu", "мю"),
    "ν": ("nu", "ню"),
    "ξ": ("xi", "кси"),
    "ο": ("omicron", "омикрон"),
    "π": ("pi", "пи"),
    "ρ": ("rho", "ро"),
    "σ": ("sigma", "сигма"),
    "τ": ("tau", "тау"),
    "υ": ("upsilon", "ипсилон"),
    "φ": ("phi", "фи"),
    "χ": ("chi", "хи"),
    "ψ": ("psi", "пси"),
    "ω": ("omega", "омега"),
}
"""The letters of Bayer's designations, in English and in Russian; `short_greek` has the short forms."""

_GREEK = str.maketrans({letter: english for letter, (english, _russian) in GREEK.items()})
_CATALOGUES = {
    "м": "m",
    "messier": "m",
    "мессье": "m",
    "нгк": "ngc",
    "нгс": "ngc",
    "ик": "ic",
    "с": "c",  # Cyrillic
    "caldwell": "c",
    "колдуэлл": "c",
    "melotte": "mel",
    "collinder": "cr",
    "cl": "cr",
    "barnard": "b",
}
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_NUMBERED = re.compile(r"([^\W\d]+)(\d.*)")


def fold(text: str) -> str:
    """The common form of all spellings of a name: letters and digits only, '' if there are none."""
    plain = _plain(text)
    numbered = _NUMBERED.fullmatch(plain)
    if numbered and (code := _CODES.get(numbered[1])):
        return code + numbered[2]
    return plain


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS).translate(_GREEK)
    return _ZEROS.sub("", "".join(letter for letter in letters if letter.isalnum()))


def short_greek(letter: str) -> str:
    """The three letters of SIMBAD and the variable star catalogues: "alf", "bet", "mu."."""
    return {"α": "alf", "θ": "tet", "ξ": "ksi"}.get(letter, GREEK[letter][0][:3])


_CODES = {_plain(written): code for written, code in _CATALOGUES.items()}
