"""How money kept for assistance is shared between state, county and federal government, in basis points."""

from __future__ import annotations

from datetime import date

from payments.rules.effective import ALWAYS, Dated, in_force
from payments.rules.proration import prorate

# The Legislative Analyst's Office gives 45 to 50 % for state and federal each, 5 % for the county (domain.md §3.6).
GOVERNMENT_SHARES = (
    Dated("government.45_5_50", ALWAYS, {"state": 4_500, "county": 500, "fed": 5_000},
          "LAO reports 4550 and 4640; domain.md §3.6"),
)


def split(cents: int, on: date) -> dict[str, int]:
    """Cents by government; exact, whoever gets nothing left out."""
    shares = in_force(GOVERNMENT_SHARES, on).value
    parts = prorate(cents, list(shares.values()))
    return {who: part for who, part in zip(shares, parts, strict=True) if part}
