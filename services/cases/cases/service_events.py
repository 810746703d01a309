"""What other services need to decide with, as public events: whole states of participants and cases, personal fields
encrypted with PERSONAL_KEYS."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from cases.catalog import catalog


class ParticipantData(Schema):
    participant_id = fields.String(required=True)
    language = fields.String(required=True, validate=validate.OneOf(["en", "es"]))
    name_enc = fields.String(required=True)
    address_enc = fields.String(required=True, allow_none=True)
    address_valid = fields.Boolean(required=True)
    address_self_changed_on = fields.Date(required=True, allow_none=True)
    email_enc = fields.String(required=True, allow_none=True)
    ssn_sealed = fields.String(required=True, allow_none=True)


class PartyData(Schema):
    participant_id = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf(["payor", "payee"]))


class CaseData(Schema):
    case_id = fields.String(required=True)
    county = fields.String(required=True)
    court_case_number = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, validate=validate.OneOf(["open", "closed"]))
    opened_on = fields.Date(required=True)
    parties = fields.List(fields.Nested(PartyData), required=True)


@catalog.event("participant_registered", 1)
class ParticipantRegisteredV1(ParticipantData):
    """Somebody is on file now: their whole state."""


@catalog.event("participant_changed", 1)
class ParticipantChangedV1(ParticipantData):
    """Something of a participant changed: their whole state."""


@catalog.event("case_opened", 1)
class CaseOpenedV1(CaseData):
    """A case is on file now: its whole state."""


@catalog.event("case_changed", 1)
class CaseChangedV1(CaseData):
    """Something of a case changed, or who is in it: its whole state."""
