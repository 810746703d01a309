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

    @property
    def report_line(self) -> str:
        return f"2{'abcdefgh'[list(Source).index(self)]}"


class Kind(StrEnum):
    """What an obligation is for, in the order current support is paid (domain.md §3.6)."""

    CHILD = "CHILD"
    MEDICAL = "MEDICAL"
    SPOUSAL = "SPOUSAL"
    JUDGMENT = "JUDGMENT"
    """Principal that a court established as owed; it is never current support."""
    FEE = "FEE"
    """A fee the payor owes, as a court's; never the fees of a card or of an app."""


class Bucket(StrEnum):
    """To whom arrears are assigned: owner and reason in one word (domain.md §3.6)."""

    NEVER_ASSIGNED = "NEVER_ASSIGNED"
    UNASSIGNED_PRE_ASSISTANCE = "UNASSIGNED_PRE_ASSISTANCE"
    UNASSIGNED_DURING_ASSISTANCE = "UNASSIGNED_DURING_ASSISTANCE"
    CONDITIONALLY_ASSIGNED = "CONDITIONALLY_ASSIGNED"
    TEMPORARILY_ASSIGNED = "TEMPORARILY_ASSIGNED"
    PERMANENTLY_ASSIGNED = "PERMANENTLY_ASSIGNED"

    @property
    def owner(self) -> str:
        """Who will own what is collected on it: CP, the family, or GOV."""
        return "GOV" if self in (Bucket.TEMPORARILY_ASSIGNED, Bucket.PERMANENTLY_ASSIGNED) else "CP"


class Debt(StrEnum):
    """What a part of a collection pays."""

    CURRENT = "CURRENT"
    ARREARS = "ARREARS"
    INTEREST = "INTEREST"
    FUTURE = "FUTURE"
    NOTHING = "NOTHING"
    """Nothing is owed any more: the payor may get it back."""


class Destination(StrEnum):
    """Where a part of a collection goes."""

    FAMILY = "FAMILY"
    PASS_THROUGH = "PASS_THROUGH"  # noqa: S105
    """To the family out of what is assigned to the government."""
    GOVERNMENT = "GOVERNMENT"
    FEE = "FEE"
    """The agency's annual service fee, out of what would go to the family."""
    RECOUPED = "RECOUPED"
    """Back for what the family was sent and a bank took back; only with recorded consent."""
    HELD = "HELD"
    REFUND = "REFUND"
    """Back to the payor."""


class HoldReason(StrEnum):
    """Why money is kept for now."""

    UNIDENTIFIED = "unidentified"
    NO_CASE = "no_case"
    NO_OBLIGATION = "no_obligation"
    JOINT_RETURN = "joint_return"
    FUTURES = "futures"
    DISPUTE = "dispute"
    PAYEE_UNKNOWN = "payee_unknown"
    OVERCOLLECTION = "overcollection"

    @property
    def shown_as(self) -> str:
        """What may leave the ledger: the reason for a hold of a tax refund is federal tax information, and may only
        be told as "may be subject to adjustment" (trust.md §0.3)."""
        return "may_be_adjusted" if self is HoldReason.JOINT_RETURN else self.value


class Program(StrEnum):
    """The assistance a family gets."""

    CASH_AID = "CASH_AID"
    FOSTER_CARE = "FOSTER_CARE"


class Assistance(StrEnum):
    """How a family stands to assistance on a day."""

    NEVER = "NEVER"
    CURRENT = "CURRENT"
    FORMER = "FORMER"


class Frequency(StrEnum):
    MONTHLY = "MONTHLY"
    SEMIMONTHLY = "SEMIMONTHLY"
    BIWEEKLY = "BIWEEKLY"
    WEEKLY = "WEEKLY"


class Convention(StrEnum):
    """How interest is counted."""

    DAILY_365 = "DAILY_365"
    MONTHLY_12 = "MONTHLY_12"


class ReversalReason(StrEnum):
    """NSF: the bank took it back. MISAPPLIED: it was somebody else's. OFFSET_RETURNED: a tax agency took it back."""

    NSF = "NSF"
    MISAPPLIED = "MISAPPLIED"
    OFFSET_RETURNED = "OFFSET_RETURNED"


class PayeeType(StrEnum):
    """Who gets a disbursement: the family, the state, county or federal government, or the payor (a refund)."""

    FAMILY = "family"
    STATE = "state"
    COUNTY = "county"
    FEDERAL = "fed"
    PAYOR = "payor"


class Method(StrEnum):
    """How a disbursement travels."""

    DIRECT_DEPOSIT = "direct_deposit"
    CARD = "card"
    CHECK = "check"


class Status(StrEnum):
    """Where a disbursement is on its way."""

    PENDING = "pending"
    ISSUED = "issued"
    CLEARED = "cleared"
    RETURNED = "returned"
    STOP_PAID = "stop_paid"
    REISSUED = "reissued"
    STALE = "stale"
    VOIDED = "voided"
