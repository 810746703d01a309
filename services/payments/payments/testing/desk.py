"""The ledger in memory, for rules and properties: the same deciders, distribution and postings, without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from eventkit.decider import Decider, Rejected
from eventkit.unit import Outcome
from payments.bookkeeping import LedgerDefect
from payments.distributing import Distributing
from payments.domain.account.account import account
from payments.domain.account.commands import DrawLots, PostCharges, PostInterest, RestoreLots, SetObligation
from payments.domain.account.events import LotsDrawn
from payments.domain.account.state import Account
from payments.domain.disbursement import Payment, ReportDisbursement, comes_back, disbursement, sends
from payments.domain.receipt import Receipt, ReceiveCollection, ReverseCollection, receipt
from payments.domain.words import Kind, Method, PayeeType, ReversalReason, Source, Status
from payments.ledger.entries import JournalEntry
from payments.ledger.postings import entries_of
from payments.parties import Directory
from payments.rules.interest import BY_STATUTE, InterestTerms

PAYOR, FAMILY = "payor", "family"


@dataclass
class Streams:
    """Stands in for `Books`: streams in memory, and every entry that was posted."""

    streams: dict[str, list[Any]] = field(default_factory=dict)
    states: dict[str, Any] = field(default_factory=dict)
    entries: list[JournalEntry] = field(default_factory=list)

    def preload(self, decider: Decider[Any, Any, Any], ids: Iterable[str]) -> None:
        """Everything is there."""

    def state(self, decider: Decider[Any, Any, Any], aggregate_id: str) -> Any:
        return self.states.get(decider.stream(aggregate_id), decider.initial)

    def decide(self, decider: Decider[Any, Any, Any], aggregate_id: str, command: Any) -> Outcome:
        stream = decider.stream(aggregate_id)
        events = list(decider.decide(command, self.state(decider, aggregate_id)))
        self.streams.setdefault(stream, []).extend(events)
        after = decider.fold(events, self.state(decider, aggregate_id))
        self.states[stream] = after
        version = len(self.streams[stream])
        self.entries += entries_of(after, events, stream, version)
        return Outcome(stream, version, tuple(events), after)

    def follow(self, decider: Decider[Any, Any, Any], aggregate_id: str, command: Any) -> Outcome:
        try:
            return self.decide(decider, aggregate_id, command)
        except Rejected as refusal:
            raise LedgerDefect(f"{type(command).__name__} of {decider.name}: {refusal.code}") from refusal


class Desk:
    """What an agency does, in a few words: `obligation`, `pay`, `charge`, `interest`, `send`, `bounce`, ..."""

    def __init__(self, cases: Sequence[str] = ("c1",), today: date = date(2026, 6, 15),
                 families: dict[str, str] | None = None) -> None:
        families = families or {case: f"{FAMILY}-{case}" for case in cases}
        self.known = Directory(
            frozenset({PAYOR, *families.values()}), {case: True for case in cases},
            frozenset({(case, PAYOR, "payor") for case in cases} | {(c, f, "payee") for c, f in families.items()}),
            {case: (PAYOR,) for case in cases}, {PAYOR: tuple(cases)},
            {case: (family,) for case, family in families.items()})
        self.books = Streams()
        self.work = Distributing(self.books, self.known, today)  # type: ignore[arg-type]
        self._receipts = 0

    # what is owed

    def obligation(self, cents: int, since: str = "2026-01-01", *, case: str = "c1", kind: Kind = Kind.CHILD,
                   ends_on: str | None = None, interest: InterestTerms = BY_STATUTE, name: str | None = None) -> None:
        self.tell(SetObligation(name or kind.value, "order", kind, day(since), cents, day(ends_on) if ends_on else None,
                                interest), case)

    def tell(self, command: Any, case: str = "c1") -> Outcome:
        return self.books.decide(account, case, command)

    def charge(self, month: str, *cases: str) -> None:
        for case in cases or tuple(self.known.open_by_case):
            self.tell(PostCharges(day(month)), case)

    def interest(self, month: str, *cases: str) -> None:
        for case in cases or tuple(self.known.open_by_case):
            self.tell(PostInterest(day(month)), case)

    # money

    def pay(self, cents: int, on: str, *, source: Source = Source.INCOME_WITHHOLDING, joint: bool = False,
            receipt_id: str | None = None, payor: str | None = PAYOR) -> str:
        self._receipts += 1
        receipt_id = receipt_id or f"R{self._receipts}"
        command = ReceiveCollection(payor, None, cents, day(on), day(on), source, "EFT", receipt_id, joint)
        self.work.receive(receipt_id, command)
        return receipt_id

    def bounce(self, receipt_id: str, on: str, reason: ReversalReason = ReversalReason.NSF) -> None:
        self.work.reverse(receipt_id, ReverseCollection(day(on), reason))

    def release(self, receipt_id: str, hold: int = 1, on: str | None = None) -> None:
        if on:
            self.work.today = day(on)
        self.work.release(receipt_id, hold)

    def send(self, cents: int, on: str, *, case: str = "c1", disbursement_id: str = "D1",
             status: Status = Status.ISSUED, status_on: str | None = None,
             method: Method = Method.CHECK) -> None:
        """The same way as the import of a file of disbursements."""
        family = self.known.payees[case][0]
        command = ReportDisbursement(Payment(PayeeType.FAMILY, family, case, cents, method), day(on), status,
                                     day(status_on or on), disbursement_id)
        before = self.books.state(disbursement, disbursement_id)
        if sends(disbursement.decide(command, before), before):
            (drawn,) = self.books.follow(account, case, DrawLots(disbursement_id, day(on), cents)).events
            assert isinstance(drawn, LotsDrawn)
            command = replace(command, lots=drawn.lots, ahead=drawn.ahead)
        outcome = self.books.decide(disbursement, disbursement_id, command)
        if comes_back(outcome.events, before):
            self.books.follow(account, case, RestoreLots(disbursement_id, command.status_on, *outcome.state.drawn))

    # what came of it

    def account(self, case: str = "c1") -> Account:
        found: Account = self.books.state(account, case)
        return found

    def receipt(self, receipt_id: str) -> Receipt:
        found: Receipt = self.books.state(receipt, receipt_id)
        return found

    def shares(self, receipt_id: str) -> list[tuple[str, str, int, str]]:
        """(case, debt, cents, destination) of all standing distributions of a receipt."""
        return [(s.case_id, s.debt.value, s.cents, s.to.value) for d in self.receipt(receipt_id).distributions
                for s in d.shares]

    def to(self, receipt_id: str) -> dict[str, int]:
        """Cents by destination."""
        found: Counter[str] = Counter()
        for _, _, cents, to in self.shares(receipt_id):
            found[to] += cents
        return dict(found)

    def paid(self, receipt_id: str) -> dict[str, int]:
        """Cents by what they pay."""
        found: Counter[str] = Counter()
        for _, debt, cents, _ in self.shares(receipt_id):
            found[debt] += cents
        return dict(found)

    def by_case(self, receipt_id: str) -> dict[str, int]:
        found: Counter[str] = Counter()
        for case, _, cents, _ in self.shares(receipt_id):
            found[case] += cents
        return dict(found)

    def balances(self) -> dict[str, int]:
        """The journal, by account; what stands at nothing is left out."""
        found: Counter[str] = Counter()
        for entry in self.books.entries:
            for line in entry.lines:
                found[line.account] += line.cents
        return {name: cents for name, cents in sorted(found.items()) if cents}

    def balance(self, prefix: str) -> int:
        """Of all accounts whose key begins so; debits are positive."""
        return sum(cents for name, cents in self.balances().items() if name.startswith(prefix))

    def owed(self, case: str = "c1") -> int:
        return self.balance(f"A:RECV_NCP:{case}:")


def day(text: str) -> date:
    return date.fromisoformat(text)
