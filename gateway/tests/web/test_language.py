"""Two languages, whole and equal: no key missing or left over, nothing of one language on a page of the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

import gateway.web
from gateway.catalogue import Catalogue
from gateway.web.pages.home import BENEFITS

from .parts import BOTH, NEW, NOBODY, PAYEE, PAYOR, TEMPORARY, AuthService, Visitor, words_of

HERE = Path(gateway.web.__file__).parent
ALIKE = frozenset({"moment", "made.reversed_on", "log_in.pin.label", "errors.title", "errors.prefix"})
"""Texts that are the same in both languages on purpose."""
ENGLISH = re.compile(r"\b(the|and|your|you|with|from|payments?|please|we|is|this|of|log|sent|enter|choose)\b", re.I)
SPANISH = re.compile(r"\b(el|los|las|una?|su|usted|con|por|para|pagos?|de|que|en|al|escriba|elija)\b", re.I)


@pytest.fixture(scope="module")
def texts() -> Catalogue:
    return Catalogue.load("web")


def test_no_text_was_left_untranslated(texts: Catalogue) -> None:
    assert not list(texts.untranslated(ALIKE))
    assert texts.keys() >= ALIKE


def test_every_text_is_used_somewhere(texts: Catalogue) -> None:
    """Keys are written out in templates and pages, or begin with a prefix that is."""
    written = "\n".join(path.read_text() for folder in (HERE, HERE.parent / "api") for path in folder.rglob("*")
                        if path.suffix in (".html", ".py"))
    prefixes = set(re.findall(r'(?:said|told|tell|step|piece|coded|step_text|piece_text)\("([a-z_.]+)"', written))
    prefixes |= set(re.findall(r'"([a-z_.]+\.)" ~', written)) | set(re.findall(r'f"([a-z_.]+\.)\{', written))
    unused = [key for key in sorted(texts.keys())
              if f'"{key}"' not in written and not any(key.startswith(prefix) for prefix in prefixes)]
    assert not unused


def test_the_benefits_on_the_home_page_are_those_of_the_catalogue(texts: Catalogue) -> None:
    assert {f"home.benefits.{name}" for name in BENEFITS} | {"home.benefits.title"} == texts.keys("home.benefits.")


def crawl(visitor: Visitor, start: str) -> dict[str, str]:
    """The words of every page that links lead to, by path."""
    seen: dict[str, str] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in seen or "lang=" in path or path.startswith(("/leave", "/static")) or path.endswith(".ics"):
            continue
        page = visitor.get(path)
        seen[path] = words_of(page)
        base = page.request.path
        waiting += [link if link.startswith("/") else base + link
                    for link in re.findall(r'href="((?:/|\?)[^"#]*)"', page.text.replace("&amp;", "&"))]
    return seen


def everything(new_visitor: Callable[..., Visitor], auth: AuthService, language: str) -> dict[str, str]:
    found = crawl(new_visitor(language), "/")
    for person in (BOTH, PAYOR, PAYEE, NOBODY):
        visitor = new_visitor(language)
        visitor.log_in(person)
        found |= {f"{person} {path}": words for path, words in crawl(visitor, "/my-payments").items()}
    wrong = new_visitor(language)
    found["wrong"] = words_of(wrong.log_in(BOTH, "739284"))
    found["incomplete"] = words_of(wrong.log_in("1", ""))
    found["requested"] = words_of(wrong.post("/request-a-pin", identifier=BOTH))
    found["nothing"] = words_of(wrong.get("/nothing-here"))
    found["stale form"] = words_of(wrong.post("/log-in", token="x"))
    forced = new_visitor(language)
    found["forced"] = words_of(forced.log_in(NEW, TEMPORARY))
    found["weak"] = words_of(forced.post("/new-pin", new_pin="123456", again="123456"))
    found["logged out"] = words_of(new_visitor(language).get("/logged-out"))
    auth.pin_changed(NEW)
    found["over"] = words_of(forced.get("/my-payments"))
    auth.away = True
    found["away"] = words_of(wrong.log_in(BOTH))
    return found


@pytest.mark.parametrize(("language", "foreign"), [("es", ENGLISH), ("en", SPANISH)])
def test_no_word_of_the_other_language_is_left_on_a_page(new_visitor: Callable[..., Visitor], auth: AuthService,
                                                         language: str, foreign: re.Pattern[str]) -> None:
    found = everything(new_visitor, auth, language)
    assert len(found) > 20
    left = {name: words for name, text in found.items() if (words := foreign.findall(text))}
    assert not left


def test_the_switch_stays_on_the_page_and_is_remembered(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor("en")
    page = visitor.get("/request-a-pin")
    link = re.search(r'class="language" href="([^"]+)" lang="es" hreflang="es">Español<', page.text)
    assert link and link.group(1) == "/request-a-pin?lang=es"
    assert '<html lang="es">' in visitor.get(link.group(1)).text
    assert '<html lang="es">' in visitor.get("/").text
    assert '<html lang="es">' in visitor.log_in(BOTH).text, "also after the log-in"
    visitor.get("/my-payments/made-by-me?lang=en")
    assert '<html lang="en">' in visitor.get("/my-payments").text


def test_the_switch_keeps_the_place_in_a_list(visitor: Visitor) -> None:
    first = visitor.log_in(BOTH)
    older = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert older
    second = visitor.get(f"/my-payments/made-by-me{older.group(1)}")
    assert re.search(r'class="language" href="/my-payments/made-by-me\?after=[^"]+&amp;lang=es"', second.text)


def test_the_switch_leads_nowhere_else(visitor: Visitor) -> None:
    for path in ("//elsewhere.example/", "/nothing?next=//elsewhere.example"):
        assert 'class="language" href="/?lang=es"' in visitor.get(path, follow=False).text


@pytest.mark.parametrize(("accept", "language"), [("es-MX,es;q=0.9", "es"), ("fr", "en"), ("en-US", "en"), ("", "en")])
def test_the_first_page_is_in_the_language_of_the_browser(new_visitor: Callable[..., Visitor], accept: str,
                                                          language: str) -> None:
    assert f'<html lang="{language}">' in new_visitor(accept).get("/").text


def test_where_nothing_tells_the_agency_knows_the_language(new_visitor: Callable[..., Visitor]) -> None:
    assert '<html lang="es">' in new_visitor("fr").log_in(PAYEE).text
    assert '<html lang="en">' in new_visitor("en").log_in(PAYEE).text


def test_dates_and_money_by_locale(app: Flask, new_visitor: Callable[..., Visitor]) -> None:
    spanish = new_visitor("es")
    words = words_of(spanish.log_in(PAYOR))
    assert "Octubre de 2026" in words and "30 oct 2026" in words and "$250.00" in words
    assert "Registro de pagos al 3 de noviembre de 2026" in words
