"""What is published of a request, to who made it: its number and where it stands, never what was in it.

That somebody may be in danger, who of the agency has it, and who looked at it stay here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.domain.request import RequestAnswered, RequestReceived, RequestTakenUp
from eventkit.store import Recorded

Public = Iterator[tuple[str, str, dict[str, Any]]]


def request(recorded: Recorded) -> Public:
    event: RequestReceived | RequestTakenUp | RequestAnswered = recorded.event
    details = event.details
    yield "request_changed", event.confirmation, {
        "confirmation": event.confirmation,
        "participant_id": details.participant_id,
        "kind": details.kind,
        "case_id": details.case_id,
        "appointment_id": details.appointment_id,
        "received_at": details.received_at.isoformat(),
        "status": details.status,
        "answer": details.answer,
        "answer_enc": details.message.value if details.message else None,
        "answered_on": details.answered_on.isoformat() if details.answered_on else None,
    }


def nothing(_recorded: Recorded) -> Public:
    yield from ()
