"""Credits: payments, payments made directly, debts given up; and taking payments back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eventkit.decider import Rejected
from payments.domain.account import claims
from payments.domain.account.commands import CompromiseDebt, CreditDirectPayment, CreditPayment, ReverseCredit
from payments.domain.account.consequences import with_consequences
from payments.domain.account.events import (
    AccountEvent,
    CreditPart,
    CreditReversed,
    DebtCompromised,
    DirectPaymentCredited,
    PaymentCredited,
)
from payments.domain.account.lots import unpaid_of
from payments.domain.account.state import Account, key_of
from payments.domain.words import Debt
from payments.rules.arrears_order import ASSIGNED_FIRST, FAMILY_FIRST
from payments.rules.months import month_of


def credit_payment(command: CreditPayment, state: Account) -> Sequence[AccountEvent]:
    """What the distribution decided; see `distribution/`."""
    credited = PaymentCredited(command.receipt_id, command.number, command.on, command.parts, command.lots,
                               command.kept, command.fee, command.recouped)
    return with_consequences(state, [credited])


def reverse_credit(command: ReverseCredit, state: Account) -> Sequence[AccountEvent]:
    """What had been sent of it becomes an overpayment that the family owes (domain.md §3.8)."""
    parts = tuple(_where_they_are_now(command.parts, state))
    unpaid = unpaid_of(state, command.receipt_id, command.payable)
    sent = command.payable - sum(lot.cents for lot in unpaid)
    reversed_ = CreditReversed(command.receipt_id, command.number, command.credited_version, command.on,
                               command.reversed_on, parts, unpaid, sent, command.kept, command.fee,
                               command.recouped, command.reason)
    return with_consequences(state, [reversed_])


def credit_direct_payment(command: CreditDirectPayment, state: Account) -> Sequence[AccountEvent]:
    """On what is the family's: current support, arrears, interest. Raises Rejected: exceeds_debt."""
    if command.correction_id in state.corrections:
        return []
    month = month_of(command.on)
    owed = [*claims.current(state, month), *claims.arrears(state, month, FAMILY_FIRST),
            *claims.interest(state, FAMILY_FIRST)]
    parts = _of_owner(owed, "CP", command.cents)
    return with_consequences(state, [DirectPaymentCredited(command.correction_id, command.on, parts)])


def compromise_debt(command: CompromiseDebt, state: Account) -> Sequence[AccountEvent]:
    """Only of what the government owns, and is past due. Raises Rejected: exceeds_debt."""
    if command.correction_id in state.corrections:
        return []
    owed = [*claims.arrears(state, month_of(command.on), ASSIGNED_FIRST), *claims.interest(state, ASSIGNED_FIRST)]
    parts = _of_owner(owed, "GOV", command.cents)
    return with_consequences(state, [DebtCompromised(command.correction_id, command.on, parts)])


def _where_they_are_now(parts: Sequence[CreditPart], state: Account) -> Iterator[CreditPart]:
    """Assistance may have moved a debt to another bucket since it was credited, and interest to several."""
    credited = {key: interest.credited for key, interest in state.interest.items()}
    for part in parts:
        if part.due and part.obligation_id:
            yield replace(part, bucket=state.installments[key_of(part.obligation_id, part.due)].bucket)
        elif part.debt is Debt.INTEREST:
            yield from _interest_now(part, state, credited)
        else:
            yield part


def _interest_now(part: CreditPart, state: Account, credited: dict[str, int]) -> Iterator[CreditPart]:
    left = part.cents
    own = [item for item in state.interest.items() if item[1].obligation_id == part.obligation_id]
    for key, interest in sorted(own, key=lambda item: item[1].bucket is not part.bucket):
        cents = min(left, credited[key])
        if cents:
            yield replace(part, bucket=interest.bucket, cents=cents)
        credited[key], left = credited[key] - cents, left - cents


def _of_owner(owed: Sequence[CreditPart], owner: str, cents: int) -> tuple[CreditPart, ...]:
    if cents <= 0:
        raise Rejected("not_positive")
    mine = [claim for claim in owed if claim.bucket and claim.bucket.owner == owner]
    parts, left = claims.take(mine, cents)
    if left:
        raise Rejected("exceeds_debt", most_cents=claims.total(mine))
    return tuple(parts)

