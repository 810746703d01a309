"""Reading and writing the current state of participants and cases, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from cases.current_state import upsert
from cases.domain import case, profile
from cases.domain.case import Dependents
from cases.domain.profile import PERSONAL, Kept
from cases.domain.protected import Protected
from cases.tables import case_parties, cases, participants

COLUMNS = {field: "ssn_sealed" if field == "ssn" else f"{field}_enc" for field in PERSONAL}


def known_personal(conn: Connection, ids: Iterable[str]) -> dict[str, Kept]:
    """participant id -> field -> what is stored of it, for those that are on file."""
    rows = conn.execute(select(participants).where(participants.c.participant_id.in_(set(ids))))
    return {row.participant_id: {field: Protected(row._mapping[column], row.marks[field])
                                 for field, column in COLUMNS.items() if row._mapping[column] is not None}
            for row in rows}


def on_file(conn: Connection, ids: Iterable[str]) -> set[str]:
    """Which of these participants are registered."""
    query = select(participants.c.participant_id).where(participants.c.participant_id.in_(set(ids)))
    return set(conn.execute(query).scalars())


def cases_on_file(conn: Connection, ids: Iterable[str]) -> set[str]:
    """Which of these cases are on file."""
    return set(conn.execute(select(cases.c.case_id).where(cases.c.case_id.in_(set(ids)))).scalars())


def known_dependents(conn: Connection, ids: Iterable[str]) -> dict[str, Dependents]:
    """case id -> what is stored of its children, where anything is."""
    rows = conn.execute(select(cases).where(cases.c.case_id.in_(set(ids)), cases.c.dependents_enc.is_not(None)))
    return {row.case_id: Dependents(Protected(row.dependents_enc, row.dependents_mark), row.dependents_shown_enc)
            for row in rows}


def store_participants(conn: Connection, states: Mapping[str, tuple[int, profile.Details]]) -> None:
    """Writes the state (version, details) of each."""
    upsert(conn, participants, "participant_id", [_participant(i, *state) for i, state in states.items()])


def store_cases(conn: Connection, states: Mapping[str, tuple[int, case.Details]]) -> None:
    """Writes the state (version, details) of each, and its parties."""
    if not states:
        return
    upsert(conn, cases, "case_id", [_case(i, *state) for i, state in states.items()])
    conn.execute(delete(case_parties).where(case_parties.c.case_id.in_(states)))
    conn.execute(insert(case_parties), [
        {"case_id": case_id, "participant_id": party.participant_id, "role": party.role}
        for case_id, (_, details) in states.items() for party in details.parties])


def _participant(participant_id: str, version: int, details: profile.Details) -> dict[str, Any]:
    personal: dict[str, Protected | None] = {field: getattr(details, field) for field in PERSONAL}
    return {"participant_id": participant_id, "version": version, "language": details.language,
            "address_valid": details.address_valid, "address_self_changed_on": details.address_self_changed_on,
            "protected": details.protected, "email_notices": details.email_notices, "shown_enc": details.shown,
            **{column: found.value if (found := personal[field]) else None for field, column in COLUMNS.items()},
            "marks": {field: kept.mark for field, kept in personal.items() if kept}}


def _case(case_id: str, version: int, details: case.Details) -> dict[str, Any]:
    children = details.dependents
    return {"case_id": case_id, "version": version, "county": details.county, "status": details.status,
            "court_case_number": details.court_case_number, "opened_on": details.opened_on,
            "function": details.function, "assistance": details.assistance, "lcsa": details.lcsa,
            "closed_on": details.closed_on, "party_protected": details.party_protected,
            "dependents_enc": children.kept.value if children else None,
            "dependents_mark": children.kept.mark if children else None,
            "dependents_shown_enc": children.shown if children else None}
