"""What each event changes in the state of an account: a table, and one small function a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from payments.domain.account.events import (
    AccountEvent,
    AdvanceApplied,
    AdvanceReturned,
    AidEnded,
    AidStarted,
    AssistancePaid,
    ChargeCorrected,
    ChargePosted,
    CreditPart,
    CreditReversed,
    DebtCompromised,
    DirectPaymentCredited,
    InterestAccrued,
    InterestCharged,
    InterestCorrected,
    LiquidationSet,
    Lot,
    LotsAdded,
    LotsDrawn,
    LotsRestored,
    Move,
    ObligationSet,
    PaymentCredited,
    PayoutsHeld,
    PayoutsResumed,
    RecoupmentConsented,
    SurplusMoved,
)
from payments.domain.account.state import (
    Account,
    AidPeriod,
    Installment,
    Interest,
    Obligation,
    Term,
    interest_key,
    key_of,
)
from payments.domain.words import Bucket, Debt, Kind
from payments.rules.months import month_of
from payments.rules.service_fee import fiscal_year

V = TypeVar("V")
FAMILY = "CP"


def evolve(state: Account, event: AccountEvent) -> Account:
    return _TABLE[type(event)](state, event)


def _but(state: Account, **changes: Any) -> Account:
    """`dataclasses.replace`, without setting each of the many fields anew: runs do this some times for each account."""
    found = object.__new__(Account)
    found.__dict__.update(state.__dict__, **changes)
    return found


def _obligation_set(state: Account, event: ObligationSet) -> Account:
    known = state.obligations.get(event.obligation_id)
    terms = _with_term(known.terms if known else (), Term(event.effective_on, event.monthly_cents, event.ends_on))
    found = Obligation(event.order_id, event.kind, event.interest, terms)
    return _but(state, obligations=_with(state.obligations, event.obligation_id, found))


def _liquidation_set(state: Account, event: LiquidationSet) -> Account:
    return _but(state, liquidation=_with_term(state.liquidation,
                                                 Term(event.effective_on, event.monthly_cents, None)))


def _charge_posted(state: Account, event: ChargePosted) -> Account:
    found = Installment(event.obligation_id, event.kind, event.due, event.bucket, event.cents,
                        ((event.due, event.cents),))
    through = state.charged_through if event.brought else _later(state.charged_through, month_of(event.due))
    return _but(state, installments=_with(state.installments, found.key, found), charged_through=through)


def _charge_corrected(state: Account, event: ChargeCorrected) -> Account:
    found = state.installments[key_of(event.obligation_id, event.due)]
    changed = replace(found, charged=found.charged + event.cents,
                      movements=(*found.movements, (event.due, event.cents)))
    return _correction(_but(state, installments=_with(state.installments, found.key, changed)),
                       event.correction_id)


def _interest_charged(state: Account, event: InterestCharged) -> Account:
    found = _interest(state, event.obligation_id, event.kind, event.bucket)
    return _with_interest(state, replace(found, posted=found.posted + event.cents,
                                         brought=found.brought + event.cents))


def _surplus_moved(state: Account, event: SurplusMoved) -> Account:
    return _advance(_moved(state, event.obligation_id, event.due, event.on, event.cents),
                    event.bucket.owner, event.cents, event.on)


def _advance_returned(state: Account, event: AdvanceReturned) -> Account:
    return _advance(_moved(state, event.obligation_id, event.due, event.on, event.cents),
                    event.owner or event.bucket.owner, event.cents, event.on)


def _advance_applied(state: Account, event: AdvanceApplied) -> Account:
    return _advance(_moved(state, event.obligation_id, event.due, event.on, -event.cents),
                    event.owner or event.bucket.owner, -event.cents, event.on)


def _payment_credited(state: Account, event: PaymentCredited) -> Account:
    state = _with_lots(_credit(state, event.on, event.parts), event.lots)
    return _tally(_less_overpaid(state, event.recouped), event, sign=1)


def _credit_reversed(state: Account, event: CreditReversed) -> Account:
    state = _credit(state, event.on, event.parts, sign=-1)
    state = _but(state, lots=_without(state.lots, event.unpaid))
    owed = event.sent + event.recouped
    if owed:
        before = state.overpaid.get(event.receipt_id, 0)
        state = _but(state, overpaid=_with(state.overpaid, event.receipt_id, before + owed))
    return _tally(state, event, sign=-1)


def _interest_posted(state: Account, event: InterestAccrued | InterestCorrected) -> Account:
    for part in event.parts:
        found = _interest(state, event.obligation_id, event.kind, part.bucket)
        state = _with_interest(state, replace(found, posted=found.posted + part.cents))
    month = event.month if isinstance(event, InterestAccrued) else event.through
    return _but(state, interest_through=_later(state.interest_through, month))


def _aid_started(state: Account, event: AidStarted) -> Account:
    period = AidPeriod(event.program, event.on, None, event.children)
    return _rebucketed(_but(state, aid=(*state.aid, period)), event.moves)


def _aid_ended(state: Account, event: AidEnded) -> Account:
    *before, last = state.aid
    return _rebucketed(_but(state, aid=(*before, replace(last, ends_on=event.on))), event.moves)


def _assistance_paid(state: Account, event: AssistancePaid) -> Account:
    return _but(state, assistance_paid=_with(state.assistance_paid, event.source_id, event.cents))


def _credited_otherwise(state: Account, event: DirectPaymentCredited | DebtCompromised) -> Account:
    return _correction(_credit(state, event.on, event.parts), event.correction_id)


def _payouts_held(state: Account, event: PayoutsHeld) -> Account:
    return _but(state, held_for=(*state.held_for, event.reason))


def _payouts_resumed(state: Account, event: PayoutsResumed) -> Account:
    return _but(state, held_for=tuple(reason for reason in state.held_for if reason is not event.reason))


def _lots_added(state: Account, event: LotsAdded) -> Account:
    return _with_lots(state, event.lots)


def _lots_drawn(state: Account, event: LotsDrawn) -> Account:
    return _but(state, lots=_without(state.lots, event.lots), sent_ahead=state.sent_ahead + event.ahead)


def _lots_restored(state: Account, event: LotsRestored) -> Account:
    overpaid = dict(state.overpaid)
    for lot in event.settled:
        overpaid[lot.receipt_id] -= lot.cents
    later, ahead = state.lots, state.sent_ahead - event.ahead
    state = _with_lots(_but(state, lots=(), sent_ahead=ahead, overpaid=_positive(overpaid)), event.lots)
    return _but(state, lots=(*state.lots, *later))


def _consented(state: Account, event: RecoupmentConsented) -> Account:
    return _but(state, recoup_bp=event.share_bp)


def _credit(state: Account, on: date, parts: Iterable[CreditPart], sign: int = 1) -> Account:
    for part in parts:
        cents = sign * part.cents
        if part.debt is Debt.FUTURE:
            state = _advance(state, FAMILY, cents, on)
            continue
        assert part.obligation_id and part.kind and part.bucket, "debts have an obligation"
        if part.debt is Debt.INTEREST:
            found = _interest(state, part.obligation_id, part.kind, part.bucket)
            state = _with_interest(state, replace(found, credited=found.credited + cents))
        else:
            assert part.due, "principal is an installment's"
            state = _moved(state, part.obligation_id, part.due, on, -cents)
    return state


def _moved(state: Account, obligation_id: str, due: date, on: date, cents: int) -> Account:
    found = state.installments[key_of(obligation_id, due)]
    changed = replace(found, movements=(*found.movements, (on, cents)))
    return _but(state, installments=_with(state.installments, found.key, changed))


def _rebucketed(state: Account, moves: Iterable[Move]) -> Account:
    for move in moves:
        changed = {key: replace(state.installments[key], bucket=move.target)
                   for key in (key_of(move.obligation_id, due) for due in move.dues)}
        state = _but(state, installments={**state.installments, **changed})
        for bucket, sign in ((move.source, -1), (move.target, 1)):
            found = _interest(state, move.obligation_id, move.kind, bucket)
            state = _with_interest(state, replace(found, posted=found.posted + sign * move.interest_posted,
                                                  credited=found.credited + sign * move.interest_credited,
                                                  brought=found.brought + sign * move.interest_brought))
    return state


def _tally(state: Account, event: PaymentCredited | CreditReversed, sign: int) -> Account:
    """What is counted by federal fiscal year (whether it is on its way or held), and what was kept for assistance."""
    year = str(fiscal_year(event.on))
    familys = sum(part.cents for part in event.parts if part.kind is not Kind.FEE) - event.kept
    collected = state.collected_for_family.get(year, 0) + sign * familys
    fees = state.fees.get(year, 0) + sign * event.fee
    return _but(state, kept=state.kept + sign * event.kept,
                   collected_for_family=_with(state.collected_for_family, year, collected),
                   fees=_with(state.fees, year, fees) if event.fee else state.fees)


def _with_lots(state: Account, lots: Iterable[Lot]) -> Account:
    """What was sent ahead takes them first."""
    added, ahead = [], state.sent_ahead
    for lot in lots:
        taken = min(ahead, lot.cents)
        ahead -= taken
        if lot.cents > taken:
            added.append(replace(lot, cents=lot.cents - taken))
    return _but(state, lots=(*state.lots, *added), sent_ahead=ahead)


def _without(lots: tuple[Lot, ...], taken: Iterable[Lot]) -> tuple[Lot, ...]:
    left = list(lots)
    for lot in taken:
        cents = lot.cents
        for place, found in enumerate(left):
            if (found.receipt_id, found.debt, found.to) == (lot.receipt_id, lot.debt, lot.to):
                part = min(cents, found.cents)
                left[place] = replace(found, cents=found.cents - part)
                cents -= part
    return tuple(lot for lot in left if lot.cents)


def _less_overpaid(state: Account, cents: int) -> Account:
    """Oldest first."""
    if not cents:
        return state
    overpaid = dict(state.overpaid)
    for receipt_id, owed in state.overpaid.items():
        part = min(cents, owed)
        overpaid[receipt_id] -= part
        cents -= part
    return _but(state, overpaid=_positive(overpaid))


def _advance(state: Account, owner: str, cents: int, on: date) -> Account:
    before = state.advances.get(owner, 0)
    state = _but(state, advances=_with(state.advances, owner, before + cents))
    if cents < 0:
        return state
    day = _later(state.advanced_on.get(owner) if before > 0 else None, on)
    return _but(state, advanced_on=_with(state.advanced_on, owner, day))


def _interest(state: Account, obligation_id: str, kind: Kind, bucket: Bucket) -> Interest:
    return state.interest.get(interest_key(obligation_id, bucket)) or Interest(obligation_id, kind, bucket)


def _with_interest(state: Account, found: Interest) -> Account:
    return _but(state, interest=_with(state.interest, interest_key(found.obligation_id, found.bucket), found))


def _correction(state: Account, correction_id: str | None) -> Account:
    return _but(state, corrections=(*state.corrections, correction_id)) if correction_id else state


def _with(mapping: Mapping[str, V], key: str, value: V) -> Mapping[str, V]:
    return {**mapping, key: value}


def _positive(mapping: Mapping[str, int]) -> Mapping[str, int]:
    return {key: value for key, value in mapping.items() if value}


def _with_term(terms: tuple[Term, ...], term: Term) -> tuple[Term, ...]:
    others = [found for found in terms if found.effective_on != term.effective_on]
    return tuple(sorted([*others, term], key=lambda found: found.effective_on))


def _later(known: date | None, found: date) -> date:
    return found if known is None else max(known, found)


_TABLE: Mapping[type, Callable[[Account, Any], Account]] = {
    ObligationSet: _obligation_set,
    LiquidationSet: _liquidation_set,
    ChargePosted: _charge_posted,
    ChargeCorrected: _charge_corrected,
    InterestCharged: _interest_charged,
    SurplusMoved: _surplus_moved,
    AdvanceApplied: _advance_applied,
    AdvanceReturned: _advance_returned,
    PaymentCredited: _payment_credited,
    CreditReversed: _credit_reversed,
    InterestAccrued: _interest_posted,
    InterestCorrected: _interest_posted,
    AidStarted: _aid_started,
    AidEnded: _aid_ended,
    AssistancePaid: _assistance_paid,
    DirectPaymentCredited: _credited_otherwise,
    DebtCompromised: _credited_otherwise,
    PayoutsHeld: _payouts_held,
    PayoutsResumed: _payouts_resumed,
    LotsAdded: _lots_added,
    LotsDrawn: _lots_drawn,
    LotsRestored: _lots_restored,
    RecoupmentConsented: _consented,
}
