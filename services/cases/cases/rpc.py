"""The RPC edge: what participants change, ask and report themselves, and what every service answers."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from cases.keys import keys_of
from cases.requests import asking
from cases.self_service import commands
from cases.self_service.typed import LANGUAGES
from eventkit.rpc_server import RpcService, command
from eventkit.unit import Unit

_ID = validate.Length(max=64)
# An address, three phone numbers, an e-mail address and an employer, sealed.
_SEALED = validate.Length(max=8192)
# All that may be reported of somebody, in any script, sealed.
_WRITTEN = validate.Length(max=65536)


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


class ReportSchema(Schema):
    participant_id = fields.String(required=True, validate=_ID)
    case_id = fields.String(required=True, validate=_ID)
    report_sealed = fields.String(required=True, validate=_WRITTEN)


class WishSchema(Schema):
    participant_id = fields.String(required=True, validate=_ID)
    appointment_id = fields.String(required=True, validate=_ID)
    wish_sealed = fields.String(required=True, validate=_WRITTEN)


class CasesService(RpcService):
    name = "cases"

    @command(UpdateContactSchema)
    def update_contact(self, unit: Unit, body: dict[str, Any]) -> dict[str, Any]:
        """{"confirmation", "changed"}, or `unknown_participant`, `nothing_changed`, `invalid` with `field`, `why`."""
        return commands.update_contact(unit, keys_of(self.kernel.settings), body)

    @command(SetPreferencesSchema)
    def set_preferences(self, unit: Unit, body: dict[str, Any]) -> dict[str, Any]:
        """{"confirmation"}, {} where nothing changes, or `unknown_participant`."""
        return commands.set_preferences(unit, keys_of(self.kernel.settings), body)

    @command(AppointmentSchema)
    def confirm_appointment(self, unit: Unit, body: dict[str, Any]) -> dict[str, Any]:
        """{}, or `unknown_appointment` (also somebody else's), `not_open`."""
        return commands.confirm_appointment(unit, body)

    @command(ReportSchema)
    def report_other_party(self, unit: Unit, body: dict[str, Any]) -> dict[str, Any]:
        """{"confirmation"}, or `unknown_case` (also one of others), `nothing_reported`, `invalid` with `field`, `why`.
        Nothing of it is ever given back."""
        return asking.report_other_party(unit, keys_of(self.kernel.settings), body)

    @command(WishSchema)
    def request_reschedule(self, unit: Unit, body: dict[str, Any]) -> dict[str, Any]:
        """{"confirmation"}, or `unknown_appointment` (also somebody else's), `not_open`, `invalid` with `field`,
        `why`."""
        return asking.request_reschedule(unit, keys_of(self.kernel.settings), body)
