"""Obligations and what falls due by them; orders that reach back change what was charged by correction, never else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from eventkit.decider import Rejected
from payments.domain.account.commands import BringCharge, CorrectCharge, PostCharges, SetLiquidation, SetObligation
from payments.domain.account.consequences import after, with_consequences
from payments.domain.account.events import (
    AccountEvent,
    ChargeCorrected,
    ChargePosted,
    InterestCharged,
    LiquidationSet,
    ObligationSet,
)
from payments.domain.account.state import Account, Term, key_of
from payments.domain.words import Assistance, Bucket, Kind
from payments.rules import assignment
from payments.rules.months import month_of, months_between, next_month


def set_obligation(command: SetObligation, state: Account) -> Sequence[AccountEvent]:
    """Months that were charged already are corrected, back to the day it takes effect.

    Raises Rejected: negative, ends_before_it_begins, other_kind.
    """
    _check_obligation(command, state)
    known = state.obligations.get(command.obligation_id)
    term = Term(command.effective_on, command.monthly_cents, command.ends_on)
    if known and term in known.terms and (known.order_id, known.interest) == (command.order_id, command.interest):
        return []
    filed = ObligationSet(command.obligation_id, command.order_id, command.kind, command.effective_on,
                          command.monthly_cents, command.ends_on, command.interest)
    return with_consequences(state, [filed, *_catching_up(after(state, [filed]), command)])


def set_liquidation(command: SetLiquidation, state: Account) -> Sequence[AccountEvent]:
    """Raises Rejected: negative."""
    if command.monthly_cents < 0:
        raise Rejected("negative")
    if Term(command.effective_on, command.monthly_cents, None) in state.liquidation:
        return []
    return [LiquidationSet(command.effective_on, command.monthly_cents)]


def post_charges(command: PostCharges, state: Account) -> Sequence[AccountEvent]:
    """Every month up to it that has none yet, from its order or brought from elsewhere; an installment is due on the
    first (domain.md §3.4)."""
    found: list[AccountEvent] = []
    for obligation_id, obligation in state.obligations.items():
        begin = obligation.terms[0].effective_on
        first = month_of(begin) if begin.day == 1 else next_month(begin)
        if state.charged_through:
            first = max(first, next_month(state.charged_through))
        for month in months_between(first, command.through):
            cents = obligation.amount_on(month)
            if cents and key_of(obligation_id, month) not in state.installments:
                bucket = bucket_on(state, obligation.kind, month)
                found.append(ChargePosted(obligation_id, obligation.kind, month, bucket, cents))
    found.sort(key=lambda event: event.due if isinstance(event, ChargePosted) else date.min)
    return with_consequences(state, found)


def bring_charge(command: BringCharge, state: Account) -> Sequence[AccountEvent]:
    """Raises Rejected: not_positive, other_kind, duplicate_id."""
    if command.cents <= 0:
        raise Rejected("not_positive")
    known = state.obligations.get(command.obligation_id)
    if known and known.kind is not command.kind:
        raise Rejected("other_kind")
    bucket = command.bucket or bucket_on(state, command.kind, command.due)
    begun: list[AccountEvent] = [] if known else [ObligationSet(
        command.obligation_id, command.obligation_id, command.kind, command.due, 0, None, command.interest)]
    if command.is_interest:
        brought = InterestCharged(command.obligation_id, command.kind, bucket, command.due, command.cents)
        return with_consequences(state, [*begun, brought])
    there = state.installments.get(key_of(command.obligation_id, command.due))
    if there:
        raise Rejected("duplicate_id")
    posted = ChargePosted(command.obligation_id, command.kind, command.due, bucket, command.cents, brought=True)
    return with_consequences(state, [*begun, posted])


def correct_charge(command: CorrectCharge, state: Account) -> Sequence[AccountEvent]:
    """Raises Rejected: negative, unknown_installment."""
    if command.correction_id in state.corrections:
        return []
    if command.cents < 0:
        raise Rejected("negative")
    found = state.installments.get(key_of(command.obligation_id, command.due))
    if found is None:
        raise Rejected("unknown_installment")
    if found.charged == command.cents:
        return []
    return with_consequences(state, [ChargeCorrected(
        found.obligation_id, found.kind, found.due, found.bucket, command.cents - found.charged, "corrected",
        command.correction_id)])


def bucket_on(state: Account, kind: Kind, due: date) -> Bucket:
    """The bucket of what falls due on a day; where assistance began after that, the one it would have moved to."""
    if kind is Kind.FEE:
        return Bucket.PERMANENTLY_ASSIGNED
    assistance, _ = state.assistance_on(due)
    if assistance is Assistance.CURRENT:
        return assignment.DURING_ASSISTANCE
    later = [period for period in state.aid if period.begins_on > due]
    if not later:
        return assignment.WITHOUT_ASSISTANCE
    bucket = assignment.owed_before(later[0].begins_on)
    return assignment.after(bucket) if later[0].ends_on else bucket


def _check_obligation(command: SetObligation, state: Account) -> None:
    if command.monthly_cents < 0:
        raise Rejected("negative")
    if command.ends_on and command.ends_on < command.effective_on:
        raise Rejected("ends_before_it_begins")
    known = state.obligations.get(command.obligation_id)
    if known and known.kind is not command.kind:
        raise Rejected("other_kind")


def _catching_up(state: Account, command: SetObligation) -> list[AccountEvent]:
    """Months since it takes effect that were charged with another amount, or, though others were, not at all."""
    if state.charged_through is None:
        return []
    found: list[AccountEvent] = []
    obligation = state.obligations[command.obligation_id]
    begin = command.effective_on
    for month in months_between(begin if begin.day == 1 else next_month(begin), state.charged_through):
        there, cents = state.installments.get(key_of(command.obligation_id, month)), obligation.amount_on(month)
        if there is None and cents:
            found.append(ChargePosted(command.obligation_id, command.kind, month,
                                      bucket_on(state, command.kind, month), cents))
        elif there and cents != there.charged:
            found.append(ChargeCorrected(command.obligation_id, command.kind, month, there.bucket,
                                         cents - there.charged, "order_modified"))
    return found
