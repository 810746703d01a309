"""What an app is told when something is wrong (RFC 9457): a name to go by, words for the reader, the field to mend.

Nothing of the inside is in it, and nothing of what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask import Response, json
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from gateway.catalogue import Catalogue
from gateway.web.portal import portal, text
from gateway.web.words import trouble

TYPE: Final = "application/problem+json"
MEANING: Final = "/api/docs#problem-"
PROBLEMS: Final[Mapping[str, int]] = {
    "bad_json": 400, "log_in_first": 401, "session_expired": 401, "not_accepted": 401, "must_change_pin": 403,
    "not_found": 404, "no_such_method": 405, "has_own_pin": 409, "already_sent": 409, "appointment_changed": 409,
    "too_large": 413, "not_json": 415, "invalid": 422, "too_many": 429, "too_many_today": 429, "unexpected": 500,
    "auth_away": 503, "cases_away": 503, "down": 503,
}
"""Every problem by name, and its status; errors of the pages have the same names."""
_OF_STATUS: Final = {400: "bad_json", 404: "not_found", 405: "no_such_method", 413: "too_large", 415: "not_json",
                     422: "invalid", 429: "too_many"}


_ELSEWHERE: Final = {"not_accepted": ("log_in.not_accepted", "log_in.not_accepted.help")}
"""Titles and details that the pages have under other keys."""


class Refusal(Exception):
    """`errors` are keys of texts by the name of the field."""

    def __init__(self, name: str, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(name)
        self.name = name
        self.errors = errors or {}


def answer(name: str, status: int, *, errors: Mapping[str, str] | None = None, incident: str | None = None) -> Response:
    body: dict[str, Any] = {"type": f"{MEANING}{name.replace('_', '-')}", "status": status, "title": title(name),
                            "detail": detail(name)}
    if errors:
        body["errors"] = [{"field": field, "detail": text(key)} for field, key in errors.items()]
    if incident:
        body["incident"] = incident
    response = Response(json.dumps(body), status, content_type=TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer" if name != "session_expired" else 'Bearer error="invalid_token"'
    return response


def of_refusal(refusal: Refusal) -> Response:
    return answer(refusal.name, PROBLEMS[refusal.name], errors=refusal.errors)


def of_http(error: HTTPException) -> Response:
    status = error.code or 500
    said = getattr(error, "data", None) or {}
    messages = said.get("messages") if status == 422 else None
    errors = dict(_fields(messages)) if isinstance(messages, Mapping) else {}
    response = answer(_OF_STATUS.get(status, "bad_json" if status < 500 else "unexpected"), status, errors=errors)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def title(name: str) -> str:
    return text(title_key(name, portal().texts))


def detail(name: str) -> str:
    """What happened, and what to do."""
    if name in _ELSEWHERE:
        return text(_ELSEWHERE[name][1])
    if (key := f"api.problem.{name}.detail") in portal().texts.texts["en"]:
        return text(key)
    return f"{trouble(name)} {text(f'error.{name}.do')}"


def title_key(name: str, texts: Catalogue) -> str:
    """What is the same for pages has its words with them."""
    if name in _ELSEWHERE:
        return _ELSEWHERE[name][0]
    own = f"api.problem.{name}.title"
    return own if own in texts.texts["en"] else f"error.{name}.title"


def _fields(messages: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Of webargs: {location: {field: [message]}}, or {location: [message]}. Messages are keys of ours (`fields.py`)."""
    for found in messages.values():
        if not isinstance(found, Mapping):
            yield "", "api.field.body"
            continue
        for field, reasons in found.items():
            reason = reasons[0] if isinstance(reasons, list) and reasons else ""
            if field == "_schema":
                yield "", "api.field.body"
            else:
                yield str(field)[:64], reason if reason in portal().texts.texts["en"] else "api.field.invalid"
