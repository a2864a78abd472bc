"""Kazakh, Russian and English: which is chosen, that nothing is left untranslated, and that no place is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.web_doors import Browser, Doors, open_doors
from web.answers import ALARMS, SENTENCES
from web.languages import CHOICES, FOLDER, extract, words

TRANSLATED = tuple(language for language in CHOICES if language != "en")
PLACES = re.compile(r"%\(\w+\)[sd]|%%")


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with open_doors(tmp_path) as doors:
        yield doors


def catalogue(language: str) -> Catalog:
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def said(browser: Browser, **more: str) -> str:
    found = re.search(r'<html lang="(\w+)"', browser.get("/about", headers=more).text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("ru", "ru"),
        ("en-GB,en;q=0.9", "en"),
        ("de,kk;q=0.8,ru;q=0.7", "kk"),
        ("de,ru;q=0.1", "ru"),
        ("de", "kk"),
        ("", "kk"),
        ("*", "kk"),
        ("rubbish;;;q=x,,,", "kk"),
    ],
)
def test_the_browser_names_the_language(doors: Doors, asked: str, language: str) -> None:
    assert said(Browser(doors.visitors), **{"Accept-Language": asked}) == language


def test_a_choice_by_hand_goes_before_the_browsers(doors: Doors) -> None:
    for app in (doors.visitors, doors.operators):
        browser = Browser(app)
        assert browser.post("/language", {"language": "ru", "next": "/about"}).headers["Location"] == "/about"
        assert said(browser, **{"Accept-Language": "en"}) == "ru"


def test_a_language_nobody_speaks_here_is_not_chosen(doors: Doors) -> None:
    browser = Browser(doors.visitors)
    browser.post("/language", {"language": "../../etc"})
    assert browser.client.get_cookie("language") is None
    browser.client.set_cookie("language", "xx")
    assert said(browser, **{"Accept-Language": "en"}) == "en"


def test_red_light_is_switched_on_and_off(doors: Doors) -> None:
    browser = Browser(doors.visitors)
    for red in (True, False):
        browser.post("/red")
        assert ('class="red"' in browser.get("/").text) == red


def test_the_sentences_of_code_and_templates_are_found() -> None:
    found = extract()
    assert "Sign in" in found
    assert {sentence for table in (SENTENCES, ALARMS) for kinds in table.values() for sentence in kinds} <= set(found)


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_untranslated(language: str) -> None:
    translated = catalogue(language)
    missing = []
    for message in extract():
        entry = translated.get(message if isinstance(message, str) else message[0])
        forms = [] if entry is None else [entry.string] if isinstance(entry.string, str) else list(entry.string)
        if not forms or not all(forms) or (entry is not None and entry.fuzzy):
            missing.append(message)
    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_translated_that_nobody_says(language: str) -> None:
    said = {message if isinstance(message, str) else message[0] for message in extract()}
    assert [entry.id for entry in catalogue(language) if entry.id and _key(entry.id) not in said] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_the_places_of_its_sentence(language: str) -> None:
    for entry in catalogue(language):
        if not entry.id:
            continue
        forms = [entry.string] if isinstance(entry.string, str) else list(entry.string)
        for form in forms:
            assert set(PLACES.findall(form)) <= _places(entry.id), form
            assert {name for _, name, _, _ in Formatter().parse(_braces(form)) if name} == {
                name for _, name, _, _ in Formatter().parse(_braces(_key(entry.id))) if name
            }, form


def test_the_catalogues_are_compiled_without_a_file_beside_them() -> None:
    assert words("ru").gettext("Sign in") != "Sign in"
    assert list(FOLDER.rglob("*.mo")) == []


def _key(sentence: str | tuple[str, ...] | list[str]) -> str:
    return sentence if isinstance(sentence, str) else sentence[0]


def _places(sentence: str | tuple[str, ...] | list[str]) -> set[str]:
    return set(PLACES.findall(sentence if isinstance(sentence, str) else " ".join(sentence)))


def _braces(sentence: str) -> str:
    """Only what the page's script fills in: {name}."""
    return " ".join(re.findall(r"\{\w+\}", sentence))
