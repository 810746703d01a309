"""The RPC edge: log in, change the PIN, request one."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from auth import handlers
from auth.credentials import PinCheck
from auth.handlers import Answer, Desk
from auth.keys import keys_of
from eventkit.rpc_server import RpcService, command
from eventkit.unit import Unit

# A sealed value of a few dozen characters; longer ones would only make Argon2 and the log-in slower.
_SHORT = validate.Length(max=512)


class LogInSchema(Schema):
    identifier_sealed = fields.String(required=True, validate=_SHORT)
    pin_sealed = fields.String(required=True, validate=_SHORT)
    proof_sealed = fields.String(required=True, validate=_SHORT)


class ChangePinSchema(Schema):
    participant_id = fields.String(required=True, validate=validate.Length(max=64))
    proof_sealed = fields.String(load_default=None, allow_none=True, validate=_SHORT)
    current_pin_sealed = fields.String(load_default=None, allow_none=True, validate=_SHORT)
    new_pin_sealed = fields.String(required=True, validate=_SHORT)


class RequestPinSchema(Schema):
    identifier_sealed = fields.String(required=True, validate=_SHORT)


class AuthService(RpcService):
    name = "auth"

    def __init__(self) -> None:
        self._check: PinCheck | None = None  # nameko makes one object for each call

    @command(LogInSchema)
    def log_in(self, unit: Unit, body: dict[str, Any]) -> Answer:
        """{"participant_id", "must_change"} or `not_accepted`: the same for unknown, wrong and locked."""
        return handlers.log_in(self._desk(unit), body)

    @command(ChangePinSchema)
    def change_pin(self, unit: Unit, body: dict[str, Any]) -> Answer:
        """{}, `not_accepted`, or `pin_too_weak` with `rule`."""
        return handlers.change_pin(self._desk(unit), body)

    @command(RequestPinSchema)
    def request_pin(self, unit: Unit, body: dict[str, Any]) -> Answer:
        """{}, always."""
        return handlers.request_pin(self._desk(unit), body)

    def _desk(self, unit: Unit) -> Desk:
        keys = keys_of(self.kernel)
        self._check = self._check or PinCheck(keys.verifiers)
        return Desk(unit, keys, self._check)
