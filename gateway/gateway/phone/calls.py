"""The calls that are going on: one row a call in the gateway's database, gone soon after the call.

A telephone platform may send a request twice. A turn is therefore claimed by its sequence number before
anything is done, and settled with the reply: the same number again gets the same reply and has no second
effect. No connection is held while a turn is at work.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, insert

LONGEST_CALL: Final = timedelta(minutes=30)
LONGEST_IDLE: Final = timedelta(minutes=3)
LONGEST_TURN: Final = timedelta(seconds=10)
"""After this a turn that was claimed and not settled counts as lost (its process died)."""

metadata = sa.MetaData()

calls = sa.Table(
    "calls",
    metadata,
    sa.Column("token_hash", sa.Text, primary_key=True, comment="SHA-256 of the token; the token is not kept"),
    sa.Column("seq", sa.Integer, nullable=False, comment="the last turn that was settled"),
    sa.Column("state", JSONB, nullable=False, comment="where the call stands; the private part is sealed"),
    sa.Column("reply", sa.Text, nullable=False, comment="what was answered at seq, sealed"),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("claimed_at", sa.DateTime(timezone=True), comment="since when turn seq + 1 is at work"),
)


@dataclass(frozen=True)
class Fresh:
    """The turn is yours to work on."""

    state: Mapping[str, Any]


@dataclass(frozen=True)
class Settled:
    """This very turn was answered before."""

    reply: str


@dataclass(frozen=True)
class AtWork:
    """Another request for this turn is being worked on right now."""

    state: Mapping[str, Any]


@dataclass(frozen=True)
class OutOfOrder:
    """A turn long past, or one that cannot have been asked for yet."""


@dataclass(frozen=True)
class Gone:
    """No such call, or it has gone on or been silent for too long."""


Claim = Fresh | Settled | AtWork | OutOfOrder | Gone


class CallStore(Protocol):
    """Where calls are kept; all times are aware UTC."""

    def open(self, token_hash: str, state: Mapping[str, Any], reply: str, now: datetime) -> Gone | Settled:
        """Begin a call with its turn 0 settled; forget those that are over. A platform may begin a call twice: it gets
        the same greeting, unless the call has gone on since (`Gone`)."""

    def claim(self, token_hash: str, seq: int, now: datetime) -> Claim: ...

    def settle(
        self, token_hash: str, seq: int, state: Mapping[str, Any], reply: str, now: datetime
    ) -> None: ...

    def close(self, token_hash: str) -> None:
        """The caller has hung up."""


class PostgresCalls:
    """Calls in the table `calls`; any number of gateway processes may share it."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def open(self, token_hash: str, state: Mapping[str, Any], reply: str, now: datetime) -> Gone | Settled:
        row = {"token_hash": token_hash, "seq": 0, "state": state, "reply": reply}
        beginning = insert(calls).values(**row, created_at=now, seen_at=now).on_conflict_do_nothing()
        with self._engine.begin() as conn:
            conn.execute(sa.delete(calls).where(calls.c.token_hash.in_(_over(now))))
            if conn.execute(beginning).rowcount:
                return Settled(reply)
            before = conn.execute(sa.select(calls).where(calls.c.token_hash == token_hash)).first()
        return Settled(before.reply) if before is not None and before.seq == 0 else Gone()

    def claim(self, token_hash: str, seq: int, now: datetime) -> Claim:
        free = sa.or_(calls.c.claimed_at.is_(None), calls.c.claimed_at < now - LONGEST_TURN)
        taking = (
            sa.update(calls)
            .where(calls.c.token_hash == token_hash, calls.c.seq == seq - 1, _alive(now), free)
            .values(claimed_at=now, seen_at=now)
            .returning(calls.c.state)
        )
        with self._engine.begin() as conn:
            if (taken := conn.execute(taking).first()) is not None:
                return Fresh(taken.state)
            row = conn.execute(sa.select(calls).where(calls.c.token_hash == token_hash, _alive(now))).first()
        if row is None:
            return Gone()
        if row.seq == seq:
            return Settled(row.reply)
        return AtWork(row.state) if row.seq == seq - 1 else OutOfOrder()

    def settle(self, token_hash: str, seq: int, state: Mapping[str, Any], reply: str, now: datetime) -> None:
        mine = sa.and_(calls.c.token_hash == token_hash, calls.c.seq == seq - 1)
        values = {"seq": seq, "state": state, "reply": reply, "seen_at": now, "claimed_at": None}
        with self._engine.begin() as conn:
            conn.execute(sa.update(calls).where(mine).values(**values))

    def close(self, token_hash: str) -> None:
        with self._engine.begin() as conn:
            conn.execute(sa.delete(calls).where(calls.c.token_hash == token_hash))


def _over(now: datetime) -> sa.Select[tuple[str]]:
    """Calls to forget, but for those another process is forgetting at this moment."""
    return sa.select(calls.c.token_hash).where(sa.not_(_alive(now))).with_for_update(skip_locked=True)


def _alive(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(calls.c.created_at > now - LONGEST_CALL, calls.c.seen_at > now - LONGEST_IDLE)
