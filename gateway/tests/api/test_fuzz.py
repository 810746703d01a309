"""schemathesis over the OpenAPI document: whatever may be sent, and what may not, is answered as the document says.

A few hundred cases in every run of the tests; `make fuzz` asks 10,000 and more (CC_API_CASES).
"""

from __future__ import annotations

import itertools
import json
import os
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from eventkit.secret import Secret
from gateway.api.__main__ import document
from gateway.api.document import operations
from gateway.sessions import Beginning, State
from gateway.settings import SETTINGS
from gateway.web.portal import EXTENSION, Portal
from gateway.wiring import make_app
from servicekit.settings import load

from ..web.cases_service import CasesService, Services
from ..web.conftest import ENVIRONMENT
from ..web.parts import BOTH, NEW, NOBODY, PAYEE, PAYOR, AuthService, Clock

CASES = int(os.environ.get("CC_API_CASES", "330"))
OPERATIONS = [(path, method) for path, methods in json.loads(document())["paths"].items() for method in methods]
EACH = -(-CASES // (2 * len(OPERATIONS)))
PROOF = "what proves a log-in with a temporary PIN"
NEWEST = 10**6
"""No change of a PIN by another case ends the session."""
asked: Counter[tuple[str, int]] = Counter()
"""Cases by operation and status of the answer."""

# What the pattern of a field cannot say (a PIN that is easy to guess, a cursor that is none) is 422 too; a thing that
# an address names may not be there.
CONFIG = SchemathesisConfig.from_dict({"checks": {"positive_data_acceptance": {
    "expected-statuses": ["2xx", "401", "403", "404", "409", "422"]}}})


@dataclass
class Crowd:
    """Each request comes from another address, a minute later, of somebody else: with a live token, or none."""

    portal: Portal
    clock: Clock
    count: Any = field(default_factory=itertools.count)

    def headers(self) -> dict[str, str]:
        number = next(self.count)
        self.clock.passes(minutes=1)
        who = _PEOPLE[number % len(_PEOPLE)]
        found = {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
        if who is None:
            return found
        with self.portal.engine.begin() as conn:
            beginning = Beginning(*who, account_version=NEWEST, language="en", proof=Secret(PROOF), way="app")
            session = self.portal.sessions.begin(conn, beginning, self.clock())
        return {**found, "Authorization": f"Bearer {session.token.reveal()}"}


_PEOPLE: tuple[tuple[str, State] | None, ...] = (
    (BOTH, "full"), (PAYEE, "full"), (NEW, "must_change"), (PAYOR, "full"), None, (NOBODY, "full"),
    (NEW, "must_change"), (BOTH, "full"))


@pytest.fixture
def crowd_app(engine: Any, auth: AuthService, desk: CasesService, clock: Clock) -> Flask:
    settings = load(SETTINGS, {**ENVIRONMENT, "SECURE_COOKIES": "false", "TRUSTED_PROXIES": "1",
                               "CHANGES_A_DAY": "100000", "REPORTS_A_DAY": "100000"})
    auth.proofs[NEW] = PROOF
    return make_app(settings, engine, Services(auth, desk), clock)


@pytest.fixture
def crowd(crowd_app: Flask, clock: Clock) -> Crowd:
    return Crowd(crowd_app.extensions[EXTENSION], clock)


CALM = settings(max_examples=EACH, deadline=None, phases=[Phase.generate], database=None,
                suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_whatever_is_sent_is_answered_as_the_document_says(crowd_app: Flask, crowd: Crowd, path: str, method: str,
                                                           mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", crowd_app, config=CONFIG)
    for operation in operations(schema.raw_schema):
        del operation["security"]  # who asks is the crowd's part; who may, is the matrix's

    @CALM
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        answer = case.call(headers=crowd.headers())
        asked[f"{method.upper()} {path}", answer.status_code] += 1
        case.validate_response(answer)
        assert "Traceback" not in answer.text and "sqlalchemy" not in answer.text.lower()

    ask()
    met = {status: count for (label, status), count in sorted(asked.items()) if label == f"{method.upper()} {path}"}
    print(f"{method.upper()} {path}: {sum(met.values())} cases so far, by status {met}")


def test_enough_was_asked() -> None:
    """The last of this file: of every operation, and with every kind of answer."""
    by_operation = Counter(label for label, _ in asked.elements())
    print(sum(asked.values()), "cases")
    assert len(by_operation) == len(OPERATIONS)
    assert sum(asked.values()) >= CASES
    assert {status for _, status in asked} >= {200, 401, 422}
