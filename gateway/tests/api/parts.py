"""An app as the API's tests have it: it keeps the token of its session, and no cookies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway.api import PREFIX
from gateway.api.reach import Reach

from ..web.parts import PIN

REACHES = {
    "api_document.openapi": Reach.ANYONE,
    "api_session.begin": Reach.ANYONE, "api_session.show": Reach.LOGGED_IN, "api_session.end": Reach.LOGGED_IN,
    "api_pin.choose": Reach.TEMPORARY_PIN, "api_pin.replace": Reach.OWN_PIN, "api_pin.request_letter": Reach.ANYONE,
    "api_payments_made.made": Reach.OWN_PIN, "api_payments_received.received": Reach.OWN_PIN,
    **dict.fromkeys([f"api_payment_months.{kind}" for kind in ("made", "received", "sent")], Reach.OWN_PIN),
    "api_payments_sent.sent": Reach.OWN_PIN, "api_balances.balances": Reach.OWN_PIN, "api_cases.cases": Reach.OWN_PIN,
    "api_statements.statements": Reach.OWN_PIN, "api_statements.statement": Reach.OWN_PIN,
    "api_dates.dates": Reach.OWN_PIN, "api_profile.profile": Reach.OWN_PIN, "api_profile.requests": Reach.OWN_PIN,
    **dict.fromkeys([f"api_contact.{part}" for part in ("address", "phones", "email", "employer", "preferences")],
                    Reach.OWN_PIN),
    "api_appointments.confirm": Reach.OWN_PIN, "api_appointments.another_time": Reach.OWN_PIN,
    "api_other_party.send": Reach.OWN_PIN, "api_sessions.listed": Reach.OWN_PIN,
    "api_sessions.end_others": Reach.OWN_PIN, "api_sessions.end_one": Reach.OWN_PIN,
    "api_offices.offices": Reach.ANYONE,
}
"""Every endpoint and who may ask it: a new one is added here on purpose."""
KEY = {"command_id": "0d4b1d0e-5f0a-4c3e-9a53-0c4f3f6f2a11"}
BODIES: dict[str, dict[str, object]] = {
    "api_session.begin": {"identifier": "1999999999", "pin": "739284"},
    "api_pin.choose": {"new_pin": "640275"},
    "api_pin.replace": {"current_pin": PIN, "new_pin": "640275"},
    "api_pin.request_letter": {"identifier": "1999999999"},
    "api_contact.address": {**KEY, "line1": "450 Main Street", "city": "Oxnard", "state": "CA", "zip": "93030"},
    "api_contact.phones": {**KEY, "phone_home": "805-555-0142"},
    "api_contact.email": {**KEY, "email": "ana@mail.example"},
    "api_contact.employer": {**KEY, "employer_name": "Acme"},
    "api_contact.preferences": {**KEY, "language": "es", "email_notices": True},
    "api_appointments.confirm": KEY,
    "api_appointments.another_time": {**KEY, "times": "any Friday"},
    "api_other_party.send": {**KEY, "case_id": "C1", "employer": "Acme"},
}
PLACES = {"appointment_id": "A1", "session_id": "of-nobody", "case_id": "C1", "month": "2026-10"}
"""What stands in an address for a name: the appointment is one of BOTH, the case one of BOTH and of PAYEE."""


def endpoints(app: Flask) -> dict[str, tuple[str, str]]:
    """(method, address) by endpoint."""
    return {rule.endpoint: (next(iter((rule.methods or set()) - {"HEAD"})), _filled(rule.rule))
            for rule in app.url_map.iter_rules() if rule.endpoint in REACHES}


def _filled(rule: str) -> str:
    for name, value in PLACES.items():
        rule = rule.replace(f"<{name}>", value)
    return rule


@dataclass
class Program:
    client: FlaskClient
    language: str | None = "en"
    token: str | None = field(default=None, repr=False)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """`path` is that within the API."""
        if self.language:
            headers.setdefault("Accept-Language", self.language)
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        path = path if path.startswith("/api") else PREFIX + path
        return self.client.open(path, method=method, json=body, headers=headers)

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.ask("GET", path, **headers)

    def log_in(self, identifier: str, pin: str = PIN) -> TestResponse:
        answer = self.ask("POST", "/session", {"identifier": identifier, "pin": pin})
        self.token = answer.json["token"] if answer.status_code == 201 else self.token
        return answer


def problem(answer: TestResponse) -> tuple[int, str]:
    """Status and name, of a problem as it should be."""
    assert answer.content_type == "application/problem+json", answer.text
    body = answer.json
    assert body["status"] == answer.status_code and body["title"] and body["detail"]
    assert body["type"].startswith("/api/docs#problem-")
    return answer.status_code, body["type"].removeprefix("/api/docs#problem-")


def wrong_fields(answer: TestResponse) -> dict[str, str]:
    assert problem(answer) == (422, "invalid"), answer.text
    return {error["field"]: error["detail"] for error in answer.json["errors"]}
