"""What an app is told is what the page says: the same rows, words and figures, and no value beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest

from gateway.catalogue import Language, money

from ..facts import Facts
from ..web.parts import BOTH, NOBODY, PAYEE, PAYOR, Visitor
from .parts import Program, wrong_fields

Newcomer = Callable[..., Program]
PAGES = {"/payments/made": "/my-payments/made-by-me", "/payments/received": "/my-payments/received-for-my-case",
         "/payments/sent": "/my-payments/sent-to-me", "/balances": "/my-payments/balances", "/dates": "/dates",
         "/profile": "/my-profile", "/requests": "/my-profile/requests", "/cases": "/my-cases",
         "/statements": "/my-payments/statements"}
READ = ("text", "label", "meaning", "message", "status_means", "step_means", "court", "place", "initials", "name")


def leaves(node: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value, name)
    else:
        yield name, node


def _all_words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_word_and_figure_of_an_answer_is_on_the_page(new_program: Newcomer, new_visitor: Callable[..., Visitor],
                                                           language: Language) -> None:
    for person in (BOTH, PAYOR, PAYEE):
        program, visitor = new_program(language), new_visitor(language)
        program.log_in(person)
        visitor.log_in(person)
        for path, address in PAGES.items():
            answer, pages = program.get(path).json, [address]
            pages += [f"{address}/{case['id']}" for case in answer.get("cases", ())]
            page = " ".join(_all_words(visitor.get(one).text) for one in pages)
            for name, value in leaves(answer):
                if name in READ and value is not None:
                    assert " ".join(value.split()) in page, (path, name, value)
                elif name.endswith("_cents") and value:
                    assert money(language, value) in page, (path, name, value)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_statement_says_what_its_page_says(new_program: Newcomer, new_visitor: Callable[..., Visitor],
                                             language: Language) -> None:
    for person in (BOTH, PAYOR, PAYEE):
        program, visitor = new_program(language), new_visitor(language)
        program.log_in(person)
        visitor.log_in(person)
        for row in program.get("/statements").json["statements"]:
            path = f"{row['case']['id']}/{row['month']}"
            page = _all_words(visitor.get(f"/my-payments/statements/{path}").text)
            for name, value in leaves(program.get(f"/statements/{path}").json):
                if name in READ and value is not None:
                    assert " ".join(value.split()) in page, (path, name, value)
                elif name.endswith("_cents") and value:
                    assert money(language, value) in page, (path, name, value)


def test_a_statement_to_who_pays_and_to_who_is_paid(new_program: Newcomer) -> None:
    payor, payee = new_program(), new_program()
    payor.log_in(BOTH)
    payee.log_in(PAYEE)
    told, known = (program.get("/statements/C1/2026-10").json for program in (payor, payee))
    assert told["asked"] == {"each_month_cents": 5_000, "to_avoid_interest_cents": 72_455, "coupon": {
        "participant_id": BOTH, "amount_cents": 62_500, "address": ["PO Box 989067", "West Sacramento 95798-9067"]}}
    assert [(one["amount_cents"], one["how"]["code"]) for one in told["payments"]] == [
        (20_027, "income_withholding"), (20_028, "tax_refund"), (20_029, "check"), (-20_029, "check")]
    assert [(one["reason"]["code"], one["amount_cents"]) for one in told["adjustments"]] == [
        ("corrected", -1_500), ("other", -990)]
    assert known["asked"] is None and known["adjustments"] == [] and not any(one["how"] for one in known["payments"])
    for same in ("owed", "charges", "previous_cents", "adjusted_cents", "interest_posted_cents", "issued_on"):
        assert told[same] == known[same], same


def test_a_statement_that_is_not_there_or_not_for_one_is_not_found_in_the_same_words(program: Program) -> None:
    program.log_in(PAYOR)
    answers = [program.get(f"/statements/{path}") for path in (
        "C1/2026-10", "none/2026-10", "C2/2026-01", "C2/2026-13", "C2/soon", "%00/2026-10")]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}


def test_a_payment_that_was_made(program: Program) -> None:
    program.log_in(BOTH)
    payment = next(row for row in program.get("/payments/made").json["payments"] if row["reference"] == "R26")
    assert payment == {
        "reference": "R26", "received_on": "2026-09-21", "amount_cents": 20_026, "reversed_on": None, "why": None,
        "how": {"code": "income_withholding", "text": "Withheld from pay"},
        "status": {"code": "applied", "text": "Applied to your case"},
        "cases": [{"case": {"id": "C1", "label": "FL-22-0001"}, "amount_cents": 20_026}],
        "steps": payment["steps"],
    }
    received, paid, rule = payment["steps"]
    assert received == {"code": "received", "amount_cents": 20_026, "on": "2026-09-21", "until": None, "debts": [],
                        "text": "We received $200.26 on September 21, 2026."}
    assert [(debt["debt"], debt["first_month"], debt["last_month"], debt["amount_cents"], debt["text"])
            for debt in paid["debts"]] == [
        ("current", "2026-09", None, 10_000, "For September 2026: child support"),
        ("arrears", "2026-02", "2026-05", 8_000, "Past due, February 2026 to May 2026: child support"),
        ("interest", None, None, 2_026, "Interest: child support")]
    assert (rule["code"], rule["on"], rule["amount_cents"]) == ("order.principal_first", None, None)


def test_a_payment_that_was_taken_back_says_why(program: Program) -> None:
    program.log_in(BOTH)
    payment = program.get("/payments/made").json["payments"][0]
    assert (payment["status"]["code"], payment["why"], payment["reversed_on"]) == (
        "reversed", {"code": "nsf", "text": "Returned by the bank"}, "2026-11-02")


def test_a_tax_refund_is_never_called_a_federal_one(program: Program) -> None:
    program.log_in(PAYOR)
    answer = program.get("/payments/made")
    assert "tax_refund" in answer.text and "federal" not in answer.text.lower()


def test_what_a_family_is_told_of_a_hold_is_not_when_it_ends(new_program: Newcomer) -> None:
    program = new_program()
    program.log_in(PAYEE)
    held = [piece for row in program.get("/payments/received").json["payments"] for piece in row["went"]
            if piece["code"] == "held.may_be_adjusted"]
    assert held and all(piece["until"] is None and piece["on"] is None for piece in held)


def test_a_code_that_is_new_to_us_is_other_as_on_the_page(program: Program, facts: Facts) -> None:
    facts.received("X1", BOTH, source="CRYPTO_SEIZURE", on="2026-11-02")
    facts.held("X1", BOTH, "secret_reason")
    program.log_in(BOTH)
    payment = program.get("/payments/made").json["payments"][0]
    assert payment["reference"] == "X1" and payment["how"]["code"] == "other"
    assert "secret" not in str(payment) and "crypto" not in str(payment).lower()


def test_the_pages_of_a_list_are_all_of_it_forth_and_back(program: Program) -> None:
    program.log_in(BOTH)
    first = program.get("/payments/made").json
    second = program.get(f"/payments/made?after={first['older']}").json
    assert [len(page["payments"]) for page in (first, second)] == [25, 5]
    assert first["newer"] is None and second["older"] is None
    seen = [row["reference"] for page in (first, second) for row in page["payments"]]
    assert len(set(seen)) == 30
    assert program.get(f"/payments/made?before={second['newer']}").json["payments"] == first["payments"]


def test_cursors_of_pages_and_answers_are_the_same(program: Program, visitor: Visitor) -> None:
    program.log_in(BOTH)
    visitor.log_in(BOTH)
    link = re.search(r'rel="next" href="\?(?:[^"]*&amp;)?after=([^"&]+)"', visitor.get("/my-payments/made-by-me").text)
    assert link and link.group(1) == program.get("/payments/made").json["older"]


def test_a_place_that_is_none_is_named(program: Program) -> None:
    program.log_in(BOTH)
    for query, field in (
            ("after=nonsense", "after"), ("before=%00", "before"), ("after=", "after"), ("lang=fr", "lang"),
            ("after=MjAyNi0xMS0wMXxSMQ&before=MjAyNi0xMS0wMXxSMQ", "before"), ("after=" + "x" * 500, "after"),
            ("afer=x", "afer")):
        assert set(wrong_fields(program.get(f"/payments/made?{query}"))) == {field}, query


def test_balances_as_on_the_page(program: Program) -> None:
    program.log_in(BOTH)
    first, second = program.get("/balances").json["balances"]
    assert first["case"] == {"id": "C1", "label": "FL-22-0001"} and first["role"]["code"] == "payor"
    assert {name: value for name, value in first.items() if name.endswith("_cents")} == {
        "due_now_cents": 57_500, "past_due_cents": 46_000, "interest_cents": 4_312, "total_cents": 107_812,
        "ahead_cents": 0}
    assert first["expected"] == {"on": "2026-12-01", "support_cents": 57_500, "past_due_cents": 10_000,
                                 "total_cents": 67_500}
    assert [(kind["kind"]["code"], kind["total_cents"]) for kind in first["kinds"]] == [
        ("child", 100_312), ("medical", 7_500)]
    assert (second["role"]["code"], second["ahead_cents"], second["kinds"]) == ("payee", 12_500, [])


def test_cases_by_the_names_that_they_have_elsewhere(program: Program) -> None:
    program.log_in(BOTH)
    assert {case["id"]: case["label"] for case in program.get("/cases").json["cases"]} == {
        "C1": "FL-22-0001", "C2": "C2"}


def test_every_answer_says_as_of_when_it_is(program: Program) -> None:
    program.log_in(NOBODY)
    for path in PAGES:
        answer = program.get(path).json
        assert re.fullmatch(r"2026-11-03T18:\d\d:\d\d\+00:00", answer["as_of"])
        assert answer["language"] == "en"
