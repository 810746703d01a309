"""A till that counts: the smallest aggregate with a rule, a public event and a read model, for tests and benchmarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields
from sqlalchemy import BigInteger, Column, Connection, Engine, MetaData, Table, Text, func, select
from sqlalchemy.dialects.postgresql import insert

from eventkit.application import Application, Request
from eventkit.decider import Decider, Rejected, SnapshotPolicy
from eventkit.events import EventRegistry
from eventkit.public import Envelope, PublicCatalog, PublicEvent
from eventkit.store import Recorded
from eventkit.unit import Unit

registry = EventRegistry()
catalog = PublicCatalog("till")


@registry.event("Added")
@dataclass(frozen=True)
class Added:
    amount: int
    total: int


@dataclass(frozen=True)
class Add:
    amount: int


@dataclass(frozen=True)
class Till:
    total: int = 0


def decide(command: Add, state: Till) -> Sequence[Added]:
    if command.amount <= 0:
        raise Rejected("not_positive", amount=command.amount)
    return [Added(command.amount, state.total + command.amount)]


def evolve(state: Till, event: Added) -> Till:
    return Till(event.total)


till = Decider("till", Till(), decide, evolve, SnapshotPolicy(every=20))


@catalog.event("added", 1)
class AddedV1(Schema):
    """Something was added to a till."""

    amount = fields.Integer(required=True)
    total = fields.Integer(required=True)


def publish(recorded: Recorded) -> Sequence[PublicEvent]:
    data = {"amount": recorded.event.amount, "total": recorded.event.total}
    return [catalog.make("added", 1, recorded.stream, data)]


def application(engine: Engine) -> Application:
    return Application("till", engine, registry, publish)


def add(app: Application, till_id: str, amount: int = 1, command_id: str | None = None) -> dict[str, Any]:
    request = Request("add", {"till": till_id, "amount": amount})
    if command_id:
        request = Request("add", {"till": till_id, "amount": amount}, command_id=command_id)
    return app.handle(request, on_add).result


def on_add(unit: Unit, body: dict[str, Any]) -> dict[str, Any]:
    return {"total": unit.decide(till, body["till"], Add(body["amount"])).state.total}


model_tables = MetaData(schema="model")
# `times` shows an event applied twice, `total` one applied out of order.
totals = Table(
    "totals",
    model_tables,
    Column("till", Text, primary_key=True),
    Column("total", BigInteger, nullable=False),
    Column("times", BigInteger, nullable=False),
)


def apply(conn: Connection, envelopes: Sequence[Envelope]) -> None:
    for envelope in envelopes:
        row = {"till": envelope.subject, "total": envelope.data["total"], "times": 1}
        statement = insert(totals).values(row)
        conn.execute(statement.on_conflict_do_update(
            index_elements=["till"], set_={"total": row["total"], "times": totals.c.times + 1}))


def applied(conn: Connection) -> int:
    return int(conn.execute(select(func.coalesce(func.sum(totals.c.times), 0))).scalar_one())
