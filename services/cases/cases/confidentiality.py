"""Who is told what: the confidentiality rules as a table. What is not in it leaves this service for nobody.

SERVICES decide with it. SELF is the one participant the event is about, PARTIES are all of the case, PAYEES those who
receive its support; the gateway shows it to them and to nobody else. OLD_CONTACT is where somebody was reached before.
How it leaves: in CLEAR; whole and ENCRYPTED with PERSONAL_KEYS; SEALED to auth; MASKED and encrypted with SHOWN_KEYS;
or whole and SHOWN, encrypted with SHOWN_KEYS. Nothing else can leave: schemas refuse fields they do not know, and a
test holds them to this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

Audience = StrEnum("Audience", ["SERVICES", "SELF", "PARTIES", "PAYEES", "OLD_CONTACT"])
Form = StrEnum("Form", ["CLEAR", "ENCRYPTED", "SEALED", "MASKED", "SHOWN"])
Rule = tuple[Audience, Form]

SERVICES, SELF, PARTIES, PAYEES, OLD_CONTACT = Audience
CLEAR, ENCRYPTED, SEALED, MASKED, SHOWN = Form


def _clear(audience: Audience, *fields: str) -> dict[str, Rule]:
    return {field: (audience, CLEAR) for field in fields}


_PARTICIPANT: Mapping[str, Rule] = {
    **_clear(SERVICES, "participant_id", "language", "address_valid", "address_self_changed_on"),
    "name_enc": (SERVICES, ENCRYPTED), "address_enc": (SERVICES, ENCRYPTED), "email_enc": (SERVICES, ENCRYPTED),
    "ssn_sealed": (SERVICES, SEALED),
}
_CASE = _clear(SERVICES, "case_id", "county", "court_case_number", "status", "opened_on", "parties")

RULES: Mapping[str, Mapping[str, Rule]] = {
    "participant_registered": _PARTICIPANT,
    "participant_changed": _PARTICIPANT,
    "case_opened": _CASE,
    "case_changed": _CASE,
    "profile_changed": {
        **_clear(SELF, "participant_id", "language", "address_valid", "email_notices", "changed_on", "changed_by"),
        "shown_enc": (SELF, MASKED)},
    "case_details_changed": {
        # null where one party is protected: the county says where somebody lives
        **_clear(PARTIES, "case_id", "court_case_number", "status", "function", "lcsa", "opened_on", "closed_on"),
        **_clear(PAYEES, "assistance"), "dependents_enc": (PARTIES, MASKED)},
    "order_recorded": _clear(PARTIES, "case_id", "order_id", "court", "court_case_number", "type", "filed_on",
                             "effective_on", "health_insurance", "income_withholding"),
    "hearing_changed": {
        **_clear(PARTIES, "hearing_id", "case_id", "type", "status", "starts_at", "minutes", "court", "department",
                 "court_address"),
        **_clear(SELF, "attendance")},  # each entry to the person it names
    "appointment_changed": {
        **_clear(SELF, "appointment_id", "participant_id", "case_id", "type", "status", "starts_at", "minutes",
                 "attendance_required", "bring", "language"),
        "place_enc": (SELF, SHOWN), "link_enc": (SELF, SHOWN)},
    "request_changed": {
        **_clear(SELF, "confirmation", "participant_id", "kind", "case_id", "appointment_id", "received_at", "status",
                 "answer", "answered_on"),
        "answer_enc": (SELF, SHOWN)},
    "contact_changed": {
        **_clear(OLD_CONTACT, "participant_id", "confirmation", "changed", "channel", "on", "language",
                 "old_address_valid"),
        "name_enc": (OLD_CONTACT, ENCRYPTED), "old_address_enc": (OLD_CONTACT, ENCRYPTED),
        "old_email_enc": (OLD_CONTACT, ENCRYPTED)},
}
