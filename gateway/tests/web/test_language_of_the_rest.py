"""What no link leads to: pages of what went wrong, paper, files, calendars. No word of the other language is in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from eventkit.decider import Rejected
from gateway.cases_desk import CasesAway
from gateway.catalogue import LANGUAGES, Catalogue, Language
from gateway.settings import SETTINGS
from gateway.web.access import Access, grant
from gateway.web.errors import SessionExpired
from gateway.web.portal import EXTENSION
from gateway.wiring import make_app
from servicekit.process import make_engine
from servicekit.settings import load

from .cases_service import CasesService, Services
from .conftest import ENVIRONMENT
from .foreign import left_in
from .matrix import CUSTOMERS, ERRORS, PAGES, PEOPLE
from .parts import BOTH, PAYEE, AuthService, Clock, Visitor, words_of
from .test_files import rows_of, words_in_pdf

TEXTS = Catalogue.load("web")
EMAIL = "/my-profile/update/email"
IN_THE_LANGUAGES = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def app(engine: Engine, auth: AuthService, desk: CasesService, clock: Clock) -> Flask:
    settings = load(SETTINGS, {**ENVIRONMENT, "SECURE_COOKIES": "false", "CHANGES_A_DAY": "1"})
    return make_app(settings, engine, Services(auth, desk), clock)


@pytest.fixture
def logged_in(new_visitor: Callable[..., Visitor]) -> Callable[[str, Language], Visitor]:
    def come(person: str, language: Language) -> Visitor:
        visitor = new_visitor(language)
        assert visitor.log_in(person).status_code == 200
        assert f'<html lang="{language}">' in visitor.get(f"/my-profile?lang={language}").text
        return visitor

    return come


@pytest.fixture
def troubles(app: Flask, logged_in: Callable[[str, Language], Visitor], desk: CasesService,
             auth: AuthService, clock: Clock) -> Callable[[Language], dict[str, TestResponse]]:
    """Every error page, by its name, as a customer comes to it."""

    def all_of(language: Language) -> dict[str, TestResponse]:
        visitor, other = logged_in(BOTH, language), logged_in(PAYEE, language)
        found = {"not_found": visitor.get("/my-cases/none"), "form_expired": visitor.post(EMAIL, token="x"),
                 "bad_request": visitor.post(EMAIL, email="x" * 100_000)}
        desk.refuse = Rejected("command_reused")
        found["already_sent"] = visitor.post(EMAIL, email="a@mail.example")
        desk.refuse = None
        other.post(EMAIL, email="a@mail.example")
        found["too_many_today"] = other.post(EMAIL, email="b@mail.example")
        found |= {name: _broken_by(app, error, visitor)
                  for name, error in (("unexpected", ZeroDivisionError()), ("cases_away", CasesAway()),
                                      ("session_expired, kept", SessionExpired(kept=True)))}
        found["down"] = _without_database(app, visitor)
        clock.passes(minutes=16)
        found["session_expired"] = visitor.get("/overview")
        auth.away = True
        found["auth_away"] = visitor.log_in(BOTH)
        found["too_many"] = [visitor.post("/request-a-pin", identifier=BOTH) for _ in range(11)][-1]
        return found

    return all_of


def _broken_by(app: Flask, error: Exception, visitor: Visitor) -> TestResponse:
    def fail() -> NoReturn:
        raise error

    whole = app.view_functions["my_payments.balances"]
    grant(fail, Access.SESSION)
    app.view_functions["my_payments.balances"] = fail
    page = visitor.get("/my-payments/balances")
    app.view_functions["my_payments.balances"] = whole
    return page


def _without_database(app: Flask, visitor: Visitor) -> TestResponse:
    whole, nowhere = app.extensions[EXTENSION], make_engine("postgresql+psycopg2://nobody@127.0.0.1:9/none", pool=1)
    app.extensions[EXTENSION] = replace(whole, engine=nowhere, reading=nowhere)
    page = visitor.get("/overview")
    app.extensions[EXTENSION] = whole
    return page


@IN_THE_LANGUAGES
def test_each_page_of_what_went_wrong(troubles: Callable[[Language], dict[str, TestResponse]],
                                      language: Language) -> None:
    found = troubles(language)
    assert found.keys() >= set(ERRORS), "none is left out"
    for name, page in found.items():
        words = words_of(page, attributes=True)
        assert page.status_code >= 400
        assert TEXTS.text(language, f"error.{name.partition(',')[0]}.title") in words, name
        assert left_in(words, language) == set(), name


@IN_THE_LANGUAGES
def test_each_paper_and_each_spreadsheet(logged_in: Callable[[str, Language], Visitor], language: Language) -> None:
    found = set()
    for person in PEOPLE:
        visitor = logged_in(person, language)
        for path in (path for path, who in PAGES.items() if who & CUSTOMERS and path.endswith((".pdf", ".csv"))):
            answer = visitor.get(path)
            if answer.status_code == 200:
                is_paper = answer.mimetype == "application/pdf"
                words = words_in_pdf(answer.get_data()) if is_paper else str(rows_of(answer))
                words = words.replace("PO Box", "")  # of an address, which is written so in every language
                assert left_in(words, language) == set(), (person, path)
                found.add(path)
    assert len(found) == 8, "three lists, each in two ways, and two statements"


@IN_THE_LANGUAGES
def test_each_calendar_file(logged_in: Callable[[str, Language], Visitor], language: Language) -> None:
    found = 0
    for person in (BOTH, PAYEE):
        visitor = logged_in(person, language)
        for path in (path for path, who in PAGES.items() if person in who and path.endswith(".ics")):
            calendar = Calendar.from_ical(visitor.get(path).get_data())
            said = [str(part.get(name, "")) for part in calendar.walk() for name in ("summary", "description")]
            assert TEXTS.text(language, "calendar.title") in said
            assert left_in(" ".join(said), language) == set(), path
            found += 1
    assert found == 4, "each party's appointment, and the hearing of both"


@IN_THE_LANGUAGES
def test_the_documentation_of_the_api(new_visitor: Callable[..., Visitor], language: Language) -> None:
    """What the document says of each endpoint is English only, marked as such, and the page says so: who writes a
    program reads it beside the document itself, whose names are English words. All around it is translated."""
    page = new_visitor(language).get("/api/docs")
    words = words_of(page, attributes=True)
    assert left_in(words, language) == set()
    assert (TEXTS.text("es", "api.docs.in_english") in words) == (language == "es")
    assert TEXTS.text(language, "api.docs.contents") in words


@IN_THE_LANGUAGES
def test_the_search_would_find_a_word_of_the_other_language(language: Language) -> None:
    one, other = {"en": ("Payments", "Pagos"), "es": ("Pagos", "Payments")}[language]
    day, foreign_day = {"en": ("Friday", "viernes"), "es": ("viernes", "Friday")}[language]
    assert left_in(f"{one} {day} 2026", language) == set()
    assert left_in(f"{other} {day}", language) == {other.lower()}
    assert left_in(f"{one} {foreign_day}", language) == {foreign_day.lower()}
