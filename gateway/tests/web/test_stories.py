"""How payments and balances are explained: every step in words, in both languages, and nothing to the wrong side."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from gateway.catalogue import LANGUAGES, Catalogue
from gateway.view import allowed, family_side, payor_side, tables

from .parts import BOTH, NOBODY, PAYEE, PAYOR, Visitor, words_of

TEXTS = Catalogue.load("web")
PAYOR_STEPS = {"received", "identified", "divided", "paid", "refunded", "undone", *payor_side.RULES,
               *(f"held.{reason}" for reason in (*payor_side.WAITING, "other")),
               *(f"reversed.{reason.lower()}" for reason in (*payor_side.REVERSALS, "other"))}
HOLDS = {f"held.{hold}" for hold in (*family_side.HOLDS, "other")}
GONE = {f"to.{to}" for to in family_side.DESTINATIONS if to not in ("held", "other")}
FAMILY_STEPS = {"received", *GONE, *HOLDS, "undone", "reversed", "released.month",
                *(f"released.{to}" for to in family_side.PAID_OUT)}


@pytest.mark.parametrize(("prefix", "codes"), [
    ("made.step", PAYOR_STEPS), ("received.step", FAMILY_STEPS), ("received.went", GONE | HOLDS),
    ("made.held", set(payor_side.WAITING)), ("sent.part", set(allowed.PARTS))])
def test_every_code_has_a_text_and_every_text_a_code(prefix: str, codes: set[str]) -> None:
    assert TEXTS.keys(f"{prefix}.") == {f"{prefix}.{code}" for code in codes} | {f"{prefix}.other"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_that_the_view_makes_has_words_of_its_own(new_visitor: Callable[..., Visitor], engine: Engine,
                                                             language: str) -> None:
    """The text for what is not known is for codes of tomorrow; today's have their own, with all their values."""
    visitor = new_visitor(language)
    unknown = TEXTS.text(language, "made.step.other")
    for person, path in ((BOTH, "made-by-me"), (PAYOR, "made-by-me"), (PAYEE, "received-for-my-case"),
                         (BOTH, "received-for-my-case"), (PAYEE, "sent-to-me")):
        visitor.log_in(person)
        words = words_of(visitor.get(f"/my-payments/{path}?lang={language}"))
        assert unknown not in words and TEXTS.text(language, "made.debt.other") + " $" not in words
        visitor.log_out()
    with engine.connect() as conn:
        for table, codes in ((tables.payments_made, PAYOR_STEPS), (tables.family_payments, FAMILY_STEPS)):
            rows = conn.execute(table.select()).mappings()
            assert {step["code"] for row in rows for step in row["steps"]} <= codes


def test_a_payment_is_explained_to_its_payor_step_by_step(visitor: Visitor) -> None:
    visitor.log_in(PAYOR)
    words = words_of(visitor.get("/my-payments/made-by-me"))
    assert ("We received $900.00 on September 15, 2026. You pay in more than one case. We divided the payment by what "
            "you owed in each. It paid what you owe: For September 2026: child support Case C2 $400.00 For September "
            "2026: child support Case FL-23-0042 $200.00 Past due, October 2026: court fee Case FL-23-0042 $9.00 "
            "$291.00 is more than you owed. We check within 15 working days whether to send it back to you. "
            "On October 5, 2026 we decided to send $291.00 back to you.") in words


def test_what_is_past_due_is_one_line_from_its_first_month_to_its_last(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    words = words_of(visitor.get("/my-payments/made-by-me"))
    assert "Past due, February 2026 to May 2026: child support $80.00 Interest: child support $20.26" in words


def test_a_payment_is_explained_to_the_family(visitor: Visitor) -> None:
    visitor.log_in(PAYEE)
    words = words_of(visitor.get("/my-payments/received-for-my-case?lang=en"))
    assert ("$150.00 to you $50.27 on hold: may be subject to adjustment $200.27 Step by step : Oct 1, 2026, $200.27 "
            "We received $200.27 for your case on October 1, 2026. $150.00 goes to you. "
            "$50.27 is on hold: it may be subject to adjustment.") in words


def test_what_was_sent_says_what_it_is_made_of(visitor: Visitor) -> None:
    visitor.log_in(PAYEE)
    words = words_of(visitor.get("/my-payments/sent-to-me?lang=en"))
    assert ("Past due support, received October 11, 2026 $90.00 Interest, received October 11, 2026 $20.00 "
            "Support paid ahead, received October 11, 2026 $10.00 Support passed on to you, received October 21, 2026 "
            "$100.00 Sent before the money for it came in $20.00") in words
    assert "Being prepared" in words and "See where each payment went" in words


def test_a_refund_is_in_the_list_of_who_gets_it(visitor: Visitor) -> None:
    visitor.log_in(PAYOR)
    words = words_of(visitor.get("/my-payments/sent-to-me"))
    assert "Check Not of one case Sent $291.00" in words and "This is a refund: you paid more than you owed." in words


def test_balances_case_by_case(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    words = words_of(visitor.get("/my-payments/balances"))
    assert ("Case FL-22-0001 You pay support in this case. Due this month $575.00 Past due $460.00 Interest $43.12 "
            "Total owed $1,078.12 Next payment, due December 1, 2026 $575.00 current support and $100.00 toward what "
            "is past due $675.00") in words
    assert "Paid ahead $125.00 Next payment, due December 1, 2026 $275.00" in words
    assert "Payment records as of November 3, 2026" in words


def test_no_balance_no_figures(visitor: Visitor) -> None:
    visitor.log_in(NOBODY)
    assert "No balances" in visitor.get("/my-payments/balances").text


OF_THE_FAMILY = re.compile(r"assistance|pass(ed|-)? ?through|passed on|kept|yearly service fee|subject to adjustment"
                           r"|government|assigned|until November 1", re.I)
OF_THE_PAYOR = re.compile(r"withheld|tax|refund|electronic payment\b(?! card)|money order|the bank took"
                          r"|1000000001|R2\d\b", re.I)
OF_NOBODY = re.compile(r"joint|tax_offset|federal|offset", re.I)


def test_a_payors_pages_say_nothing_of_the_familys_affairs(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    assert not OF_THE_FAMILY.findall(words_of(visitor.get("/my-payments/made-by-me")))
    visitor.log_out()
    visitor.log_in(PAYOR)
    for page in ("made-by-me", "sent-to-me", "received-for-my-case", "balances"):
        assert not OF_THE_FAMILY.findall(words_of(visitor.get(f"/my-payments/{page}"))), page


def test_a_familys_pages_say_nothing_of_the_payors_affairs(visitor: Visitor) -> None:
    visitor.log_in(PAYEE)
    for page in ("made-by-me", "sent-to-me", "received-for-my-case", "balances"):
        assert not OF_THE_PAYOR.findall(words_of(visitor.get(f"/my-payments/{page}?lang=en"))), page
    addresses = re.findall(r'href="(\?[^"]+)"', visitor.get("/my-payments/received-for-my-case").text)
    assert addresses and not any("R1" in address for address in addresses)


def test_no_row_and_no_page_speaks_of_federal_tax(new_visitor: Callable[..., Visitor], engine: Engine) -> None:
    with engine.connect() as conn:
        for table in tables.metadata.sorted_tables:
            assert not OF_NOBODY.findall(str(conn.execute(table.select()).all())), table.name
    for person in (BOTH, PAYOR, PAYEE):
        visitor = new_visitor("en")
        visitor.log_in(person)
        for page in ("made-by-me", "sent-to-me", "received-for-my-case", "balances"):
            assert not OF_NOBODY.findall(visitor.get(f"/my-payments/{page}").text)
