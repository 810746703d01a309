"""What is published of cases: who is in them to other services, how they stand to their parties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.domain.case import CaseChanged, CaseOpened, CaseProtectionChanged, Details
from eventkit.store import Recorded

Public = Iterator[tuple[str, str, dict[str, Any]]]

FOR_SERVICES = {"county", "court_case_number", "opened_on", "parties", "status"}
# Services that decide only ask whether a case is at work.
AT_WORK = {"pending": "open", "open": "open", "reopened": "open", "closed": "closed"}


def case_opened(recorded: Recorded) -> Public:
    event: CaseOpened = recorded.event
    yield "case_opened", event.case_id, _case(event.case_id, event.details)
    yield from _details(event.case_id, event.details)


def case_changed(recorded: Recorded) -> Public:
    event: CaseChanged = recorded.event
    if set(event.changed) & FOR_SERVICES:
        yield "case_changed", event.case_id, _case(event.case_id, event.details)
    yield from _details(event.case_id, event.details)


def protection_changed(recorded: Recorded) -> Public:
    event: CaseProtectionChanged = recorded.event
    yield from _details(event.case_id, event.details)


def _case(case_id: str, details: Details) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "county": details.county,
        "court_case_number": details.court_case_number,
        "status": AT_WORK[details.status],
        "opened_on": details.opened_on.isoformat(),
        "parties": [{"participant_id": party.participant_id, "role": party.role} for party in details.parties],
    }


def _details(case_id: str, details: Details) -> Public:
    """Not before the agency has said all of it: we make nothing up."""
    if details.function and details.assistance and details.dependents:
        yield "case_details_changed", case_id, {
            "case_id": case_id,
            "court_case_number": details.court_case_number,
            "status": details.status,
            "function": details.function,
            "lcsa": None if details.party_protected else details.lcsa or details.county,
            "assistance": details.assistance,
            "opened_on": details.opened_on.isoformat(),
            "closed_on": details.closed_on.isoformat() if details.closed_on else None,
            "dependents_enc": details.dependents.shown,
        }
