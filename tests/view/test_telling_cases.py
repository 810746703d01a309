"""From a form of the portal to the cases service's own rules, and back through its events to the page."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, make_url, text

from cases.importing import appointments, case_file, participants
from cases.importing.batches import take_in
from cases.keys import keys_of
from cases.requests import asking
from cases.self_service import commands
from cases.service import definition as cases_definition
from eventkit import outbox
from eventkit.application import Application, Reply, Request
from eventkit.crypto import generate_key, generate_sealing_pair
from eventkit.decider import Rejected
from gateway.definition import definition
from gateway.sessions import Beginning, Sessions
from gateway.settings import SETTINGS
from gateway.view.projections import apply_of
from gateway.wiring import make_app
from servicekit.migrations import upgrade
from servicekit.process import make_engine
from servicekit.settings import Settings, load

ANA, BEN, CASE = "1000000001", "1000000002", "200000000001"
PERSON = {"participant_id": ANA, "ssn": "", "first_name": "Ana", "last_name": "Paz", "language": "en",
          "line1": "1 Example St", "line2": "", "city": "Pretend", "state": "CA", "zip": "92901",
          "address_valid": "true", "email": "ana@example.org"}
NOW = datetime(2026, 11, 3, 18, tzinfo=UTC)


@dataclass
class Direct:
    """The service's handlers, reached without a broker; what it publishes is in the view before the reply is."""

    app: Application
    view: Engine
    heard: int = 0
    codes: list[str] = field(default_factory=list)

    def command(self, _service: str, name: str, body: dict[str, Any], *, actor: str, channel: str,
                command_id: str) -> Reply:
        keys = keys_of(self.app.settings)
        handlers = {
            "update_contact": lambda unit, said: commands.update_contact(unit, keys, said),
            "set_preferences": lambda unit, said: commands.set_preferences(unit, keys, said),
            "confirm_appointment": commands.confirm_appointment,
            "report_other_party": lambda unit, said: asking.report_other_party(unit, keys, said),
            "request_reschedule": lambda unit, said: asking.request_reschedule(unit, keys, said),
        }
        try:
            reply = self.app.handle(Request(name, body, command_id, actor, channel), handlers[name])
        except Rejected as refusal:
            self.codes.append(refusal.code)
            raise
        self.relay()
        return reply

    def relay(self) -> None:
        with self.app.engine.begin() as conn:
            outbox.give_positions(conn, "cases", 1000)
            events = outbox.page(conn, "cases", self.heard, 1000)
        with self.view.begin() as conn:
            apply_of("cases")(conn, events)
        self.heard = events[-1].position if events else self.heard


@dataclass
class House:
    service: Direct
    client: FlaskClient

    def send(self, path: str, form_at: str | None = None, **fields: str) -> str:
        page = self.client.get(form_at or path).text
        token = re.findall(r'name="form_token" value="([^"]+)"', page)[-1]
        return self.client.post(path, data={**fields, "form_token": token}, follow_redirects=True).text

    def agency_has(self) -> str:
        with self.service.app.engine.connect() as conn:
            return str(conn.execute(text("SELECT data FROM events")).all())


@pytest.fixture(scope="module")
def house(postgres: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    (private, public), shown = generate_sealing_pair("c1"), generate_key("s1")
    owner_url, app_url = postgres.create_database("telling")
    upgrade(cases_definition.migrations, owner_url, str(make_url(app_url).username))
    cases = Application("cases", make_engine(app_url), cases_definition.registry, cases_definition.publish)
    cases.settings = load(cases_definition.all_settings(), {
        "DATABASE_URL": app_url, "DATABASE_OWNER_URL": owner_url, "DATABASE_APP_ROLE": "x",
        "AMQP_URL": "amqp://nobody@127.0.0.1:9/none", "PERSONAL_KEYS": generate_key("k1"), "SHOWN_KEYS": shown,
        "REPORT_KEYS": generate_key("r1"), "CASES_PRIVATE_KEYS": private,
        "AUTH_PUBLIC_KEY": generate_sealing_pair("a1")[1]})
    owner_url, app_url = postgres.create_database("told")
    upgrade(definition.migrations, owner_url, str(make_url(app_url).username))
    view = make_engine(app_url)
    service = Direct(cases, view)
    imported(cases, tmp_path_factory.mktemp("agency"))
    service.relay()
    settings = load(SETTINGS, {"AUTH_PUBLIC_KEY": generate_sealing_pair("a1")[1], "CASES_PUBLIC_KEY": public,
                               "SHOWN_KEYS": shown, "SECRET_KEY": "x" * 32, "SECURE_COOKIES": "false"})
    yield House(service, logged_in(make_app(settings, view, service, lambda: NOW), settings, view))
    cases.engine.dispose()
    view.dispose()


def imported(cases: Application, folder: Path) -> None:
    keys = keys_of(cases.settings)
    files: dict[str, tuple[Any, Any, list[dict[str, str]]]] = {
        "participants": (participants.COLUMNS, participants.taking(keys.protector, keys.showing), [
            PERSON, PERSON | {"participant_id": BEN, "first_name": "Ben"}]),
        "cases": (case_file.COLUMNS, case_file.taking(keys.guardian), [
            {"case_id": CASE, "county": "06001", "court_case_number": "FL-1", "status": "open",
             "opened_on": "2024-02-01", "payor_ids": BEN, "payee_ids": ANA}]),
        "appointments": (appointments.COLUMNS, appointments.taking(keys.whereabouts), [
            {"appointment_id": "A1", "participant_id": ANA, "case_id": CASE, "type": "interview",
             "status": "scheduled", "starts_at": "2027-01-20T10:00", "minutes": "45", "place": "5 Office Row",
             "link": "", "attendance_required": "true", "bring": "photo_id", "language": "en"}]),
    }
    for name, (columns, take, lines) in files.items():
        path = folder / f"{name}.csv"
        with path.open("w", newline="") as out:
            writer = csv.DictWriter(out, lines[0])
            writer.writeheader()
            writer.writerows(lines)
        report = take_in(cases, path, columns, take, import_id="a-test", show_progress=False)
        assert not getattr(report, "rejected", 0), path.read_text()


def logged_in(app: Flask, settings: Settings, view: Engine) -> FlaskClient:
    with view.begin() as conn:
        session = Sessions(settings.SECRET_KEY).begin(conn, Beginning(ANA, "full", 1, "en"), NOW)
    client = app.test_client()
    client.set_cookie("cc_session", session.token.reveal())
    return client


def test_what_the_agency_imported_is_shown_masked(house: House) -> None:
    page = house.client.get("/my-profile").text
    assert "•" in page and "1 Example St" not in page and "ana@example" not in page
    assert "5 Office Row" in house.client.get("/dates").text
    assert "FL-1" in house.client.get(f"/my-cases/{CASE}").text


@pytest.mark.parametrize(("section", "fields"), [
    ("address", {"line1": "450 Main Street", "line2": "Apt 2", "city": "Oxnard", "state": "ca", "zip": "93030"}),
    ("phones", {"phone_mobile": "(805) 555-0142", "phone_home": "1-805-555-0100"}),
    ("email", {"email": "new@example.org"}),
    ("email", {"remove_email": "yes"}), ("employer", {"employer_name": "Acme", "employer_phone": "805 555 0199"}),
    ("preferences", {"language": "es", "email_notices": "yes"})])
def test_each_change_is_taken_and_shown_at_once(house: House, section: str, fields: dict[str, str]) -> None:
    page = house.send(f"/my-profile/update/{section}", **fields)
    assert "Your information is saved" in page, (house.service.codes, page)
    assert re.search(r"CC-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert "450 Main" not in page


def test_the_same_again_changes_nothing(house: House) -> None:
    fields = {"line1": "451 Main Street", "line2": "", "city": "Oxnard", "state": "CA", "zip": "93030"}
    house.send("/my-profile/update/address", **fields)
    assert "already have on file" in house.send("/my-profile/update/address", **fields)


def test_a_report_goes_in_and_its_number_comes_out(house: House) -> None:
    page = house.send("/my-profile/other-party", names_aliases="Ben Canary", birth_year="1985", ssn="4321",
                      address="77 Canary Row\nsomewhere", phone="+52 55 1234 5678", employer="Canary Works",
                      safety_concern="yes", source="a friend")
    assert "We have received your information" in page, (house.service.codes, page)
    requests = house.client.get("/my-profile/requests").text
    number = re.search(r"CC-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert number and number.group() in requests and "Canary" not in requests
    assert "Canary" not in house.agency_has(), "there too it rests encrypted"


def test_an_appointment_is_confirmed_and_then_asked_to_be_moved(house: House) -> None:
    page = house.send("/dates/appointments/A1/confirm", form_at="/dates")
    assert "You confirmed your appointment" in page, (house.service.codes, page)
    page = house.send("/dates/appointments/A1/another-time", times="Mondays\nor Fridays", reason="")
    assert "We received your request for another time" in page and "You asked for another time" in page
