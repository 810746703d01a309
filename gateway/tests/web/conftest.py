"""The portal over a real database, with a few customers in its view."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine

from eventkit.crypto import Opener, generate_sealing_pair
from gateway.settings import SETTINGS
from gateway.wiring import make_app
from servicekit.settings import Settings, load

from ..facts import Facts
from .parts import BOTH, NEW, NOBODY, PAYEE, PAYOR, AuthService, Clock, Visitor

PRIVATE, PUBLIC = generate_sealing_pair("a1")
ENVIRONMENT = {"AUTH_PUBLIC_KEY": PUBLIC, "SECRET_KEY": "a secret of the tests, long enough for anyone"}


@pytest.fixture
def settings() -> Settings:
    return load(SETTINGS, {**ENVIRONMENT, "SECURE_COOKIES": "false"})


@pytest.fixture
def lived(facts: Facts) -> Facts:
    """BOTH pays and is paid, PAYOR pays, PAYEE is paid, NOBODY has nothing yet, NEW has never logged in."""
    for person in (BOTH, PAYOR, PAYEE, NOBODY, NEW):
        facts.account(person)
        facts.participant(person, "es" if person == PAYEE else "en")
    facts.case("C1", [BOTH], [PAYEE], "FL-22-0001")
    facts.case("C2", [PAYOR], [BOTH])
    for number in range(30):
        facts.received(f"R{number}", BOTH, 20_000 + number, on=f"2026-{1 + number // 3:02}-{1 + number % 3 * 10:02}")
        facts.applied(f"R{number}", BOTH, "C1", 20_000 + number)
    facts.reversed("R29", BOTH)
    facts.received("P1", PAYOR, source="FEDERAL_TAX")
    facts.held("P1", PAYOR, "no_case")
    facts.received("P2", PAYOR, source="OTHER", method="MONEY_ORDER", on="2026-10-02")
    facts.issued("D1", PAYEE, "C1")
    facts.issued("D2", PAYEE, "C1", on="2026-10-01", method="check")
    facts.status("D2", PAYEE, "returned", "2026-10-12")
    facts.issued("D3", BOTH, "C2", method="card")
    facts.status("D3", BOTH, "cleared")
    return facts


@pytest.fixture
def auth(lived: Facts) -> AuthService:
    return AuthService(Opener.parse(PRIVATE), lived)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(engine: Engine, auth: AuthService, settings: Settings, clock: Clock) -> Flask:
    return make_app(settings, engine, auth, clock)


@pytest.fixture
def new_visitor(app: Flask) -> Callable[..., Visitor]:
    return lambda language="en": Visitor(app.test_client(), language)


@pytest.fixture
def visitor(new_visitor: Callable[..., Visitor]) -> Visitor:
    return new_visitor()
