"""The outbox: positions given after commit, and the pages that subscribers fill their gaps from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select, text
from sqlalchemy.dialects.postgresql import insert

from eventkit.public import Envelope
from eventkit.tables import outbox, relay_state

# Rows in id order, numbered on from the last position. Only rows that are committed are seen, so a position is
# never given to something that may still roll back, and nothing that commits late is passed over.
_NUMBER = text("""
    WITH waiting AS (
        SELECT id FROM outbox WHERE position IS NULL ORDER BY id LIMIT :limit
    ), numbered AS (
        SELECT id, row_number() OVER (ORDER BY id) AS place FROM waiting
    )
    UPDATE outbox SET position = :last + numbered.place
    FROM numbered WHERE outbox.id = numbered.id
""")


def give_positions(conn: Connection, service: str, limit: int) -> int:
    """Numbers up to `limit` committed rows; returns how many. The row lock is the fence between two relays."""
    state = conn.execute(
        select(relay_state.c.last_position).where(relay_state.c.service == service).with_for_update()
    ).one_or_none()
    if state is None:
        conn.execute(insert(relay_state).values(service=service, last_position=0, confirmed_position=0)
                     .on_conflict_do_nothing())
        return give_positions(conn, service, limit)
    given = conn.execute(_NUMBER, {"limit": limit, "last": state.last_position}).rowcount
    if given:
        conn.execute(relay_state.update().where(relay_state.c.service == service)
                     .values(last_position=relay_state.c.last_position + given))
    return given


def confirm(conn: Connection, service: str, position: int) -> None:
    """Notes that the broker has everything up to `position`."""
    conn.execute(relay_state.update()
                 .where(relay_state.c.service == service, relay_state.c.confirmed_position < position)
                 .values(confirmed_position=position))


def confirmed_position(conn: Connection, service: str) -> int:
    query = select(relay_state.c.confirmed_position).where(relay_state.c.service == service)
    return conn.execute(query).scalar_one_or_none() or 0


def last_position(conn: Connection) -> int:
    """The last position given, 0 for none."""
    return conn.execute(select(func.max(outbox.c.position))).scalar_one_or_none() or 0


def page(conn: Connection, service: str, after: int, limit: int) -> list[Envelope]:
    """Published events after a position, in order."""
    rows = conn.execute(select(outbox).where(outbox.c.position > after).order_by(outbox.c.position).limit(limit))
    return [_envelope(service, row) for row in rows]


def backlog(conn: Connection, service: str) -> tuple[int, float]:
    """How many events wait to be confirmed by the broker, and the age in seconds of the oldest."""
    confirmed = confirmed_position(conn, service)
    row = conn.execute(text("""
        SELECT count(*) AS depth, coalesce(extract(epoch FROM now() - min(time)), 0) AS age
        FROM (SELECT time FROM outbox WHERE position > :confirmed
              UNION ALL SELECT time FROM outbox WHERE position IS NULL) AS waiting
    """), {"confirmed": confirmed}).one()
    return int(row.depth), max(0.0, float(row.age))


def _envelope(service: str, row: Any) -> Envelope:
    return Envelope(id=row.event_id, source=f"/{service}", type=row.type, subject=row.subject, time=row.time,
                    position=row.position, stream=row.stream, version=row.version,
                    correlationid=row.correlation_id, causationid=row.causation_id, data=row.data)
