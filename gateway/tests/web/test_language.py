"""Two languages, whole and equal: nothing left untranslated, nothing of one language on a page of the other."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from gateway.catalogue import LANGUAGES, Catalogue, Language
from gateway.offices import Offices

from .foreign import foreign, left_in
from .parts import BOTH, CHOSEN, NEW, NOBODY, PAYEE, PAYOR, PIN, TEMPORARY, AuthService, Visitor, words_of

ALIKE = frozenset({"moment", "made.reversed_on", "log_in.pin.label", "errors.title", "errors.prefix", "chart.total",
                   "files.no", "statements.pdf", "help.term.pin", "privacy.cookies.title"})
"""Texts that are the same in both languages on purpose."""


@pytest.fixture(scope="module")
def texts() -> Catalogue:
    return Catalogue.load("web")


def test_no_text_was_left_untranslated(texts: Catalogue) -> None:
    assert not list(texts.untranslated(ALIKE))
    assert texts.keys() >= ALIKE


def crawl(visitor: Visitor, start: str) -> dict[str, TestResponse]:
    """Every page that links lead to, by path."""
    seen: dict[str, TestResponse] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in seen or "lang=" in path or path.startswith(("/leave", "/static")) or path.endswith(".ics"):
            continue
        page = visitor.get(path)
        if page.mimetype != "text/html":
            continue
        assert page.status_code == 200, path
        seen[path] = page
        base = page.request.path
        waiting += [link if link.startswith("/") else base + link
                    for link in re.findall(r'href="((?:/|\?)[^"#]*)"', page.text.replace("&amp;", "&"))]
    return seen


def test_no_sentence_ends_in_two_periods(new_visitor: Callable[..., Visitor], auth: AuthService) -> None:
    """Spanish writes the time of day with one of its own: "10:35 a.m."."""
    auth.pin_changed(BOTH)
    page = words_of(new_visitor("es").log_in(BOTH))
    assert "Se cambió" in page and re.search(r"[ap]\.m\. ", page) and ".m.." not in page


def pages_of_everyone(new_visitor: Callable[..., Visitor], auth: AuthService, language: str) -> dict[str, TestResponse]:
    """Of customers of every kind, and of who does something wrong."""
    found = crawl(new_visitor(language), "/")
    for person in (BOTH, PAYOR, PAYEE, NOBODY):
        visitor = new_visitor(language)
        visitor.log_in(person)
        found |= {f"{person} {path}": page for path, page in crawl(visitor, "/overview").items()}
    wrong = new_visitor(language)
    found["wrong"] = wrong.log_in(BOTH, "739284")
    found["incomplete"] = wrong.log_in("1", "")
    found["requested"] = wrong.post("/request-a-pin", identifier=BOTH)
    found["nothing"] = wrong.get("/nothing-here")
    found["stale form"] = wrong.post("/log-in", token="x")
    forced = new_visitor(language)
    found["forced"] = forced.log_in(NEW, TEMPORARY)
    found["weak"] = forced.post("/new-pin", new_pin="123456", again="123456")
    found["logged out"] = new_visitor(language).get("/logged-out")
    auth.pin_changed(NEW)
    found["over"] = forced.get("/my-payments")
    own = new_visitor(language)
    own.log_in(BOTH)
    new_visitor(language).log_in(BOTH)
    found["two sessions"] = own.get("/my-profile/where-logged-in")
    found["ended"] = own.post("/my-profile/where-logged-in")
    found["own PIN wrong"] = own.post("/my-profile/change-pin", current_pin="1", new_pin=CHOSEN, again=CHOSEN)
    found["own PIN changed"] = own.post("/my-profile/change-pin", current_pin=PIN, new_pin=CHOSEN, again=CHOSEN)
    auth.away = True
    found["away"] = wrong.log_in(BOTH)
    return found


def _without_counties(page: TestResponse) -> str:
    """Counties are called the same in every language: Los Angeles, Del Norte."""
    words = words_of(page, attributes=True)
    for office in Offices.load().by_fips.values() if page.request.path == "/offices" else ():
        words = words.replace(office.name["en"].removesuffix(" Child Support Services"), "")
    return words


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_other_language_is_left_on_a_page(new_visitor: Callable[..., Visitor], auth: AuthService,
                                                         language: Language) -> None:
    """Every word that only the other language has would be one."""
    assert len(foreign(language)) > 200
    found = pages_of_everyone(new_visitor, auth, language)
    assert len(found) > 20
    assert not {name: words for name, page in found.items() if (words := left_in(_without_counties(page), language))}


def test_the_switch_stays_on_the_page_and_is_remembered(new_visitor: Callable[..., Visitor]) -> None:
    visitor = new_visitor("en")
    page = visitor.get("/request-a-pin")
    link = re.search(r'language" href="([^"]+)" lang="es" hreflang="es">Español<', page.text)
    assert link and link.group(1) == "/request-a-pin?lang=es"
    assert '<html lang="es">' in visitor.get(link.group(1)).text
    assert '<html lang="es">' in visitor.get("/").text
    assert '<html lang="es">' in visitor.log_in(BOTH).text, "also after the log-in"
    visitor.get("/my-payments/made-by-me?lang=en")
    assert '<html lang="en">' in visitor.get("/my-payments").text


def test_the_switch_keeps_the_place_in_a_list(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    first = visitor.get("/my-payments/made-by-me")
    older = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert older
    second = visitor.get(f"/my-payments/made-by-me{older.group(1)}")
    assert re.search(r'language" href="/my-payments/made-by-me\?after=[^"]+&amp;lang=es"', second.text)


def test_the_switch_keeps_all_that_was_asked(visitor: Visitor) -> None:
    page = visitor.get("/log-in?case=C1&case=C2&lang=en").text
    assert 'language" href="/log-in?case=C1&amp;case=C2&amp;lang=es"' in page


def test_the_switch_on_the_answer_to_a_form_leads_to_the_form(visitor: Visitor) -> None:
    assert 'language" href="/log-in?lang=es"' in visitor.log_in("1", "").text
    assert 'language" href="/?lang=es"' in visitor.client.post("/log-out").text


def test_the_switch_leads_nowhere_else(visitor: Visitor) -> None:
    for path in ("//elsewhere.example/", "/nothing?next=//elsewhere.example"):
        assert 'language" href="/?lang=es"' in visitor.get(path, follow=False).text


@pytest.mark.parametrize(("accept", "language"), [("es-MX,es;q=0.9", "es"), ("fr", "en"), ("en-US", "en"), ("", "en")])
def test_the_first_page_is_in_the_language_of_the_browser(new_visitor: Callable[..., Visitor], accept: str,
                                                          language: str) -> None:
    assert f'<html lang="{language}">' in new_visitor(accept).get("/").text


def test_where_nothing_tells_the_agency_knows_the_language(new_visitor: Callable[..., Visitor]) -> None:
    assert '<html lang="es">' in new_visitor("fr").log_in(PAYEE).text
    assert '<html lang="en">' in new_visitor("en").log_in(PAYEE).text


def test_dates_and_money_by_locale(app: Flask, new_visitor: Callable[..., Visitor]) -> None:
    spanish = new_visitor("es")
    spanish.log_in(PAYOR)
    words = words_of(spanish.get("/my-payments"))
    assert "Octubre de 2026" in words and "30 oct 2026" in words and "$250.00" in words
    assert "Registro de pagos al 3 de noviembre de 2026" in words
