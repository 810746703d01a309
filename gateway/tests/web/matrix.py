"""Every address of the portal and who gets it: a table, and those who come to try."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from werkzeug.test import TestResponse

from gateway.web import errors
from gateway.web.access import Access, rules

from .parts import BOTH, NOBODY, PAYEE, PAYOR, PIN, Visitor

PEOPLE = (BOTH, PAYOR, PAYEE, NOBODY)
"""BOTH pays PAYEE in C1, so each is the other party there, and is paid by PAYOR in C2; NOBODY is in no case."""
OUT, AGENCY = "logged out", "the agency"
AGENCY_TOKEN = "cca_" + "Aa0_-" * 8 + "Aa0"
"""As `cases` makes them for the agency's own API; here it is no more than a word."""
VIEWERS = (*PEOPLE, OUT, AGENCY)

ANYONE, CUSTOMERS, NO_ONE = set(VIEWERS), set(PEOPLE), set[str]()
PAGES: dict[str, set[str]] = {
    **dict.fromkeys(("/", "/help", "/contact", "/offices", "/privacy", "/accessibility", "/safety", "/api/docs",
                     "/request-a-pin", "/request-a-pin/done", "/logged-out", "/session",
                     "/phone/vxml/start"), ANYONE),
    "/static/0123456789abcdef/portal.css": NO_ONE, "/phone/vxml/none/1": NO_ONE, "/phone/transfers/none": NO_ONE,
    "/log-in": {OUT, AGENCY}, "/new-pin": NO_ONE, "/my-payments": NO_ONE,
    **dict.fromkeys(("/overview", "/my-payments/made-by-me", "/my-payments/made-by-me/list.csv",
                     "/my-payments/made-by-me/list.pdf", "/my-payments/received-for-my-case",
                     "/my-payments/received-for-my-case/list.csv", "/my-payments/received-for-my-case/list.pdf",
                     "/my-payments/sent-to-me", "/my-payments/sent-to-me/list.csv", "/my-payments/sent-to-me/list.pdf",
                     "/my-payments/balances", "/my-payments/statements", "/my-cases", "/dates", "/my-profile",
                     "/my-profile/requests", "/my-profile/update/address", "/my-profile/other-party",
                     "/my-profile/where-logged-in", "/my-profile/change-pin", "/my-profile/change-pin/done"),
                    CUSTOMERS),
    "/my-cases/C1": {BOTH, PAYEE},
    "/my-cases/C2": {BOTH, PAYOR},
    "/my-cases/none": NO_ONE,
    "/my-payments/statements/C1/2026-10": {BOTH, PAYEE},
    "/my-payments/statements/C1/2026-10/statement.pdf": {BOTH, PAYEE},
    "/my-payments/statements/C2/2026-10": {BOTH, PAYOR},
    "/my-payments/statements/C2/2026-10/statement.pdf": {BOTH, PAYOR},
    "/my-payments/statements/C1/2026-08": NO_ONE,
    "/my-payments/statements/C1/2026-8": NO_ONE,
    "/my-payments/statements/none/2026-10": NO_ONE,
    "/my-payments/statements/none/2026-10/statement.pdf": NO_ONE,
    "/dates/appointments/A1/another-time": {BOTH},
    "/dates/appointments/A2/another-time": {PAYEE},
    "/dates/appointments/A1/calendar.ics": {BOTH},
    "/dates/appointments/A2/calendar.ics": {PAYEE},
    "/dates/appointments/none/calendar.ics": NO_ONE,
    "/dates/hearings/H1/calendar.ics": {BOTH, PAYEE},
    "/dates/hearings/none/calendar.ics": NO_ONE,
    "/my-profile/other-party/done/none": NO_ONE,
    "/leave": NO_ONE,  # the last, for it ends the session
}
"""An address of every page, and of those about one thing several: C1 is of BOTH and PAYEE, C2 of BOTH and PAYOR."""
ELSEWHERE = {"/leave": "https://www.weather.gov/", "/log-in": "/overview", "/new-pin": "/overview",
             "/my-payments": "/my-payments/"}
"""What only leads on, to an address that begins like this: who is logged in with a PIN of their own need not do so."""

WRONG = {"identifier": "1999999999", "pin": "739284"}
FORMS: dict[str, tuple[dict[str, str], set[str]]] = {
    "/log-in": (WRONG, ANYONE),
    "/request-a-pin": ({"identifier": "1999999999"}, ANYONE),
    "/new-pin": ({"new_pin": "640275", "again": "640275"}, NO_ONE),
    "/my-profile/change-pin": ({"current_pin": "739284", "new_pin": "640275", "again": "640275"}, CUSTOMERS),
    "/dates/appointments/A1/confirm": ({}, {BOTH}),
    "/dates/appointments/A1/another-time": ({"times": "Mondays"}, {BOTH}),
    "/dates/appointments/none/confirm": ({}, NO_ONE),
    "/my-profile/update/email": ({"email": "x@mail.example"}, CUSTOMERS),
    "/my-profile/other-party": ({"case_id": "C1", "employer": "Acme"}, {BOTH, PAYEE}),
}
"""What is sent in, and of whom it reaches a service (a wrong PIN does: it is counted there)."""
OF_SESSIONS = ("/session", "/my-profile/where-logged-in", "/log-out")
"""Forms that reach no service, but a session: of whoever sends them, and of nobody else."""

ERRORS = (*dict.fromkeys(errors.PAGES.values()), "session_expired", "form_expired", "already_sent", "too_many_today",
          "auth_away", "cases_away", "down", "unexpected")
"""Pages of what went wrong, by the name of their texts."""


@dataclass
class Agency(Visitor):
    """The agency's token, as an app would present it and as a browser would."""

    def get(self, path: str, follow: bool = True) -> TestResponse:
        self._presents()
        return super().get(path, follow)

    def send(self, path: str, fields: dict[str, str]) -> TestResponse:
        self._presents()
        return super().send(path, fields)

    def _presents(self) -> None:
        self.client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {AGENCY_TOKEN}"
        self.client.set_cookie("cc_session", AGENCY_TOKEN)


def come(app: Flask, who: str) -> Visitor:
    visitor = (Agency if who == AGENCY else Visitor)(app.test_client())
    if who in PEOPLE:
        assert visitor.log_in(who, PIN).status_code == 200
    return visitor


def expected(app: Flask, path: str, who: str) -> tuple[int, str | None]:
    """Status, and where it leads."""
    rule = rules(app)[app.url_map.bind("localhost").match(path, method="GET")[0]]
    if who in PAGES[path]:
        return 200, None
    if rule in (Access.SESSION, Access.MUST_CHANGE) and who not in PEOPLE:
        return (303, "/log-in") if who == OUT else (401, None)
    return (303, ELSEWHERE[path]) if path in ELSEWHERE else (404, None)
