"""What the agency must read is not to be flooded: so many changes and so many reports of each customer in a day."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine

from gateway.settings import SETTINGS
from gateway.wiring import make_app
from servicekit.settings import load

from .cases_service import CasesService, Services
from .conftest import ENVIRONMENT
from .parts import BOTH, PAYEE, AuthService, Clock, Visitor, main_of, words_of

EMAIL, REPORT = "/my-profile/update/email", "/my-profile/other-party"


@pytest.fixture
def app(engine: Engine, auth: AuthService, desk: CasesService, clock: Clock) -> Flask:
    settings = load(SETTINGS, {**ENVIRONMENT, "SECURE_COOKIES": "false", "CHANGES_A_DAY": "2", "REPORTS_A_DAY": "1"})
    return make_app(settings, engine, Services(auth, desk), clock)


def test_the_page_says_what_to_do_and_when(new_visitor: Callable[..., Visitor], desk: CasesService,
                                           clock: Clock) -> None:
    visitor = new_visitor()
    visitor.log_in(PAYEE)
    for address in ("a@mail.example", "b@mail.example"):
        assert visitor.post(f"{EMAIL}?lang=en", email=address).status_code == 200
    refused = visitor.post(EMAIL, email="c@mail.example")
    words = words_of(refused).replace("\u202f", " ")
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) == 5 * 3600 + 40 * 60
    assert "That is all we can take from you today" in words and "We did not take what you just sent" in words
    assert "If it cannot wait, call us" in words and "You can send more from November 3, 2026, 4:00 PM" in words
    assert len(desk.done) == 2
    clock.passes(hours=6)
    visitor.log_in(PAYEE)
    assert visitor.post(EMAIL, email="c@mail.example").status_code == 200


def test_all_that_changes_something_counts_together_and_reports_apart(visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(BOTH)
    path = "/dates/appointments/A1/another-time"
    assert visitor.post(path, times="any Friday").status_code == 200
    assert visitor.post("/my-profile/update/preferences", language="en", email_notices="no").status_code == 200
    assert visitor.post(EMAIL, email="c@mail.example").status_code == 429
    assert visitor.post(REPORT, case_id="C1", employer="Acme").status_code == 200
    assert visitor.post(REPORT, case_id="C1", employer="Acme again").status_code == 429
    assert len(desk.done) == 3


def test_what_is_sent_again_counts_once_and_what_was_not_accepted_before_it_left_not_at_all(
        visitor: Visitor, desk: CasesService) -> None:
    visitor.log_in(BOTH)
    for _ in range(5):
        assert visitor.post(EMAIL, email="no address").status_code == 422
    desk.lost = 4
    token = re.findall(r'name="form_token" value="([^"]+)"', main_of(visitor.get(EMAIL)))[-1]
    tries = [visitor.client.post(EMAIL, data={"form_token": token, "email": "a@mail.example"}).status_code
             for _ in range(4)]
    assert tries == [503, 503, 303, 303] and len(desk.done) == 1
    assert visitor.post(EMAIL, email="b@mail.example").status_code == 200


def test_each_customer_has_a_limit_of_their_own(new_visitor: Callable[..., Visitor]) -> None:
    for person in (BOTH, PAYEE):
        visitor = new_visitor()
        visitor.log_in(person)
        for address in ("a@mail.example", "b@mail.example"):
            assert visitor.post(EMAIL, email=address).status_code == 200
