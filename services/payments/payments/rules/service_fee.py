"""The annual service fee of families that never had assistance, out of the next payment to them.

By federal fiscal year (October to September): due once more than the threshold was collected for the family in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.rules.effective import ALWAYS, Dated, in_force


@dataclass(frozen=True)
class Fee:
    """Cents. Nothing is due where `cents` is 0."""

    threshold: int
    cents: int


SERVICE_FEE = (
    Dated("fee.none", ALWAYS, Fee(0, 0), "before the Deficit Reduction Act of 2005"),
    Dated("fee.25", date(2006, 10, 1), Fee(50_000, 2_500), "42 USC 654(6)(B)(ii); domain.md §3.6 no. 4"),
    Dated("fee.35", date(2018, 10, 1), Fee(55_000, 3_500),
          "42 USC 654(6)(B)(ii) as amended by Pub. L. 115-123 (threshold and amount); domain.md §3.6 no. 4"),
)


def fiscal_year(on: date) -> int:
    """The federal fiscal year of a day, named by the year it ends in."""
    return on.year + (on.month >= 10)


def fee_on(on: date) -> tuple[Fee, str]:
    rule = in_force(SERVICE_FEE, on)
    return rule.value, rule.key
