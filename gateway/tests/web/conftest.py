"""The portal over a real database, with a few customers in its view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from eventkit.crypto import Opener, generate_sealing_pair
from gateway.settings import SETTINGS
from gateway.wiring import make_app
from servicekit.settings import Settings, load

from ..conftest import fill, rows_of
from ..facts import SHOWN_KEYS, Facts, lot, share
from .cases_service import CasesService, Services
from .parts import BOTH, NEW, NOBODY, PAYEE, PAYOR, AuthService, Clock, Visitor
from .pieces import render  # noqa: F401  a macro by itself

PRIVATE, PUBLIC = generate_sealing_pair("a1")
CASES_PRIVATE, CASES_PUBLIC = generate_sealing_pair("c1")
ENVIRONMENT = {"AUTH_PUBLIC_KEY": PUBLIC, "SECRET_KEY": "a secret of the tests, long enough for anyone",
               "CASES_PUBLIC_KEY": CASES_PUBLIC, "SHOWN_KEYS": SHOWN_KEYS}


# Payments that went more than one way, by their number.
STORIES = {
    26: (share("C1", 10_000, due="2026-09-01"),
         *(share("C1", 2_000, "ARREARS", due=f"2026-0{month}-01") for month in (2, 3, 4, 5)),
         share("C1", 2_026, "INTEREST", due=None)),
    27: (share("C1", 15_000), share("C1", 5_027, to="HELD", hold="may_be_adjusted")),
    28: (share("C1", 10_000, to="PASS_THROUGH", rule="pass_through.100_200"),
         share("C1", 5_000, to="GOVERNMENT", rule="owner.assigned"),
         share("C1", 4_000, "ARREARS", "GOVERNMENT", due="2026-02-01", rule="owner.assigned"),
         share("C1", 1_028, "FUTURE", "HELD", kind=None, due=None, rule="future.held", hold="futures",
               until="2026-11-01")),
}


def owed(facts: Facts) -> None:
    """On C1 of two kinds and with interest; on C2 nothing, with something paid ahead."""
    facts.obligation("C1", 50_000)
    facts.obligation("C1", 7_500, kind="MEDICAL")
    facts.liquidation("C1", 10_000)
    facts.debt("C1", ("principal", "2026-02-01", 46_000), ("principal", "2026-11-01", 50_000),
               ("interest", None, 4_312))
    facts.debt("C1", ("principal", "2026-11-01", 7_500), kind="MEDICAL")
    facts.obligation("C2", 40_000)
    facts.debt("C2", ("advance", None, -12_500), reason="payment_credited")


def stated(facts: Facts) -> None:
    """Of C1 two months: one with all there can be in it, one in which nothing came in. Of C2 more is paid than owed."""
    facts.statement("C1", [BOTH], "2026-09-01", previous=0, charges={"CHILD": 50_000, "MEDICAL": 7_500})
    month: dict[str, Any] = {
        "previous": 57_500, "charges": {"CHILD": 50_000, "MEDICAL": 7_500}, "interest": 4_312, "paid": (
            ("2026-10-01", "INCOME_WITHHOLDING", 20_027), ("2026-10-11", "FEDERAL_TAX", 20_028),
            ("2026-10-21", "OTHER", 20_029), ("2026-10-21", "OTHER", -20_029)),
        "adjusted": (("2026-10-14", "charge_corrected", -1_500), ("2026-10-14", "debt_compromised", -990))}
    facts.statement("C1", [BOTH], **month | {"interest": 1})
    facts.statement("C1", [BOTH], number=2, **month)
    facts.statement("C2", [PAYOR], previous=0, charges={"CHILD": 40_000}, paid=(("2026-10-30", "UIB", 52_500),),
                    ahead=12_500)


def shown_of_cases(facts: Facts) -> None:
    """Profiles, dates and requests; what begins with CANARY is of one person, and nobody else may see it."""
    facts.details("C1", ("M. R.", 2015), ("J. R.", None), assistance="current", court_case_number="FL-22-0001",
                  lcsa="06111")
    facts.details("C2", ("A. B.", 2018), function="locate", lcsa=None)
    facts.details("C3", status="closed", function="enforcement", closed_on="2026-08-31", lcsa="06111")
    facts.order("C1", "O1", "temporary", "2022-03-01", income_withholding=False)
    facts.order("C1", "O2", "modified", "2024-05-15")
    for person in (BOTH, PAYOR, PAYEE):
        facts.profile(person, "es" if person == PAYEE else "en", name=f"CANARYname{person}",
                      address=f"CANARYaddress{person}", phone_mobile="•••-•••-0142", email=f"CANARYemail{person}",
                      phone_work=f"CANARYphone{person}", email_notices=person == BOTH, address_valid=person != PAYOR,
                      employer=f"CANARYemployer{person}" if person != PAYEE else None)
    facts.hearing("H1", "C1", **{f"p{BOTH}": "in_person", f"p{PAYEE}": "remote"})
    facts.hearing("H2", "C1", "2026-11-25T18:00:00+00:00", "vacated", "review")
    facts.hearing("H3", "C1", "2026-09-10T16:30:00+00:00", "held", "enforcement")
    facts.appointment("A1", BOTH, "C1", place=f"CANARYplace{BOTH}")
    facts.appointment("A2", PAYEE, "C1", "2026-11-18T22:30:00+00:00", type="genetic_test", bring=("photo_id", "child"),
                      place=f"CANARYplace{PAYEE}", status="confirmed")
    facts.appointment("A3", PAYEE, "C1", "2026-12-10T22:30:00+00:00", type="virtual", place=None,
                      link=f"https://video.example/CANARYlink{PAYEE}", bring=(), required=False)
    facts.appointment("A4", BOTH, None, "2026-06-01T17:00:00+00:00", "missed", "family_meeting")
    facts.appointment("A5", PAYOR, "C2", "2026-11-24T17:00:00+00:00", "cancelled")
    facts.request("CC-AAAA-1111", PAYEE, "other_party_report", "C1", status="in_review")
    facts.request("CC-AAAA-2222", BOTH, "contact_update", status="answered", answer="need_more",
                  said=f"CANARYanswer{BOTH}")
    facts.request("CC-AAAA-3333", BOTH, "reschedule", appointment_id="A4")


@pytest.fixture
def settings() -> Settings:
    return load(SETTINGS, {**ENVIRONMENT, "SECURE_COOKIES": "false"})


@pytest.fixture(scope="session")
def remembered() -> dict[str, Any]:
    """What the lives below have told and what the view made of it: they are lived once, for it takes half a second."""
    return {}


@pytest.fixture
def lived(facts: Facts, engine: Engine, remembered: dict[str, Any]) -> Facts:
    if not remembered:
        _live(facts)
        remembered.update(facts=Facts(), rows=rows_of(engine))
        remembered["facts"].go_on_from(facts)
    else:
        facts.go_on_from(remembered["facts"])
        fill(engine, remembered["rows"])
    return facts


def _live(facts: Facts) -> None:
    """BOTH pays and is paid, PAYOR pays, PAYEE is paid, NOBODY has nothing yet, NEW has never logged in."""
    for person in (BOTH, PAYOR, PAYEE, NOBODY, NEW):
        facts.account(person)
        facts.participant(person, "es" if person == PAYEE else "en")
    facts.case("C1", [BOTH], [PAYEE], "FL-22-0001")
    facts.case("C2", [PAYOR], [BOTH])
    facts.case("C3", [PAYOR], [NEW], "FL-23-0042")
    for number in range(30):
        facts.received(f"R{number}", BOTH, 20_000 + number, on=f"2026-{1 + number // 3:02}-{1 + number % 3 * 10:02}")
        facts.distributed(f"R{number}", BOTH, *STORIES.get(number, (share("C1", 20_000 + number),)))
    facts.released("R28", BOTH, "C1", 1_028, "futures", on="2026-11-01")
    facts.distributed("R28", BOTH, share("C1", 1_028, to="GOVERNMENT", due="2026-11-01"), month="2026-11-01")
    facts.reversed("R29", BOTH)
    owed(facts)
    stated(facts)
    facts.received("P1", PAYOR, source="FEDERAL_TAX")
    facts.held("P1", PAYOR, "no_case")
    facts.received("P2", PAYOR, source="OTHER", method="MONEY_ORDER", on="2026-10-02")
    facts.received("P3", PAYOR, 90_000, source="FEDERAL_TAX", on="2026-09-15")
    facts.distributed("P3", PAYOR, share("C2", 40_000, to="HELD", due="2026-09-01", hold="may_be_adjusted"),
                      share("C3", 20_000, due="2026-09-01"), share("C3", 900, "ARREARS", "GOVERNMENT", kind="FEE"),
                      share("-", 29_100, "NOTHING", "HELD", kind=None, due=None, hold="overcollection"),
                      rules=("allocation.pro_rata", "tax_offset.as_others"))
    facts.released("P3", PAYOR, None, 29_100, "overcollection", "REFUND", "2026-10-05")
    facts.issued("D4", PAYOR, None, 29_100, on="2026-10-07", method="check", payee_type="payor",
                 lots=(lot(29_100, "NOTHING", "REFUND", "2026-09-15"),))
    facts.issued("D1", PAYEE, "C1", lots=(
        lot(10_000, to="PASS_THROUGH", on="2026-10-21"), lot(9_000, "ARREARS", on="2026-10-11"),
        lot(2_000, "INTEREST", on="2026-10-11"), lot(1_000, "FUTURE", on="2026-10-11")))
    facts.issued("D5", PAYEE, "C1", 5_000, on="2026-11-03", status="pending")
    facts.issued("D2", PAYEE, "C1", on="2026-10-01", method="check")
    facts.status("D2", PAYEE, "returned", "2026-10-12")
    facts.issued("D3", BOTH, "C2", method="card")
    facts.status("D3", BOTH, "cleared")
    shown_of_cases(facts)


@pytest.fixture
def auth(lived: Facts) -> AuthService:
    return AuthService(Opener.parse(PRIVATE), lived)


@pytest.fixture
def desk(lived: Facts) -> CasesService:
    return CasesService(Opener.parse(CASES_PRIVATE), lived)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(engine: Engine, auth: AuthService, desk: CasesService, settings: Settings, clock: Clock) -> Flask:
    return make_app(settings, engine, Services(auth, desk), clock)


@pytest.fixture
def new_visitor(app: Flask) -> Callable[..., Visitor]:
    return lambda language="en": Visitor(app.test_client(), language)


@pytest.fixture
def visitor(new_visitor: Callable[..., Visitor]) -> Visitor:
    return new_visitor()
