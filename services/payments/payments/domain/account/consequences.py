"""What any change of the past brings with it: credits that are too much, advances to apply, interest to correct."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from payments.domain.account.events import (
    AccountEvent,
    AdvanceApplied,
    AdvanceReturned,
    InterestAccrued,
    InterestCorrected,
    InterestPart,
    SurplusMoved,
)
from payments.domain.account.evolving import evolve
from payments.domain.account.state import Account, Installment
from payments.domain.words import Bucket, Kind
from payments.rules.interest import accrued
from payments.rules.months import months_between, next_month


def with_consequences(state: Account, events: Sequence[AccountEvent]) -> list[AccountEvent]:
    """The events, and what follows from them; nothing follows from nothing."""
    if not events:
        return []
    found, state = list(events), after(state, events)
    for follow in (surpluses, returned_surpluses, missing_advances, advances, interest_corrections):
        more = follow(state)
        found, state = [*found, *more], after(state, more)
    return found


def after(state: Account, events: Sequence[AccountEvent]) -> Account:
    for event in events:
        state = evolve(state, event)
    return state


def surpluses(state: Account) -> list[AccountEvent]:
    """An installment that is now less than was paid on it: the rest is paid ahead, since the last payment on it."""
    return [SurplusMoved(i.obligation_id, i.kind, i.due, i.bucket, _last_credit(i), -i.open)
            for i in state.installments.values() if i.open < 0]


def returned_surpluses(state: Account) -> list[AccountEvent]:
    """An installment that is open with more than it was charged: its surplus had become an advance, and the payment
    that made it is taken back now. So the advance goes back, as from the day of that payment: its owner's, then the
    other's (assistance may have come between); what neither has was applied already, and is missing now."""
    found: list[AccountEvent] = []
    left = {owner: max(cents, 0) for owner, cents in state.advances.items()}
    for i in state.installments.values():
        excess = max(i.open - i.charged, 0)
        for owner in sorted(left, key=lambda owner: owner != i.bucket.owner):
            if part := min(left[owner], excess):
                found.append(_applied(i, _last_return(i), part, owner))
                left[owner], excess = left[owner] - part, excess - part
        if excess:
            found.append(_applied(i, _last_return(i), excess, i.bucket.owner))
    return found


def missing_advances(state: Account) -> list[AccountEvent]:
    """A payment ahead that was taken back after it had been applied: the latest installments it can have paid are
    open again, those of the same owner first; assistance may have given them another since."""
    found: list[AccountEvent] = []
    for owner, cents in state.advances.items():
        short = max(-cents, 0)
        if short and (there := _of_another(state, owner, short)):
            found += there
            short -= there[0].cents
        for i in sorted(state.installments.values(), key=lambda i: (i.bucket.owner == owner, i.due), reverse=True):
            part = min(short, i.charged - i.open)
            if part > 0:
                found.append(_returned(i, _first_credit(i), part, owner))
                short -= part
    return found


def _of_another(state: Account, owner: str, short: int) -> list[AdvanceApplied | AdvanceReturned]:
    """What is ahead of another owner makes up for it, by way of the latest installment, which stays as it is."""
    i = max(state.installments.values(), key=lambda i: i.due)
    for other, cents in state.advances.items():
        if part := min(short, max(cents, 0)):
            return [_applied(i, i.due, part, other), _returned(i, i.due, part, owner)]
    return []


def advances(state: Account) -> list[AccountEvent]:
    """What was paid ahead pays whatever is open of the same owner, the oldest first, from the day it was there."""
    found: list[AccountEvent] = []
    for owner, cents in state.advances.items():
        for i in sorted(state.open_installments, key=lambda i: (i.due, i.obligation_id)):
            part = min(cents, i.open)
            if part > 0 and i.bucket.owner == owner:
                on = max(i.due, state.advanced_on[owner])
                found.append(_applied(i, on, part, owner))
                cents -= part
    return found


def interest_corrections(state: Account) -> list[AccountEvent]:
    """What was posted against what would be by today's knowledge, up to the month that was posted last."""
    if state.interest_through is None:
        return []
    found: list[AccountEvent] = []
    for obligation_id in state.obligations:
        if parts := _differences(state, obligation_id, state.interest_through):
            kind = state.obligations[obligation_id].kind
            found.append(InterestCorrected(obligation_id, kind, state.interest_through, tuple(parts)))
    return found


def interest_of_months(state: Account, through: date) -> list[AccountEvent]:
    """Interest of the months not posted yet, each obligation and month once; through a month that is over."""
    found: list[AccountEvent] = []
    before = state
    for obligation_id, obligation in state.obligations.items():
        if not _differences(state, obligation_id, through):
            continue  # most: nothing is or was late
        for month in months_between(_first_month(before, obligation_id), through):
            parts = _differences(state, obligation_id, month)
            events = _of_month(obligation_id, obligation.kind, month, parts)
            found += events
            state = after(state, events)
    return found


def _of_month(obligation_id: str, kind: Kind, month: date, parts: list[InterestPart]) -> list[AccountEvent]:
    more = tuple(part for part in parts if part.cents > 0)
    less = tuple(part for part in parts if part.cents < 0)
    found: list[AccountEvent] = []
    if less:
        found.append(InterestCorrected(obligation_id, kind, month, less))
    if more:
        found.append(InterestAccrued(obligation_id, kind, month, more))
    return found


def _first_month(state: Account, obligation_id: str) -> date:
    """The first month that may lack interest."""
    first = min(i.due for i in state.installments.values() if i.obligation_id == obligation_id)
    through = state.interest_through
    return first if through is None else max(first, next_month(through))


def _differences(state: Account, obligation_id: str, through: date) -> list[InterestPart]:
    """By bucket, cents that lack (or are too much). What was paid of interest is never made to be more than it was."""
    return [InterestPart(bucket, cents) for bucket, cents in _by_bucket(state, obligation_id, next_month(through))
            if cents]


def _by_bucket(state: Account, obligation_id: str, until: date) -> Iterator[tuple[Bucket, int]]:
    terms = state.obligations[obligation_id].interest
    mine: dict[Bucket, list[Installment]] = {}
    for i in state.installments.values():
        if i.obligation_id == obligation_id:
            mine.setdefault(i.bucket, []).append(i)
    posted = {i.bucket: i for i in state.interest.values() if i.obligation_id == obligation_id}
    for bucket in dict.fromkeys([*mine, *posted]):
        known = posted.get(bucket)
        due = accrued(((i.due, i.movements) for i in mine.get(bucket, ())), until, terms)
        if known is None:
            yield bucket, due
        else:
            yield bucket, max(due - (known.posted - known.brought), -known.open)


def _applied(i: Installment, on: date, cents: int, owner: str) -> AdvanceApplied:
    return AdvanceApplied(i.obligation_id, i.kind, i.due, i.bucket, on, cents,
                          owner if owner != i.bucket.owner else None)


def _returned(i: Installment, on: date, cents: int, owner: str) -> AdvanceReturned:
    return AdvanceReturned(i.obligation_id, i.kind, i.due, i.bucket, on, cents,
                           owner if owner != i.bucket.owner else None)


def _last_credit(found: Installment) -> date:
    return max((on for on, cents in found.movements if cents < 0), default=found.due)


def _first_credit(found: Installment) -> date:
    return min((on for on, cents in found.movements if cents < 0), default=found.due)


def _last_return(found: Installment) -> date:
    """The day that the latest credit to be taken back had counted for."""
    return max(found.due, *(on for on, cents in found.movements if cents > 0))

