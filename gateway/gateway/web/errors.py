"""When something goes wrong: a page in the reader's language that says what to do, and nothing of the inside."""

from __future__ import annotations

import uuid
from datetime import timedelta
from math import ceil
from typing import Any

from flask import Flask, Response, make_response, render_template, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from gateway.api import asks_as_app, problems
from gateway.cases_desk import CasesAway
from gateway.credentials import AuthAway
from gateway.web import cookies
from gateway.web.keeping import keep
from gateway.web.portal import portal
from servicekit.logs import get_logger

log = get_logger()
RETRY_SECONDS = 60


class SessionExpired(Exception):
    """The visitor had a session, which is over. `kept`: what was typed is there again after the next log-in."""

    def __init__(self, *, kept: bool = False) -> None:
        super().__init__(kept)
        self.kept = kept


class FormExpired(Exception):
    """A form without the token of this visitor."""


class TooManyTries(Exception):
    """`name`: of the page or problem that says what to do."""

    def __init__(self, seconds: int, name: str = "too_many") -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.name = name


class AlreadySent(Exception):
    """It came in so long ago that we no longer know what was said to it."""


PAGES = {404: "not_found", 405: "not_found", 413: "bad_request", 429: "too_many"}


def install(app: Flask) -> None:
    app.register_error_handler(SessionExpired, _session_expired)
    app.register_error_handler(FormExpired, lambda _: page("form_expired", 400))
    app.register_error_handler(TooManyTries, _too_many)
    app.register_error_handler(AlreadySent, lambda _: page("already_sent", 409))
    app.register_error_handler(AuthAway, _auth_away)
    app.register_error_handler(CasesAway, lambda _: _down("cases_away"))
    app.register_error_handler(problems.Refusal, problems.of_refusal)
    app.register_error_handler(SQLAlchemyError, _store_away)
    app.register_error_handler(HTTPException, lambda error: _of_http(error))
    app.register_error_handler(Exception, _unexpected)


def page(name: str, status: int, **more: Any) -> Response:
    """For a reader; an app is told the same as a problem."""
    if asks_as_app(request.path):
        return problems.answer(name, status, incident=more.get("incident"))
    return make_response(render_template("error.html", error=name, **more), status)


def _session_expired(error: SessionExpired) -> Response:
    return page("session_expired", 401, kept=error.kept)


def _of_http(error: HTTPException) -> Response:
    if asks_as_app(request.path):
        return problems.of_http(error)
    status = error.code or 500
    return page(PAGES.get(status, "bad_request" if status < 500 else "unexpected"), status)


def _too_many(error: TooManyTries) -> Response:
    wait: dict[str, Any] = {"minutes": ceil(error.seconds / 60)} if error.name == "too_many" else {
        "again": portal().clock() + timedelta(seconds=error.seconds), "form": _kept_form()}
    response = page(error.name, 429, **wait)
    response.headers["Retry-After"] = str(error.seconds)
    return response


def _kept_form() -> str | None:
    """Where the form is, with what was typed; None where nothing of it may be kept."""
    if asks_as_app(request.path):
        return None
    try:
        return request.path if keep(cookies.session_token()) else None
    except SQLAlchemyError:
        return None


def _down(name: str) -> Response:
    response = page(name, 503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _auth_away(_error: AuthAway) -> Response:
    portal().troubles.note("auth", portal().clock())
    return _down("auth_away")


def _store_away(error: SQLAlchemyError) -> Response:
    log.error("store_away", error=type(error).__name__)
    return _down("down")


def _unexpected(error: Exception) -> Response:
    """The number leads to the line in the log, which names the place and not what was said."""
    incident = uuid.uuid4().hex[:8].upper()
    log.error("page_failed", incident=incident, exc_info=error)
    return page("unexpected", 500, incident=incident)
