"""A form that is sent twice acts once: the same form of the same session with the same content is the same command.

The id of the command is made of these, so it needs no place in the form. What is sealed differs each time it is sealed,
and the service refuses another body under the same id: so the body is kept as it was first sent, for a day.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from eventkit.secret import Secret
from gateway.cases_desk import Accepted, Command
from gateway.own_tables import submissions
from gateway.sessions import Session

KEPT: Final = timedelta(days=1)


@dataclass(frozen=True)
class Submission:
    """What was sent, and what the service said to it; `stream` is None until it was answered."""

    command_id: str
    name: str
    confirmation: str | None
    stream: str | None
    version: int | None


@dataclass(frozen=True)
class Submissions:
    """All functions take a connection: what belongs together is one transaction of the caller's."""

    server_secret: Secret

    def command_id(self, session: Session, form_token: str, name: str, content: Mapping[str, Any]) -> str:
        """`form_token` is another one on every page, so the same wish on a page opened anew is another command."""
        return self._id("command", session.token.reveal(), form_token, name, content)

    def id_of_app(self, participant_id: str, key: str, name: str, content: Mapping[str, Any]) -> str:
        """`key` is the app's, which keeps it over log-ins: what got no answer is sent again whenever it can be."""
        return self._id("command of an app", participant_id, key, name, content)

    def _id(self, kind: str, *parts: Any) -> str:
        said = json.dumps(parts, sort_keys=True)
        key = self.server_secret.reveal().encode()
        return str(uuid.UUID(bytes=hmac.new(key, f"{kind}|{said}".encode(), hashlib.sha256).digest()[:16], version=5))

    def keep(self, conn: Connection, command: Command, now: datetime) -> Command:
        """The command as it was first sent under its id: this one, if it is the first."""
        conn.execute(insert(submissions).values(
            command_id=command.id, participant_id=command.participant_id, name=command.name,
            body=json.dumps(command.body), made_at=now).on_conflict_do_nothing())
        body = conn.execute(select(submissions.c.body).where(submissions.c.command_id == command.id)).scalar_one()
        return replace(command, body=json.loads(body))

    def is_known(self, conn: Connection, command_id: str) -> bool:
        """Whether it was sent before, answered or not."""
        query = select(submissions.c.name).where(submissions.c.command_id == command_id)
        return conn.execute(query).first() is not None

    def answered(self, conn: Connection, command: Command, answer: Accepted) -> None:
        conn.execute(update(submissions).where(submissions.c.command_id == command.id).values(
            confirmation=answer.confirmation, stream=answer.stream, version=answer.version))

    def find(self, conn: Connection, participant_id: str, command_id: str) -> Submission | None:
        """Of this participant alone; None before it was answered."""
        row = conn.execute(select(submissions).where(
            submissions.c.command_id == command_id, submissions.c.participant_id == participant_id,
            submissions.c.stream.is_not(None))).one_or_none()
        return Submission(row.command_id, row.name, row.confirmation, row.stream, row.version) if row else None


def forget_old_submissions(conn: Connection, now: datetime) -> None:
    conn.execute(delete(submissions).where(submissions.c.made_at < now - KEPT))
