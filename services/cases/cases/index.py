"""Reading and writing the current-state tables, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from cases.domain import case, participant
from cases.domain.protected import Protected
from cases.tables import case_parties, cases, participants

PERSONAL = {"name": "name_enc", "address": "address_enc", "email": "email_enc", "ssn": "ssn_sealed"}
Known = Mapping[str, Protected]


def known_personal(conn: Connection, ids: Iterable[str]) -> dict[str, Known]:
    """participant id -> field -> what is stored of it, for those that are on file."""
    rows = conn.execute(select(participants).where(participants.c.participant_id.in_(set(ids))))
    return {row.participant_id: {field: Protected(row._mapping[column], row.marks[field])
                                 for field, column in PERSONAL.items() if row._mapping[column] is not None}
            for row in rows}


def on_file(conn: Connection, ids: Iterable[str]) -> set[str]:
    """Which of these participants are registered."""
    query = select(participants.c.participant_id).where(participants.c.participant_id.in_(set(ids)))
    return set(conn.execute(query).scalars())


def store_participants(conn: Connection, states: Mapping[str, tuple[int, participant.Details]]) -> None:
    """Writes the state (version, details) of each; an older version never overwrites a newer one."""
    if states:
        _upsert(conn, participants, "participant_id", [_participant(i, *state) for i, state in states.items()])


def store_cases(conn: Connection, states: Mapping[str, tuple[int, case.Details]]) -> None:
    if not states:
        return
    _upsert(conn, cases, "case_id", [
        {"case_id": case_id, "version": version, "county": details.county, "status": details.status,
         "court_case_number": details.court_case_number, "opened_on": details.opened_on}
        for case_id, (version, details) in states.items()])
    conn.execute(delete(case_parties).where(case_parties.c.case_id.in_(states)))
    conn.execute(insert(case_parties), [
        {"case_id": case_id, "participant_id": party.participant_id, "role": party.role}
        for case_id, (_, details) in states.items() for party in details.parties])


def _upsert(conn: Connection, table: Any, key: str, rows: Sequence[dict[str, Any]]) -> None:
    statement = insert(table)
    fresh = {name: statement.excluded[name] for name in rows[0] if name != key}
    conn.execute(statement.on_conflict_do_update(
        index_elements=[key], set_={**fresh, "updated_at": func.clock_timestamp()},
        where=table.c.version < statement.excluded.version), rows)


def _participant(participant_id: str, version: int, details: participant.Details) -> dict[str, Any]:
    personal: dict[str, Protected | None] = {field: getattr(details, field) for field in PERSONAL}
    return {"participant_id": participant_id, "version": version, "language": details.language,
            "address_valid": details.address_valid, "address_self_changed_on": details.address_self_changed_on,
            **{column: found.value if (found := personal[field]) else None for field, column in PERSONAL.items()},
            "marks": {field: kept.mark for field, kept in personal.items() if kept}}
