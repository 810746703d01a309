"""What a family assigns to the government when it begins and ends assistance, by the day the assistance begins.

Since 2009-10-01 only support that falls due during assistance is assigned; before, what was already owed was assigned
too, temporarily, and became conditionally assigned when assistance ended.
"""

from __future__ import annotations

from datetime import date

from payments.domain.words import Bucket
from payments.rules.effective import ALWAYS, Dated, in_force

PRE_ASSISTANCE = (
    Dated("assignment.all_arrears", ALWAYS, Bucket.TEMPORARILY_ASSIGNED,
          "42 USC 608(a)(3) before the Deficit Reduction Act; domain.md §3.6"),
    Dated("assignment.during_only", date(2009, 10, 1), Bucket.UNASSIGNED_PRE_ASSISTANCE,
          "Cal. Welf. & Inst. Code §11477 (ACL 10-29); domain.md §3.6"),
)

DURING_ASSISTANCE = Bucket.PERMANENTLY_ASSIGNED
WITHOUT_ASSISTANCE = Bucket.NEVER_ASSIGNED


def owed_before(begins_on: date) -> Bucket:
    """The bucket of what was owed when assistance began."""
    return in_force(PRE_ASSISTANCE, begins_on).value


def after(bucket: Bucket) -> Bucket:
    """The bucket once assistance has ended."""
    return Bucket.CONDITIONALLY_ASSIGNED if bucket is Bucket.TEMPORARILY_ASSIGNED else bucket
