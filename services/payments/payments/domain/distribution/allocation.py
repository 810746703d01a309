"""Across the payor's cases: in proportion to what each is owed, pass by pass; whether a family has aid does not count.

First what is open of current support, then what is past due, then installments charged since, then the coming months
(Napa County's example in domain.md §3.6 no. 1; Fam. Code §5238).
"""

from __future__ import annotations

from collections.abc import Sequence

from payments.rules.proration import prorate


def allocate(cents: int, claims: Sequence[Sequence[int]], coming: Sequence[int]) -> tuple[list[list[int]], int]:
    """`claims` are by case, and within a case by pass, all equally many; `coming` is each case's current support of the
    next month.

    Gives cents by case, and within a case by pass, the coming months last; and what is left because nothing is owed.
    """
    found: list[list[int]] = [[] for _ in claims]
    for wanted in zip(*claims, strict=True):
        parts = prorate(min(cents, sum(wanted)), wanted)
        cents -= sum(parts)
        for case, part in zip(found, parts, strict=True):
            case.append(part)
    ahead = prorate(cents, coming)
    for case, part in zip(found, ahead, strict=True):
        case.append(part)
    return found, cents - sum(ahead)
