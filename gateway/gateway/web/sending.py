"""What pages with forms do to tell the cases service something, and what they say of it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from gateway.cases_desk import Command, Refused
from gateway.view.my_profile import heard
from gateway.view.waiting import change_seen
from gateway.web.csrf import FIELD
from gateway.web.errors import AlreadySent
from gateway.web.forms import knock
from gateway.web.portal import portal, signed_in


@dataclass(frozen=True)
class Sent:
    """Under this id its page finds what became of it."""

    command_id: str


@dataclass(frozen=True)
class Outcome:
    """What was done; `seen` when the pages show it already."""

    name: str
    confirmation: str | None
    seen: bool


def send(name: str, content: Mapping[str, Any], make: Callable[[str], Command], key: str | None = None,
         ) -> Sent | Refused:
    """Sends the command that `make` gives for an id, once for each form and content, and waits a while until the view
    shows it. It counts once, however often it is sent. `key` is an app's, in place of the form's token.

    Raises CasesAway, TooManyTries, and AlreadySent.
    """
    parts, viewer = portal(), signed_in()
    command_id = _id(name, content, key)
    with parts.engine.begin() as conn:
        if parts.submissions.find(conn, viewer.participant_id, command_id):
            return Sent(command_id)
        is_new = not parts.submissions.is_known(conn, command_id)
    if is_new:
        knock("report" if name == "report_other_party" else "change", viewer.participant_id, "too_many_today")
    with parts.engine.begin() as conn:
        command = parts.submissions.keep(conn, make(command_id), parts.clock())
    answer = parts.desk.send(command)
    if isinstance(answer, Refused):
        if answer.code == "command_reused":
            raise AlreadySent
        return answer
    with parts.engine.begin() as conn:
        parts.submissions.answered(conn, command, answer)
    change_seen(parts.engine, viewer.participant_id, answer.stream, answer.version)
    return Sent(command_id)


def _id(name: str, content: Mapping[str, Any], key: str | None) -> str:
    submissions, viewer = portal().submissions, signed_in()
    if key is None:
        return submissions.command_id(viewer, request.form[FIELD], name, content)
    return submissions.id_of_app(viewer.participant_id, key, name, content)


def outcome(command_id: str | None) -> Outcome | None:
    """Of a form that this viewer has sent; None for anything else."""
    if not command_id:
        return None
    parts, viewer = portal(), signed_in()
    with parts.engine.begin() as conn:
        found = parts.submissions.find(conn, viewer.participant_id, command_id)
        if found is None:
            return None
        seen = heard(conn, viewer.participant_id, found.stream or "") >= (found.version or 0)
    return Outcome(found.name, found.confirmation, seen)
