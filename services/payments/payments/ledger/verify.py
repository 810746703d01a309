"""Proof that the books are right; each kind of check in its own module, all on one state of the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from eventkit.decider import Decider
from eventkit.events import EventRegistry
from payments.ledger.checks import Check, by_query
from payments.ledger.checks_federal import federal_check, quarters
from payments.ledger.checks_fold import fold_checks

__all__ = ["Check", "verify"]


def verify(conn: Connection, registry: EventRegistry, deciders: tuple[Decider[Any, Any, Any], ...]) -> list[Check]:
    """All checks: give a REPEATABLE READ connection while others write."""
    folded = fold_checks(conn, registry, {decider.name: decider for decider in deciders})
    return [*by_query(conn), federal_check(quarters(conn)), *folded]
