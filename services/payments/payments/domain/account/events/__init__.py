"""What can have happened to a case's account. Amounts are cents; months are their first days.

Every event says all that the journal needs of it, so it is posted without looking at the ones before.
"""

from payments.domain.account.events.credits import (
    AdvanceApplied,
    AdvanceReturned,
    CreditPart,
    CreditReversed,
    DebtCompromised,
    DirectPaymentCredited,
    Lot,
    PaymentCredited,
    SurplusMoved,
)
from payments.domain.account.events.debts import (
    ChargeCorrected,
    ChargePosted,
    InterestAccrued,
    InterestCharged,
    InterestCorrected,
    InterestPart,
    LiquidationSet,
    ObligationSet,
)
from payments.domain.account.events.family import (
    AidEnded,
    AidStarted,
    AssistancePaid,
    LotsAdded,
    LotsDrawn,
    LotsRestored,
    Move,
    PayoutsHeld,
    PayoutsResumed,
    RecoupmentConsented,
)

AccountEvent = (
    ObligationSet | LiquidationSet | ChargePosted | ChargeCorrected | InterestCharged | SurplusMoved | AdvanceApplied
    | AdvanceReturned | PaymentCredited | CreditReversed | InterestAccrued | InterestCorrected | AidStarted | AidEnded
    | AssistancePaid | DirectPaymentCredited | DebtCompromised | PayoutsHeld | PayoutsResumed | LotsAdded | LotsDrawn
    | LotsRestored | RecoupmentConsented
)

__all__ = [
    "AccountEvent",
    "AdvanceApplied",
    "AdvanceReturned",
    "AidEnded",
    "AidStarted",
    "AssistancePaid",
    "ChargeCorrected",
    "ChargePosted",
    "CreditPart",
    "CreditReversed",
    "DebtCompromised",
    "DirectPaymentCredited",
    "InterestAccrued",
    "InterestCharged",
    "InterestCorrected",
    "InterestPart",
    "LiquidationSet",
    "Lot",
    "LotsAdded",
    "LotsDrawn",
    "LotsRestored",
    "Move",
    "ObligationSet",
    "PaymentCredited",
    "PayoutsHeld",
    "PayoutsResumed",
    "RecoupmentConsented",
    "SurplusMoved",
]
