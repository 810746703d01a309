"""How long money is held, by reason; who releases what has no day of its own is a person or another event."""

from __future__ import annotations

from datetime import date

from payments.domain.words import HoldReason
from payments.rules.months import add_months, add_workdays, next_month

JOINT_RETURN_MONTHS = 6  # 45 CFR 303.72; domain.md §3.7
DETERMINATION_WORKDAYS = 15  # 22 CCR 119905: a refund is determined within 15 business days; domain.md §3.7


def release_on(reason: HoldReason, received_on: date) -> date | None:
    """The day a hold ends by itself; None where it waits for an event."""
    match reason:
        case HoldReason.JOINT_RETURN:
            return add_months(received_on, JOINT_RETURN_MONTHS)
        case HoldReason.FUTURES:
            return next_month(received_on)
        case HoldReason.OVERCOLLECTION:
            return add_workdays(received_on, DETERMINATION_WORKDAYS)
        case _:
            return None
