"""In which order a payment that is past current support pays what is owed.

By date of collection. Whether interest waits for the principal of all buckets, or of its own only, no source settles:
`interest_waits_for` is a setting of the entry (default: all, the letter of the statute).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.domain.words import Debt
from payments.rules.effective import ALWAYS, Dated


@dataclass(frozen=True)
class Order:
    passes: tuple[Debt, Debt]
    """Arrears (principal) and interest, in the order they are paid."""
    interest_waits_for: str = "all"
    """"all": a pass goes through all buckets before the next begins; "bucket": bucket by bucket."""


APPLICATION_ORDER = (
    Dated("order.interest_first", ALWAYS, Order((Debt.INTEREST, Debt.ARREARS)),
          "Cal. Code Civ. Proc. §695.221 before AB 2669 (2004); domain.md §3.5"),
    Dated("order.principal_first", date(2009, 1, 1), Order((Debt.ARREARS, Debt.INTEREST)),
          "Cal. Code Civ. Proc. §695.221 as amended by AB 2669 (2004); domain.md §3.5"),
)
