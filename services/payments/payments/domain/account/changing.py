"""What the changes of an account's state have in common: small functions from a state to the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from payments.domain.account.events import CreditPart, CreditReversed, Lot, Move, PaymentCredited
from payments.domain.account.state import Account, Interest, Term, interest_key, key_of
from payments.domain.words import Bucket, Debt, Kind
from payments.rules.service_fee import fiscal_year

V = TypeVar("V")
FAMILY = "CP"


def but(state: Account, **changes: Any) -> Account:
    """`dataclasses.replace`, without setting each of the many fields anew: runs do this some times for each account."""
    found = object.__new__(Account)
    found.__dict__.update(state.__dict__, **changes)
    return found


def credited(state: Account, on: date, parts: Iterable[CreditPart], sign: int = 1) -> Account:
    for part in parts:
        cents = sign * part.cents
        if part.debt is Debt.FUTURE:
            state = advanced(state, FAMILY, cents, on)
            continue
        assert part.obligation_id and part.kind and part.bucket, "debts have an obligation"
        if part.debt is Debt.INTEREST:
            found = interest_of(state, part.obligation_id, part.kind, part.bucket)
            state = with_interest(state, replace(found, credited=found.credited + cents))
        else:
            assert part.due, "principal is an installment's"
            state = moved(state, part.obligation_id, part.due, on, -cents)
    return state


def moved(state: Account, obligation_id: str, due: date, on: date, cents: int) -> Account:
    found = state.installments[key_of(obligation_id, due)]
    changed = replace(found, movements=(*found.movements, (on, cents)))
    return but(state, installments=with_value(state.installments, found.key, changed))


def rebucketed(state: Account, moves: Iterable[Move]) -> Account:
    for move in moves:
        changed = {key: replace(state.installments[key], bucket=move.target)
                   for key in (key_of(move.obligation_id, due) for due in move.dues)}
        state = but(state, installments={**state.installments, **changed})
        for bucket, sign in ((move.source, -1), (move.target, 1)):
            found = interest_of(state, move.obligation_id, move.kind, bucket)
            state = with_interest(state, replace(found, posted=found.posted + sign * move.interest_posted,
                                                  credited=found.credited + sign * move.interest_credited,
                                                  brought=found.brought + sign * move.interest_brought))
    return state


def tallied(state: Account, event: PaymentCredited | CreditReversed, sign: int) -> Account:
    """What is counted by federal fiscal year (whether it is on its way or held), and what was kept for assistance."""
    year = str(fiscal_year(event.on))
    familys = sum(part.cents for part in event.parts if part.kind is not Kind.FEE) - event.kept
    collected = state.collected_for_family.get(year, 0) + sign * familys
    fees = state.fees.get(year, 0) + sign * event.fee
    return but(state, kept=state.kept + sign * event.kept,
               collected_for_family=with_value(state.collected_for_family, year, collected),
               fees=with_value(state.fees, year, fees) if event.fee else state.fees)


def with_lots(state: Account, lots: Iterable[Lot]) -> Account:
    """What was sent ahead takes them first."""
    added, ahead = [], state.sent_ahead
    for lot in lots:
        taken = min(ahead, lot.cents)
        ahead -= taken
        if lot.cents > taken:
            added.append(replace(lot, cents=lot.cents - taken))
    return but(state, lots=(*state.lots, *added), sent_ahead=ahead)


def without(lots: tuple[Lot, ...], taken: Iterable[Lot]) -> tuple[Lot, ...]:
    left = list(lots)
    for lot in taken:
        cents = lot.cents
        for place, found in enumerate(left):
            if (found.receipt_id, found.debt, found.to) == (lot.receipt_id, lot.debt, lot.to):
                part = min(cents, found.cents)
                left[place] = replace(found, cents=found.cents - part)
                cents -= part
    return tuple(lot for lot in left if lot.cents)


def less_overpaid(state: Account, cents: int) -> Account:
    """Oldest first."""
    if not cents:
        return state
    overpaid = dict(state.overpaid)
    for receipt_id, owed in state.overpaid.items():
        part = min(cents, owed)
        overpaid[receipt_id] -= part
        cents -= part
    return but(state, overpaid=positive(overpaid))


def advanced(state: Account, owner: str, cents: int, on: date) -> Account:
    before = state.advances.get(owner, 0)
    state = but(state, advances=with_value(state.advances, owner, before + cents))
    if cents < 0:
        return state
    day = later(state.advanced_on.get(owner) if before > 0 else None, on)
    return but(state, advanced_on=with_value(state.advanced_on, owner, day))


def interest_of(state: Account, obligation_id: str, kind: Kind, bucket: Bucket) -> Interest:
    return state.interest.get(interest_key(obligation_id, bucket)) or Interest(obligation_id, kind, bucket)


def with_interest(state: Account, found: Interest) -> Account:
    return but(state, interest=with_value(state.interest, interest_key(found.obligation_id, found.bucket), found))


def corrected(state: Account, correction_id: str | None) -> Account:
    return but(state, corrections=(*state.corrections, correction_id)) if correction_id else state


def with_value(mapping: Mapping[str, V], key: str, value: V) -> Mapping[str, V]:
    return {**mapping, key: value}


def positive(mapping: Mapping[str, int]) -> Mapping[str, int]:
    return {key: value for key, value in mapping.items() if value}


def with_term(terms: tuple[Term, ...], term: Term) -> tuple[Term, ...]:
    others = [found for found in terms if found.effective_on != term.effective_on]
    return tuple(sorted([*others, term], key=lambda found: found.effective_on))


def later(known: date | None, found: date) -> date:
    return found if known is None else max(known, found)
