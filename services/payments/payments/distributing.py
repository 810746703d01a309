"""The work of a receipt: identify, distribute, hold, release, take back; each step decided purely, in one transaction.

The order matters: what may be refused is decided first; what follows from it (`Books.follow`) may not be.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from eventkit.unit import Outcome
from payments.bookkeeping import Books
from payments.domain.account.account import account
from payments.domain.account.commands import AddLots, PostCharges, ReverseCredit
from payments.domain.account.events import Lot, PaymentCredited
from payments.domain.account.state import Account
from payments.domain.distribution.destinations import PAYABLE
from payments.domain.distribution.plan import NO_CASE, Plan, cents_to, credit_parts, plan
from payments.domain.distribution.share import Collection
from payments.domain.distribution.within_case import CaseFile
from payments.domain.family import UsePassThrough, family
from payments.domain.receipt import (
    CollectionDistributed,
    CollectionReceived,
    CreditRef,
    DistributeCollection,
    Hold,
    HoldCollection,
    HoldReleased,
    IdentifyCollection,
    PassedThrough,
    Receipt,
    ReceiveCollection,
    ReleaseHold,
    ReverseCollection,
    UndoDistribution,
    receipt,
)
from payments.domain.words import Debt, Destination, HoldReason
from payments.parties import Directory
from payments.rules.months import month_of


class Distributing:
    """`known` says who pays and who is paid in which open case; `today` is the agency's day."""

    def __init__(self, books: Books, known: Directory, today: date) -> None:
        self.books, self.known, self.today = books, known, today

    def receive(self, receipt_id: str, command: ReceiveCollection) -> Outcome:
        """Raises Rejected as `receipt.decide` does. What can be distributed is, at once."""
        outcome = self.books.decide(receipt, receipt_id, command)
        if outcome.events and command.payor_id:
            self.distribute(receipt_id, command.received_on)
        return outcome

    def identify(self, receipt_id: str, command: IdentifyCollection) -> Outcome:
        outcome = self.books.decide(receipt, receipt_id, command)
        if outcome.events:
            self.distribute(receipt_id, _received(outcome.state).received_on)
        return outcome

    def distribute(self, receipt_id: str, applied_on: date, only: Sequence[str] = ()) -> None:
        """Distributes what waits, or holds it. `only` names the cases, where it was found to be theirs alone."""
        found = self.plan_of(receipt_id, applied_on, only)
        if isinstance(found, HoldReason):
            self.books.follow(receipt, receipt_id, HoldCollection(found, self.today))
        else:
            self._carry_out(receipt_id, applied_on, found)

    def plan_of(self, receipt_id: str, applied_on: date, only: Sequence[str] = (), cents: int | None = None
                ) -> Plan | HoldReason:
        """Charges up to the month it is applied in are posted first, so that it does not matter who comes first."""
        state: Receipt = self.books.state(receipt, receipt_id)
        received = _received(state)
        assert state.payor_id, "what is distributed has a payor"
        cases = [self._file(case_id, applied_on, received.received_on)
                 for case_id in (only or self.known.paying_in.get(state.payor_id, ()))]
        collection = Collection(receipt_id, state.payor_id, state.waiting if cents is None else cents,
                                received.received_on, applied_on, received.source, received.joint_return)
        return plan(collection, cases, state.number)

    def release(self, receipt_id: str, hold: int) -> Outcome:
        """Raises Rejected: unknown_hold."""
        before: Receipt = self.books.state(receipt, receipt_id)
        outcome = self.books.decide(receipt, receipt_id, ReleaseHold(hold, self.today))
        for event in outcome.events:
            self._after_release(receipt_id, event, next(h for h in before.holds if h.number == hold))
        return outcome

    def reverse(self, receipt_id: str, command: ReverseCollection) -> Outcome:
        """Raises Rejected as `receipt.decide` does."""
        before: Receipt = self.books.state(receipt, receipt_id)
        outcome = self.books.decide(receipt, receipt_id, command)
        if outcome.events:
            self._take_back(receipt_id, before, command.reversed_on, command.reason.value)
        return outcome

    def reallocate(self, receipt_id: str, cases: Sequence[str]) -> Outcome:
        """Takes the distribution back and makes it anew, for these cases only. Raises Rejected."""
        before: Receipt = self.books.state(receipt, receipt_id)
        outcome = self.books.decide(receipt, receipt_id, UndoDistribution(self.today))
        if outcome.events:
            self._take_back(receipt_id, before, self.today, "reallocated")
            self.distribute(receipt_id, _received(before).received_on, cases)
        return outcome

    def _file(self, case_id: str, applied_on: date, received_on: date) -> CaseFile:
        self.books.follow(account, case_id, PostCharges(month_of(applied_on)))
        families = self.known.payees.get(case_id, ())
        family_id = families[0] if families else None
        passed = self.books.state(family, family_id).used_in(month_of(received_on)) if family_id else 0
        state: Account = self.books.state(account, case_id)
        return CaseFile(case_id, state, family_id, passed)

    def _carry_out(self, receipt_id: str, applied_on: date, found: Plan) -> None:
        received = _received(self.books.state(receipt, receipt_id))
        refs = []
        for case_id, credit in found.credits.items():
            outcome = self.books.follow(account, case_id, credit)
            first = outcome.version - len(outcome.events) + 1
            assert isinstance(outcome.events[0], PaymentCredited), "a credit comes before what follows from it"
            refs.append(CreditRef(case_id, first))
        for family_id, cents in found.passed_through.items():
            used = UsePassThrough(month_of(received.received_on), cents, receipt_id)
            self.books.follow(family, family_id, used)
        passed = tuple(PassedThrough(family_id, cents) for family_id, cents in found.passed_through.items())
        self.books.follow(receipt, receipt_id,
                          DistributeCollection(applied_on, found.shares, found.rules, tuple(refs), passed))

    def _after_release(self, receipt_id: str, event: HoldReleased, hold: Hold) -> None:
        received = _received(self.books.state(receipt, receipt_id))
        if event.to in PAYABLE:
            debt = hold.share.debt if hold.share else Debt.CURRENT
            lot = Lot(receipt_id, received.received_on, debt, event.to or Destination.FAMILY, event.cents)
            self.books.follow(account, event.case_id, AddLots(self.today, (lot,)))
        elif event.to is None:
            coming = hold.reason is HoldReason.FUTURES and hold.until
            self.distribute(receipt_id, coming or received.received_on,
                            [event.case_id] if event.case_id != NO_CASE else ())

    def _take_back(self, receipt_id: str, before: Receipt, on: date, reason: str) -> None:
        received, released = _received(before), [e for _, e in before.standing if isinstance(e, HoldReleased)]
        for event in before.distributions:
            for ref in event.credits:
                self.books.follow(account, ref.case_id, _reversal(receipt_id, event, ref, released, on, reason))
            for passed in event.passed:
                used = UsePassThrough(month_of(received.received_on), -passed.cents, receipt_id)
                self.books.follow(family, passed.family_id, used)


def _reversal(receipt_id: str, event: CollectionDistributed, ref: CreditRef, released: Sequence[HoldReleased],
              on: date, reason: str) -> ReverseCredit:
    mine = [share for share in event.shares if share.case_id == ref.case_id]
    held = range(event.first_hold, event.first_hold + sum(s.to is Destination.HELD for s in event.shares))
    payable = sum(share.cents for share in mine if share.to in PAYABLE) + sum(
        e.cents for e in released if e.hold in held and e.case_id == ref.case_id and e.to in PAYABLE)
    return ReverseCredit(receipt_id, event.number, ref.version, event.applied_on, on, credit_parts(mine), payable,
                         cents_to(mine, Destination.GOVERNMENT), cents_to(mine, Destination.FEE),
                         cents_to(mine, Destination.RECOUPED), reason)


def _received(state: Receipt) -> CollectionReceived:
    assert state.received, "a receipt begins with its receipt"
    return state.received
