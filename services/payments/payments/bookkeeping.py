"""Deciding and posting in one transaction: no event of money without its entries, no entry without its event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from eventkit.decider import Decider, Rejected
from eventkit.unit import Outcome, Unit
from payments import worklists
from payments.domain.account.events import LotsDrawn, LotsRestored
from payments.domain.account.state import Account
from payments.domain.receipt import Receipt
from payments.ledger import journal
from payments.ledger.entries import JournalEntry
from payments.ledger.postings import entries_of


class LedgerDefect(Exception):
    """A decision that follows from another was refused. Nothing of the batch is kept; the code is ours to mend."""


class Books:
    """The ledger within a unit of work; what is decided through it is posted when it is closed."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self._entries: list[JournalEntry] = []
        self._accounts: dict[str, Account] = {}
        self._receipts: dict[str, Receipt] = {}
        self._new: set[str] = set()
        self._payouts: list[dict[str, Any]] = []

    def preload(self, decider: Decider[Any, Any, Any], ids: Iterable[str]) -> None:
        self.unit.preload(decider, ids)

    def state(self, decider: Decider[Any, Any, Any], aggregate_id: str) -> Any:
        return self.unit.state(decider, aggregate_id)

    def decide(self, decider: Decider[Any, Any, Any], aggregate_id: str, command: Any) -> Outcome:
        """Raises Rejected; nothing of a refused command is kept."""
        outcome = self.unit.decide(decider, aggregate_id, command)
        if outcome.events:
            self._entries += entries_of(outcome.state, outcome.events, outcome.stream, outcome.version)
            self._note(aggregate_id, outcome)
        return outcome

    def follow(self, decider: Decider[Any, Any, Any], aggregate_id: str, command: Any) -> Outcome:
        """Decides what follows from a decision that is made. Raises LedgerDefect where it is refused."""
        try:
            return self.decide(decider, aggregate_id, command)
        except Rejected as refusal:
            raise LedgerDefect(f"{type(command).__name__} of {decider.name}: {refusal.code}") from refusal

    def close(self) -> None:
        """Writes the events, then their entries and worklists. Raises Conflict like Unit.flush."""
        self.unit.flush()
        conn = self.unit.conn
        journal.write(conn, self._entries, self.unit.now)
        worklists.keep_accounts(conn, self._accounts)
        worklists.keep_holds(conn, self._receipts, self._new)
        worklists.keep_payouts(conn, self._payouts)
        self.__init__(self.unit)  # type: ignore[misc]

    def _note(self, aggregate_id: str, outcome: Outcome) -> None:
        if isinstance(outcome.state, Receipt):
            self._receipts[aggregate_id] = outcome.state
            if outcome.version == len(outcome.events):
                self._new.add(aggregate_id)
        if isinstance(outcome.state, Account):
            self._accounts[aggregate_id] = outcome.state
            for event in outcome.events:
                if isinstance(event, LotsDrawn | LotsRestored):
                    self._payouts += _payouts(aggregate_id, event)


def _payouts(case_id: str, event: LotsDrawn | LotsRestored) -> list[dict[str, Any]]:
    sign = 1 if isinstance(event, LotsDrawn) else -1
    lots = event.lots if isinstance(event, LotsDrawn) else (*event.lots, *event.settled)
    return [{"receipt_id": lot.receipt_id, "case_id": case_id, "disbursement_id": event.disbursement_id,
             "on": event.on, "debt": lot.debt.value, "cents": sign * lot.cents} for lot in lots]
