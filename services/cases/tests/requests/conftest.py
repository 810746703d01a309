"""Ana and Ben with their case and an appointment of hers: what they ask and report, and who deals with it, how."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from cases.agency import tokens
from cases.agency.server import make_app
from cases.keys import keys_of
from cases.requests import asking
from cases.requests.desk import Desk
from eventkit.application import Request
from eventkit.crypto import seal
from eventkit.outbox import last_position
from eventkit.relay import Relay


@pytest.fixture
def an_appointment(ana, their_case):
    starts = datetime.now(UTC) + timedelta(days=9)
    return {"appointment_id": "A-1", "participant_id": ana["participant_id"], "case_id": their_case["case_id"],
            "type": "interview", "status": "scheduled", "starts_at": starts.strftime("%Y-%m-%dT%H:%M:00Z"),
            "minutes": "45", "place": "Room 7, 1 Agency Plaza", "link": "", "attendance_required": "true",
            "bring": "photo_id", "language": "es"}


@pytest.fixture
def office(with_people, files, their_case, an_appointment):
    """Ana and Ben, their case, and an appointment of Ana's."""
    with_people.cases(files.csv(their_case, name="cases.csv"))
    with_people.appointments(files.csv(an_appointment, name="appointments.csv"))
    return with_people


@pytest.fixture
def ask(office):
    """Sends a command as the gateway does; the reply, or Rejected."""

    def send(name, body, actor=None, command_id=None):
        request = Request(name, body, command_id or str(uuid.uuid4()), actor or body["participant_id"], "web")
        keys = keys_of(office.app.settings)
        return office.app.handle(request, lambda unit, given: getattr(asking, name)(unit, keys, given))

    return send


@pytest.fixture
def report(office, ask, ana, their_case):
    def send(said, case_id=their_case["case_id"], who=ana["participant_id"], **options):
        command_id = options.setdefault("command_id", str(uuid.uuid4()))
        sealed = seal(office.own_public_key, json.dumps(said).encode(), f"cases|report|{command_id}")
        body = {"participant_id": who, "case_id": case_id, "report_sealed": sealed}
        return ask("report_other_party", body, **options)

    return send


@pytest.fixture
def wish(office, ask, ana, an_appointment):
    def send(said, which=an_appointment["appointment_id"], who=ana["participant_id"], **options):
        command_id = options.setdefault("command_id", str(uuid.uuid4()))
        sealed = seal(office.own_public_key, json.dumps(said).encode(), f"cases|wish|{command_id}")
        return ask("request_reschedule", {"participant_id": who, "appointment_id": which, "wish_sealed": sealed},
                   **options)

    return send


@pytest.fixture
def desk(office):
    """Where the agency deals with requests."""
    application = office.app
    return Desk(application, keys_of(application.settings).safe, "cli")


@pytest.fixture
def positions(office, rabbitmq):
    """Gives what is committed its positions, as the relay does."""
    url = rabbitmq.new_vhost()

    def give():
        relay = Relay(office.engine, "cases", url)
        while relay.step():
            pass
        with office.engine.begin() as conn:
            return last_position(conn)

    return give


@pytest.fixture
def app(office):
    application = office.app
    return make_app(application, application.settings)


@pytest.fixture
def token(office):
    """Makes a token with these scopes."""

    def make(name="ines", *scopes):
        with office.engine.begin() as conn:
            return tokens.create(conn, name, scopes or tokens.SCOPES).reveal()

    return make


@pytest.fixture
def call(app, token):
    client, everything = app.test_client(), token()

    def send(method, path, secret=everything, key=None, **options):
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        if method == "POST":
            headers["Idempotency-Key"] = key or uuid.uuid4().hex
        return client.open(f"/agency/v1{path}", method=method, headers=headers | options.pop("headers", {}), **options)

    return send
