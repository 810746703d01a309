"""The columns of the agency's files of money."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from feedkit.columns import Column, Parse, Unusable, boolean, digits, iso_date, list_of, money, one_of, text
from payments.domain.words import (
    Bucket,
    Convention,
    Frequency,
    HoldReason,
    Kind,
    Method,
    PayeeType,
    Program,
    ReversalReason,
    Source,
    Status,
)

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


def identifier(cell: str) -> str:
    """A name in another system; colons are ours, they separate the system from its id."""
    if not _IDENTIFIER.fullmatch(cell):
        raise Unusable("is not an identifier", "use up to 64 letters, digits and . _ / -")
    return cell


def money_or_nothing(cell: str) -> int:
    """Like `money`; 0 is an amount too."""
    return 0 if re.fullmatch(r"0+(\.0{1,2})?", cell) else money(cell)


def percent(cell: str) -> int:
    """`10` or `7.25`, to basis points; 0 to 100."""
    if not _PERCENT.fullmatch(cell) or Decimal(cell) > 100:
        raise Unusable("is not a percentage", "write it as 10 or 7.25, between 0 and 100")
    return int(Decimal(cell) * 100)


def _words(words: type[StrEnum]) -> Parse:
    return one_of(*(word.value for word in words))


_KEY = (Column("source_system", identifier), Column("source_id", identifier))
_participant, _case = digits(10, 15), identifier

COLLECTIONS = (
    *_KEY,
    Column("payor_id", _participant, required=False),
    Column("case_id", _case, required=False),
    Column("amount", money),
    Column("received_on", iso_date),
    Column("posted_on", iso_date),
    Column("source", _words(Source)),
    Column("method", text(40)),
    Column("joint_return", boolean, required=False),
)
IDENTIFICATIONS = (*_KEY, Column("payor_id", _participant), Column("case_id", _case, required=False))
REALLOCATIONS = (*_KEY, Column("case_ids", list_of(_case)))
REVERSALS = (*_KEY, Column("reversed_on", iso_date), Column("reason", _words(ReversalReason)))
DISBURSEMENTS = (
    *_KEY,
    Column("payee_id", text(20)),
    Column("case_id", _case, required=False),
    Column("amount", money),
    Column("issued_on", iso_date),
    Column("method", _words(Method)),
    Column("status", _words(Status)),
    Column("status_on", iso_date, required=False),
    Column("payee_type", _words(PayeeType), required=False),
)
ORDERS = (
    *_KEY,
    Column("case_id", _case),
    Column("order_id", identifier),
    Column("obligation_id", identifier),
    Column("kind", _words(Kind)),
    Column("amount", money_or_nothing),
    Column("frequency", _words(Frequency)),
    Column("effective_on", iso_date),
    Column("ends_on", iso_date, required=False),
    Column("interest_convention", _words(Convention), required=False),
    Column("interest_percent", percent, required=False),
    Column("interest_grace", boolean, required=False),
)
LIQUIDATIONS = (*_KEY, Column("case_id", _case), Column("amount", money_or_nothing), Column("effective_on", iso_date))
CHARGES = (
    *_KEY,
    Column("case_id", _case),
    Column("obligation_id", identifier),
    Column("kind", _words(Kind)),
    Column("due_on", iso_date),
    Column("amount", money),
    Column("part", one_of("principal", "interest")),
    Column("bucket", _words(Bucket), required=False),
)
CORRECTIONS = (
    *_KEY,
    Column("case_id", _case),
    Column("what", one_of("charge", "direct_payment", "compromise")),
    Column("amount", money_or_nothing),
    Column("on", iso_date),
    Column("obligation_id", identifier, required=False),
)
ASSISTANCE = (
    *_KEY,
    Column("case_id", _case),
    Column("what", one_of("started", "ended", "paid")),
    Column("on", iso_date),
    Column("program", _words(Program), required=False),
    Column("children", digits(1, 2), required=False),
    Column("amount", money, required=False),
)
HOLDS = (
    *_KEY,
    Column("case_id", _case),
    Column("what", one_of("hold", "resume")),
    Column("reason", one_of(HoldReason.DISPUTE, HoldReason.PAYEE_UNKNOWN)),
    Column("on", iso_date),
)
CONSENTS = (
    *_KEY,
    Column("case_id", _case),
    Column("document", text(80)),
    Column("on", iso_date),
    Column("percent", percent),
)
