"""The overview: of each case the last payment in a sentence, what is owed, and what the reader must not miss."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ..facts import Facts, share
from .parts import BOTH, NEW, NOBODY, PAYEE, PAYOR, TEMPORARY, AuthService, Clock, Visitor, words_of
from .test_stories import OF_NOBODY, OF_THE_FAMILY, OF_THE_PAYOR


def overview(visitor: Visitor, person: str, language: str = "en") -> str:
    visitor.log_in(person)
    return words_of(visitor.get(f"/overview?lang={language}"))


def test_who_has_both_roles_sees_both(visitor: Visitor) -> None:
    words = overview(visitor, BOTH)
    paid, received = words.split("Case C2")
    assert "Case FL-22-0001 You pay support in this case." in paid
    assert "no longer counts, because the bank took it back on November 2, 2026." in paid
    assert "Total owed $1,078.12 Past due $460.00 Next payment, due December 1, 2026 $675.00" in paid
    assert "We sent you $240.00 to your electronic payment card on November 1, 2026, and it reached you." in received
    assert words.count("Payment records as of November 3, 2026") == 2, "each figure says of when it is"


@pytest.mark.parametrize(("person", "last"), [(BOTH, "$200.29"), (PAYOR, "$900.00"), (PAYEE, "$50.00")])
def test_from_the_log_in_to_the_last_payment_are_two_screens(visitor: Visitor, person: str, last: str) -> None:
    assert visitor.get("/log-in").status_code == 200
    second = visitor.log_in(person)
    assert [one.status_code for one in second.history] == [303], "no page stands between the log-in and the answer"
    assert second.status_code == 200 and last in words_of(second)


def test_a_divided_payment_is_told_by_case_and_what_waits_above_them(visitor: Visitor) -> None:
    words = overview(visitor, PAYOR)
    assert "A payment of yours is on hold We received $250.00 from you on October 30, 2026" in words
    assert words.index("A payment of yours is on hold") < words.index("Case C2")
    assert "Of the $900.00 we received from you on September 15, 2026, we applied $400.00 to this case." in words


def test_what_came_in_and_was_not_sent_yet(visitor: Visitor, facts: Facts) -> None:
    facts.received("R91", BOTH, 30_000, on="2026-11-04")
    facts.distributed("R91", BOTH, share("C1", 20_000), share("C1", 10_000, to="HELD", hold="may_be_adjusted"))
    words = overview(visitor, PAYEE)
    assert ("We received $300.00 for your case on November 4, 2026: $200.00 to you; "
            "$100.00 on hold: may be subject to adjustment.") in words


@pytest.mark.parametrize(("status", "told"), [
    ("issued", "and it is on its way"), ("cleared", "and it reached you"), ("returned", "but it came back to us"),
    ("stop_paid", "and then stopped it"), ("reissued", "We sent you $77.00 again"), ("stale", "was not cashed"),
    ("voided", "was canceled"), ("pending", "We are about to send you $77.00"), ("lost", "We are processing")])
def test_what_became_of_what_was_sent(visitor: Visitor, facts: Facts, status: str, told: str) -> None:
    facts.issued("D9", PAYEE, "C1", 7_700, on="2026-11-04", method="check",
                 status="pending" if status == "pending" else "issued")
    if status not in ("issued", "pending"):
        facts.status("D9", PAYEE, status, "2026-11-05")
    assert told in overview(visitor, PAYEE)


def test_a_changed_pin_is_told_to_its_owner_for_two_weeks(visitor: Visitor, facts: Facts, clock: Clock) -> None:
    facts.tell("auth", "pin_changed", f"account-{BOTH}", participant_id=BOTH, channel="phone",
               changed_at="2026-11-01T18:15:00+00:00")
    visitor.log_in(BOTH)
    words = words_of(visitor.get("/overview"))
    assert "Your PIN was changed It was changed by phone: November 1, 2026, 10:15" in words
    assert "If that was not you, call us: 1-866-901-3212" in words
    clock.passes(days=14)
    assert "Your PIN was changed" not in overview(visitor, BOTH)


def test_who_has_just_changed_it_is_told_once_and_only_that(visitor: Visitor) -> None:
    visitor.log_in(NEW, TEMPORARY)
    words = words_of(visitor.post("/new-pin", new_pin="640275", again="640275"))
    assert "Your new PIN is saved" in words and "Your PIN was changed" not in words


def test_mail_that_came_back_is_told_with_the_way_to_mend_it(new_visitor: Callable[..., Visitor]) -> None:
    payor, both = new_visitor("en"), new_visitor("en")
    payor.log_in(PAYOR)
    both.log_in(BOTH)
    page = payor.get("/overview")
    assert "Mail to your address came back to us" in words_of(page) and "/my-profile/update/address" in page.text
    assert "came back" not in words_of(both.get("/overview"))


def test_answers_of_the_agency_are_told_for_two_weeks(visitor: Visitor, facts: Facts, clock: Clock) -> None:
    visitor.log_in(BOTH)
    assert "We answered one of your requests" in words_of(visitor.get("/overview"))
    facts.request("CC-BBBB-3333", BOTH, "reschedule", status="answered", answer="rescheduled")
    facts.request("CC-CCCC-4444", BOTH, "reschedule")
    assert "We answered 2 of your requests" in words_of(visitor.get("/overview"))
    clock.passes(days=14)
    visitor.log_in(BOTH)
    assert "of your requests" not in words_of(visitor.get("/overview"))


def test_no_case_yet(visitor: Visitor) -> None:
    assert "No case yet" in overview(visitor, NOBODY)


def test_it_says_to_each_side_what_is_theirs(new_visitor: Callable[..., Visitor], auth: AuthService) -> None:
    for person, foreign in ((BOTH, OF_THE_FAMILY), (PAYOR, OF_THE_FAMILY), (PAYEE, OF_THE_PAYOR)):
        words = overview(new_visitor(), person)
        assert not re.findall(foreign, words.replace("tax refund", "") if person == PAYOR else words), person
        assert not OF_NOBODY.findall(words), person
