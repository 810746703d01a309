"""The steps an explanation is told in: each code, who is told it, and what it says. Texts live in the catalogues of
whoever shows them; a code that is not here is never told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

PAYOR, PAYEE = "payor", "payee"


@dataclass(frozen=True)
class Code:
    """`params` beside the code, in the dict of a step; amounts are in `*_cents`, days are ISO dates or None."""

    viewers: tuple[str, ...]
    params: tuple[str, ...]
    meaning: str


STEPS: Mapping[str, Code] = {
    "received": Code((PAYOR,), ("on", "amount_cents", "source", "method"), "the disbursement unit received it"),
    "received_for_case": Code((PAYEE,), ("on", "amount_cents"),
                              "of a payment that was received, so much was for the case"),
    "identified": Code((PAYOR,), ("on",), "whose money it is became known"),
    "waits": Code((PAYOR,), ("on", "amount_cents", "reason"), "it pays nothing yet; reason: no_case, no_obligation, "
                  "overcollection, unidentified"),
    "wait_over": Code((PAYOR,), ("on", "amount_cents", "reason"), "what waited goes on"),
    "shared_among_cases": Code((PAYOR,), ("cases",), "it was shared in proportion to what is owed on so many cases"),
    "paid": Code((PAYOR,), ("case_id", "debt", "kind", "due", "amount_cents"), "it paid this debt"),
    "refunded": Code((PAYOR,), ("on", "amount_cents"), "nothing was owed, so it goes back to the payor"),
    "to_family": Code((PAYEE,), ("on", "amount_cents", "debt"), "it is the family's"),
    "passed_through": Code((PAYEE,), ("on", "amount_cents", "debt", "rule"),
                           "it goes to the family, though it was owed to the government; by this rule"),
    "kept": Code((PAYEE,), ("on", "amount_cents", "debt"), "the government keeps it for assistance it paid"),
    "fee": Code((PAYEE,), ("on", "amount_cents", "rule"), "the annual service fee, by this rule"),
    "recouped": Code((PAYEE,), ("on", "amount_cents"), "taken back for an overpayment, as the family agreed to"),
    "held": Code((PAYEE,), ("on", "amount_cents", "reason", "until"),
                 "it waits; reason: may_be_adjusted (never with a day), futures, dispute, payee_unknown"),
    "released": Code((PAYEE,), ("on", "amount_cents"), "what was held goes to the family"),
    "sent": Code((PAYEE,), ("on", "amount_cents", "disbursement_id"), "it left with this payment"),
    "came_back": Code((PAYEE,), ("on", "amount_cents", "disbursement_id"), "that payment came back, to be sent again"),
    "redone": Code((PAYOR, PAYEE), ("on",), "it had been distributed wrongly; what follows takes the place of all"),
    "reversed": Code((PAYOR, PAYEE), ("on", "amount_cents", "reason"),
                     "it was taken back with all that it did; reason (the payor only): NSF, MISAPPLIED, "
                     "OFFSET_RETURNED"),
}


def step(code: str, **params: Any) -> dict[str, Any]:
    """Raises ValueError where the params are not those of the code."""
    if tuple(sorted(params)) != tuple(sorted(STEPS[code].params)):
        raise ValueError(f"{code} is told with {', '.join(STEPS[code].params)}")
    return {"code": code, **{name: _plain(value) for name, value in params.items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
