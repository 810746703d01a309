"""The desk of the agency: what its people and systems do with requests, through the command line or the API."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cases.domain.request import (
    RequestAnswered,
    RequestContentRead,
    RequestReceived,
    RequestTakenUp,
    request,
)
from cases.local_time import day_of
from cases.requests import answering, exporting
from cases.requests.index import After, Filter, find, listed
from cases.requests.safe import Safe
from eventkit.application import Application, Request
from eventkit.decider import Rejected
from eventkit.outbox import last_position
from eventkit.secret import Secret
from eventkit.store import Recorded
from eventkit.unit import Unit

_WHAT = {RequestReceived: "received", RequestTakenUp: "taken_up", RequestAnswered: "answered",
         RequestContentRead: "content_read"}


@dataclass(frozen=True)
class Step:
    """`by` is an operator, None for the customer."""

    what: str
    at: datetime
    by: str | None


@dataclass(frozen=True)
class Content:
    """What was asked or reported, and what was answered in words. It does not show where it is printed."""

    said: dict[str, Any] = field(repr=False)
    message: str | None = field(repr=False)


@dataclass(frozen=True)
class Desk:
    app: Application
    safe: Safe
    channel: str

    def today(self) -> date:
        return day_of(self.app.clock())

    def listed(self, wanted: Filter, limit: int, after: After | None = None) -> Sequence[Any]:
        with self.app.engine.begin() as conn:
            return listed(conn, wanted, self.today(), limit, after)

    def changed(self, since: int, limit: int) -> list[exporting.Record]:
        """The next at most, in the order of their last change. Raises Rejected for a position that was never given: who
        holds one was told it before the database was restored, and going on there would miss what came since."""
        with self.app.engine.begin() as conn:
            if since > last_position(conn):
                raise Rejected("position_not_given")
            return exporting.changed(conn, since, limit, self.today())

    def find(self, confirmation: str) -> Any | None:
        with self.app.engine.begin() as conn:
            return find(conn, confirmation)

    def history(self, confirmation: str) -> list[Step]:
        """All that happened to it, each look at its content too."""
        with self.app.engine.begin() as conn:
            return [_step(recorded) for recorded in self.app.store.read(conn, request.stream(confirmation))]

    def take_up(self, confirmation: str, operator: str, command_id: str | None = None) -> None:
        """Raises Rejected, like all that follows."""
        self._do("take_up_request", {"confirmation": confirmation}, operator, command_id,
                 lambda unit: answering.take_up(unit, confirmation, operator))

    def answer(self, confirmation: str, operator: str, code: str, message: Secret | None,
               command_id: str | None = None) -> None:
        """The command is known again by a keyed mark of the message: a few words could be found by trying."""
        said = message and self.safe.shown.fingerprint(message.reveal(), f"{confirmation}|message")
        self._do("answer_request", {"confirmation": confirmation, "answer": code, "message": said}, operator,
                 command_id, lambda unit: answering.answer(unit, self.safe, confirmation, operator, code, message))

    def read(self, confirmation: str, operator: str) -> Content:
        """On record with the operator's name. It is not the command's result: results are kept, in clear."""
        found: list[Content] = []

        def look(unit: Unit) -> None:
            said = answering.read_content(unit, self.safe, confirmation, operator)
            message = answering.message_of(unit, self.safe, confirmation)
            found.append(Content(said, message.reveal() if message else None))

        self._do("read_content", {"confirmation": confirmation}, operator, None, look)
        return found[-1]

    def _do(self, name: str, body: dict[str, Any], operator: str, command_id: str | None,
            act: Callable[[Unit], None]) -> None:
        command = Request(name, body, command_id or str(uuid.uuid4()), operator, self.channel)
        self.app.handle(command, lambda unit, _body: act(unit))


def _step(recorded: Recorded) -> Step:
    by = None if isinstance(recorded.event, RequestReceived) else recorded.metadata.actor
    return Step(_WHAT[type(recorded.event)], recorded.recorded_at, by)
