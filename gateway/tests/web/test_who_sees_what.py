"""Every page of cases, statements, dates and profiles × self, other party, unrelated, nobody; canaries everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from gateway.web.access import Access, rules

from .cases_service import CasesService
from .parts import BOTH, NOBODY, PAYEE, PAYOR, Visitor

OPEN_TO: dict[str, set[str]] = {
    "/my-cases": {BOTH, PAYOR, PAYEE, NOBODY},
    "/my-cases/C1": {BOTH, PAYEE},
    "/my-cases/C2": {BOTH, PAYOR},
    "/my-cases/none": set(),
    "/my-payments/statements": {BOTH, PAYOR, PAYEE, NOBODY},
    "/my-payments/statements/C1/2026-10": {BOTH, PAYEE},
    "/my-payments/statements/C1/2026-10/statement.pdf": {BOTH, PAYEE},
    "/my-payments/statements/C2/2026-10": {BOTH, PAYOR},
    "/my-payments/statements/C1/2026-08": set(),
    "/my-payments/statements/C1/2026-8": set(),
    "/my-payments/statements/none/2026-10": set(),
    "/my-payments/statements/none/2026-10/statement.pdf": set(),
    "/dates": {BOTH, PAYOR, PAYEE, NOBODY},
    "/dates/appointments/A1/another-time": {BOTH},
    "/dates/appointments/A2/another-time": {PAYEE},
    "/dates/appointments/A1/calendar.ics": {BOTH},
    "/dates/appointments/A2/calendar.ics": {PAYEE},
    "/dates/appointments/none/calendar.ics": set(),
    "/dates/hearings/H1/calendar.ics": {BOTH, PAYEE},
    "/dates/hearings/none/calendar.ics": set(),
    "/my-profile": {BOTH, PAYOR, PAYEE, NOBODY},
    "/my-profile/requests": {BOTH, PAYOR, PAYEE, NOBODY},
    "/my-profile/update/address": {BOTH, PAYOR, PAYEE, NOBODY},
    "/my-profile/other-party": {BOTH, PAYOR, PAYEE, NOBODY},
    "/my-profile/other-party/done/none": set(),
}
"""Every address of these pages with a thing of somebody in it, and who may open it. C1 is of BOTH and PAYEE."""
SENT: dict[str, tuple[dict[str, str], set[str]]] = {
    "/dates/appointments/A1/confirm": ({}, {BOTH}),
    "/dates/appointments/A1/another-time": ({"times": "Mondays"}, {BOTH}),
    "/dates/appointments/none/confirm": ({}, set()),
    "/my-profile/update/email": ({"email": "x@mail.example"}, {BOTH, PAYOR, PAYEE, NOBODY}),
    "/my-profile/other-party": ({"case_id": "C1", "employer": "Acme"}, {BOTH, PAYEE}),
}
PEOPLE = (BOTH, PAYOR, PAYEE, NOBODY)
OURS = ("my_cases", "dates", "my_profile", "my_information", "other_party", "statements")


def test_the_matrix_leaves_no_page_out(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    listed = {adapter.match(path, method="GET")[0] for path in OPEN_TO}
    listed |= {adapter.match(path, method="POST")[0] for path in SENT}
    assert listed == {endpoint for endpoint in rules(app) if endpoint.partition(".")[0] in OURS}


def test_the_rule_of_each_is_that_of_a_session(app: Flask) -> None:
    assert {rule for endpoint, rule in rules(app).items() if endpoint.partition(".")[0] in OURS} == {Access.SESSION}


@pytest.mark.parametrize("person", PEOPLE)
def test_each_page_is_open_to_whom_it_is_for(visitor: Visitor, person: str) -> None:
    visitor.log_in(person)
    for path, people in OPEN_TO.items():
        answer = visitor.get(path)
        assert answer.status_code == (200 if person in people else 404), path


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


def test_logged_out_nothing_is_open(visitor: Visitor, desk: CasesService) -> None:
    for path in OPEN_TO:
        answer = visitor.get(path, follow=False)
        assert (answer.status_code, answer.location) == (303, "/log-in"), path
    for path, (fields, _) in SENT.items():
        answer = visitor.client.post(path, data=fields)
        assert answer.status_code == 400, path
    assert not desk.asked


@pytest.mark.parametrize("person", PEOPLE)
def test_each_form_counts_for_whom_it_is_for_and_with_its_token_only(visitor: Visitor, desk: CasesService,
                                                                     person: str) -> None:
    visitor.log_in(person)
    for path, (fields, people) in SENT.items():
        assert visitor.client.post(path, data={**fields, "form_token": "x.y"}).status_code == 400
        before = len(desk.done)
        token = re.findall(r'name="form_token" value="([^"]+)"', visitor.get("/dates").text)[0]
        visitor.client.post(path, data={**fields, "form_token": token})
        assert (len(desk.done) > before) == (person in people), path


@pytest.mark.parametrize("person", PEOPLE)
def test_nobodys_own_things_are_in_the_output_of_another(visitor: Visitor, desk: CasesService, person: str) -> None:
    visitor.log_in(person)
    seen = ""
    for path in OPEN_TO:
        answer = visitor.get(path)
        seen += answer.get_data().decode(errors="replace") + str(answer.headers)
        for other in PEOPLE:
            assert other == person or other not in answer.get_data().decode(errors="replace"), (path, other)
    mine = {BOTH: {"name", "address", "email", "employer", "place", "answer"}, PAYOR: {"name", "address", "email",
            "employer"}, PAYEE: {"name", "address", "email", "place", "link"}, NOBODY: set()}[person]
    assert set(re.findall(r"CANARY([a-z]+)[0-9]", seen)) == mine, "and one's own are there"


def test_neither_party_learns_how_the_other_attends(new_visitor: Callable[..., Visitor]) -> None:
    payor, payee = new_visitor(), new_visitor()
    payor.log_in(BOTH)
    payee.log_in(PAYEE)
    assert "by video or phone" not in payor.get("/dates").text
    assert "in person" not in payee.get("/dates?lang=en").text
