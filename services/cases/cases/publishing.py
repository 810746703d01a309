"""What leaves this service: whole states of participants and cases, personal fields encrypted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from cases.domain.case import CaseChanged, CaseOpened
from cases.domain.participant import ParticipantChanged, ParticipantRegistered, Protected
from eventkit.public import PublicCatalog, PublicEvent
from eventkit.store import Recorded

catalog = PublicCatalog("cases")


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


def publish(recorded: Recorded) -> Sequence[PublicEvent]:
    name, to_data = PUBLISHED[type(recorded.event)]
    subject, data = to_data(recorded.event)
    return [catalog.make(name, 1, subject, data)]


def _participant(event: ParticipantRegistered | ParticipantChanged) -> tuple[str, dict[str, Any]]:
    details, changed_on = event.details, event.details.address_self_changed_on
    return event.participant_id, {
        "participant_id": event.participant_id,
        "language": details.language,
        "name_enc": details.name.value,
        "address_enc": _value(details.address),
        "address_valid": details.address_valid,
        "address_self_changed_on": changed_on.isoformat() if changed_on else None,
        "email_enc": _value(details.email),
        "ssn_sealed": _value(details.ssn),
    }


def _case(event: CaseOpened | CaseChanged) -> tuple[str, dict[str, Any]]:
    details = event.details
    return event.case_id, {
        "case_id": event.case_id,
        "county": details.county,
        "court_case_number": details.court_case_number,
        "status": details.status,
        "opened_on": details.opened_on.isoformat(),
        "parties": [{"participant_id": party.participant_id, "role": party.role} for party in details.parties],
    }


def _value(field: Protected | None) -> str | None:
    return field.value if field else None


PUBLISHED: dict[type, tuple[str, Callable[[Any], tuple[str, dict[str, Any]]]]] = {
    ParticipantRegistered: ("participant_registered", _participant),
    ParticipantChanged: ("participant_changed", _participant),
    CaseOpened: ("case_opened", _case),
    CaseChanged: ("case_changed", _case),
}
