"""What is published of cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.domain.case import CaseChanged, CaseOpened
from eventkit.store import Recorded


def case_opened(recorded: Recorded) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield "case_opened", recorded.event.case_id, _case(recorded.event)


def case_changed(recorded: Recorded) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield "case_changed", recorded.event.case_id, _case(recorded.event)


def _case(event: CaseOpened | CaseChanged) -> dict[str, Any]:
    details = event.details
    return {
        "case_id": event.case_id,
        "county": details.county,
        "court_case_number": details.court_case_number,
        "status": details.status,
        "opened_on": details.opened_on.isoformat(),
        "parties": [{"participant_id": party.participant_id, "role": party.role} for party in details.parties],
    }
