"""What each event changes in the state of an account: a table, and one small function a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from payments.domain.account.changing import (
    advanced,
    but,
    corrected,
    credited,
    interest_of,
    later,
    less_overpaid,
    moved,
    positive,
    rebucketed,
    tallied,
    with_interest,
    with_lots,
    with_term,
    with_value,
    without,
)
from payments.domain.account.events import (
    AccountEvent,
    AdvanceApplied,
    AdvanceReturned,
    AidEnded,
    AidStarted,
    AssistancePaid,
    ChargeCorrected,
    ChargePosted,
    CreditReversed,
    DebtCompromised,
    DirectPaymentCredited,
    InterestAccrued,
    InterestCharged,
    InterestCorrected,
    LiquidationSet,
    LotsAdded,
    LotsDrawn,
    LotsRestored,
    ObligationSet,
    PaymentCredited,
    PayoutsHeld,
    PayoutsResumed,
    RecoupmentConsented,
    SurplusMoved,
)
from payments.domain.account.state import Account, AidPeriod, Installment, Obligation, Term, key_of
from payments.rules.months import month_of


def evolve(state: Account, event: AccountEvent) -> Account:
    return _TABLE[type(event)](state, event)


def _obligation_set(state: Account, event: ObligationSet) -> Account:
    known = state.obligations.get(event.obligation_id)
    terms = with_term(known.terms if known else (), Term(event.effective_on, event.monthly_cents, event.ends_on))
    found = Obligation(event.order_id, event.kind, event.interest, terms)
    return but(state, obligations=with_value(state.obligations, event.obligation_id, found))


def _liquidation_set(state: Account, event: LiquidationSet) -> Account:
    return but(state, liquidation=with_term(state.liquidation, Term(event.effective_on, event.monthly_cents, None)))


def _charge_posted(state: Account, event: ChargePosted) -> Account:
    found = Installment(event.obligation_id, event.kind, event.due, event.bucket, event.cents,
                        ((event.due, event.cents),))
    through = state.charged_through if event.brought else later(state.charged_through, month_of(event.due))
    return but(state, installments=with_value(state.installments, found.key, found), charged_through=through)


def _charge_corrected(state: Account, event: ChargeCorrected) -> Account:
    found = state.installments[key_of(event.obligation_id, event.due)]
    changed = replace(found, charged=found.charged + event.cents,
                      movements=(*found.movements, (event.due, event.cents)))
    return corrected(but(state, installments=with_value(state.installments, found.key, changed)),
                     event.correction_id)


def _interest_charged(state: Account, event: InterestCharged) -> Account:
    found = interest_of(state, event.obligation_id, event.kind, event.bucket)
    return with_interest(state, replace(found, posted=found.posted + event.cents,
                                        brought=found.brought + event.cents))


def _surplus_moved(state: Account, event: SurplusMoved) -> Account:
    return advanced(moved(state, event.obligation_id, event.due, event.on, event.cents),
                    event.bucket.owner, event.cents, event.on)


def _advance_returned(state: Account, event: AdvanceReturned) -> Account:
    return advanced(moved(state, event.obligation_id, event.due, event.on, event.cents),
                    event.owner or event.bucket.owner, event.cents, event.on)


def _advance_applied(state: Account, event: AdvanceApplied) -> Account:
    return advanced(moved(state, event.obligation_id, event.due, event.on, -event.cents),
                    event.owner or event.bucket.owner, -event.cents, event.on)


def _payment_credited(state: Account, event: PaymentCredited) -> Account:
    state = with_lots(credited(state, event.on, event.parts), event.lots)
    return tallied(less_overpaid(state, event.recouped), event, sign=1)


def _credit_reversed(state: Account, event: CreditReversed) -> Account:
    state = credited(state, event.on, event.parts, sign=-1)
    state = but(state, lots=without(state.lots, event.unpaid))
    owed = event.sent + event.recouped
    if owed:
        before = state.overpaid.get(event.receipt_id, 0)
        state = but(state, overpaid=with_value(state.overpaid, event.receipt_id, before + owed))
    return tallied(state, event, sign=-1)


def _interest_posted(state: Account, event: InterestAccrued | InterestCorrected) -> Account:
    for part in event.parts:
        found = interest_of(state, event.obligation_id, event.kind, part.bucket)
        state = with_interest(state, replace(found, posted=found.posted + part.cents))
    month = event.month if isinstance(event, InterestAccrued) else event.through
    return but(state, interest_through=later(state.interest_through, month))


def _aid_started(state: Account, event: AidStarted) -> Account:
    period = AidPeriod(event.program, event.on, None, event.children)
    return rebucketed(but(state, aid=(*state.aid, period)), event.moves)


def _aid_ended(state: Account, event: AidEnded) -> Account:
    *before, last = state.aid
    return rebucketed(but(state, aid=(*before, replace(last, ends_on=event.on))), event.moves)


def _assistance_paid(state: Account, event: AssistancePaid) -> Account:
    return but(state, assistance_paid=with_value(state.assistance_paid, event.source_id, event.cents))


def _credited_otherwise(state: Account, event: DirectPaymentCredited | DebtCompromised) -> Account:
    return corrected(credited(state, event.on, event.parts), event.correction_id)


def _payouts_held(state: Account, event: PayoutsHeld) -> Account:
    return but(state, held_for=(*state.held_for, event.reason))


def _payouts_resumed(state: Account, event: PayoutsResumed) -> Account:
    return but(state, held_for=tuple(reason for reason in state.held_for if reason is not event.reason))


def _lots_added(state: Account, event: LotsAdded) -> Account:
    return with_lots(state, event.lots)


def _lots_drawn(state: Account, event: LotsDrawn) -> Account:
    return but(state, lots=without(state.lots, event.lots), sent_ahead=state.sent_ahead + event.ahead)


def _lots_restored(state: Account, event: LotsRestored) -> Account:
    overpaid = dict(state.overpaid)
    for lot in event.settled:
        overpaid[lot.receipt_id] -= lot.cents
    younger, ahead = state.lots, state.sent_ahead - event.ahead
    state = with_lots(but(state, lots=(), sent_ahead=ahead, overpaid=positive(overpaid)), event.lots)
    return but(state, lots=(*state.lots, *younger))


def _consented(state: Account, event: RecoupmentConsented) -> Account:
    return but(state, recoup_bp=event.share_bp)


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
