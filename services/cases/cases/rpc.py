"""The RPC edge: what participants change themselves, and what every service answers."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from cases.keys import keys_of
from cases.self_service import commands
from cases.self_service.typed import LANGUAGES
from eventkit.rpc_server import RpcService, command
from eventkit.unit import Unit

_ID = validate.Length(max=64)
# An address, three phone numbers, an e-mail address and an employer, sealed.
_SEALED = validate.Length(max=8192)


class UpdateContactSchema(Schema):
    participant_id = fields.String(required=True, validate=_ID)
    changes_sealed = fields.String(required=True, validate=_SEALED)


class SetPreferencesSchema(Schema):
    participant_id = fields.String(required=True, validate=_ID)
    email_notices = fields.Boolean(required=True)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))


class AppointmentSchema(Schema):
    participant_id = fields.String(required=True, validate=_ID)
    appointment_id = fields.String(required=True, validate=_ID)


class CasesService(RpcService):
    name = "cases"

    @command(UpdateContactSchema)
    def update_contact(self, unit: Unit, body: dict[str, Any]) -> dict[str, Any]:
        """{"confirmation", "changed"}, or `unknown_participant`, `nothing_changed`, `invalid` with `field`, `why`."""
        return commands.update_contact(unit, keys_of(self.kernel.settings), body)

    @command(SetPreferencesSchema)
    def set_preferences(self, unit: Unit, body: dict[str, Any]) -> dict[str, Any]:
        """{}, or `unknown_participant`."""
        return commands.set_preferences(unit, keys_of(self.kernel.settings), body)

    @command(AppointmentSchema)
    def confirm_appointment(self, unit: Unit, body: dict[str, Any]) -> dict[str, Any]:
        """{}, or `unknown_appointment` (also somebody else's), `not_open`."""
        return commands.confirm_appointment(unit, body)
