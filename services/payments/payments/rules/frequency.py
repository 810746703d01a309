"""What an order of another rhythm comes to in a month."""

from __future__ import annotations

from fractions import Fraction

from payments.domain.words import Frequency

# Times a month: 52 weeks or 26 fortnights in 12 months.
TIMES_A_MONTH = {Frequency.MONTHLY: Fraction(1), Frequency.SEMIMONTHLY: Fraction(2),
                 Frequency.BIWEEKLY: Fraction(26, 12), Frequency.WEEKLY: Fraction(52, 12)}


def monthly_cents(cents: int, frequency: Frequency) -> int:
    """Half a cent up."""
    exact = cents * TIMES_A_MONTH[frequency]
    return int(exact + Fraction(1, 2))
