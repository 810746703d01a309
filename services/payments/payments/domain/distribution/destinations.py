"""To whom each part goes: the family, the government, a fee, or nobody yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from payments.domain.account.events import CreditPart
from payments.domain.account.state import Account, AidPeriod
from payments.domain.distribution.share import Collection, Share
from payments.domain.distribution.within_case import CaseFile
from payments.domain.words import Assistance, Debt, Destination, HoldReason, Kind, Program
from payments.rules import holds
from payments.rules.arrears_order import tax_offset_to_government
from payments.rules.assigned_arrears import passed_to_family
from payments.rules.pass_through import cap
from payments.rules.service_fee import fee_on, fiscal_year

PAYABLE = frozenset({Destination.FAMILY, Destination.PASS_THROUGH})


def shares_of(case: CaseFile, parts: Iterable[CreditPart], collection: Collection) -> list[Share]:
    """The shares of one case; together they are the parts, to the cent."""
    shares = _by_owner(case, parts, collection)
    if collection.joint_return:
        return _held(shares, HoldReason.JOINT_RETURN, collection.received_on)
    shares = _fee(case.account, shares, collection)
    shares = _recouped(case.account, shares)
    for reason in case.account.held_for:
        shares = _held(shares, reason, collection.received_on)
    return shares if case.family_id else _held(shares, HoldReason.PAYEE_UNKNOWN, collection.received_on)


def _by_owner(case: CaseFile, parts: Iterable[CreditPart], collection: Collection) -> list[Share]:
    account, on = case.account, collection.received_on
    assistance, period = account.assistance_on(on)
    most, cap_rule = cap(on, period.children) if period else (0, "")
    passable = max(most - case.passed_through, 0) if _gets_cash_aid(assistance, period) else 0
    pool = account.pool
    found: list[Share] = []
    for part in parts:
        if part.debt is Debt.FUTURE:
            found.append(_ahead(case.case_id, part, assistance, collection.applied_on))
        elif not _is_governments(part, collection):
            found.append(_share(case.case_id, part, part.cents, Destination.FAMILY, "owner.family"))
        elif part.kind is Kind.FEE:
            found.append(_share(case.case_id, part, part.cents, Destination.GOVERNMENT, "owner.fee"))
        elif assistance is Assistance.FORMER and (passing := passed_to_family(on, _program(period)))[0]:
            found.append(_share(case.case_id, part, part.cents, Destination.PASS_THROUGH, passing[1]))
        else:
            passed = min(passable, part.cents) if part.debt is Debt.CURRENT else 0
            kept = part.cents - passed if pool is None else min(part.cents - passed, pool)
            passable, pool = passable - passed, None if pool is None else pool - kept
            through = _share(case.case_id, part, passed, Destination.PASS_THROUGH, cap_rule)
            found += [replace(through, passed_through=True),
                      _share(case.case_id, part, kept, Destination.GOVERNMENT, "owner.assigned"),
                      _share(case.case_id, part, part.cents - passed - kept, Destination.FAMILY, "pool.exhausted")]
    return [share for share in found if share.cents]


def _gets_cash_aid(assistance: Assistance, period: AidPeriod | None) -> bool:
    return assistance is Assistance.CURRENT and period is not None and period.program is Program.CASH_AID


def _program(period: AidPeriod | None) -> Program | None:
    return period.program if period else None


def _is_governments(part: CreditPart, collection: Collection) -> bool:
    assert part.bucket, "a debt has its bucket"
    return part.bucket.owner == "GOV" or tax_offset_to_government(collection.received_on, collection.source,
                                                                  part.bucket)


def _ahead(case_id: str, part: CreditPart, assistance: Assistance, on: date) -> Share:
    """More than is owed: to the family as paid ahead; held for the coming month while it has aid."""
    if assistance is Assistance.CURRENT:
        return Share(case_id, Debt.FUTURE, part.cents, Destination.HELD, "future.held", hold=HoldReason.FUTURES,
                     until=holds.release_on(HoldReason.FUTURES, on))
    return Share(case_id, Debt.FUTURE, part.cents, Destination.FAMILY, "future.family")


def _share(case_id: str, part: CreditPart, cents: int, to: Destination, rule: str) -> Share:
    return Share(case_id, part.debt, cents, to, rule, part.obligation_id, part.kind, part.due, part.bucket)


def _held(shares: Iterable[Share], reason: HoldReason, on: date) -> list[Share]:
    """What would go to the family waits; its debt falls all the same."""
    until = holds.release_on(reason, on)
    return [replace(share, to=Destination.HELD, hold=reason, until=until) if share.to in PAYABLE else share
            for share in shares]


def _fee(account: Account, shares: list[Share], collection: Collection) -> list[Share]:
    """Once in a federal fiscal year, when what was collected for the family passes the threshold."""
    assistance, _ = account.assistance_on(collection.received_on)
    fee, rule = fee_on(collection.received_on)
    year = str(fiscal_year(collection.received_on))
    coming = sum(share.cents for share in shares if share.to in PAYABLE)
    collected = account.collected_for_family.get(year, 0) + coming
    if (assistance is not Assistance.NEVER or not fee.cents or account.fees.get(year) or collected <= fee.threshold
            or coming < fee.cents):
        return shares
    return _carved(shares, fee.cents, Destination.FEE, rule)


def _recouped(account: Account, shares: list[Share]) -> list[Share]:
    """Only with recorded consent, and no more than it allows of this payment."""
    payable = sum(share.cents for share in shares if share.to in PAYABLE)
    most = min(account.overpayment, payable * account.recoup_bp // 10_000)
    return _carved(shares, most, Destination.RECOUPED, "recoupment.consent") if most else shares


def _carved(shares: Iterable[Share], cents: int, to: Destination, rule: str) -> list[Share]:
    """So many cents of what is payable go elsewhere, the first shares first."""
    found = []
    for share in shares:
        part = min(cents, share.cents) if share.to in PAYABLE else 0
        cents -= part
        if part:
            found.append(replace(share, cents=part, to=to, rule=rule))
        if share.cents > part:
            found.append(replace(share, cents=share.cents - part))
    return found
