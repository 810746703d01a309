"""What a case's payor owes on a day: folded from the account's events, dated as their journal entries are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from eventkit.store import Recorded
from payments.domain.account.account import account
from payments.domain.account.state import Account, Installment
from payments.domain.words import Kind
from payments.ledger import debt_postings
from payments.ledger.chart import ADVANCE, RECV_NCP
from payments.ledger.entries import Cause
from payments.rules.months import month_of

CURRENT_KINDS = frozenset({Kind.CHILD, Kind.MEDICAL, Kind.SPOUSAL})
PRINCIPAL, INTEREST, AHEAD = "principal", "interest", "advance"


@dataclass(frozen=True)
class Change:
    """One line of a journal entry: what is owed became more (or less, negative). `reason` is the entry's kind."""

    on: date
    reason: str
    kind: str
    what: str
    cents: int
    recorded: Recorded


@dataclass(frozen=True)
class Debts:
    """Of one case: its account as known, and every change of what is owed that counts for the day or one before."""

    state: Account
    changes: tuple[Change, ...]
    day: date

    def sum(self, what: str, kind: str | None = None) -> int:
        return sum(c.cents for c in self.changes if c.what == what and kind in (None, c.kind))

    @property
    def due_now(self) -> list[Installment]:
        """This month's own support."""
        return [i for i in self.state.installments.values() if i.due <= self.day and self._is_current(i)]

    @property
    def past_due(self) -> list[Installment]:
        return [i for i in self.state.installments.values() if i.due <= self.day and not self._is_current(i)]

    @property
    def paid_ahead(self) -> int:
        """Cents; payments on installments that fall due later count too."""
        later = [i for i in self.state.installments.values() if i.due > self.day]
        return -self.sum(AHEAD) - self.open(later)

    def open(self, installments: Iterable[Installment]) -> int:
        return sum(i.open_on(self.day) for i in installments)

    def paid_on_arrears(self) -> int:
        """In the month of the day, on what was owed before it, interest included."""
        month = month_of(self.day)
        principal = -sum(cents for i in self.past_due for on, cents in i.movements
                         if month <= on <= self.day and on > i.due)
        interest = -sum(c.cents for c in self.changes if c.what == INTEREST and c.on >= month
                        and not c.reason.startswith("interest_"))
        return max(principal + interest, 0)

    def _is_current(self, found: Installment) -> bool:
        return found.kind in CURRENT_KINDS and month_of(found.due) == month_of(self.day)


def debts(told: Iterable[Recorded], day: date) -> Debts:
    """Of the events of one account."""
    known = list(told)
    state = account.fold(one.event for one in known)
    return Debts(state, tuple(change for one in known for change in changes(one) if change.on <= day), day)


def changes(recorded: Recorded) -> Iterator[Change]:
    """Buckets are left out: they tell whether the family gets assistance."""
    for entry in debt_postings.entries(recorded.event, Cause(recorded.stream, recorded.version)):
        for line in entry.lines:
            if not line.account.startswith(f"{RECV_NCP.code}:"):
                continue
            *_, kind, _, part = line.account.split(":")
            what = AHEAD if kind == ADVANCE else INTEREST if part == debt_postings.INTEREST else PRINCIPAL
            yield Change(entry.effective_on, entry.kind, kind, what, line.cents, recorded)
