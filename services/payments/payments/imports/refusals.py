"""What a refused line is told: the column, what is wrong with it, and what to do."""

from __future__ import annotations

from eventkit.decider import Rejected
from feedkit.feed import Refused

UNKNOWN_PAYOR = Refused("payor_id", "is not a known participant", "import the participant first, or leave it empty")
UNKNOWN_PAYEE = Refused("payee_id", "is not a known participant", "import the participant first")
UNKNOWN_CASE = Refused("case_id", "is not a known case", "import the case first")
NOT_THE_PAYOR = Refused("case_id", "is not a case of this payor", "correct the payor or the case, or leave it empty")
NOT_THE_PAYEE = Refused("case_id", "is not a case of this payee", "correct the payee or the case")

_BY_CODE = {
    "duplicate_id": Refused("source_id", "duplicate id with other content",
                            "use a new id; correct money with a reversal and a new line"),
    "not_positive": Refused("amount", "is not more than zero", "send a reversal for money that went back"),
    "posted_before_received": Refused("posted_on", "is before received_on", "correct the dates"),
    "unknown_receipt": Refused("source_id", "is not a known collection", "import the collection first"),
    "already_reversed": Refused("source_id", "is reversed already, with another date or reason", "leave the line out"),
    "reversed_before_received": Refused("reversed_on", "is before the collection was received", "correct the date"),
    "illegal_status": Refused("status", "cannot follow the status it has", "correct the status"),
    "status_before_last": Refused("status_on", "is before the day of the status it has", "correct the date"),
}


def refusal(rejected: Rejected) -> Refused:
    """Raises KeyError for a code no line can cause."""
    return _BY_CODE[rejected.code]
