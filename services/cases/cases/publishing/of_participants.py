"""What is published of participants: to services that decide with it, to themselves, and to their old contact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.domain.participant_events import (
    CONTACT,
    ContactUpdated,
    ParticipantChanged,
    ParticipantRegistered,
    PreferencesSet,
    ProfileShown,
)
from cases.domain.profile import Details
from cases.domain.protected import Protected
from cases.local_time import day_of
from eventkit.store import Recorded

Public = Iterator[tuple[str, str, dict[str, Any]]]

FOR_SERVICES = {"address", "address_valid", "email", "language", "name", "ssn"}
NOT_SHOWN = {"protected", "ssn"}


def participant_registered(recorded: Recorded) -> Public:
    event: ParticipantRegistered = recorded.event
    yield "participant_registered", event.participant_id, _participant(event.participant_id, event.details)
    yield from _profile(recorded, "agency")


def participant_changed(recorded: Recorded) -> Public:
    """A change that is not for others leaves no trace there: that somebody is protected is told to nobody."""
    event: ParticipantChanged = recorded.event
    yield from _for_services(event)
    if not event.changed or set(event.changed) - NOT_SHOWN:
        yield from _profile(recorded, "agency")


def contact_updated(recorded: Recorded) -> Public:
    event: ContactUpdated = recorded.event
    yield from _for_services(event)
    yield from _profile(recorded, "self")
    if set(event.changed) & set(CONTACT):
        yield "contact_changed", event.participant_id, _contact(recorded)


def preferences_set(recorded: Recorded) -> Public:
    yield from _for_services(recorded.event)
    yield from _profile(recorded, "self")


def profile_shown(recorded: Recorded) -> Public:
    yield from _profile(recorded, "agency")


def _for_services(event: ParticipantChanged | ContactUpdated | PreferencesSet) -> Public:
    if set(event.changed) & FOR_SERVICES:
        yield "participant_changed", event.participant_id, _participant(event.participant_id, event.details)


def _participant(participant_id: str, details: Details) -> dict[str, Any]:
    changed_on = details.address_self_changed_on
    return {
        "participant_id": participant_id,
        "language": details.language,
        "name_enc": details.name.value,
        "address_enc": _value(details.address),
        "address_valid": details.address_valid,
        "address_self_changed_on": changed_on.isoformat() if changed_on else None,
        "email_enc": _value(details.email),
        "ssn_sealed": _value(details.ssn),
    }


def _profile(recorded: Recorded, changed_by: str) -> Public:
    event: ParticipantRegistered | ParticipantChanged | ContactUpdated | PreferencesSet | ProfileShown = recorded.event
    details = event.details
    if details.shown is not None:
        yield "profile_changed", event.participant_id, {
            "participant_id": event.participant_id,
            "language": details.language,
            "shown_enc": details.shown,
            "address_valid": details.address_valid,
            "email_notices": details.email_notices,
            "changed_on": day_of(recorded.recorded_at).isoformat(),
            "changed_by": changed_by,
        }


def _contact(recorded: Recorded) -> dict[str, Any]:
    event: ContactUpdated = recorded.event
    return {
        "participant_id": event.participant_id,
        "confirmation": event.confirmation,
        "changed": list(event.changed),
        "channel": recorded.metadata.channel,
        "on": day_of(recorded.recorded_at).isoformat(),
        "language": event.details.language,
        "name_enc": event.details.name.value,
        "old_address_enc": _value(event.old.address),
        "old_address_valid": event.old.address_valid,
        "old_email_enc": _value(event.old.email),
    }


def _value(field: Protected | None) -> str | None:
    return field.value if field else None
