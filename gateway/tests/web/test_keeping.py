"""Forms of the portal that outlive a session: what was typed is there after the next log-in, of what may be kept."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from gateway.own_tables import drafts
from gateway.web.access import keeps

from .cases_service import CasesService
from .parts import BOTH, PAYEE, Clock, Visitor, main_of

UPDATE = "/my-profile/update"
ADDRESS, EMPLOYER = f"{UPDATE}/address", f"{UPDATE}/employer"
ANOTHER_TIME = "/dates/appointments/A1/another-time"
OTHER_PARTY = "/my-profile/other-party"
TYPED = {
    ADDRESS: {"line1": "450 Main Street", "city": "Oxnard", "state": "CA", "zip": "93030"},
    EMPLOYER: {"employer_name": "Acme Bakery", "employer_city": "Oxnard"},
    ANOTHER_TIME: {"times": "any Friday in June", "reason": "I work that day"},
}


def token_of(visitor: Visitor, path: str) -> str:
    return re.findall(r'name="form_token" value="([^"]+)"', main_of(visitor.get(path)))[-1]


def too_late(visitor: Visitor, clock: Clock, path: str, **fields: str) -> str:
    """The form is sent in when the session is over; returns what the page says."""
    token = token_of(visitor, path)
    clock.passes(minutes=16)
    over = visitor.client.post(path, data={"form_token": token, **fields}, headers={"Accept-Language": "en"})
    assert over.status_code == 401
    return over.text


@pytest.mark.parametrize("path", TYPED)
def test_what_was_typed_is_there_after_the_log_in_until_it_is_sent(visitor: Visitor, clock: Clock, engine: Engine,
                                                                   desk: CasesService, path: str) -> None:
    visitor.log_in(BOTH)
    assert "We kept what you typed" in too_late(visitor, clock, path, **TYPED[path]) and not desk.asked
    with engine.connect() as conn:
        stored = str(conn.execute(select(drafts)).mappings().all())
    assert not [value for value in TYPED[path].values() if value in stored]
    again = visitor.log_in(BOTH)
    assert again.request.path == path
    assert all(value in again.text for value in TYPED[path].values())
    visitor.post(path, **TYPED[path])
    assert len(desk.done) == 1
    with engine.connect() as conn:
        assert conn.execute(select(drafts)).all() == []


def test_what_was_typed_once_too_often_today_is_there_when_it_may_be_sent(visitor: Visitor, clock: Clock,
                                                                           desk: CasesService) -> None:
    visitor.log_in(BOTH)
    for number in range(20):
        visitor.post(EMPLOYER, employer_name=f"Bakery {number}")
    refused = visitor.post(EMPLOYER, **TYPED[EMPLOYER])
    assert refused.status_code == 429 and "We kept what you typed" in refused.text
    assert f'href="{EMPLOYER}"' in refused.text and len(desk.done) == 20
    clock.passes(hours=23)
    form = visitor.log_in(BOTH)
    assert form.request.path == EMPLOYER and all(value in form.text for value in TYPED[EMPLOYER].values())


def test_of_the_other_party_nothing_is_kept_then_either(visitor: Visitor, engine: Engine) -> None:
    visitor.log_in(PAYEE)
    for number in range(20):
        visitor.post(OTHER_PARTY, employer=f"Bakery {number}")
    refused = visitor.post(OTHER_PARTY, employer="Acme Bakery")
    assert refused.status_code == 429 and "We kept" not in refused.text
    with engine.connect() as conn:
        assert conn.execute(select(drafts)).all() == []


def test_the_script_is_told_which_fields(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    for path, fields in TYPED.items():
        found = re.search(r'data-keeps="([^"]+)"', main_of(visitor.get(path)))
        assert found and set(fields) <= set(found.group(1).split())
    for path in (f"{UPDATE}/phones", f"{UPDATE}/email", f"{UPDATE}/preferences", OTHER_PARTY):
        assert "data-keeps" not in main_of(visitor.get(path)), path


def test_each_form_has_a_draft_of_its_own(visitor: Visitor, clock: Clock, desk: CasesService) -> None:
    for path in (ADDRESS, EMPLOYER):
        visitor.log_in(BOTH)
        too_late(visitor, clock, path, **TYPED[path])
    visitor.log_in(BOTH)
    visitor.post(f"{UPDATE}/email", email="ana@mail.example")
    visitor.post(EMPLOYER, **TYPED[EMPLOYER])
    assert "450 Main Street" in visitor.get(ADDRESS).text and "Acme Bakery" not in visitor.get(EMPLOYER).text


def test_a_wish_is_kept_for_that_appointment_alone(visitor: Visitor, clock: Clock) -> None:
    visitor.log_in(PAYEE)
    first, second = (ANOTHER_TIME.replace("A1", one) for one in ("A2", "A3"))
    too_late(visitor, clock, first, **TYPED[ANOTHER_TIME])
    visitor.log_in(PAYEE)
    assert "any Friday in June" in visitor.get(first).text and "any Friday in June" not in visitor.get(second).text


def test_nothing_is_kept_of_what_one_reports_of_the_other_party(visitor: Visitor, clock: Clock, engine: Engine) -> None:
    """Whoever logs in next in this browser may be the one it is about."""
    visitor.log_in(PAYEE)
    assert "we save nothing of what you type here" in visitor.get(OTHER_PARTY).text
    said = too_late(visitor, clock, OTHER_PARTY, employer="Acme", ssn="900654321", safety_concern="yes", other="afraid")
    assert "We kept" not in said
    with engine.connect() as conn:
        assert conn.execute(select(drafts)).all() == []
    assert visitor.log_in(PAYEE).request.path == "/overview"


def test_no_form_keeps_a_number_that_opens_something(app: Flask, new_visitor: Callable[..., Visitor]) -> None:
    kept = {name for view in app.view_functions.values() for name in keeps(view)}
    assert {"line1", "employer_name", "times"} <= kept
    assert not [name for name in kept if re.search("ssn|pin|identifier|safety|again", name)]
