"""When something is wrong, an app is told what, in words its reader can use, and nothing of the inside."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine

from eventkit.rpc_client import RpcClient
from gateway.api.problems import PROBLEMS
from gateway.api.reach import Reach
from gateway.settings import SETTINGS
from gateway.web.headers import HEADERS
from gateway.web.portal import EXTENSION
from gateway.wiring import make_app
from servicekit.process import make_engine
from servicekit.settings import Settings, load

from ..web.cases_service import CasesService
from ..web.conftest import ENVIRONMENT
from ..web.parts import BOTH, NEW, PIN, SSN, TEMPORARY, AuthService, Clock, Visitor
from ..web.test_trouble import NOWHERE, Log, log  # noqa: F401
from .parts import BODIES, REACHES, Program, endpoints, problem

WRITES = tuple(BODIES)


def entitled(program: Program, endpoint: str) -> Program:
    if REACHES[endpoint] is Reach.TEMPORARY_PIN:
        program.log_in(NEW, TEMPORARY)
    elif REACHES[endpoint] is not Reach.ANYONE:
        program.log_in(BOTH)
    return program


def test_every_problem_is_explained_where_its_type_leads(new_visitor: Callable[..., Visitor]) -> None:
    for language in ("en", "es"):
        page = new_visitor(language).get("/api/docs").text
        for name in PROBLEMS:
            assert f'id="problem-{name.replace("_", "-")}"' in page


@pytest.mark.parametrize("endpoint", WRITES)
def test_nothing_but_json_is_read(app: Flask, program: Program, auth: AuthService, desk: CasesService,
                                    endpoint: str) -> None:
    entitled(program, endpoint)
    asked = len(auth.asked)
    method, path = endpoints(app)[endpoint]
    assert not desk.asked
    headers = {"Authorization": f"Bearer {program.token}"} if program.token else {}
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x",
                 "application/vnd.api+json", "", "application/xml"):
        answer = program.client.open(path, method=method, data=json.dumps(BODIES[endpoint]), content_type=kind,
                                     headers=headers)
        assert problem(answer) == (415, "not-json"), kind
    assert len(auth.asked) == asked and not desk.asked


def test_what_cannot_be_read_is_only_that(program: Program, auth: AuthService) -> None:
    for body in (b"", b"{", b"\xff\xfe", b'{"identifier": ', b"[" * 16_000, b'{"identifier": ' + b"9" * 5_000 + b"}",
                 b"\x00", b'{"a":' * 3_000):
        answer = program.client.post("/api/v1/session", data=body, content_type="application/json")
        assert problem(answer) in ((400, "bad-json"), (422, "invalid")), body[:20]
    for value in ([], "text", 7, None, True, [{"identifier": BOTH, "pin": PIN}]):
        answer = program.client.post("/api/v1/session", data=json.dumps(value), content_type="application/json")
        assert problem(answer) == (422, "invalid"), value
    assert not auth.asked


def test_a_body_as_long_as_a_book_is_not_read(app: Flask, program: Program) -> None:
    for endpoint in WRITES:
        method, path = endpoints(app)[endpoint]
        answer = entitled(program, endpoint).ask(method, path, {"pin": "1" * 20_000})
        assert problem(answer) == (413, "too-large"), endpoint


def test_where_there_is_nothing_it_says_so_and_what_cannot_be_done_says_what_can(app: Flask, program: Program) -> None:
    for path in ("/api/v1/nothing", "/api/v1", "/api/v1/", "/api/v1/session/", "/api/v1/payments", "/api/v1//session",
                 "/api/v1/%00"):
        assert problem(program.client.get(path)) == (404, "not-found"), path
    for method, path in endpoints(app).values():
        for other in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - {method}:
            answer = program.client.open(path, method=other)
            if answer.status_code == 405:
                assert problem(answer) == (405, "no-such-method") and method in answer.headers["Allow"]
            else:
                assert (path, other) in {(rule, way) for way, rule in endpoints(app).values()}


def test_the_reader_is_told_in_their_language(app: Flask, new_program: Callable[..., Program]) -> None:
    spanish = new_program("es-MX,es;q=0.9")
    answer = spanish.ask("POST", "/session", {"identifier": "12", "pin": ""})
    assert answer.headers["Content-Language"] == "es" and "Accept-Language" in answer.headers["Vary"]
    assert answer.json["title"] == "Hay algo que corregir"
    texts = app.extensions[EXTENSION].texts
    assert [(error["field"], error["detail"]) for error in answer.json["errors"]] == [
        ("identifier", texts.text("es", "log_in.identifier.wrong")), ("pin", texts.text("es", "log_in.pin.missing"))]
    assert spanish.get("/nothing?lang=en").json["title"] == "We could not find that"


def test_headers_are_on_every_answer_and_no_other_origin_is_let_in(app: Flask, program: Program) -> None:
    program.log_in(BOTH)
    for method, path in [*endpoints(app).values(), ("GET", "/api/v1/nothing"), ("OPTIONS", "/api/v1/session")]:
        answer = program.ask(method, path, None, Origin="https://elsewhere.example",
                             **{"Access-Control-Request-Method": method})
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (path, name)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Language"] == "en"
        assert not [name for name, _ in answer.headers if name.lower().startswith("access-control-")]
        assert "Set-Cookie" not in answer.headers


def test_with_https_the_browser_is_told_to_stay_with_it(engine: Engine, auth: AuthService, clock: Clock) -> None:
    app = make_app(load(SETTINGS, ENVIRONMENT), engine, auth, clock)
    assert app.test_client().get("/api/v1/session").headers["Strict-Transport-Security"]


def test_cookies_that_come_along_change_nothing(app: Flask, program: Program) -> None:
    client = app.test_client()
    for cookie in ("cc_session", "cc_language", "cc_visit"):
        client.set_cookie(cookie, "es" if cookie == "cc_language" else "x" * 43)
    answer = client.get("/api/v1/nothing?lang=en")
    assert answer.headers["Content-Language"] == "en" and "Set-Cookie" not in answer.headers
    assert client.get("/api/v1/session").headers["Content-Language"] == "en"


def test_answers_go_on_with_all_services_and_the_broker_away(engine: Engine, settings: Settings, clock: Clock,
                                                             program: Program) -> None:
    program.log_in(BOTH)
    alone = Program(make_app(settings, engine, RpcClient(NOWHERE, timeout=0.3), clock).test_client(),
                    token=program.token)
    assert alone.get("/payments/made").status_code == 200
    answer = alone.log_in(BOTH)
    assert problem(answer) == (503, "auth-away") and answer.headers["Retry-After"]
    assert PIN not in answer.text and BOTH not in answer.text


def test_without_the_database_it_says_so(settings: Settings, auth: AuthService, clock: Clock, program: Program) -> None:
    program.log_in(BOTH)
    nowhere = make_engine("postgresql+psycopg2://nobody@127.0.0.1:9/none", pool=1)
    alone = Program(make_app(settings, nowhere, auth, clock).test_client(), token=program.token)
    for answer in (alone.get("/balances"), alone.log_in(BOTH)):
        assert problem(answer) == (503, "down") and int(answer.headers["Retry-After"]) > 0
    assert alone.get("/openapi.json").status_code == 200


def test_an_error_shows_a_number_and_nothing_of_the_inside(program: Program, log: Log,  # noqa: F811
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError(f"{SSN} lives at 12 Oak Street")

    program.log_in(BOTH)
    monkeypatch.setattr("gateway.view.reading.cases_and_as_of", fail)
    answer = program.get("/payments/made")
    assert problem(answer) == (500, "unexpected")
    lines = log()
    (failed,) = [line for line in lines if line["event"] == "page_failed"]
    assert failed["incident"] == answer.json["incident"]
    for output in (answer.text, json.dumps(lines)):
        assert SSN not in output and "Oak Street" not in output and "RuntimeError" not in answer.text


def test_the_log_says_nothing_of_who_or_what(program: Program, auth: AuthService, app: Flask,
                                             log: Log) -> None:  # noqa: F811
    """Everything an app can do, well and badly; then no number, PIN, token or cursor is in a line of the log."""
    secrets = [BOTH, NEW, SSN, PIN, TEMPORARY, "640275", "739284", "127.0.0.1", "MjAyNi0xMS0wMXxSMQ"]
    for identifier, pin in ((SSN, PIN), (BOTH, PIN), (BOTH, "739284"), ("1" * 100, PIN)):
        program.log_in(identifier, pin)
        secrets.append(program.token or "")
    program.client.post("/api/v1/session", data=f'{{"identifier": "{SSN}", "pin": "{PIN}"',
                        content_type="application/json")
    program.ask("POST", "/session", {SSN: PIN})
    program.get(f"/payments/made?after=MjAyNi0xMS0wMXxSMQ&{SSN}={PIN}")
    program.get(f"/{SSN}/{BOTH}")
    program.ask("PUT", "/pin", {"current_pin": PIN, "new_pin": "640275"})
    program.log_in(NEW, TEMPORARY)
    secrets.append(program.token or "")
    program.ask("PUT", "/pin/first", {"new_pin": "640275"})
    auth.away = True
    program.log_in(BOTH)
    lines = log()
    assert {"/api/v1/session", "/api/v1/pin", "/api/v1/pin/first", "/api/v1/payments/made", "(no such page)"} <= {
        line.get("path") for line in lines}
    for secret in secrets:
        assert secret and secret not in json.dumps(lines)
