"""The catalogues: both languages say the same, with the same values in it, and no word is missing."""

from datetime import date as Date
from decimal import Decimal
from pathlib import Path

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from gateway import catalogue as module
from gateway.catalogue import LANGUAGES, LOCALES, Catalogue, CatalogueError, date, money

AREAS = sorted(path.stem for path in (Path(module.__file__).parent / "catalogues" / "en").iterdir())

ALIKE: dict[str, frozenset[str]] = {
    "phone": frozenset({"payments.row"}),
}
"""Texts that are the same in both languages on purpose: names, numbers, words both languages share."""


@pytest.mark.parametrize("area", AREAS)
def test_every_area_is_whole_in_both_languages(area: str) -> None:
    catalogue = Catalogue.load(area)
    assert not list(catalogue.mismatches())
    assert not list(catalogue.blanks())


@pytest.mark.parametrize("area", [area for area in AREAS if area in ALIKE])
def test_no_text_was_left_untranslated(area: str) -> None:
    assert not list(Catalogue.load(area).untranslated(ALIKE[area]))


def po(root: Path, language: str, body: str) -> None:
    (root / language).mkdir(exist_ok=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    (root / language / "area.po").write_text(f"{header}\n{body}", encoding="utf-8")


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    po(tmp_path, "en", 'msgid "hello"\nmsgstr "Hello, {name}."\n\n'
       'msgid "rows"\nmsgid_plural "rows"\nmsgstr[0] "One row."\nmsgstr[1] "{count} rows."\n')
    po(tmp_path, "es", 'msgid "hello"\nmsgstr "Hola, {name}."\n\n'
       'msgid "rows"\nmsgid_plural "rows"\nmsgstr[0] "Un renglón."\nmsgstr[1] "{count} renglones."\n')
    return Catalogue.load("area", tmp_path)


def test_a_text_is_found_by_its_key_and_filled(catalogue: Catalogue) -> None:
    assert catalogue.text("es", "hello", name="Ana") == "Hola, Ana."


@pytest.mark.parametrize(("name", "text"), [("Acme Co.", "Hola, Acme Co."), ("¿eh...", "Hola, ¿eh...")])
def test_an_abbreviation_that_ends_a_sentence_ends_it_with_its_own_period(catalogue: Catalogue, name: str,
                                                                        text: str) -> None:
    assert catalogue.text("es", "hello", name=name) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 renglones."), (1, "Un renglón."), (2, "2 renglones.")])
def test_a_plural_is_chosen_by_its_count(catalogue: Catalogue, count: int, text: str) -> None:
    assert catalogue.text("es", "rows", count=count) == text


def test_an_unknown_key_is_an_error(catalogue: Catalogue) -> None:
    with pytest.raises(CatalogueError, match="goodbye"):
        catalogue.text("en", "goodbye")


@pytest.mark.parametrize("values", [{}, {"nome": "Ana"}, {"name": "Ana", "more": 1}])
def test_values_must_fit_the_placeholders(catalogue: Catalogue, values: dict[str, object]) -> None:
    with pytest.raises(CatalogueError, match="name"):
        catalogue.text("en", "hello", **values)


@pytest.mark.parametrize(
    ("spanish", "complaint"),
    [
        ('msgid "hola"\nmsgstr "Hola."\n', "not in every language"),
        ('msgid "hello"\nmsgstr "Hola, {nombre}."\n', "same placeholders"),
        ('msgid "hello"\nmsgstr "Hola, {0}."\n', "plain names"),
    ],
)
def test_languages_that_differ_are_refused_at_start(tmp_path: Path, spanish: str, complaint: str) -> None:
    po(tmp_path, "en", 'msgid "hello"\nmsgstr "Hello, {name}."\n')
    po(tmp_path, "es", spanish)
    with pytest.raises(CatalogueError, match=complaint):
        Catalogue.load("area", tmp_path)


def test_an_area_may_be_a_folder_and_no_key_is_in_two_of_its_files(tmp_path: Path) -> None:
    for language, words in (("en", ("Yes", "No")), ("es", ("Sí", "No"))):
        (tmp_path / language / "area").mkdir(parents=True)
        for name, word in zip("ab", words, strict=True):
            po(tmp_path, language, f'msgid "{name}"\nmsgstr "{word}"\n')
            (tmp_path / language / "area.po").rename(tmp_path / language / "area" / f"{name}.po")
    assert Catalogue.load("area", tmp_path).text("es", "a") == "Sí"
    (tmp_path / "es" / "area" / "c.po").write_bytes((tmp_path / "es" / "area" / "a.po").read_bytes())
    with pytest.raises(CatalogueError, match="a is there twice"):
        Catalogue.load("area", tmp_path)


def test_blank_and_untranslated_texts_are_found(tmp_path: Path) -> None:
    po(tmp_path, "en", 'msgid "a"\nmsgstr "Yes"\n\nmsgid "b"\nmsgstr "Same"\n')
    po(tmp_path, "es", 'msgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr "Same"\n')
    catalogue = Catalogue.load("area", tmp_path)
    assert list(catalogue.blanks()) == ["es a"]
    assert list(catalogue.untranslated()) == ["b"]
    assert not list(catalogue.untranslated(allowed={"b"}))


def test_money_and_dates_for_the_eye() -> None:
    assert money("en", 1_234_56) == money("es", 1_234_56) == "$1,234.56"
    assert date("en", Date(2026, 11, 3)) == "November 3, 2026"
    assert date("es", Date(2026, 11, 3)) == "3 de noviembre de 2026"


@given(st.integers(-10**12, 10**12))
def test_money_is_written_as_each_language_writes_it(cents: int) -> None:
    for language in LANGUAGES:
        assert money(language, cents) == format_currency(Decimal(cents) / 100, "USD", locale=LOCALES[language])
