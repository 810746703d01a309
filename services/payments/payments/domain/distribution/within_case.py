"""Within a case: what is owed, in the order of the rules in force on the day of collection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.domain.account import claims
from payments.domain.account.events import CreditPart
from payments.domain.account.state import Account
from payments.domain.distribution.share import Collection
from payments.domain.words import Debt
from payments.rules.application_order import APPLICATION_ORDER
from payments.rules.arrears_order import bucket_order, pays_current
from payments.rules.effective import in_force
from payments.rules.months import month_of, next_month


@dataclass(frozen=True)
class CaseFile:
    """A case as a distribution sees it. `family_id` is who receives its support, None where nobody is known;
    `passed_through` what that family already got passed through in the month of collection."""

    case_id: str
    account: Account
    family_id: str | None
    passed_through: int = 0


@dataclass(frozen=True)
class Claims:
    """What a case is owed: `passes` in the order they are paid, `coming` its current support of the next month."""

    passes: tuple[list[CreditPart], ...]
    coming: int
    rules: tuple[str, ...]

    @property
    def totals(self) -> list[int]:
        return [claims.total(found) for found in self.passes]


def claims_of(case: CaseFile, collection: Collection) -> Claims:
    """Current support; past due principal and interest in the order of the day; what was charged since."""
    account, month = case.account, month_of(collection.applied_on)
    assistance, _ = account.assistance_on(collection.received_on)
    buckets, arrears_rule = bucket_order(collection.received_on, collection.source, assistance)
    order = in_force(APPLICATION_ORDER, collection.received_on)
    pays = pays_current(collection.received_on, collection.source)
    current = claims.current(account, month) if pays else []
    past = {Debt.ARREARS: claims.arrears(account, month, buckets), Debt.INTEREST: claims.interest(account, buckets)}
    passes = [past[debt] for debt in order.value.passes]
    if order.value.interest_waits_for == "bucket":
        merged = [claim for bucket in buckets for found in passes for claim in found if claim.bucket is bucket]
        passes = [merged, []]
    later = claims.due_since(account, month) if pays else []
    coming = _monthly(account, next_month(month)) if pays else 0
    return Claims((current, *passes, later), coming, (arrears_rule, order.key))


def parts_of(found: Claims, amounts: list[int]) -> list[CreditPart]:
    """What the amounts, one for each pass and one for the coming months, pay."""
    *passes, ahead = amounts
    parts = [part for claim, cents in zip(found.passes, passes, strict=True) for part in claims.take(claim, cents)[0]]
    return [*parts, CreditPart(Debt.FUTURE, ahead)] if ahead else parts


def _monthly(account: Account, month: date) -> int:
    return account.monthly_current(month)
