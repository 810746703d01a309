"""Whatever may be sent by the OpenAPI document, and much that may not, is answered as the document says."""

from __future__ import annotations

import itertools

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from cases.agency import tokens
from cases.agency.access import Parts
from cases.agency.app import create_app
from cases.keys import keys_of
from cases.requests.desk import Desk

pytestmark = pytest.mark.timeout(900)
load_all_checks()
OF_EACH = 30  # for each of seven operations, of what may be sent and of what may not


@pytest.fixture
def numbers(report, wish):
    """Requests that are there."""
    return [wish({"times": "Fridays"}).result["confirmation"],
            *(report({"other": str(number)}).result["confirmation"] for number in range(3))]


@pytest.fixture
def headers(office):
    with office.engine.begin() as conn:
        return {"Authorization": f"Bearer {tokens.create(conn, 'ines', tokens.SCOPES).reveal()}"}


@pytest.fixture
def api(office):
    application = office.app
    parts = Parts(Desk(application, keys_of(application.settings).safe, "api"), per_minute=1_000_000)
    return schemathesis.openapi.from_wsgi("/agency/v1/openapi.json", create_app(parts))


def test_the_api_keeps_to_its_document(api, numbers, headers):
    operations = [operation.ok() for operation in api.get_all_operations()]
    assert len(operations) == 7
    tried = sum(_try(operation, mode, numbers, headers) for operation in operations
                for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE))
    assert tried >= 300


def _not_to_be_seen(case):
    """What the document cannot say: which word fits a request, what a cursor of ours is, and how far we are."""
    refusable = case.operation.path.endswith("/answer") or {"cursor", "since"} & (case.query or {}).keys()
    return [positive_data_acceptance] if refusable else []


def _try(operation, mode, numbers, headers):
    """Every other time of a request that is there; returns how often."""
    turns = itertools.count()
    @given(operation.as_strategy(generation_mode=mode))
    @settings(max_examples=OF_EACH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def attempt(case):
        turn = next(turns)
        if "confirmation" in (case.path_parameters or {}) and turn % 2:
            case.path_parameters["confirmation"] = numbers[turn // 2 % len(numbers)]
        case.call_and_validate(headers=headers, excluded_checks=_not_to_be_seen(case))

    attempt()
    return next(turns)
