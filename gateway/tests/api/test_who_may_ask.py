"""Every endpoint × everyone who may come: the customer, the other party, a stranger to the case, nobody, a session that
is over, one with a temporary PIN, the agency. And what each is told is of nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from gateway.api.reach import Reach, reaches
from gateway.web.access import Access, NoAccessRule, grant, rules

from ..facts import Facts
from ..view.test_who_sees_what import CANARY, planted
from ..view.test_who_sees_what import PAYEE as OTHER_PAYEE
from ..view.test_who_sees_what import PAYOR as OTHER_PAYOR
from ..web.matrix import AGENCY, AGENCY_TOKEN
from ..web.parts import BOTH, NEW, NOBODY, PAYEE, PAYOR, TEMPORARY, AuthService, Clock
from .parts import BODIES, REACHES, Program, endpoints, problem

Newcomer = Callable[..., Program]
DONE = {"api_session.begin": 401, "api_session.end": 204, "api_pin.request_letter": 202, "api_sessions.end_others": 204,
        "api_sessions.end_one": 404}
"""Of those who may: other statuses than 200. The log-in is one with a wrong PIN."""
OF_SELF = {"api_appointments.confirm": 404, "api_appointments.another_time": 404}
"""What only SELF has, and what others are answered: as if it were not there."""
REFUSED = {
    "nobody": (401, "log-in-first"), "over": (401, "session-expired"), AGENCY: (401, "session-expired"),
    Reach.OWN_PIN: (403, "must-change-pin"), Reach.TEMPORARY_PIN: (409, "has-own-pin"),
}
SELF, OTHER, UNRELATED = (BOTH, PAYEE, NOBODY)
"""BOTH pays PAYEE in C1 and is paid by PAYOR in C2; NOBODY is in no case."""
OF_A_CASE = {"api_statements.statement"}
"""Endpoints of one thing, which is of a case: for who is not in it there is none."""


def come(who: str, new_program: Newcomer, auth: AuthService) -> Program:
    program = new_program()
    if who in (SELF, OTHER, UNRELATED):
        assert program.log_in(who).status_code == 201
    elif who == "temporary":
        assert program.log_in(NEW, TEMPORARY).status_code == 201
    elif who == "over":
        program.log_in(BOTH)
        auth.pin_changed(BOTH)
    elif who == AGENCY:  # with a token of its own API, as an app would send it and as a browser would
        program.token = AGENCY_TOKEN
        program.client.environ_base["HTTP_COOKIE"] = f"cc_session={AGENCY_TOKEN}"
    return program


def expected(endpoint: str, who: str) -> int | tuple[int, str]:
    reach, done = REACHES[endpoint], DONE.get(endpoint, 200)
    if who in (OTHER, UNRELATED):
        done = OF_SELF.get(endpoint, done)
    if who == UNRELATED and endpoint == "api_other_party.send":
        done = 422  # who is in no case knows no other party
    if reach is Reach.ANYONE:
        return done
    if who in ("nobody", "over", AGENCY):
        return REFUSED[who]
    has_own_pin = who != "temporary"
    if endpoint in OF_A_CASE and who == UNRELATED:
        return 404, "not-found"
    if (reach is Reach.OWN_PIN and not has_own_pin) or (reach is Reach.TEMPORARY_PIN and has_own_pin):
        return REFUSED[reach]
    return done


@pytest.mark.parametrize("who", [SELF, OTHER, UNRELATED, "nobody", "over", "temporary", AGENCY])
def test_the_matrix(app: Flask, new_program: Newcomer, auth: AuthService, clock: Clock, who: str) -> None:
    pins, temporary = dict(auth.pins), dict(auth.temporary)
    for endpoint in REACHES:
        auth.pins, auth.temporary = dict(pins), dict(temporary)
        clock.passes(minutes=1)  # so many log-ins at once are refused
        program = come(who, new_program, auth)
        method, path = endpoints(app)[endpoint]
        answer = program.ask(method, path, BODIES.get(endpoint))
        wanted = expected(endpoint, who)
        assert (answer.status_code if isinstance(wanted, int) else problem(answer)) == wanted, endpoint
        if isinstance(wanted, tuple):
            assert set(answer.json) == {"type", "status", "title", "detail"}, "a refusal tells nothing else"


def test_every_endpoint_has_the_rule_it_should_have(app: Flask) -> None:
    assert reaches(app) == REACHES
    assert {name for name, rule in rules(app).items() if rule is Access.APP} == set(REACHES)


def test_an_endpoint_without_a_rule_keeps_the_portal_from_starting(app: Flask) -> None:
    def open_to_all() -> str:
        return ""

    app.view_functions["api_cases.cases"] = open_to_all
    with pytest.raises(NoAccessRule):
        rules(app)
    grant(open_to_all, Access.APP)
    with pytest.raises(NoAccessRule):
        reaches(app)


def test_neither_a_page_among_endpoints_nor_an_endpoint_among_pages() -> None:
    for place, access in (("/api/v1/balances", Access.PUBLIC), ("/my-balances", Access.APP)):
        def view() -> str:
            return ""

        grant(view, access)
        view.__dict__["reach"] = Reach.ANYONE
        app = Flask("odd", static_folder=None)
        app.add_url_rule(place, "misplaced", view)
        with pytest.raises(NoAccessRule, match="misplaced"):
            reaches(app)


LISTS = ("/payments/made", "/payments/received", "/payments/sent", "/balances", "/cases", "/dates", "/profile",
         "/requests", "/session", "/payments/made/months", "/payments/received/months", "/payments/sent/months",
         "/sessions", "/statements")


def everything(program: Program) -> str:
    """All that an app can learn, page by page, in both languages."""
    said = []
    for path in LISTS:
        for language in ("en", "es"):
            older: str | None = ""
            while older is not None:
                answer = program.get(f"{path}?lang={language}" + (f"&after={older}" if older else ""))
                assert answer.status_code == 200
                said.append(answer.text + str(answer.headers))
                older = answer.json.get("older")
                for one in answer.json.get("statements", ()):
                    whole = program.get(f"{path}/{one['case']['id']}/{one['month']}?lang={language}")
                    assert whole.status_code == 200
                    said.append(whole.text)
    return "\n".join(said)


def test_nobody_is_told_of_another(new_program: Newcomer) -> None:
    told = {}
    for person in (BOTH, PAYOR, PAYEE, NOBODY):
        program = new_program()
        program.log_in(person)
        told[person] = everything(program)
        others = {BOTH, PAYOR, PAYEE, NEW} - {person}
        assert not [other for other in others if other in told[person]], "also in every canary of theirs"
        assert (f"CANARYaddress{person}" in told[person]) is (person != NOBODY), "their own is there"
    how = ("INCOME_WITHHOLDING", '"code":"income_withholding"')
    assert all(word not in told[PAYEE] for word in (*how, '"R2', "FL-23-0042"))
    assert "C2" not in told[PAYEE] and "FL-22-0001" not in told[PAYOR] and "FL-22-0001" not in told[NOBODY]


def test_a_cursor_of_another_is_no_way_in(new_program: Newcomer) -> None:
    mine, theirs = new_program(), new_program()
    mine.log_in(BOTH)
    theirs.log_in(PAYEE)
    cursor = mine.get("/payments/made").json["older"]
    for path in LISTS[:3]:
        found = theirs.get(f"{path}?after={cursor}")
        assert found.status_code == 200
        assert not [row for row in found.json["payments"] if row["reference"].startswith("R")]


def test_canaries_of_the_other_party_are_in_no_answer(new_program: Newcomer, auth: AuthService, facts: Facts) -> None:
    planted(facts)
    auth.pins |= {OTHER_PAYOR: "482913", OTHER_PAYEE: "482913"}
    for person in (OTHER_PAYOR, OTHER_PAYEE, BOTH, NOBODY):
        program = new_program()
        assert program.log_in(person).status_code == 201
        told = everything(program)
        for path in (f"/cases/{CANARY}", f"/payments/made?after={CANARY}", f"/payments/made?lang={CANARY}"):
            told += program.get(path).text
        assert CANARY not in told
