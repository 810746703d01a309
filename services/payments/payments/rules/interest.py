"""Simple interest on unpaid installments: rates by due date, two ways of counting, exact until it is rounded once.

Interest runs from an installment's due date (Code Civ. Proc. §685.020) on what is open of its principal, never on
interest. It is kept exact over all installments of an obligation and rounded, half a cent up, only when it is posted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from payments.domain.words import Convention
from payments.rules.effective import ALWAYS, Dated, in_force
from payments.rules.months import month_of, next_month

# Basis points a year, by the day an installment fell due.
RATES = (
    Dated("interest.7", ALWAYS, 700, "7% on what fell due before 1983; domain.md §3.5"),
    Dated("interest.10", date(1983, 1, 1), 1_000, "Cal. Code Civ. Proc. §685.010; domain.md §3.5"),
)

_YEAR = {Convention.DAILY_365: 365, Convention.MONTHLY_12: 12}
Movements = Sequence[tuple[date, int]]
"""What changed an installment: the day it counts for, and cents; charges are positive, credits negative."""


@dataclass(frozen=True)
class InterestTerms:
    """`rate_bp` is the order's own rate in basis points a year (another state's, or 600 for active duty); None: the
    statute's. With `grace`, what is paid inside the due month bears no interest (domain.md §3.5)."""

    convention: Convention = Convention.DAILY_365
    rate_bp: int | None = None
    grace: bool = True


BY_STATUTE = InterestTerms()

def accrued(installments: Iterable[tuple[date, Movements]], until: date, terms: InterestTerms) -> int:
    """Cents of interest on (due date, movements) from each due date to `until`, which does not count itself."""
    count = _days if terms.convention is Convention.DAILY_365 else _months
    units = 0
    for due, movements in installments:
        if due < until:
            rate = in_force(RATES, due).value if terms.rate_bp is None else terms.rate_bp
            units += rate * count(due, movements, until, terms.grace)
    return rounded(units, 10_000 * _YEAR[terms.convention])


def rounded(numerator: int, denominator: int) -> int:
    """Half up, away from zero for neither sign: accrued interest is never negative."""
    return (2 * numerator + denominator) // (2 * denominator)


def _days(due: date, movements: Movements, until: date, grace: bool) -> int:
    """Cent-days: what is open, times the days it is."""
    total = 0
    since, left = due, 0
    for on, cents in sorted((_counts_from(due, on, grace), cents) for on, cents in movements):
        if on >= until:
            break
        total += max(left, 0) * (on - since).days
        since, left = on, left + cents
    return total + max(left, 0) * (until - since).days


def _months(due: date, movements: Movements, until: date, grace: bool) -> int:
    """Cent-months: a month counts with what is open at its end, and only when it is over."""
    total, month, end = 0, month_of(due), month_of(until)
    dated = sorted((_counts_from(due, on, grace), cents) for on, cents in movements)
    left, place = 0, 0
    while month < end:
        month = next_month(month)
        while place < len(dated) and dated[place][0] < month:
            left += dated[place][1]
            place += 1
        if place == len(dated):  # nothing changes any more: the rest at once
            months = (end.year - month.year) * 12 + end.month - month.month + 1
            return total + max(left, 0) * months
        total += max(left, 0)
    return total


def _counts_from(due: date, on: date, grace: bool) -> date:
    """A credit that is taken back counts from the same day as the credit did, so grace leaves no trace of either."""
    if on <= due or (grace and month_of(on) == month_of(due)):
        return due
    return on
