"""The addresses of the API, each with the scope it needs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from flask_smorest import Blueprint
from marshmallow import Schema

from cases.agency.access import caller, parts
from cases.agency.problems import PROBLEMS, TYPE, Refusal
from cases.agency.shapes import (
    AnswerBody,
    ChangesShape,
    ContentShape,
    HistoryShape,
    Keyed,
    Nothing,
    PageShape,
    Parser,
    RequestShape,
    Since,
    Wanted,
)
from cases.domain.request import ANSWERS
from cases.requests.confirmation import normalized
from cases.requests.index import Filter, is_overdue
from eventkit.secret import Secret

View = TypeVar("View", bound=Callable[..., Any])
NUMBER = "/requests/<confirmation>"
_ALWAYS = ("no_token", "not_accepted", "missing_scope", "invalid", "too_many", "unexpected", "down")
_OF_ONE = ("unknown_request",)
_OF_ACT = ("bad_request", "unknown_request", "taken_by_another", "answered_already", "key_reused", "too_large")


class _Endpoints(Blueprint):  # type: ignore[misc]
    ARGUMENTS_PARSER = Parser()

    def endpoint(self, method: str, rule: str, scope: str, says: type[Schema], *problems: str,
                 query: type[Schema] = Nothing, keyed: bool = False,
                 body: type[Schema] | None = None) -> Callable[[View], View]:
        """The view is given what `query`, the header and `body` hold, in that order, and what is in the address."""

        def register(view: View) -> View:
            act: Callable[..., Any] = self.arguments(body)(view) if body else view
            act = self.arguments(Keyed, location="headers")(act) if keyed else act
            act = self.arguments(query, location="query")(act)
            act = self.response(200, says, description="The answer.")(act)
            act = self.doc(security=[{"token": []}], responses=_problems(*_ALWAYS, *problems))(act)
            act.__dict__.update(scope=scope, provide_automatic_options=False)
            self.route(rule, methods=[method], endpoint=view.__name__)(act)
            return view

        return register


def _problems(*names: str) -> dict[int, dict[str, Any]]:
    found: dict[int, list[str]] = {}
    for name in names:
        found.setdefault(PROBLEMS[name][0], []).append(PROBLEMS[name][1])
    schema = {"$ref": "#/components/schemas/Problem"}
    return {status: {"description": " ".join(said), "content": {TYPE: {"schema": schema}}}
            for status, said in found.items()}


endpoints = _Endpoints("requests", __name__, url_prefix="/agency/v1",
                       description="What customers ask and report, in the order in which it is due.")


@endpoints.endpoint("GET", "/requests", "read", PageShape, query=Wanted)
def list_requests(wanted: dict[str, Any]) -> dict[str, Any]:
    """Requests, the first due first, a page at a time."""
    limit, after = wanted.pop("limit"), wanted.pop("cursor", None)
    rows = parts().desk.listed(Filter(**wanted), limit + 1, after)
    more = len(rows) > limit
    last = rows[limit - 1] if more else None
    return {"requests": [_shown(row) for row in rows[:limit]],
            "next_cursor": (last.due_on, last.confirmation) if last else None}


@endpoints.endpoint("GET", "/requests/changed", "read", ChangesShape, query=Since)
def list_changed(wanted: dict[str, Any]) -> dict[str, Any]:
    """Requests that changed after a position, as they stand now, in the order of their last change.

    Whoever goes on at `next` misses nothing. What changes meanwhile comes again, further on."""
    since, limit, desk = wanted["since"], wanted["limit"], parts().desk
    found = desk.changed(since, limit + 1)
    records = [_possible(record) for record in found[:limit]]
    if wanted["content"]:
        records = [record | {"content": desk.read(record["confirmation"], caller().name).said} for record in records]
    return {"requests": records, "next": records[-1]["position"] if records else since, "more": len(found) > limit}


@endpoints.endpoint("GET", NUMBER, "read", RequestShape, *_OF_ONE)
def get_request(_nothing: Any, confirmation: str) -> dict[str, Any]:
    """One request, without what was in it."""
    return _one(_number(confirmation))


@endpoints.endpoint("GET", f"{NUMBER}/history", "read", HistoryShape, *_OF_ONE)
def get_history(_nothing: Any, confirmation: str) -> dict[str, Any]:
    """What happened to it, who dealt with it and who looked at it."""
    steps = parts().desk.history(_number(confirmation))
    if not steps:
        raise Refusal("unknown_request")
    return {"steps": steps}


@endpoints.endpoint("GET", f"{NUMBER}/content", "read", ContentShape, *_OF_ONE)
def get_content(_nothing: Any, confirmation: str) -> Any:
    """What was asked or reported. That you looked is on record, with your name."""
    return parts().desk.read(_number(confirmation), caller().name)


@endpoints.endpoint("POST", f"{NUMBER}/take", "answer", RequestShape, *_OF_ACT, keyed=True)
def take_request(_nothing: Any, keyed: dict[str, Any], confirmation: str) -> dict[str, Any]:
    """Takes it up: the customer sees that it is looked into."""
    number = _number(confirmation)
    parts().desk.take_up(number, caller().name, _command_id(keyed))
    return _one(number)


@endpoints.endpoint("POST", f"{NUMBER}/answer", "answer", RequestShape, *_OF_ACT, keyed=True, body=AnswerBody)
def answer_request(_nothing: Any, keyed: dict[str, Any], body: dict[str, Any], confirmation: str) -> dict[str, Any]:
    """Answers it, once: the customer is told."""
    number = _number(confirmation)
    message = Secret(body["message"]) if body["message"] else None
    parts().desk.answer(number, caller().name, body["answer"], message, _command_id(keyed))
    return _one(number)


def _number(typed: str) -> str:
    try:
        return normalized(typed)
    except ValueError:
        raise Refusal("unknown_request") from None


def _one(confirmation: str) -> dict[str, Any]:
    row = parts().desk.find(confirmation)
    if row is None:
        raise Refusal("unknown_request")
    return _shown(row)


def _shown(row: Any) -> dict[str, Any]:
    return _possible({**row._mapping, "overdue": is_overdue(row, parts().desk.today())})


def _possible(record: dict[str, Any]) -> dict[str, Any]:
    return record | {"possible_answers": ANSWERS[record["kind"]]}


def _command_id(keyed: dict[str, Any]) -> str:
    """Of this caller alone: no two can meet, and nobody gets the answer to another's command. Hashed, since the id goes
    along with what is published, which names nobody of the agency."""
    return hashlib.sha256(f"agency|{caller().name}|{keyed['idempotency_key']}".encode()).hexdigest()
