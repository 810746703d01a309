"""Whole sentences of the portal are read with eight years of school, in both languages, area by area."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from gateway import catalogue

from ..reading_level import ease, english, grade, spanish

WORDS = Path(catalogue.__file__).parent / "catalogues"
AREAS = sorted(path.stem for path in (WORDS / "en" / "web").glob("*.po"))
HARDEST, HARD = 8.0, 55.0
"""The highest grade for English, the lowest ease for Spanish."""
A_VALUE = {"en": "amount", "es": "monto"}
"""What stands for a value that a page puts in: a word of two syllables, as most words are."""


def sentences(language: str, area: str) -> list[str]:
    """Labels and headings are no sentences: neither formula is made for them."""
    with (WORDS / language / "web" / f"{area}.po").open("rb") as file:
        texts = [text for message in read_po(file) if message.id
                 for text in ([message.string] if isinstance(message.string, str) else message.string or ())]
    return [re.sub(r"\{\w+\}", A_VALUE[language], text) for text in texts if text.endswith((".", "?"))]


def hardest(texts: Sequence[str], language: str) -> list[str]:
    """Those to begin with where an area is too hard."""
    order = {text: grade([text]) if language == "en" else -ease([text]) for text in texts}
    return sorted(order, key=order.__getitem__, reverse=True)[:5]


@pytest.mark.parametrize("area", AREAS)
def test_english_is_of_the_eighth_grade_at_most(area: str) -> None:
    texts = sentences("en", area)
    assert grade(texts) <= HARDEST, hardest(texts, "en")


@pytest.mark.parametrize("area", AREAS)
def test_spanish_is_no_harder(area: str) -> None:
    texts = sentences("es", area)
    assert ease(texts) >= HARD, hardest(texts, "es")


@pytest.mark.parametrize(("words", "syllables"), [
    ("we pay the court case names is used pays closed a rules changed makes PIN", 1),
    ("number support amount payment record agent into reading wanted people receives table cases being county's", 2),
    ("agency employer interest related officer usual addresses", 3),
    ("information participant appointment's association", None)])
def test_syllables_of_english(words: str, syllables: int | None) -> None:
    found = {word: english(word) for word in words.split()}
    assert found == (dict.fromkeys(found, syllables) if syllables else
                     {"information": 4, "participant": 4, "appointment's": 3, "association": 5})


@pytest.mark.parametrize(("words", "syllables"), [
    ("y el pin que quien ley muy", 1), ("usted pago ciudad guía cuenta quiere deuda ayer cuyo", 2),
    ("manutención dirección número todavía", None), ("vergüenza agencia oficina enviado teléfono", None)])
def test_syllables_of_spanish(words: str, syllables: int | None) -> None:
    found = {word: spanish(word) for word in words.split()}
    known = {"manutención": 4, "dirección": 3, "número": 3, "todavía": 4, "vergüenza": 3, "agencia": 3, "oficina": 4,
             "enviado": 3, "teléfono": 4}
    assert found == {word: syllables or known[word] for word in found}


def test_what_officials_write_is_too_hard() -> None:
    """The measure measures: the same in officials' words and in ours."""
    assert grade(["Pursuant to applicable regulations, noncompliance necessitates administrative adjudication."]) > 14
    assert grade(["If you do not pay, the court can step in. Call us first."]) < 4
    assert ease(["De conformidad con la normatividad aplicable, el incumplimiento ocasionará procedimientos."]) < 40
    assert ease(["Si usted no paga, la corte puede actuar. Llame antes."]) > 70
