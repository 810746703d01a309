"""What a customer tells the agency by an app: checked, limited and answered as on the pages, and done once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from eventkit.decider import Rejected
from gateway.settings import SETTINGS
from gateway.wiring import make_app
from servicekit.settings import load

from ..web.cases_service import CasesService, Services
from ..web.conftest import ENVIRONMENT
from ..web.parts import BOTH, PAYEE, PAYOR, AuthService, Clock, Visitor
from .parts import BODIES, KEY, Program, problem, wrong_fields

SSN = "900654321"
HOME = {"line1": "450 Main Street", "city": "Oxnard", "state": "ca", "zip": "93030"}
REPORTS = "/other-party/reports"
CONFIRM, ANOTHER_TIME = "/appointments/A1/confirmation", "/appointments/A1/another-time"


def key(number: int) -> dict[str, str]:
    return {"command_id": f"a-random-name-of-{number:04}"}


@pytest.fixture
def told(program: Program) -> Callable[..., Any]:
    """Tells it as BOTH; returns the answer."""
    program.log_in(BOTH)
    return lambda path, **body: program.ask("POST", path, {**KEY, **body})


@pytest.mark.parametrize(("part", "body", "changes"), [
    ("address", HOME, {"address": {**HOME, "line2": "", "state": "CA"}}),
    ("phones", {"phone_mobile": "(805) 555-0142", "remove_phone_home": True, "remove_phone_work": False},
     {"phone_mobile": "805-555-0142", "phone_home": None}),
    ("email", {"email": " ana@mail.example "}, {"email": "ana@mail.example"}),
    ("email", {"remove_email": True}, {"email": None}),
    ("employer", {"employer_name": "Acme"}, {"employer": {"name": "Acme", "phone": "", "city": ""}}),
    ("employer", {"remove_employer": True}, {"employer": None})])
def test_a_part_of_the_file_is_changed(told: Callable[..., Any], desk: CasesService, part: str, body: dict[str, Any],
                                       changes: dict[str, Any]) -> None:
    answer = told(f"/profile/{part}", **body)
    assert answer.json == {"confirmation": "CC-7K3M-9QP1", "seen": True, "text": "Your information is saved.",
                           "warning": "If this was not you, call us right away."}
    assert desk.done == [("update_contact", changes)]


def test_how_the_agency_writes(told: Callable[..., Any], desk: CasesService, program: Program) -> None:
    answer = told("/profile/preferences", language="es", email_notices=False)
    assert answer.json == {"confirmation": "CC-7K3M-9QP1", "seen": True, "text": "Your information is saved.",
                           "warning": None}
    assert desk.done == [("set_preferences", {"participant_id": BOTH, "language": "es", "email_notices": False})]
    assert program.get("/profile").json["speaks"] == "es"


@pytest.mark.parametrize(("path", "body", "wrong"), [
    ("/profile/address", {"line1": "x"}, {"city": "missing", "state": "missing", "zip": "missing"}),
    ("/profile/address", {**HOME, "state": "ZZ", "zip": "1"}, {"state": "two letters", "zip": "5 digits"}),
    ("/profile/address", {**HOME, "line1": " \u200b "}, {"line1": "Enter your street address"}),
    ("/profile/address", {**HOME, "city": "x" * 81}, {"city": "too long"}),
    ("/profile/phones", {"phone_home": "555-0142"}, {"phone_home": "10 digits"}),
    ("/profile/phones", {}, {"": "Enter what you want to change"}),
    ("/profile/phones", {"remove_phone_home": "yes"}, {"remove_phone_home": "true or false"}),
    ("/profile/phones", {"remove_phone_home": 1}, {"remove_phone_home": "true or false"}),
    ("/profile/email", {"email": "a@b.example", "remove_email": True}, {"email": "Choose one"}),
    ("/profile/employer", {"employer_city": "Oxnard"}, {"employer_name": "name of your employer"}),
    ("/profile/preferences", {"language": "fr", "email_notices": True}, {"language": "none of the choices"}),
    ("/profile/email", {"command_id": "short", "email": "a@b.example"}, {"command_id": "16 to 64"}),
    (ANOTHER_TIME, {"times": "  "}, {"times": "Write at least one day"}),
    (REPORTS, {"case_id": "C1"}, {"": "Fill in at least one thing"}),
    (REPORTS, {"employer": "Acme"}, {"case_id": "Choose one of your cases"}),
    (REPORTS, {"case_id": "C3", "employer": "Acme"}, {"case_id": "Choose one of your cases"}),
    (REPORTS, {"case_id": "C1", "birth_date": "1985-02-30"}, {"birth_date": "date of birth"}),
    (REPORTS, {"case_id": "C1", "birth_date": "April"}, {"birth_date": "date of birth"}),
    (REPORTS, {"case_id": "C1", "ssn": SSN[:8]}, {"ssn": "9 digits"})])
def test_what_is_wrong_is_named_in_the_words_of_the_page(told: Callable[..., Any], desk: CasesService, path: str,
                                                         body: dict[str, Any], wrong: dict[str, str]) -> None:
    found = wrong_fields(told(path, **body))
    assert found.keys() == wrong.keys() and not desk.asked
    assert not [field for field, words in wrong.items() if words not in found[field]]


def test_every_command_needs_a_name(program: Program, desk: CasesService) -> None:
    program.log_in(BOTH)
    for endpoint, path in (("api_profile.email", "/profile/email"), ("api_appointments.confirm", CONFIRM),
                           ("api_other_party.send", REPORTS)):
        body = {name: value for name, value in BODIES.get(endpoint, {}).items() if name != "command_id"}
        assert "command_id" in wrong_fields(program.ask("POST", path, body))
    assert not desk.asked


def test_what_is_sent_twice_acts_once_also_after_another_log_in(program: Program, desk: CasesService) -> None:
    answers = []
    for _ in range(2):
        program.log_in(BOTH)
        answers.append(program.ask("POST", "/profile/address", {**KEY, **HOME}).json)
    assert answers[0] == answers[1] and len(desk.done) == len(desk.asked) == 1
    program.ask("POST", "/profile/address", {**key(2), **HOME})
    assert len(desk.done) == 2, "under another name it is another wish"


def test_the_name_of_one_customer_is_no_command_of_another(new_program: Callable[..., Program],
                                                          desk: CasesService) -> None:
    for person in (BOTH, PAYEE):
        program = new_program()
        program.log_in(person)
        assert program.ask("POST", "/profile/email", {**KEY, "email": "a@mail.example"}).status_code == 200
    assert len(desk.done) == 2


def test_without_an_answer_it_is_sent_again_as_it_was(told: Callable[..., Any], desk: CasesService) -> None:
    desk.lost = 2
    answer = told("/profile/email", email="a@mail.example")
    assert problem(answer) == (503, "cases-away") and int(answer.headers["Retry-After"]) > 0
    assert told("/profile/email", email="a@mail.example").json["confirmation"] == "CC-7K3M-9QP1"
    assert len(desk.done) == 1


def test_what_came_in_long_ago_is_said_to_be_there(told: Callable[..., Any], desk: CasesService,
                                                   engine: Engine) -> None:
    told("/profile/email", email="a@mail.example")
    with engine.begin() as conn:
        conn.execute(text("DELETE FROM submissions"))
    assert problem(told("/profile/email", email="a@mail.example")) == (409, "already-sent")
    assert len(desk.done) == 1


def test_what_the_view_has_not_heard_in_time_is_received(told: Callable[..., Any], desk: CasesService) -> None:
    desk.silent = True
    answer = told("/profile/email", email="a@mail.example").json
    assert answer["seen"] is False and answer["text"] == "We received your change and are processing it."


@pytest.mark.parametrize(("path", "body", "refusal", "field"), [
    ("/profile/address", HOME, Rejected("invalid", field="address.zip", why="x"), "zip"),
    ("/profile/email", {"email": "a@b.example"}, Rejected("nothing_changed"), ""),
    (REPORTS, {"case_id": "C1", "birth_date": "1985"}, Rejected("invalid", field="birth_date", why="x"), "birth_date")])
def test_what_the_service_refuses_is_told_at_its_field(told: Callable[..., Any], desk: CasesService, path: str,
                                                       body: dict[str, str], refusal: Rejected, field: str) -> None:
    desk.refuse = refusal
    assert set(wrong_fields(told(path, **body))) == {field}


def test_an_appointment_is_confirmed_and_another_time_asked_for(told: Callable[..., Any], desk: CasesService,
                                                                program: Program) -> None:
    assert told(CONFIRM).json["text"] == "Thank you. You confirmed your appointment."
    dates = program.get("/dates").json["coming"]
    assert next(one for one in dates if one["id"] == "A1")["status"]["code"] == "confirmed"
    answer = told(ANOTHER_TIME, times="any Friday", reason="work").json
    assert answer["confirmation"] and "the time below still counts" in answer["text"]
    assert [name for name, _ in desk.done] == ["confirm_appointment", "request_reschedule"]
    assert answer["confirmation"] in {one["confirmation"] for one in program.get("/requests").json["requests"]}


@pytest.mark.parametrize(("code", "said"), [("not_open", (409, "appointment-changed")),
                                            ("unknown_appointment", (404, "not-found"))])
def test_an_appointment_that_has_changed(told: Callable[..., Any], desk: CasesService, code: str,
                                         said: tuple[int, str]) -> None:
    desk.refuse = Rejected(code)
    assert problem(told(CONFIRM)) == said
    assert problem(told(ANOTHER_TIME, times="any Friday")) == said


def test_pages_and_apps_have_one_limit(engine: Engine, auth: AuthService, desk: CasesService, clock: Clock) -> None:
    settings = load(SETTINGS, {**ENVIRONMENT, "SECURE_COOKIES": "false", "CHANGES_A_DAY": "2", "REPORTS_A_DAY": "2"})
    app: Flask = make_app(settings, engine, Services(auth, desk), clock)
    visitor, program = Visitor(app.test_client()), Program(app.test_client(use_cookies=False))
    visitor.log_in(PAYOR)
    program.log_in(PAYOR)
    visitor.post("/my-profile/update/email", email="a@mail.example")
    visitor.post("/my-profile/other-party", case_id="C2", employer="Acme")
    for path, body in (("/profile/email", {"email": "b@mail.example"}),
                       (REPORTS, {"case_id": "C2", "phone": "8055550142"})):
        assert program.ask("POST", path, {**key(1), **body}).status_code == 200
        refused = program.ask("POST", path, {**key(2), **body})
        assert problem(refused) == (429, "too-many-today") and int(refused.headers["Retry-After"]) > 3600
        assert program.ask("POST", path, {**key(1), **body}).status_code == 200, "what was done is still told"
    assert visitor.post("/my-profile/update/email", email="c@mail.example").status_code == 429
    assert len(desk.done) == 4
