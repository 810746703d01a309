"""Telling the cases service: a change of one's own information, what one knows of the other party, answers to dates.

What was typed leaves here sealed to the service. A command is made first and sent then, so that it can be sent again as
it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from eventkit.crypto import seal
from eventkit.decider import Rejected
from eventkit.rpc_client import RpcError, RpcTimeout
from gateway.credentials import CommandClient


class CasesAway(Exception):
    """The cases service does not answer; nothing is known of what was asked."""


@dataclass(frozen=True)
class Command:
    """As it travels: the same body under the same id is the same command."""

    name: str
    participant_id: str = field(repr=False)
    body: Mapping[str, Any] = field(repr=False)
    id: str


@dataclass(frozen=True)
class Accepted:
    """`stream` and `version` say what the view must have heard to show it."""

    confirmation: str | None
    stream: str
    version: int


@dataclass(frozen=True)
class Refused:
    """`field` and `why` where something that was typed cannot be."""

    code: str
    field: str = ""
    why: str = ""


@dataclass(frozen=True)
class CasesDesk:
    client: CommandClient
    public_key: str

    def update_contact(self, command_id: str, participant_id: str, changes: Mapping[str, Any]) -> Command:
        return self._command("update_contact", command_id, participant_id,
                             changes_sealed=self._sealed("changes", changes, command_id))

    def set_preferences(self, command_id: str, participant_id: str, *, email_notices: bool, language: str) -> Command:
        return self._command("set_preferences", command_id, participant_id, email_notices=email_notices,
                             language=language)

    def report_other_party(self, command_id: str, participant_id: str, case_id: str,
                           report: Mapping[str, Any]) -> Command:
        return self._command("report_other_party", command_id, participant_id, case_id=case_id,
                             report_sealed=self._sealed("report", report, command_id))

    def confirm_appointment(self, command_id: str, participant_id: str, appointment_id: str) -> Command:
        return self._command("confirm_appointment", command_id, participant_id, appointment_id=appointment_id)

    def request_reschedule(self, command_id: str, participant_id: str, appointment_id: str,
                           wish: Mapping[str, Any]) -> Command:
        return self._command("request_reschedule", command_id, participant_id, appointment_id=appointment_id,
                             wish_sealed=self._sealed("wish", wish, command_id))

    def send(self, command: Command) -> Accepted | Refused:
        """Without a reply the very same command once more. Raises CasesAway."""
        ask = partial(self.client.command, "cases", command.name, dict(command.body), actor=command.participant_id,
                      channel="web", command_id=command.id)
        try:
            try:
                reply = ask()
            except RpcTimeout:
                reply = ask()
        except Rejected as refusal:
            return Refused(refusal.code, str(refusal.details.get("field", "")), str(refusal.details.get("why", "")))
        except RpcError:
            raise CasesAway from None
        return Accepted(reply.result.get("confirmation"), reply.stream or "", reply.version or 0)

    def _command(self, name: str, command_id: str, participant_id: str, **body: Any) -> Command:
        return Command(name, participant_id, {"participant_id": participant_id, **body}, command_id)

    def _sealed(self, what: str, content: Mapping[str, Any], command_id: str) -> str:
        """With its own command alone it opens: what is read in the broker is of no use later."""
        said = json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return seal(self.public_key, said, f"cases|{what}|{command_id}")
