"""What is open on an account, as claims in the order they are paid, and how an amount is taken to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from payments.domain.account.events import CreditPart
from payments.domain.account.state import Account, Installment
from payments.domain.words import Bucket, Debt, Kind
from payments.rules.months import month_of

_KINDS = list(Kind)
_CURRENT = frozenset({Kind.CHILD, Kind.MEDICAL, Kind.SPOUSAL})


def current(account: Account, month: date) -> list[CreditPart]:
    """What is open of the month's own support: child, medical, spousal (domain.md §3.6)."""
    found = [i for i in account.open_installments if i.kind in _CURRENT and month_of(i.due) == month]
    return [_principal(Debt.CURRENT, i) for i in sorted(found, key=lambda i: (_KINDS.index(i.kind), i.obligation_id))]


def arrears(account: Account, month: date, order: Sequence[Bucket]) -> list[CreditPart]:
    """Principal from before the month: by bucket, then kind (Fam. Code §5238), then the oldest (CCP §695.221)."""
    found = [i for i in account.open_installments
             if month_of(i.due) < month or (i.kind not in _CURRENT and month_of(i.due) == month)]
    rank = {bucket: place for place, bucket in enumerate(order)}
    found.sort(key=lambda i: (rank[i.bucket], _KINDS.index(i.kind), i.due, i.obligation_id))
    return [_principal(Debt.ARREARS, i) for i in found]


def interest(account: Account, order: Sequence[Bucket]) -> list[CreditPart]:
    """Posted interest, by bucket, then kind."""
    rank = {bucket: place for place, bucket in enumerate(order)}
    found = sorted((i for i in account.interest.values() if i.open > 0),
                   key=lambda i: (rank[i.bucket], _KINDS.index(i.kind), i.obligation_id))
    return [CreditPart(Debt.INTEREST, i.open, i.obligation_id, i.kind, None, i.bucket) for i in found]


def due_since(account: Account, month: date) -> list[CreditPart]:
    """Installments of later months that have been charged by now: a payment that was posted late may still pay them."""
    found = sorted((i for i in account.open_installments if month_of(i.due) > month),
                   key=lambda i: (i.due, _KINDS.index(i.kind), i.obligation_id))
    return [_principal(Debt.CURRENT, i) for i in found]


def total(claims: Iterable[CreditPart]) -> int:
    return sum(claim.cents for claim in claims)


def take(claims: Iterable[CreditPart], cents: int) -> tuple[list[CreditPart], int]:
    """Pays claims in their order; gives what was paid, and what is left of the amount."""
    paid = []
    for claim in claims:
        part = min(claim.cents, cents)
        if part:
            paid.append(CreditPart(claim.debt, part, claim.obligation_id, claim.kind, claim.due, claim.bucket))
            cents -= part
    return paid, cents


def _principal(debt: Debt, found: Installment) -> CreditPart:
    return CreditPart(debt, found.open, found.obligation_id, found.kind, found.due, found.bucket)
