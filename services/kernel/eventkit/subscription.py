"""What a subscriber does with events: effects in the transaction that moves its checkpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from eventkit.application import Application
from eventkit.public import Envelope
from eventkit.store import Metadata
from eventkit.tables import checkpoints
from eventkit.unit import Unit

Apply = Callable[[Connection, Sequence[Envelope]], None]
React = Callable[[Unit, Envelope], None]


class CheckpointMoved(Exception):
    """Another subscriber of the same name, or an operator, moved the checkpoint: read it again."""


class GapNotFilled(Exception):
    """The publisher does not have what is missing (archived, or restored to an earlier day): nothing is jumped over."""


@dataclass(frozen=True)
class Subscription:
    """`apply` gets events in position order, each exactly once, and writes through `conn` only."""

    name: str
    publisher: str
    apply: Apply


@dataclass(frozen=True)
class Checkpoint:
    position: int
    stream_offset: int | None


def by_type(app: Application, reactions: Mapping[str, React]) -> Apply:
    """For services that react event by event. Types that are not in the table are passed over."""

    def apply(conn: Connection, envelopes: Sequence[Envelope]) -> None:
        for envelope in envelopes:
            react = reactions.get(envelope.type)
            if react is None:
                continue
            metadata = Metadata(f"service:{envelope.source.strip('/')}", "event", envelope.correlationid, envelope.id)
            unit = app.unit(conn, metadata)
            react(unit, envelope)
            unit.flush()

    return apply


def check_gapless(position: int, envelopes: Sequence[Envelope]) -> None:
    """Raises GapNotFilled unless these follow the position, and each other, one by one."""
    if [envelope.position for envelope in envelopes] != list(range(position + 1, position + 1 + len(envelopes))):
        raise GapNotFilled(position + 1)


def read_checkpoint(conn: Connection, name: str, publisher: str) -> Checkpoint:
    """The checkpoint, made at 0 where there is none."""
    where = (checkpoints.c.subscription == name, checkpoints.c.publisher == publisher)
    row = conn.execute(select(checkpoints).where(*where)).one_or_none()
    if row is None:
        conn.execute(insert(checkpoints).values(subscription=name, publisher=publisher, position=0)
                     .on_conflict_do_nothing())
        return Checkpoint(0, None)
    return Checkpoint(row.position, row.stream_offset)


def lock_checkpoint(conn: Connection, name: str, publisher: str) -> int:
    """Holds the subscription's next transaction up until this one ends; returns the position."""
    read_checkpoint(conn, name, publisher)
    query = select(checkpoints.c.position).where(
        checkpoints.c.subscription == name, checkpoints.c.publisher == publisher).with_for_update()
    return int(conn.execute(query).scalar_one())


def move_checkpoint(conn: Connection, name: str, publisher: str, before: int, after: Checkpoint) -> None:
    """Compare and set. Done *first* in the transaction: its row lock orders a rebuild's swap against us."""
    moved = conn.execute(
        update(checkpoints)
        .where(checkpoints.c.subscription == name, checkpoints.c.publisher == publisher,
               checkpoints.c.position == before)
        .values(position=after.position, updated_at=func.clock_timestamp(),
                stream_offset=func.coalesce(after.stream_offset, checkpoints.c.stream_offset))
    )
    if moved.rowcount != 1:
        raise CheckpointMoved(name)
