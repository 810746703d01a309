"""Whether the view adds up to the ledger: sums of its rows against the totals that payments has, at one position."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from eventkit.subscription import read_checkpoint
from gateway.view.tables import debts, payments_made, payments_sent

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.5
OUT = ("issued", "cleared", "reissued")
"""Statuses of a payment whose money has left; that of a stale check has come back, as far as the ledger goes."""
OWED = ("principal", "interest", "advance")

Totals = Callable[[], Mapping[str, Any]]
"""Asks payments for its control totals."""


class NeverAtOnePosition(Exception):
    """The publisher was never still for long enough, or the view does not catch up."""


@dataclass(frozen=True)
class Verification:
    """By name, what the ledger has and what the view has; cents."""

    position: int
    ledger: Mapping[str, int]
    view: Mapping[str, int]

    @property
    def equal(self) -> bool:
        return self.ledger == self.view


def verify(engine: Engine, name: str, totals: Totals, patience: float = PATIENCE_SECONDS) -> Verification:
    """Asks again until both speak of the same position. Raises NeverAtOnePosition after `patience` seconds."""
    deadline = time.monotonic() + patience
    while True:
        said = totals()
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as conn:
            here = read_checkpoint(conn, name, "payments").position
            if here == said["position"]:
                return Verification(here, _told(said), sums(conn))
        if time.monotonic() >= deadline:
            raise NeverAtOnePosition(f"the view is at {here}, payments at {said['position']}")
        time.sleep(PAUSE_SECONDS)


def sums(conn: Connection) -> Mapping[str, int]:
    """Payments that stand, payments whose money has left, and what is owed."""
    received = select(func.coalesce(func.sum(payments_made.c.amount_cents), 0)).where(
        payments_made.c.status != "reversed")
    sent = select(func.coalesce(func.sum(payments_sent.c.amount_cents), 0)).where(payments_sent.c.status.in_(OUT))
    by_what = select(debts.c.what, func.sum(debts.c.cents).label("cents")).group_by(debts.c.what)
    owed = {row.what: row.cents for row in conn.execute(by_what)}
    return {"received": int(conn.execute(received).scalar_one()), "sent": int(conn.execute(sent).scalar_one()),
            **{what: int(owed.get(what, 0)) for what in OWED}}


def _told(said: Mapping[str, Any]) -> Mapping[str, int]:
    return {"received": said["received_cents"], "sent": said["sent_cents"],
            **{what: said["owed"][what] for what in OWED}}
