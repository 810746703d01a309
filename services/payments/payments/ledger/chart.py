"""The chart of accounts: every account the journal may use, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """`parts` are what the account is kept by; an account's key is its code and the parts, joined by colons.

    Code letters: A assets, L liabilities, R revenue. Debits are positive cents, credits negative.
    """

    code: str
    parts: tuple[str, ...]
    meaning: str

    def key(self, *values: str) -> str:
        """Raises ValueError where the number of parts is wrong or one is empty."""
        if len(values) != len(self.parts) or not all(values):
            raise ValueError(f"{self.code} is kept by {', '.join(self.parts) or 'nothing further'}")
        return ":".join((self.code, *values))


SDU_CASH = Account("A:SDU_CASH", (), "money the disbursement unit has")
RECV_NCP = Account("A:RECV_NCP", ("case", "kind", "bucket", "prin|int"), "what a payor owes")
RECV_CP_OVERPAY = Account("A:RECV_CP_OVERPAY", ("case",), "what a family was sent and must give back, with consent")
UNIDENTIFIED = Account("L:UNIDENTIFIED", (), "money of nobody knows whom")
UNDISTRIBUTED = Account("L:UNDISTRIBUTED", ("case", "hold"), "money that is known but not yet on its way")
PAYABLE_CP = Account("L:PAYABLE_CP", ("case",), "money that is to go to the family")
PAYABLE_GOV = Account("L:PAYABLE_GOV", ("state|county|fed",), "money kept for aid that was paid")
REFUND_NCP = Account("L:REFUND_NCP", ("participant",), "money that goes back to a payor")
OWED_TO = Account("L:OWED_TO", ("CP|GOV", "case", "kind", "bucket", "prin|int"),
                  "who will own what a payor owes; contra of A:RECV_NCP")
FEES = Account("R:FEES", (), "annual service fees kept")

CHART = (SDU_CASH, RECV_NCP, RECV_CP_OVERPAY, UNIDENTIFIED, UNDISTRIBUTED, PAYABLE_CP, PAYABLE_GOV, REFUND_NCP,
         OWED_TO, FEES)

NO_CASE = "-"
"""Stands for the case where money is not tied to one yet."""

NEW = "new"
"""The hold of money between its receipt and the decision on it, which falls in the same moment."""

ADVANCE = "ADVANCE"
"""The kind of what was paid ahead, its bucket being the owner: a credit on `A:RECV_NCP` until it pays a charge."""
