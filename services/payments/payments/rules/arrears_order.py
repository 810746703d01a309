"""Which bucket of arrears is paid first, by how the family stands to assistance, and where a federal tax offset goes.

By date of collection. Until 2020 a federal tax offset paid past-due support only, what was assigned first, and what was
conditionally assigned went to the government; since then it is paid like every other collection.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.domain.words import Assistance, Bucket, Source
from payments.rules.effective import ALWAYS, Dated, in_force

_FAMILYS = (Bucket.NEVER_ASSIGNED, Bucket.UNASSIGNED_PRE_ASSISTANCE, Bucket.UNASSIGNED_DURING_ASSISTANCE,
            Bucket.CONDITIONALLY_ASSIGNED)
_ASSIGNED = (Bucket.PERMANENTLY_ASSIGNED, Bucket.TEMPORARILY_ASSIGNED)
FAMILY_FIRST = _FAMILYS + _ASSIGNED
ASSIGNED_FIRST = _ASSIGNED + _FAMILYS
TAX_ASSIGNED_FIRST = (*_ASSIGNED, Bucket.CONDITIONALLY_ASSIGNED, *_FAMILYS[:3])


@dataclass(frozen=True)
class TaxOffset:
    """`order` is None where a federal tax offset follows the rule of all collections."""

    pays_current: bool
    order: tuple[Bucket, ...] | None
    conditionally_assigned_to: str
    """"GOV" or "CP": who gets what a federal tax offset pays of conditionally assigned arrears."""


FEDERAL_TAX_OFFSET = (
    Dated("tax_offset.assigned_first", ALWAYS, TaxOffset(False, TAX_ASSIGNED_FIRST, "GOV"),
          "42 USC 657(a)(2)(B)(iv), 664; domain.md §3.6"),
    Dated("tax_offset.as_others", date(2020, 5, 1), TaxOffset(True, None, "CP"),
          "AB 135 (2021), CSSP Letter 21-05; domain.md §3.6"),
)

BY_ASSISTANCE = {
    Assistance.NEVER: ("arrears.family", FAMILY_FIRST),
    Assistance.FORMER: ("arrears.family_first", FAMILY_FIRST),  # 42 USC 657(a)(2)(B); domain.md §3.6
    Assistance.CURRENT: ("arrears.assigned_first", ASSIGNED_FIRST),  # 42 USC 657(a)(1); domain.md §3.6
}


def bucket_order(on: date, source: Source, assistance: Assistance) -> tuple[tuple[Bucket, ...], str]:
    """Buckets, first paid first, and the rule's key."""
    if source is Source.FEDERAL_TAX and assistance is not Assistance.NEVER:
        rule = in_force(FEDERAL_TAX_OFFSET, on)
        if rule.value.order:
            return rule.value.order, rule.key
    key, order = BY_ASSISTANCE[assistance]
    return order, key


def pays_current(on: date, source: Source) -> bool:
    """Whether a collection of this source pays current support at all."""
    return source is not Source.FEDERAL_TAX or in_force(FEDERAL_TAX_OFFSET, on).value.pays_current


def tax_offset_to_government(on: date, source: Source, bucket: Bucket) -> bool:
    """Whether a tax offset on this bucket, which is otherwise the family's, is the government's."""
    return (source is Source.FEDERAL_TAX and bucket is Bucket.CONDITIONALLY_ASSIGNED
            and in_force(FEDERAL_TAX_OFFSET, on).value.conditionally_assigned_to == "GOV")
