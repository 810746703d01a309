"""The columns of the agency's files of money."""

from __future__ import annotations

import re

from feedkit.columns import Column, Parse, Unusable, digits, iso_date, money, one_of, text
from payments.domain.words import Method, ReversalReason, Source, Status

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")


def identifier(cell: str) -> str:
    """A name in another system; colons are ours, they separate the system from its id."""
    if not _IDENTIFIER.fullmatch(cell):
        raise Unusable("is not an identifier", "use up to 64 letters, digits and . _ / -")
    return cell


def _words(words: type[Source] | type[Method] | type[Status] | type[ReversalReason]) -> Parse:
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
)
REVERSALS = (
    *_KEY,
    Column("reversed_on", iso_date),
    Column("reason", _words(ReversalReason)),
)
DISBURSEMENTS = (
    *_KEY,
    Column("payee_id", _participant),
    Column("case_id", _case),
    Column("amount", money),
    Column("issued_on", iso_date),
    Column("method", _words(Method)),
    Column("status", _words(Status)),
    Column("status_on", iso_date, required=False),
)
