"""Every sentence of the pages exists in Kazakh, Russian and English, and none stands in a template untranslated."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment

from web import languages

TEMPLATES = sorted((Path(languages.FOLDER).parent / "templates").rglob("*.html"))
SCRIPTS = sorted((Path(languages.FOLDER).parent / "static").rglob("*.js"))
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
UNITS = {"°C", "%"}
SPOKEN = {"alt", "aria-label", "placeholder", "title", "aria-description"}


@cache
def catalogue(language: str) -> Catalog:
    with (languages.FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def used() -> list[languages.Message]:
    return languages.extract()


def key(message: languages.Message) -> str:
    return message if isinstance(message, str) else message[0]


def strings(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_sentence_is_translated(language: str) -> None:
    said = {key(m.id): m for m in catalogue(language) if m.id}
    missing = [key(m) for m in used() if key(m) not in said or not all(strings(said[key(m)].string))]
    assert not missing


@pytest.mark.parametrize("language", languages.CHOICES)
def test_a_catalogue_holds_nothing_unsure_and_nothing_that_is_not_used(language: str) -> None:
    entries = [m for m in catalogue(language) if m.id]
    assert not [m.id for m in entries if m.fuzzy]
    assert not catalogue(language).obsolete
    assert {key(m.id) for m in entries} == {key(m) for m in used()}


@pytest.mark.parametrize("language", languages.CHOICES)
def test_a_translation_has_the_same_places_to_fill(language: str) -> None:
    for message in catalogue(language):
        wanted = set(PLACE.findall(strings(message.id)[-1])) if message.id else set()
        for string in filter(None, strings(message.string) if message.id else []):
            assert set(PLACE.findall(string)) == wanted, string
            assert "%" not in PLACE.sub("", string), f"a lone % breaks the filling: {string}"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_counted_sentence_has_all_plural_forms_of_the_language(language: str) -> None:
    for message in catalogue(language):
        if isinstance(message.id, tuple | list):
            assert len(message.string) == catalogue(language).num_plurals


def test_kazakh_is_kazakh_and_russian_is_not() -> None:
    own_letters = re.compile("[әғқңөұүһі]", re.IGNORECASE)
    kk, ru = (" ".join(str(m.string) for m in catalogue(tongue) if m.id) for tongue in ("kk", "ru"))
    assert len(own_letters.findall(kk)) > 1000
    assert set(own_letters.findall(ru)) <= set("іқ"), "only a Kazakh name may stand in a Russian sentence"


class Bare(HTMLParser):
    """Collects what a reader sees or hears of a template whose expressions have been taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self._collect(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SPOKEN:
                self._collect(value or "")

    def _collect(self, text: str) -> None:
        text = text.strip()
        if re.search(r"[^\W\d_]", text) and text.strip("0 ") not in UNITS:
            self.found.append(text)


def without_expressions(source: str) -> str:
    """The template's own text; an expression leaves a digit, a statement and a comment leave nothing."""
    kept = []
    for _line, kind, value in Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).lex(source):
        if kind == "data":
            kept.append(value)
        elif kind == "variable_begin":
            kept.append("0")
    return "".join(kept)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_speaks_without_the_catalogue(template: Path) -> None:
    reader = Bare()
    reader.feed(without_expressions(template.read_text(encoding="utf-8")))
    assert not reader.found


def test_the_check_for_bare_words_finds_them() -> None:
    reader = Bare()
    reader.feed(without_expressions('<p>{{ _("fine") }}: Hello</p><img alt="a dome"><b>{{ x }} °C</b>'))
    assert reader.found == ["0: Hello", "a dome"]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_sentence_lives_in_a_script(script: Path) -> None:
    code = re.sub(r"//[^\n]*|/\*.*?\*/", "", script.read_text(encoding="utf-8"), flags=re.DOTALL)
    quoted = re.findall(r'"([^"\n]*)"', code)
    assert not [text for text in quoted if re.search(r"[^\W\d_]{2,} [^\W\d_]{2,} ", text)]
    assert not re.search("[а-яәғқңөұүһі]", code, re.IGNORECASE)
