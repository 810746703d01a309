"""Which payments an app is told of, and what they come to by month: chosen as on the pages, with the same outcome."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from ..web.parts import BOTH, NOBODY, PAYEE, PAYOR, Visitor
from .parts import Program, wrong_fields

MADE = "/payments/made"
LISTS = {MADE: "/my-payments/made-by-me", "/payments/received": "/my-payments/received-for-my-case",
         "/payments/sent": "/my-payments/sent-to-me"}


def references(answer: Any) -> list[str]:
    return [row["reference"] for row in answer.json["payments"]]


@pytest.mark.parametrize(("query", "found"), [
    ("from=2026-09-21", ["R29", "R28", "R27", "R26"]), ("from=2026-03-01&to=2026-03-31", ["R8", "R7", "R6"]),
    ("to=2026-01-01", ["R0"]), ("case=C2", []), ("how=uib", []), ("how=income_withholding&from=2026-10-01",
                                                                  ["R29", "R28", "R27"])])
def test_by_day_case_and_way(program: Program, query: str, found: list[str]) -> None:
    program.log_in(BOTH)
    assert references(program.get(f"{MADE}?{query}")) == found


@pytest.mark.parametrize("path", LISTS)
def test_what_is_chosen_is_what_the_page_shows(program: Program, visitor: Visitor, path: str) -> None:
    for person in (BOTH, PAYEE, PAYOR):
        program.log_in(person)
        visitor.log_in(person)
        for query in ("from=2026-10-05", "to=2026-10-11", "case=C1", "case=C2&from=2026-01-01"):
            answer = program.get(f"{path}?{query}")
            page = visitor.get(f"{LISTS[path]}?{query}&lang=en")
            assert (answer.status_code, page.status_code) in ((200, 200), (422, 422)), (person, query)
            if answer.status_code == 200:
                assert len(answer.json["payments"]) == len(re.findall(r'class="story"', page.text)), (person, query)
        visitor.log_out()


def test_the_pages_of_what_is_chosen_are_all_of_it(program: Program) -> None:
    program.log_in(BOTH)
    first = program.get(f"{MADE}?to=2026-10-01")
    second = program.get(f"{MADE}?to=2026-10-01&after={first.json['older']}")
    assert len({*references(first), *references(second)}) == 28


def test_months_are_the_sums_of_what_counts(program: Program) -> None:
    program.log_in(BOTH)
    answer = program.get(f"{MADE}/months").json
    assert answer["months"][0] == {"month": "2026-10", "count": 2, "amount_cents": 20_027 + 20_028}, "one was reversed"
    assert [one["month"] for one in answer["months"]] == [f"2026-{month:02}" for month in range(10, 0, -1)]
    chosen = program.get(f"{MADE}/months?from=2026-02-10&to=2026-03-01&how=income_withholding").json
    assert [(one["month"], one["count"]) for one in chosen["months"]] == [("2026-03", 1), ("2026-02", 2)]
    assert program.get(f"{MADE}/months?case=C2").json["months"] == []


def test_who_is_paid_has_months_too_and_who_has_nothing_none(new_program: Callable[..., Program]) -> None:
    payee, nobody = new_program(), new_program()
    payee.log_in(PAYEE)
    nobody.log_in(NOBODY)
    for kind in ("received", "sent"):
        assert payee.get(f"/payments/{kind}/months?case=C1").json["months"]
        assert nobody.get(f"/payments/{kind}/months").json["months"] == []


@pytest.mark.parametrize(("query", "field"), [
    ("from=2026-02-30", "from"), ("to=3/31/2026", "to"), ("from=", "from"), ("from=2026-03-01&to=2026-02-01", "to"),
    ("case=C3", "case"), ("case=%00", "case"), ("how=UIB", "how"), ("how=", "how"), ("until=2026-01-01", "until")])
def test_what_cannot_be_chosen_is_named(program: Program, query: str, field: str) -> None:
    program.log_in(BOTH)
    for path in (MADE, f"{MADE}/months"):
        assert set(wrong_fields(program.get(f"{path}?{query}"))) == {field}


def test_only_who_paid_may_choose_by_the_way(program: Program) -> None:
    program.log_in(PAYEE)
    for path in ("/payments/received", "/payments/sent", "/payments/received/months", "/payments/sent/months"):
        assert set(wrong_fields(program.get(f"{path}?how=check"))) == {"how"}
