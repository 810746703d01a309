"""How much current support of a month goes to a family that gets cash aid, before the government keeps any.

Per family and month of collection, not per payment: the least of what was collected and the cap.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.rules.effective import ALWAYS, Dated, in_force


@dataclass(frozen=True)
class Cap:
    """Cents a month, for a family with one child and for one with more."""

    one_child: int
    more_children: int


PASS_THROUGH = (
    Dated("pass_through.50", ALWAYS, Cap(5_000, 5_000), "Cal. Fam. Code §17504 before 2022; domain.md §3.6"),
    Dated("pass_through.100_200", date(2022, 1, 1), Cap(10_000, 20_000),
          "Cal. Fam. Code §17504 as operative 2022-01-01; domain.md §3.6"),
)


def cap(on: date, children: int) -> tuple[int, str]:
    """Cents for the month of that day, and the rule's key."""
    rule = in_force(PASS_THROUGH, on)
    return (rule.value.one_child if children <= 1 else rule.value.more_children), rule.key
