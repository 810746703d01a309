"""Changing the keys that the tables rest on, row by row, while the service runs."""

from __future__ import annotations

from sqlalchemy import Engine, select, update

from auth.identifiers import index
from auth.keys import Keys
from auth.tables import credentials, login_index


def rotate_peppers(engine: Engine, keys: Keys) -> int:
    """Every verifier under the first pepper; returns how many that were. Raises CannotDecrypt."""
    table = credentials.c
    with engine.begin() as conn:
        rows = conn.execute(select(table.participant_id, table.kind, table.verifier)).all()
    old = [row for row in rows if keys.verifiers.needs_new_pepper(row.verifier)]
    for row in old:
        fresh = keys.verifiers.under_new_pepper(row.participant_id, row.verifier)
        with engine.begin() as conn:  # one that was changed meanwhile is new anyhow
            conn.execute(update(credentials).values(verifier=fresh).where(
                table.participant_id == row.participant_id, table.kind == row.kind, table.verifier == row.verifier))
    return len(old)


def reindex(engine: Engine, keys: Keys) -> int:
    """Every SSN's entry under the index key of now; returns how many that were. Raises Rejected `unreadable`."""
    table = login_index.c
    with engine.begin() as conn:
        known = conn.execute(select(table.participant_id).where(table.ssn_sealed.is_not(None))).scalars().all()
    for participant_id in known:
        with engine.begin() as conn:
            query = select(table.ssn_sealed).where(table.participant_id == participant_id).with_for_update()
            sealed = conn.execute(query).scalar_one()
            if sealed:
                index(conn, keys.index, participant_id, keys.open(sealed, f"{participant_id}|ssn"), sealed)
    return len(known)
