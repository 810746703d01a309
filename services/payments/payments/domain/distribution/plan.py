"""The whole of a distribution: a pure function from a collection and the payor's cases to shares and commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from payments.domain.account.commands import CreditPayment
from payments.domain.account.events import CreditPart, Lot
from payments.domain.distribution.allocation import allocate
from payments.domain.distribution.destinations import PAYABLE, shares_of
from payments.domain.distribution.share import Collection, Share
from payments.domain.distribution.within_case import CaseFile, claims_of, parts_of
from payments.domain.words import Debt, Destination, HoldReason, Kind
from payments.rules import holds

NO_CASE = "-"


@dataclass(frozen=True)
class Plan:
    """`shares` add up to the collection. `credits` and `passed_through` (cents, by family) are what they mean for the
    cases and families."""

    shares: tuple[Share, ...]
    credits: Mapping[str, CreditPayment]
    passed_through: Mapping[str, int]
    rules: tuple[str, ...]


def plan(collection: Collection, cases: Sequence[CaseFile], number: int = 1) -> Plan | HoldReason:
    """How a collection is distributed, as no. `number` of its receipt; or why all of it has to wait.

    `cases` are the open cases the payor pays in; charges up to the month it is applied in must be posted on them.
    """
    if not cases:
        return HoldReason.NO_CASE
    if not any(case.account.obligations for case in cases):
        return HoldReason.NO_OBLIGATION
    found = [claims_of(case, collection) for case in cases]
    amounts, left = allocate(collection.cents, [claims.totals for claims in found],
                             [claims.coming for claims in found])
    shares: list[Share] = []
    for case, claims, cents in zip(cases, found, amounts, strict=True):
        before = _passed(shares, cases).get(case.family_id or "", 0)  # two cases of one family share its cap
        case = replace(case, passed_through=case.passed_through + before)
        shares += shares_of(case, parts_of(claims, cents), collection)
    if left:
        shares.append(_left_over(left, collection))
    rules = dict.fromkeys(rule for claims in found for rule in claims.rules)
    return Plan(tuple(shares), _credits(shares, collection, number), _passed(shares, cases),
                (*(["allocation.pro_rata"] if len(cases) > 1 else []), *rules))


def _left_over(cents: int, collection: Collection) -> Share:
    """Nothing is owed and nothing is coming: the payor may get it back, once that is determined (22 CCR 119905)."""
    reason = HoldReason.OVERCOLLECTION
    return Share(NO_CASE, Debt.NOTHING, cents, Destination.HELD, "overcollection.determined", hold=reason,
                 until=holds.release_on(reason, collection.received_on))


def _credits(shares: Sequence[Share], collection: Collection, number: int) -> dict[str, CreditPayment]:
    found = {}
    for case_id in dict.fromkeys(share.case_id for share in shares if share.case_id != NO_CASE):
        mine = [share for share in shares if share.case_id == case_id]
        credit = CreditPayment(
            collection.receipt_id, number, collection.applied_on, credit_parts(mine),
            lots_of(mine, collection), kept=cents_to(mine, Destination.GOVERNMENT), fee=cents_to(mine, Destination.FEE),
            recouped=cents_to(mine, Destination.RECOUPED))
        if credit.parts:
            found[case_id] = credit
    return found


def credit_parts(shares: Sequence[Share]) -> tuple[CreditPart, ...]:
    """The debts that shares of one case pay; money held for a coming month pays none yet."""
    found: dict[CreditPart, int] = {}
    for share in shares:
        if share.hold is not HoldReason.FUTURES:
            debt = CreditPart(share.debt, 0, share.obligation_id, share.kind, share.due, share.bucket)
            found[debt] = found.get(debt, 0) + share.cents
    return tuple(CreditPart(debt.debt, cents, debt.obligation_id, debt.kind, debt.due, debt.bucket)
                 for debt, cents in found.items())


def lots_of(shares: Sequence[Share], collection: Collection) -> tuple[Lot, ...]:
    found: dict[tuple[Debt, Destination], int] = {}
    for share in shares:
        if share.to in PAYABLE:
            found[share.debt, share.to] = found.get((share.debt, share.to), 0) + share.cents
    return tuple(Lot(collection.receipt_id, collection.received_on, debt, to, cents)
                 for (debt, to), cents in found.items())


def cents_to(shares: Sequence[Share], to: Destination) -> int:
    """A fee of the payor's own that goes to the government is no assistance that was paid back."""
    return sum(share.cents for share in shares
               if share.to is to and not (to is Destination.GOVERNMENT and share.kind is Kind.FEE))


def _passed(shares: Sequence[Share], cases: Sequence[CaseFile]) -> dict[str, int]:
    """What counts against the month's cap: current support passed through, held, recouped or neither."""
    families = {case.case_id: case.family_id for case in cases}
    found: dict[str, int] = {}
    for share in shares:
        family = families.get(share.case_id)
        if family and share.passed_through:
            found[family] = found.get(family, 0) + share.cents
    return found
