"""Asking the auth service: log in, change the PIN, request one. What is secret leaves here sealed, or not at all."""

from __future__ import annotations

import re
import secrets
import uuid
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Literal, Protocol

from eventkit.application import Reply
from eventkit.crypto import seal
from eventkit.decider import Rejected
from eventkit.rpc_client import RpcError, RpcTimeout
from eventkit.secret import Secret

Channel = Literal["web", "phone"]
PROOF_BYTES: Final = 16
_ANONYMOUS: Final = "anonymous"


class AuthAway(Exception):
    """The auth service does not answer; nothing is known of what was asked."""


class CommandClient(Protocol):
    """What is needed of eventkit's RpcClient."""

    def command(self, service: str, name: str, body: dict[str, Any], *, actor: str, channel: str,
                command_id: str) -> Reply: ...


@dataclass(frozen=True)
class LoggedIn:
    """`proof` proves this log-in when a temporary PIN must be changed; `version` is the account's."""

    participant_id: str = field(repr=False)
    must_change: bool
    proof: Secret
    version: int


@dataclass(frozen=True)
class NotAccepted:
    """Unknown, wrong, locked or expired: it is never said which."""


@dataclass(frozen=True)
class PinTooWeak:
    rule: str


@dataclass(frozen=True)
class PinChanged:
    version: int


@dataclass(frozen=True)
class Sealing:
    """Seals what goes with one command, so that it opens in no other: what is read in the broker is of no use later."""

    public_key: str
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def seal(self, secret: Secret, what: str) -> str:
        return seal(self.public_key, secret.reveal().encode("utf-8", "surrogatepass"), f"login|{what}|{self.id}")


@dataclass(frozen=True)
class Auth:
    """The commands of the auth service. All may raise AuthAway."""

    client: CommandClient
    public_key: str

    def log_in(self, identifier: Secret, pin: Secret, channel: Channel) -> LoggedIn | NotAccepted:
        proof = Secret(secrets.token_urlsafe(PROOF_BYTES))
        command = Sealing(self.public_key)
        body = {"identifier_sealed": command.seal(cleaned(identifier), "identifier"),
                "pin_sealed": command.seal(pin, "pin"), "proof_sealed": command.seal(proof, "proof")}
        try:
            reply = self._ask("log_in", body, _ANONYMOUS, channel, command.id)
        except Rejected:
            return NotAccepted()
        result = reply.result
        return LoggedIn(result["participant_id"], bool(result["must_change"]), proof, reply.version or 0)

    def change_pin(self, participant_id: str, proof: Secret | None, new_pin: Secret,
                   channel: Channel) -> PinChanged | PinTooWeak | NotAccepted:
        """The forced change after a log-in with a temporary PIN, proved by that log-in's proof."""
        command = Sealing(self.public_key)
        return self._change(command, participant_id, channel, {
            "proof_sealed": command.seal(proof, "proof") if proof else None, "current_pin_sealed": None,
            "new_pin_sealed": command.seal(new_pin, "pin")})

    def replace_pin(self, participant_id: str, current: Secret, new_pin: Secret,
                    channel: Channel) -> PinChanged | PinTooWeak | NotAccepted:
        """The change that somebody wishes, proved by the PIN until now; a wrong one counts like a wrong log-in."""
        command = Sealing(self.public_key)
        return self._change(command, participant_id, channel, {
            "proof_sealed": None, "current_pin_sealed": command.seal(current, "pin"),
            "new_pin_sealed": command.seal(new_pin, "pin")})

    def _change(self, command: Sealing, participant_id: str, channel: Channel,
                sealed: dict[str, str | None]) -> PinChanged | PinTooWeak | NotAccepted:
        try:
            reply = self._ask("change_pin", {"participant_id": participant_id, **sealed}, participant_id, channel,
                              command.id)
        except Rejected as refusal:
            if refusal.code == "pin_too_weak":
                return PinTooWeak(str(refusal.details.get("rule", "")))
            return NotAccepted()
        return PinChanged(reply.version or 0)

    def request_pin(self, identifier: Secret, channel: Channel) -> None:
        """A temporary PIN by mail, if there is such a participant and a letter may be sent: it is never said."""
        command = Sealing(self.public_key)
        body = {"identifier_sealed": command.seal(cleaned(identifier), "identifier")}
        try:
            self._ask("request_pin", body, _ANONYMOUS, channel, command.id)
        except Rejected:
            return

    def _ask(self, name: str, body: dict[str, Any], actor: str, channel: Channel, command_id: str) -> Reply:
        """Without a reply, the very same command once more: a reply that was lost must not use up a mailed PIN."""
        ask = partial(self.client.command, "auth", name, body, actor=actor, channel=channel, command_id=command_id)
        try:
            try:
                return ask()
            except RpcTimeout:
                return ask()
        except RpcError:
            raise AuthAway from None


def cleaned(identifier: Secret) -> Secret:
    """As people type it: with spaces and dashes."""
    return Secret(re.sub(r"[\s-]", "", identifier.reveal()))


def is_identifier(identifier: Secret) -> bool:
    """Nine digits (SSN) or ten to fifteen (Participant ID)."""
    return re.fullmatch(r"[0-9]{9,15}", cleaned(identifier).reveal()) is not None


def is_participant_id(identifier: Secret) -> bool:
    """May be shown again to whoever typed it; an SSN may not."""
    return re.fullmatch(r"[0-9]{10,15}", cleaned(identifier).reveal()) is not None
