"""What a customer does: log in, change the temporary PIN, see payments, request a PIN, log out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select

from gateway.own_tables import sessions

from .parts import BOTH, CHOSEN, NEW, NOBODY, PAYEE, PAYOR, PIN, SSN, TEMPORARY, AuthService, Visitor, words_of


@pytest.mark.parametrize("identifier", [BOTH, SSN, "10 0000-0001", "900-12-3456"])
def test_log_in_leads_to_the_last_payment(visitor: Visitor, identifier: str) -> None:
    page = visitor.log_in(identifier)
    assert page.request.path == "/overview"
    assert "$200.29" in page.text and "FL-22-0001" in page.text


def test_my_payments_leads_to_the_list_that_has_something_in_it(visitor: Visitor) -> None:
    visitor.log_in(PAYEE)
    page = visitor.get("/my-payments")
    assert page.request.path == "/my-payments/sent-to-me"
    assert "$240.00" in page.text


@pytest.mark.parametrize(("identifier", "pin"), [(BOTH, "739284"), ("1999999999", PIN), (NEW, PIN)])
def test_what_is_not_accepted_is_always_said_the_same_way(visitor: Visitor, identifier: str, pin: str) -> None:
    page = visitor.log_in(identifier, pin)
    assert page.status_code == 422
    assert "We could not log you in with that number and PIN" in page.text
    assert pin not in page.text


def test_a_participant_id_is_not_typed_twice_but_an_ssn_is_never_shown(visitor: Visitor) -> None:
    assert f'value="{BOTH}"' in visitor.log_in(BOTH, "739284").text
    assert SSN not in visitor.log_in(SSN, "739284").text
    assert SSN not in visitor.log_in(SSN, "").text


@pytest.mark.parametrize("identifier", ["", "12345", "90012345x", "1234567890123456"])
def test_a_number_that_cannot_be_one_is_not_asked_about(visitor: Visitor, auth: AuthService, identifier: str) -> None:
    page = visitor.log_in(identifier)
    assert page.status_code == 422 and "Enter a Participant ID number" in page.text
    assert not auth.asked


def test_a_temporary_pin_must_be_changed_before_anything_else(visitor: Visitor, auth: AuthService) -> None:
    page = visitor.log_in(NEW, TEMPORARY)
    assert page.request.path == "/new-pin"
    for path in ("/overview", "/my-payments", "/my-payments/made-by-me", "/my-payments/sent-to-me", "/log-in"):
        assert visitor.get(path).request.path == "/new-pin"
    page = visitor.post("/new-pin", new_pin=CHOSEN, again=CHOSEN)
    assert page.request.path == "/overview"
    assert "Your new PIN is saved" in page.text
    assert auth.pins[NEW] == CHOSEN
    assert "Your new PIN is saved" not in visitor.get("/overview").text, "it is said once"
    assert visitor.get("/new-pin").request.path == "/overview"


@pytest.mark.parametrize(("new", "again", "said"), [
    ("", "", "Enter a new PIN"),
    (CHOSEN, "640276", "The two PINs are not the same"),
    ("123456", "123456", "Do not use digits in order"),
])
def test_a_new_pin_that_will_not_do(visitor: Visitor, new: str, again: str, said: str) -> None:
    visitor.log_in(NEW, TEMPORARY)
    page = visitor.post("/new-pin", new_pin=new, again=again)
    assert page.status_code == 422 and said in page.text
    assert f'value="{new}"' not in page.text


def test_the_log_in_with_the_new_pin(new_visitor: Callable[..., Visitor]) -> None:
    first = new_visitor()
    first.log_in(NEW, TEMPORARY)
    first.post("/new-pin", new_pin=CHOSEN, again=CHOSEN)
    assert new_visitor().log_in(NEW, TEMPORARY).status_code == 422
    assert new_visitor().log_in(NEW, CHOSEN).request.path == "/overview"


def test_a_change_the_view_has_not_seen_in_time_is_received(visitor: Visitor, auth: AuthService) -> None:
    visitor.log_in(NEW, TEMPORARY)
    auth.silent = True
    page = visitor.post("/new-pin", new_pin=CHOSEN, again=CHOSEN)
    assert "We received your new PIN and are processing it" in page.text


def test_a_proof_that_no_longer_counts_ends_the_session(visitor: Visitor, auth: AuthService) -> None:
    visitor.log_in(NEW, TEMPORARY)
    auth.proofs.clear()
    assert visitor.post("/new-pin", new_pin=CHOSEN, again=CHOSEN).status_code == 401
    assert visitor.get("/new-pin").request.path == "/log-in"


@pytest.mark.parametrize("identifier", [BOTH, "1999999999", SSN])
def test_a_request_for_a_pin_is_always_answered_the_same(visitor: Visitor, identifier: str) -> None:
    page = visitor.post("/request-a-pin", identifier=identifier)
    assert page.request.path == "/request-a-pin/done"
    assert "If we can mail you a PIN, it is on its way" in page.text
    assert identifier not in page.text


def test_payments_made(visitor: Visitor) -> None:
    visitor.log_in(PAYOR)
    words = words_of(visitor.get("/my-payments/made-by-me"))
    assert "Oct 30, 2026 Tax refund Not yet applied On hold We are finding out which case it is for. $250.00" in words
    assert "Oct 2, 2026 Money order" in words
    assert "Payment records as of November 3, 2026" in words


def test_payments_sent(visitor: Visitor) -> None:
    visitor.log_in(PAYEE)
    words = words_of(visitor.get("/my-payments/sent-to-me?lang=en"))
    assert "Nov 1, 2026 Direct deposit FL-22-0001 Sent $240.00" in words
    assert "Oct 1, 2026 Check FL-22-0001 Returned to us Oct 12, 2026 $240.00" in words


def test_the_second_page_of_payments(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    first = visitor.get("/my-payments/made-by-me")
    assert first.text.count('<td role="cell" class="amount"') == 25
    older = first.text.split('rel="next" href="')[1].split('"')[0]
    second = visitor.get(f"/my-payments/made-by-me{older}")
    assert second.text.count('<td role="cell" class="amount"') == 5
    assert 'rel="prev"' in second.text and 'rel="next"' not in second.text
    assert "$200.00" in second.text and "$200.28" not in second.text


def test_no_payments_yet(visitor: Visitor) -> None:
    visitor.log_in(NOBODY)
    assert "No payments made by you" in visitor.get("/my-payments").text
    assert "No payments sent to you" in visitor.get("/my-payments/sent-to-me").text


def test_logging_out(visitor: Visitor, engine: Engine) -> None:
    visitor.log_in(BOTH)
    page = visitor.log_out()
    assert "You are logged out" in page.text
    with engine.connect() as conn:
        assert conn.execute(select(sessions)).all() == []
    assert visitor.get("/my-payments").request.path == "/log-in"


def test_the_quick_exit_ends_the_session_and_leads_away(visitor: Visitor, engine: Engine) -> None:
    visitor.log_in(BOTH)
    away = visitor.get("/leave", follow=False)
    assert away.status_code == 303 and away.location == "https://www.weather.gov/"
    with engine.connect() as conn:
        assert conn.execute(select(sessions)).all() == []


def test_what_auth_keeps_is_asked_by_nobody_or_by_the_person(visitor: Visitor, auth: AuthService) -> None:
    visitor.log_in(NEW, TEMPORARY)
    visitor.post("/new-pin", new_pin=CHOSEN, again=CHOSEN)
    assert auth.asked == [("log_in", "anonymous"), ("change_pin", NEW)]
