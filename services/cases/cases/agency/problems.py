"""What a caller is told when something is wrong (RFC 9457): a name to go by, and the field to mend. Never what it held,
and nothing of the inside."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask import Flask, Response, json
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from eventkit.decider import Rejected
from servicekit.logs import get_logger

log = get_logger()
TYPE: Final = "application/problem+json"
PROBLEMS: Final[Mapping[str, tuple[int, str]]] = {
    "bad_request": (400, "The request cannot be read."),
    "no_token": (401, "A token is needed: Authorization: Bearer <token>."),
    "not_accepted": (401, "The token is not known, or was revoked."),
    "missing_scope": (403, "The token does not have the scope this needs."),
    "not_found": (404, "There is no such thing here."),
    "unknown_request": (404, "There is no request with this confirmation number."),
    "no_such_method": (405, "This address has another method."),
    "taken_by_another": (409, "A colleague has taken this request up."),
    "answered_already": (409, "The customer was told something else already; that is not changed."),
    "key_reused": (409, "This Idempotency-Key was used for something else."),
    "too_large": (413, "The request is too large."),
    "invalid": (422, "Something that was sent cannot be used."),
    "too_many": (429, "Too many requests in this minute."),
    "unexpected": (500, "Something failed here; the incident is in the log."),
    "down": (503, "The service cannot answer just now."),
}
_OF_STATUS: Final = {404: "not_found", 405: "no_such_method", 413: "too_large", 422: "invalid", 429: "too_many"}
# Refusals that are about a field of the body or of the address.
_OF_FIELD: Final = {
    "answer_does_not_fit": ("answer", "does not fit this kind of request; its possible answers are listed with it"),
    "message_missing": ("message", "is needed with this answer"),
    "position_not_given": ("since", "is beyond all that happened here: once a database was restored, begin again at 0"),
}


class Refusal(Exception):
    def __init__(self, name: str, retry_seconds: int | None = None) -> None:
        super().__init__(name)
        self.name = name
        self.retry_seconds = retry_seconds


def install(app: Flask) -> None:
    app.register_error_handler(Refusal, lambda refusal: answer(refusal.name, retry_seconds=refusal.retry_seconds))
    app.register_error_handler(Rejected, of_rejected)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(SQLAlchemyError, _store_away)
    app.register_error_handler(Exception, _unexpected)


def answer(name: str, errors: Mapping[str, str] | None = None, retry_seconds: int | None = None,
           incident: str | None = None) -> Response:
    status, title = PROBLEMS[name]
    body: dict[str, Any] = {"type": f"urn:customer-connect:agency:{name.replace('_', '-')}", "title": title,
                            "status": status}
    if errors:
        body["errors"] = [{"field": field, "detail": detail} for field, detail in errors.items()]
    if incident:
        body["incident"] = incident
    response = Response(json.dumps(body), status, content_type=TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer" if name == "no_token" else 'Bearer error="invalid_token"'
    if retry_seconds:
        response.headers["Retry-After"] = str(retry_seconds)
    return response


def of_rejected(refusal: Rejected) -> Response:
    if refusal.code in _OF_FIELD:
        return answer("invalid", dict([_OF_FIELD[refusal.code]]))
    if refusal.code == "invalid":
        return answer("invalid", {str(refusal.details["field"]): str(refusal.details["why"])})
    return answer("key_reused" if refusal.code == "command_reused" else refusal.code)


def of_http(error: HTTPException) -> Response:
    status = error.code or 500
    messages = (getattr(error, "data", None) or {}).get("messages")
    errors = dict(_fields(messages)) if status == 422 and isinstance(messages, Mapping) else {}
    response = answer(_OF_STATUS.get(status, "bad_request" if status < 500 else "unexpected"), errors)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _fields(messages: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Of webargs: {location: {field: [message]}}, or {location: [message]} where all of it is wrong."""
    for location, found in messages.items():
        if not isinstance(found, Mapping):
            yield str(location), "cannot be read"
            continue
        for field, reasons in found.items():
            name = str(location) if field == "_schema" else str(field)[:64].encode("ascii", "replace").decode()
            yield name, str(reasons[0]) if isinstance(reasons, list) and reasons else "cannot be used"


def _store_away(error: SQLAlchemyError) -> Response:
    log.error("store_away", error=type(error).__name__)
    return answer("down", retry_seconds=30)


def _unexpected(error: Exception) -> Response:
    """The number leads to the line in the log, which names the place and not what was said."""
    incident = uuid.uuid4().hex[:8].upper()
    log.error("request_failed", incident=incident, exc_info=error)
    return answer("unexpected", incident=incident)
