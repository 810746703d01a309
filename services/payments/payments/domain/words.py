"""The ledger's fixed words, and the registry its events are named in."""

from __future__ import annotations

from enum import StrEnum

from eventkit.events import EventRegistry

registry = EventRegistry()


class Source(StrEnum):
    """Where a collection comes from: the lines 2a to 2h of the federal collection report (OCSE-34)."""

    FEDERAL_TAX = "FEDERAL_TAX"
    STATE_TAX = "STATE_TAX"
    UIB = "UIB"
    ADMIN_ENFORCEMENT = "ADMIN_ENFORCEMENT"
    INCOME_WITHHOLDING = "INCOME_WITHHOLDING"
    OTHER_STATE = "OTHER_STATE"
    OTHER_COUNTRY = "OTHER_COUNTRY"
    OTHER = "OTHER"


class DebtKind(StrEnum):
    """What a part of a collection is applied to."""

    CURRENT_CHILD = "CURRENT_CHILD"
    CURRENT_MEDICAL = "CURRENT_MEDICAL"
    CURRENT_SPOUSAL = "CURRENT_SPOUSAL"
    ARREARS = "ARREARS"


class HoldReason(StrEnum):
    """Why money is kept for now instead of being applied."""

    UNIDENTIFIED = "unidentified"
    NO_CASE = "no_case"


class ReversalReason(StrEnum):
    """NSF: the bank took it back. MISAPPLIED: it was somebody else's."""

    NSF = "NSF"
    MISAPPLIED = "MISAPPLIED"


class Method(StrEnum):
    """How a disbursement travels."""

    DIRECT_DEPOSIT = "direct_deposit"
    CARD = "card"
    CHECK = "check"


class Status(StrEnum):
    """Where a disbursement is on its way."""

    ISSUED = "issued"
    CLEARED = "cleared"
    RETURNED = "returned"
    STOP_PAID = "stop_paid"
    REISSUED = "reissued"
    STALE = "stale"
    VOIDED = "voided"
