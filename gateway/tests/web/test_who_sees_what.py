"""Every address of the portal × self, other party, unrelated, logged out, the agency; canaries in all that is shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from gateway.own_tables import sessions
from gateway.web.access import Access, rules

from ..api.parts import REACHES
from .cases_service import CasesService
from .matrix import AGENCY, FORMS, OF_SESSIONS, OUT, PAGES, PEOPLE, VIEWERS, come, expected
from .parts import BOTH, NOBODY, PAYEE, PAYOR, AuthService, Clock, Visitor
from .test_files import words_in_pdf

OWN = {BOTH: {"name", "address", "phone", "email", "employer", "place", "answer"}, OUT: set[str](), AGENCY: set[str](),
       PAYOR: {"name", "address", "phone", "email", "employer"}, NOBODY: set[str](),
       PAYEE: {"name", "address", "phone", "email", "place", "link"}}
"""The canaries that each finds on their own pages."""


def test_the_matrix_leaves_no_route_out(app: Flask) -> None:
    """Those of apps have their own (`tests/api/test_who_may_ask.py`)."""
    adapter = app.url_map.bind("localhost")
    listed = {("GET", adapter.match(path, method="GET")[0]) for path in PAGES}
    listed |= {("POST", adapter.match(path, method="POST")[0]) for path in (*FORMS, *OF_SESSIONS)}
    there = {(method, route.endpoint) for route in app.url_map.iter_rules()
             for method in (route.methods or set()) - {"HEAD", "OPTIONS"} if route.endpoint not in REACHES}
    machines = {("POST", endpoint) for endpoint, rule in rules(app).items() if rule is Access.MACHINE}
    assert listed == there - machines, "a telephone platform may come either way"


def shown(answer: TestResponse) -> str:
    """What a reader finds in it; a PDF is packed, so its words are taken out."""
    content = answer.get_data()
    words = words_in_pdf(content) if answer.mimetype == "application/pdf" else content.decode()
    return words + str(answer.headers)


@pytest.mark.parametrize("who", VIEWERS)
def test_each_page_is_open_to_whom_it_is_for_and_shows_nothing_of_another(app: Flask, who: str) -> None:
    visitor, seen = come(app, who), ""
    for path in PAGES:
        answer = visitor.get(path, follow=False)
        status, leads_to = expected(app, path, who)
        assert answer.status_code == status and (answer.location or "").startswith(leads_to or ""), path
        page = shown(answer)
        assert not [other for other in PEOPLE if other != who and other in page], path
        seen += page
    assert set(re.findall(r"CANARY([a-z]+)[0-9]", seen)) == OWN[who], "and one's own are there"


def test_the_search_finds_what_is_in_a_statement_or_list_on_paper(app: Flask) -> None:
    payor = come(app, BOTH)
    statement = payor.get("/my-payments/statements/C1/2026-10/statement.pdf")
    assert BOTH in shown(statement) and BOTH.encode() not in statement.get_data(), "of who reads it"
    assert "FL-22-0001" in shown(payor.get("/my-payments/made-by-me/list.pdf"))


def test_what_is_somebody_elses_is_not_found_in_the_same_words_as_what_is_not_there(visitor: Visitor) -> None:
    visitor.log_in(PAYOR)
    for theirs, nowhere in (("/my-cases/C1", "/my-cases/none"),
                            ("/my-payments/statements/C1/2026-10", "/my-payments/statements/none/2026-10"),
                            ("/my-payments/statements/C1/2026-10/statement.pdf",
                             "/my-payments/statements/none/2026-10/statement.pdf"),
                            ("/dates/appointments/A1/calendar.ics", "/dates/appointments/none/calendar.ics"),
                            ("/dates/hearings/H1/calendar.ics", "/dates/hearings/none/calendar.ics")):
        one, other = ((answer.status_code, without_tokens(answer.text, path)) for path in (theirs, nowhere)
                      for answer in (visitor.get(path),))
        assert one == other and one[0] == 404


def without_tokens(page: str, path: str) -> str:
    return re.sub(r'name="form_token" value="[^"]+"', "", page).replace(path, "")


def token_of(visitor: Visitor) -> str:
    """Of whoever it is: a page that anybody sees has a form for the logged-in, another for the others."""
    found = re.search(r'name="form_token" value="([^"]+)"', visitor.get("/help").text + visitor.get("/log-in").text)
    assert found
    return found.group(1)


@pytest.mark.parametrize("who", VIEWERS)
def test_each_form_counts_for_whom_it_is_for_and_with_its_token_only(app: Flask, auth: AuthService, desk: CasesService,
                                                                     who: str) -> None:
    visitor = come(app, who)
    for path, (fields, people) in FORMS.items():
        before = len(auth.asked), len(desk.done)
        assert visitor.send(path, {**fields, "form_token": "x.y"}).status_code in (400, 401), path
        assert (len(auth.asked), len(desk.done)) == before, path
        visitor.send(path, {**fields, "form_token": token_of(visitor)})
        assert ((len(auth.asked), len(desk.done)) != before) == (who in people), path


def sessions_of(engine: Engine, person: str) -> list[tuple[object, ...]]:
    with engine.connect() as conn:
        return [tuple(row) for row in conn.execute(select(sessions).where(sessions.c.participant_id == person))]


@pytest.mark.parametrize("who", VIEWERS)
def test_nobody_extends_or_ends_the_session_of_another(app: Flask, engine: Engine, clock: Clock, who: str) -> None:
    """Not by its id either, which no page but the owner's has."""
    owner, elsewhere = come(app, BOTH), come(app, BOTH)
    before = sessions_of(engine, BOTH)
    (other,) = re.findall(r'name="session" value="([^"]+)"', owner.get("/my-profile/where-logged-in").text)
    clock.passes(minutes=2)
    visitor = owner if who == BOTH else come(app, who)
    for path in OF_SESSIONS:
        visitor.send(path, {"session": other, "form_token": token_of(visitor)})
    assert (sessions_of(engine, BOTH) == before) is (who != BOTH)
    assert elsewhere.get("/overview", follow=False).status_code == (401 if who == BOTH else 200)


def test_neither_party_learns_how_the_other_attends(new_visitor: Callable[..., Visitor]) -> None:
    payor, payee = new_visitor(), new_visitor()
    payor.log_in(BOTH)
    payee.log_in(PAYEE)
    assert "by video or phone" not in payor.get("/dates").text
    assert "in person" not in payee.get("/dates?lang=en").text
