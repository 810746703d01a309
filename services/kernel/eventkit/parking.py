"""Parking: an event that cannot be applied waits aside, later ones of its aggregate behind it, others flow."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select, update
from sqlalchemy.dialects.postgresql import insert

from eventkit.decider import Rejected
from eventkit.events import EventRegistry
from eventkit.public import Envelope
from eventkit.store import EventStore, Metadata, Recorded
from eventkit.subscription import Subscription, lock_checkpoint
from eventkit.tables import events, parked

registry = EventRegistry()
_store = EventStore(registry)


@registry.event("EventParked")
@dataclass(frozen=True)
class EventParked:
    publisher: str
    position: int
    reason: str


@registry.event("ParkedEventApplied")
@dataclass(frozen=True)
class ParkedEventApplied:
    publisher: str
    position: int


@registry.event("ParkedEventDiscarded")
@dataclass(frozen=True)
class ParkedEventDiscarded:
    publisher: str
    position: int
    reason: str


def held_streams(conn: Connection, name: str, publisher: str, streams: Iterable[str]) -> set[str]:
    """Which of these aggregates have an event parked."""
    query = select(parked.c.stream).distinct().where(
        *_of(name, publisher), parked.c.state == "parked", parked.c.stream.in_(list(streams)))
    return set(conn.execute(query).scalars())


def park(conn: Connection, name: str, envelope: Envelope, reason: str, attempts: int) -> None:
    publisher = envelope.source.strip("/")
    row = {"subscription": name, "publisher": publisher, "position": envelope.position, "stream": envelope.stream,
           "envelope": envelope.to_dict(), "reason": reason, "attempts": attempts, "state": "parked"}
    conn.execute(insert(parked).values(row).on_conflict_do_nothing())
    metadata = Metadata(f"subscriber:{name}", "event", envelope.correlationid, envelope.id)
    _note(conn, name, envelope.stream, EventParked(publisher, envelope.position, reason), metadata)


def waiting(conn: Connection, name: str | None = None) -> list[Row[Any]]:
    """What is parked now, oldest first."""
    query = select(parked).where(parked.c.state == "parked").order_by(parked.c.publisher, parked.c.position)
    return list(conn.execute(query if name is None else query.where(parked.c.subscription == name)))


def count_waiting(conn: Connection, name: str, publisher: str) -> int:
    query = select(func.count()).select_from(parked).where(*_of(name, publisher), parked.c.state == "parked")
    return conn.execute(query).scalar_one()


def retry(engine: Engine, subscription: Subscription, stream: str, operator: str) -> int:
    """Applies the aggregate's parked events in order; stops at the first that still fails and raises its error.

    Each applied event is its own transaction, noted as an event of its own. Returns how many were applied. The
    checkpoint is locked, so that neither the subscriber parks another one behind at the same moment, nor a rebuild
    swaps the model away.
    """
    done = 0
    while True:
        with engine.begin() as conn:
            lock_checkpoint(conn, subscription.name, subscription.publisher)
            row = _first(conn, subscription, stream)
            if row is None:
                return done
            subscription.apply(conn, [Envelope.from_dict(row.envelope)])
            _settle(conn, row, "applied")
            _note(conn, subscription.name, stream, ParkedEventApplied(row.publisher, row.position),
                  _by(operator))
        done += 1


def discard(engine: Engine, subscription: Subscription, stream: str, position: int, operator: str,
            reason: str) -> None:
    """Gives one parked event up, with a reason on record. Raises Rejected `not_parked`."""
    with engine.begin() as conn:
        row = _first(conn, subscription, stream, position)
        if row is None:
            raise Rejected("not_parked", position=position)
        _settle(conn, row, "discarded")
        _note(conn, subscription.name, stream, ParkedEventDiscarded(row.publisher, row.position, reason),
              _by(operator))


def _of(name: str, publisher: str) -> tuple[Any, Any]:
    return parked.c.subscription == name, parked.c.publisher == publisher


def _first(conn: Connection, subscription: Subscription, stream: str, position: int | None = None) -> Row[Any] | None:
    query = select(parked).where(*_of(subscription.name, subscription.publisher), parked.c.stream == stream,
                                 parked.c.state == "parked")
    if position is not None:
        query = query.where(parked.c.position == position)
    return conn.execute(query.order_by(parked.c.position).limit(1).with_for_update()).one_or_none()


def _settle(conn: Connection, row: Row[Any], state: str) -> None:
    conn.execute(update(parked).where(*_of(row.subscription, row.publisher), parked.c.position == row.position)
                 .values(state=state, settled_at=func.clock_timestamp()))


def _by(operator: str) -> Metadata:
    act = str(uuid.uuid4())
    return Metadata(f"operator:{operator}", "cli", act, act)


def _note(conn: Connection, name: str, stream: str, event: object, metadata: Metadata) -> None:
    record = f"parking-{name}-{stream}"
    version = conn.execute(select(func.max(events.c.version)).where(events.c.stream == record)).scalar_one() or 0
    now = conn.execute(select(func.clock_timestamp())).scalar_one()
    _store.append(conn, [Recorded(record, version + 1, event, str(uuid.uuid4()), now, metadata)])
