"""No amount is said without as of when it is: on pages, on paper, in files and to apps, in either language."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from gateway.catalogue import Catalogue, Language
from gateway.catalogue import date as long_date

from ..api.parts import Program, endpoints
from ..facts import Facts
from .matrix import CUSTOMERS, PAGES, PEOPLE
from .parts import BOTH, NOBODY, PAYEE, Visitor, words_of
from .test_files import words_in_pdf

TEXTS = Catalogue.load("web")
TOLD_ON = date(2026, 11, 3)
"""The day of all that has been told (`facts.BEGAN`), where the agency is."""
MONEY = re.compile(r"\$\d")
BOTH_LANGUAGES = pytest.mark.parametrize("language", ["en", "es"])


def ways_to_say(language: Language) -> tuple[str, ...]:
    """A statement stays as it was issued, on whatever day it is read, so that its day of issue is what it is as of.
    As of when records of cases are does not tell how old an amount is."""
    return (TEXTS.text(language, "payments.as_of", moment=long_date(language, TOLD_ON)),
            TEXTS.text(language, "statements.issued", date=long_date(language, date(2026, 11, 2))))


def is_undated(language: Language, words: str) -> bool:
    return bool(MONEY.search(words)) and not any(said in words for said in ways_to_say(language))


def words(answer: TestResponse) -> str:
    said = words_of(answer) if answer.mimetype == "text/html" else words_in_pdf(answer.get_data())
    return " ".join(said.split())


def with_amounts(visitor: Visitor) -> Iterator[tuple[str, TestResponse]]:
    """Every page and paper of the matrix that says this visitor an amount."""
    for path in (path for path, who in PAGES.items() if who & CUSTOMERS):
        answer = visitor.get(path)
        is_read = answer.status_code == 200 and answer.mimetype in ("text/html", "application/pdf")
        if is_read and MONEY.search(words(answer)):
            yield path, answer


@BOTH_LANGUAGES
def test_every_page_and_paper_with_an_amount_says_as_of_when(new_visitor: Callable[..., Visitor],
                                                             language: Language) -> None:
    found = set()
    for person in PEOPLE:
        visitor = new_visitor(language)
        visitor.log_in(person)
        visitor.get(f"/?lang={language}")
        for path, answer in with_amounts(visitor):
            found.add(path)
            assert not is_undated(language, words(answer)), (person, path)
    assert {"/overview", "/my-cases/C1", "/my-payments/balances", "/my-payments/statements",
            "/my-payments/statements/C1/2026-10", "/my-payments/statements/C1/2026-10/statement.pdf",
            "/my-payments/made-by-me", "/my-payments/sent-to-me/list.pdf"} <= found, "amounts were found at all"


@BOTH_LANGUAGES
def test_an_amount_on_the_overview_of_who_is_in_no_case_is_dated_too(new_visitor: Callable[..., Visitor], lived: Facts,
                                                                     language: Language) -> None:
    lived.received("N1", NOBODY, 12_345)
    lived.held("N1", NOBODY, "no_case")
    visitor = new_visitor(language)
    page = visitor.log_in(NOBODY)
    assert "$123.45" in words(page)
    assert not is_undated(language, words(page))


@BOTH_LANGUAGES
def test_an_amount_alone_and_one_as_of_another_day_or_in_the_other_language_are_found(language: Language) -> None:
    other: Language = "es" if language == "en" else "en"
    assert is_undated(language, "You owe $1.00")
    assert is_undated(language, f"You owe $1.00 {ways_to_say(other)[0]}")
    assert is_undated(language, "$1.00 " + TEXTS.text(language, "payments.as_of", moment="2 noviembre"))
    assert not is_undated(language, f"You owe $1.00 {ways_to_say(language)[0]}, 10:15 AM")
    assert not is_undated(language, "You owe nothing")


@BOTH_LANGUAGES
def test_every_row_of_every_spreadsheet_says_as_of_when(new_visitor: Callable[..., Visitor],
                                                        language: Language) -> None:
    sheets = [path for path in PAGES if path.endswith(".csv")]
    rows = []
    for person in (BOTH, PAYEE):
        visitor = new_visitor(language)
        visitor.log_in(person)
        for path in sheets:
            text = visitor.get(f"{path}?lang={language}").get_data().decode("utf-8-sig")
            rows += list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) > 30
    column = TEXTS.text(language, "files.as_of.column")
    assert all(row[column].startswith(f"{TOLD_ON.isoformat()} 10:") for row in rows)


def _amounts(answer: Any) -> bool:
    if isinstance(answer, dict):
        return any((name.endswith("_cents") and isinstance(value, int)) or _amounts(value)
                   for name, value in answer.items())
    return isinstance(answer, list) and any(map(_amounts, answer))


def test_every_answer_to_an_app_with_an_amount_says_as_of_when(app: Flask) -> None:
    found = set()
    for person in PEOPLE:
        program = Program(app.test_client(use_cookies=False))
        program.log_in(person)
        for endpoint, (method, path) in endpoints(app).items():
            answer: Any = program.get(path).json if method == "GET" else None
            if _amounts(answer):
                found.add(endpoint)
                assert answer["as_of"].startswith(f"{TOLD_ON.isoformat()}T18:"), (person, path)
    assert {"api_balances.balances", "api_cases.cases", "api_payments_made.made", "api_payment_months.sent",
            "api_statements.statements", "api_statements.statement"} <= found
