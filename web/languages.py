"""Which language a request is answered in, and the words of that language.

The English sentences in code and templates are the keys. Translations lie in web/translations/<language>/LC_MESSAGES/
messages.po and are compiled in memory at first use; there is no compiled file to forget. A sentence is marked where it
stands: `_("…")` in templates and views, `_N("…")` in tables that are translated later; `extract()` lists them all.
"""

from __future__ import annotations

import gettext as gnu
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, request

CHOICES = ("kk", "ru", "en")
DEFAULT = "kk"
COOKIE = "language"
FOLDER = Path(__file__).parent / "translations"
KEYWORDS = {"_": None, "_N": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]


def _N(sentence: str) -> str:  # noqa: N802  the customary name of the marker
    """Mark a sentence for translation where it is written down, not where it is said."""
    return sentence


def language() -> str:
    """The language of this request: chosen by hand, else the browser's first that we speak, else Kazakh."""
    if not has_request_context():
        return DEFAULT
    if "language" not in g:
        chosen = request.cookies.get(COOKIE)
        g.language = chosen if chosen in CHOICES else request.accept_languages.best_match(CHOICES, DEFAULT)
    return str(g.language)


@cache
def words(language: str) -> gnu.NullTranslations:
    """The compiled catalogue of a language; English, and a language nobody has translated yet, answer with the key."""
    file = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not file.exists():
        return gnu.NullTranslations()
    with file.open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gnu.GNUTranslations(compiled)


def gettext(sentence: str, **values: Any) -> str:
    """The sentence in the language of the request, with its `%(name)s` places filled."""
    said = words(language()).gettext(sentence)
    return said % values if values else said


def install(app: Flask) -> None:
    """Give the templates `_`, `ngettext` and `pgettext`, answered in the language of each request."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda sentence: words(language()).gettext(sentence),
        ngettext=lambda one, many, n: words(language()).ngettext(one, many, n),
        pgettext=lambda context, sentence: words(language()).pgettext(context, sentence),
        npgettext=lambda context, one, many, n: words(language()).npgettext(context, one, many, n),
        newstyle=True,
    )


Message = str | tuple[str, str]
"""A sentence, or its singular and plural."""


def extract() -> list[Message]:
    """Every sentence used in web/**/*.py and the templates, sorted; a test holds the catalogues to it."""
    return sorted({_message(found) for found in _extracted()}, key=str)


def _extracted() -> Iterator[str | Sequence[str]]:
    for _file, _line, found, _comments, _context in extract_from_dir(
        Path(__file__).parent, METHODS, keywords=KEYWORDS, options_map={"templates/**.html": {"silent": "false"}}
    ):
        yield found


def _message(found: str | Sequence[str]) -> Message:
    return found if isinstance(found, str) else (str(found[0]), str(found[1]))
