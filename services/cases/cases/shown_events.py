"""What a customer may be shown of their own profile, cases, dates and requests, as public events.

Personal values are encrypted with SHOWN_KEYS, which the gateway has too (ADR 0013); the context of each is named.
Times are UTC, ISO 8601. Every event is a whole state.
"""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from cases.catalog import catalog

CASE_STATUSES = ("pending", "open", "closed", "reopened")
FUNCTIONS = ("intake", "locate", "parentage", "order_establishment", "enforcement", "review_modification",
             "intergovernmental")
ASSISTANCE = ("current", "former", "never", "foster_care", "medi_cal_only")
ORDER_TYPES = ("temporary", "final", "modified")
INSURANCE = ("payor", "payee", "both", "none")
HEARING_TYPES = ("support_order", "modification", "enforcement", "parentage", "review", "other")
HEARING_STATUSES = ("set", "reset", "vacated", "held")
ATTENDANCE = ("in_person", "remote", "not_required")
APPOINTMENT_TYPES = ("interview", "genetic_test", "family_meeting", "virtual", "other")
APPOINTMENT_STATUSES = ("scheduled", "confirmed", "reschedule_requested", "rescheduled", "cancelled", "attended",
                        "missed")
BRING = ("photo_id", "pay_stubs", "tax_return", "birth_certificates", "court_papers", "insurance_card", "expense_proof",
         "child")
REQUEST_KINDS = ("contact_update", "other_party_report", "reschedule")
REQUEST_STATUSES = ("received", "in_review", "answered")
ANSWERS = ("done", "rescheduled", "could_not_verify", "need_more", "not_possible", "see_message")


def _one_of(values: tuple[str, ...]) -> validate.OneOf:
    return validate.OneOf(list(values))


@catalog.event("profile_changed", 1)
class ProfileChangedV1(Schema):
    """What a participant may see of what is on file of them. `shown_enc` (context `<participant id>|shown`) is JSON of
    masked texts: name, address, phone_home, phone_mobile, phone_work, email, employer; null where there is nothing."""

    participant_id = fields.String(required=True)
    language = fields.String(required=True, validate=validate.OneOf(["en", "es"]))
    shown_enc = fields.String(required=True)
    address_valid = fields.Boolean(required=True)
    email_notices = fields.Boolean(required=True)
    changed_on = fields.Date(required=True)
    changed_by = fields.String(required=True, validate=validate.OneOf(["agency", "self"]))


class DependentData(Schema):
    initials = fields.String(required=True)
    birth_year = fields.Integer(required=True, allow_none=True)


@catalog.event("case_details_changed", 1)
class CaseDetailsChangedV1(Schema):
    """What parties may see of their case. `lcsa` (FIPS code) is null where a party is protected; `assistance` is for
    payees only; `dependents_enc` (context `<case id>|dependents`) is a JSON list of {initials, birth_year}."""

    case_id = fields.String(required=True)
    court_case_number = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, validate=_one_of(CASE_STATUSES))
    function = fields.String(required=True, validate=_one_of(FUNCTIONS))
    lcsa = fields.String(required=True, allow_none=True)
    assistance = fields.String(required=True, validate=_one_of(ASSISTANCE))
    opened_on = fields.Date(required=True)
    closed_on = fields.Date(required=True, allow_none=True)
    dependents_enc = fields.String(required=True)


@catalog.event("order_recorded", 1)
class OrderRecordedV1(Schema):
    """A court order of a case; its amounts are told by payments."""

    case_id = fields.String(required=True)
    order_id = fields.String(required=True)
    court = fields.String(required=True)
    court_case_number = fields.String(required=True, allow_none=True)
    type = fields.String(required=True, validate=_one_of(ORDER_TYPES))
    filed_on = fields.Date(required=True)
    effective_on = fields.Date(required=True)
    health_insurance = fields.String(required=True, validate=_one_of(INSURANCE))
    income_withholding = fields.Boolean(required=True)


class AttendanceData(Schema):
    participant_id = fields.String(required=True)
    mode = fields.String(required=True, validate=_one_of(ATTENDANCE))


@catalog.event("hearing_changed", 1)
class HearingChangedV1(Schema):
    """A court date of a case: the court is public, how each person attends is theirs."""

    hearing_id = fields.String(required=True)
    case_id = fields.String(required=True)
    type = fields.String(required=True, validate=_one_of(HEARING_TYPES))
    status = fields.String(required=True, validate=_one_of(HEARING_STATUSES))
    starts_at = fields.AwareDateTime(required=True)
    minutes = fields.Integer(required=True)
    court = fields.String(required=True)
    department = fields.String(required=True, allow_none=True)
    court_address = fields.String(required=True)
    attendance = fields.List(fields.Nested(AttendanceData), required=True)


@catalog.event("appointment_changed", 1)
class AppointmentChangedV1(Schema):
    """An appointment of one person. Where: `place_enc`, `link_enc` (context `<participant id>|appointment`)."""

    appointment_id = fields.String(required=True)
    participant_id = fields.String(required=True)
    case_id = fields.String(required=True, allow_none=True)
    type = fields.String(required=True, validate=_one_of(APPOINTMENT_TYPES))
    status = fields.String(required=True, validate=_one_of(APPOINTMENT_STATUSES))
    starts_at = fields.AwareDateTime(required=True)
    minutes = fields.Integer(required=True)
    place_enc = fields.String(required=True, allow_none=True)
    link_enc = fields.String(required=True, allow_none=True)
    attendance_required = fields.Boolean(required=True)
    bring = fields.List(fields.String(validate=_one_of(BRING)), required=True)
    language = fields.String(required=True, validate=validate.OneOf(["en", "es"]))


@catalog.event("request_changed", 1)
class RequestChangedV1(Schema):
    """What somebody asked or reported, by its confirmation number: never what was in it. `answer_enc` (context
    `<participant id>|answer`) is what the agency writes to them, where it does."""

    confirmation = fields.String(required=True)
    participant_id = fields.String(required=True)
    kind = fields.String(required=True, validate=_one_of(REQUEST_KINDS))
    case_id = fields.String(required=True, allow_none=True)
    appointment_id = fields.String(required=True, allow_none=True)
    received_at = fields.AwareDateTime(required=True)
    status = fields.String(required=True, validate=_one_of(REQUEST_STATUSES))
    answer = fields.String(required=True, allow_none=True, validate=_one_of(ANSWERS))
    answer_enc = fields.String(required=True, allow_none=True)
    answered_on = fields.Date(required=True, allow_none=True)


@catalog.event("contact_changed", 1)
class ContactChangedV1(Schema):
    """Somebody changed how they are reached, themselves: the old contact is told. `old_*_enc` are as in
    `participant_changed` (PERSONAL_KEYS); null where there was none."""

    participant_id = fields.String(required=True)
    confirmation = fields.String(required=True)
    changed = fields.List(fields.String(), required=True)
    channel = fields.String(required=True)
    on = fields.Date(required=True)
    language = fields.String(required=True, validate=validate.OneOf(["en", "es"]))
    name_enc = fields.String(required=True)
    old_address_enc = fields.String(required=True, allow_none=True)
    old_address_valid = fields.Boolean(required=True)
    old_email_enc = fields.String(required=True, allow_none=True)
