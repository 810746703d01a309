"""What is published of participants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.domain.participant import ParticipantChanged, ParticipantRegistered
from cases.domain.protected import Protected
from eventkit.store import Recorded


def participant_registered(recorded: Recorded) -> Iterator[tuple[str, str, dict[str, Any]]]:
    event: ParticipantRegistered = recorded.event
    yield "participant_registered", event.participant_id, _participant(event)


def participant_changed(recorded: Recorded) -> Iterator[tuple[str, str, dict[str, Any]]]:
    event: ParticipantChanged = recorded.event
    yield "participant_changed", event.participant_id, _participant(event)


def _participant(event: ParticipantRegistered | ParticipantChanged) -> dict[str, Any]:
    details, changed_on = event.details, event.details.address_self_changed_on
    return {
        "participant_id": event.participant_id,
        "language": details.language,
        "name_enc": details.name.value,
        "address_enc": _value(details.address),
        "address_valid": details.address_valid,
        "address_self_changed_on": changed_on.isoformat() if changed_on else None,
        "email_enc": _value(details.email),
        "ssn_sealed": _value(details.ssn),
    }


def _value(field: Protected | None) -> str | None:
    return field.value if field else None
