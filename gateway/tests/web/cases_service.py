"""The cases service behind its commands, as its contract has them: sealed in, facts out, each once by its id."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from eventkit.application import Reply
from eventkit.crypto import Opener
from eventkit.decider import Rejected
from eventkit.public import Envelope
from eventkit.rpc_client import RpcTimeout, RpcUnavailable
from gateway.credentials import CommandClient

from ..facts import Facts


@dataclass
class Services:
    """Who answers which service's commands."""

    auth: CommandClient
    cases: CommandClient

    def command(self, service: str, name: str, body: dict[str, Any], *, actor: str, channel: str,
                command_id: str) -> Reply:
        who = self.cases if service == "cases" else self.auth
        return who.command(service, name, body, actor=actor, channel=channel, command_id=command_id)


@dataclass
class CasesService:
    opener: Opener
    facts: Facts
    away: bool = False
    silent: bool = False
    """The facts of a change reach nobody for now."""
    lost: int = 0
    """So many replies are lost on their way."""
    refuse: Rejected | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Every command as it came: name and id."""
    done: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """What was carried out, opened."""
    replies: dict[str, tuple[str, Reply]] = field(default_factory=dict)

    def command(self, service: str, name: str, body: dict[str, Any], *, actor: str, channel: str,
                command_id: str) -> Reply:
        assert service == "cases" and channel == "web" and actor == body["participant_id"]
        if self.away:
            raise RpcUnavailable(service, name)
        self.asked.append((name, command_id))
        digest = json.dumps([name, body], sort_keys=True)
        known, reply = self.replies.get(command_id, (digest, None))
        if known != digest:
            raise Rejected("command_reused")
        if reply is None:
            if self.refuse:
                raise self.refuse
            handler: Callable[[dict[str, Any], str], Reply] = getattr(self, f"_{name}")
            reply = handler(body, command_id)
            self.replies[command_id] = digest, reply
        if self.lost:
            self.lost -= 1
            raise RpcTimeout(service, name)
        return reply

    def _update_contact(self, body: dict[str, Any], command_id: str) -> Reply:
        changes = self._open(body, "changes", command_id)
        self.done.append(("update_contact", changes))
        confirmation = self._confirmation()
        facts = self._facts()
        facts.request(confirmation, body["participant_id"], "contact_update")
        masked = {name: "•••" for name in changes if changes[name] and name != "language"}
        return self._reply(facts.profile(body["participant_id"], changed_by="self", **masked),
                           confirmation=confirmation, changed=sorted(changes))

    def _set_preferences(self, body: dict[str, Any], _command_id: str) -> Reply:
        self.done.append(("set_preferences", body))
        confirmation, facts = self._confirmation(), self._facts()
        facts.request(confirmation, body["participant_id"], "contact_update")
        return self._reply(facts.profile(body["participant_id"], body["language"],
                                         email_notices=body["email_notices"]), confirmation=confirmation)

    def _report_other_party(self, body: dict[str, Any], command_id: str) -> Reply:
        self.done.append(("report_other_party", {"case_id": body["case_id"], **self._open(body, "report", command_id)}))
        return self._request(body, "other_party_report", case_id=body["case_id"])

    def _confirm_appointment(self, body: dict[str, Any], _command_id: str) -> Reply:
        self.done.append(("confirm_appointment", body))
        return self._reply(self._facts().appointment(body["appointment_id"], body["participant_id"],
                                                     status="confirmed"))

    def _request_reschedule(self, body: dict[str, Any], command_id: str) -> Reply:
        self.done.append(("request_reschedule", self._open(body, "wish", command_id)))
        self._facts().appointment(body["appointment_id"], body["participant_id"], status="reschedule_requested")
        return self._request(body, "reschedule", appointment_id=body["appointment_id"])

    def _request(self, body: dict[str, Any], kind: str, **of: Any) -> Reply:
        confirmation = self._confirmation()
        return self._reply(self._facts().request(confirmation, body["participant_id"], kind, **of),
                           confirmation=confirmation)

    def _confirmation(self) -> str:
        return f"CC-7K3M-9QP{len(self.done)}"

    def _facts(self) -> Facts:
        return Facts(told=list(self.facts.told)) if self.silent else self.facts

    def _reply(self, event: Envelope, **result: Any) -> Reply:
        return Reply(True, result, stream=event.stream, version=event.version)

    def _open(self, body: dict[str, Any], what: str, command_id: str) -> dict[str, Any]:
        opened: dict[str, Any] = json.loads(self.opener.open(body[f"{what}_sealed"], f"cases|{what}|{command_id}"))
        return opened
