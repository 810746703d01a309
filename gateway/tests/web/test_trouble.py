"""When parts are away, or something breaks: the reader is told what to do, and nothing of the inside."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout

import pytest
import structlog
from flask import Flask
from sqlalchemy import Engine

from eventkit.rpc_client import RpcClient
from gateway.web.access import Access, grant
from gateway.wiring import make_app
from servicekit.logs import configure
from servicekit.process import make_engine
from servicekit.settings import Settings

from .parts import BOTH, CHOSEN, NEW, PIN, SSN, TEMPORARY, AuthService, Clock, Visitor

Log = Callable[[], list[dict[str, str]]]
NOWHERE = "amqp://nobody@127.0.0.1:9/none"


def test_payments_are_shown_with_all_services_and_the_broker_away(engine: Engine, auth: AuthService, settings: Settings,
                                                                  clock: Clock, visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    session = visitor.client.get_cookie("cc_session")
    assert session
    alone = Visitor(make_app(settings, engine, RpcClient(NOWHERE, timeout=0.3), clock).test_client())
    alone.client.set_cookie("cc_session", session.value)
    assert "$200.28" in alone.get("/my-payments/made-by-me").text


def test_log_in_without_the_broker_says_so_and_keeps_nothing(engine: Engine, settings: Settings, clock: Clock,
                                                             auth: AuthService) -> None:
    alone = Visitor(make_app(settings, engine, RpcClient(NOWHERE, timeout=0.3), clock).test_client())
    for identifier in (BOTH, SSN):
        page = alone.log_in(identifier)
        assert page.status_code == 503 and page.headers["Retry-After"]
        assert "checks PINs does not answer" in page.text
        assert PIN not in page.text and identifier not in page.text


def test_a_forced_change_that_nobody_answers_can_be_tried_again(visitor: Visitor, auth: AuthService) -> None:
    visitor.log_in(NEW, TEMPORARY)
    auth.away = True
    assert visitor.post("/new-pin", new_pin=CHOSEN, again=CHOSEN).status_code == 503
    auth.away = False
    assert visitor.post("/new-pin", new_pin=CHOSEN, again=CHOSEN).status_code == 200


@pytest.fixture
def stranded(settings: Settings, auth: AuthService, visitor: Visitor, clock: Clock) -> Visitor:
    """Logged in, and then the database is gone."""
    visitor.log_in(BOTH)
    session = visitor.client.get_cookie("cc_session")
    assert session
    nowhere = make_engine("postgresql+psycopg2://nobody@127.0.0.1:9/none", pool=1)
    alone = Visitor(make_app(settings, nowhere, auth, clock).test_client())
    alone.client.set_cookie("cc_session", session.value)
    return alone


def test_without_the_database_a_page_says_so_and_the_session_lives_on(stranded: Visitor) -> None:
    page = stranded.get("/my-payments/made-by-me")
    assert page.status_code == 503 and "not available right now" in page.text
    assert stranded.client.get_cookie("cc_session")


def test_without_the_database_there_is_still_a_home_page_and_a_way_out(stranded: Visitor) -> None:
    assert stranded.get("/").status_code == 200
    assert stranded.get("/nothing-here").status_code == 404
    assert stranded.get("/leave", follow=False).location == "https://www.weather.gov/"
    assert stranded.client.get_cookie("cc_session") is None, "whoever leaves in haste leaves no session behind"


@pytest.fixture
def log() -> Iterator[Log]:
    """The log as a process writes it; afterwards everything is as it was."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level, hooks = root.handlers[:], root.level, (sys.excepthook, threading.excepthook)
    with redirect_stdout(written):
        configure("gateway", "test")
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks


def broken(app: Flask) -> None:
    def fail() -> str:
        raise RuntimeError(f"{SSN} lives at 12 Oak Street")

    grant(fail, Access.PUBLIC)
    app.view_functions["home.show"] = fail


def test_an_error_shows_a_number_and_nothing_of_the_inside(app: Flask, visitor: Visitor, log: Log) -> None:
    broken(app)
    page = visitor.get("/")
    assert page.status_code == 500 and "Something went wrong" in page.text
    lines = log()
    (failed,) = [line for line in lines if line["event"] == "page_failed"]
    assert failed["incident"] in page.text
    for output in (page.text, json.dumps(lines)):
        assert SSN not in output and "Oak Street" not in output and "RuntimeError" not in page.text


def test_a_log_of_requests_says_nothing_of_who_or_what(visitor: Visitor, log: Log) -> None:
    visitor.log_in(BOTH)
    visitor.get("/my-payments/made-by-me?after=MjAyNi0xMS0wMXxSMQ")
    visitor.client.get("/phone/vxml/start")
    visitor.client.get("/phone/vxml/a-token-of-a-call/1?answer=482913")
    lines = log()
    for secret in (BOTH, PIN, "MjAyNi0xMS0wMXxSMQ", "a-token-of-a-call", "127.0.0.1"):
        assert secret not in json.dumps(lines)
    routes = {line.get("path") for line in lines}
    assert {"/log-in", "/my-payments/made-by-me", "/phone/<adapter>/<token>/<int:seq>"} <= routes


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/nothing", 404), ("PUT", "/log-in", 405), ("GET", "/log-out", 405), ("GET", "/static/x/../../etc", 404)])
def test_requests_that_make_no_sense(visitor: Visitor, method: str, path: str, status: int) -> None:
    answer = visitor.client.open(path, method=method)
    assert answer.status_code in (status, 400)
    assert "Traceback" not in answer.text and "Werkzeug" not in answer.text


def test_a_form_as_long_as_a_book_is_not_read(visitor: Visitor) -> None:
    assert visitor.post("/log-in", identifier="1" * 100_000).status_code in (400, 413)


def test_odd_bytes_are_only_wrong(visitor: Visitor, auth: AuthService) -> None:
    half = "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")
    for text in ("\x00", half, "１２３４５６７８９", "' OR 1=1 --"):
        assert visitor.log_in(text).status_code == 422
    assert visitor.log_in(BOTH, "\x00").status_code == 422
