"""Deciding and posting in one transaction: no event of money without its entries, no entry without its event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from eventkit.decider import Decider, Rejected
from eventkit.unit import Outcome, Unit
from payments.ledger import journal
from payments.ledger.entries import JournalEntry
from payments.ledger.postings import entries_of


class Books:
    """The ledger within a unit of work; what goes through it is posted when it is closed."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._entries: list[JournalEntry] = []

    def decide_many(self, decider: Decider[Any, Any, Any],
                    commands: Iterable[tuple[str, Any]]) -> Sequence[Outcome | Rejected]:
        """Each command's outcome or refusal, in order."""
        outcomes = self._unit.decide_many(decider, commands)
        for outcome in outcomes:
            if isinstance(outcome, Outcome):
                self._entries += entries_of_outcome(outcome)
        return outcomes

    def close(self) -> None:
        """Writes the events, then their entries. Raises Conflict like Unit.flush."""
        self._unit.flush()
        journal.write(self._unit.conn, self._entries, self._unit.now)
        self._entries = []


def entries_of_outcome(outcome: Outcome) -> list[JournalEntry]:
    first = outcome.version - len(outcome.events) + 1
    return [entry for version in range(first, outcome.version + 1)
            for entry in entries_of(outcome.state, outcome.stream, version)]
