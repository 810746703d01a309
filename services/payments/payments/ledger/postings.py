"""The posting rules: which journal entries an event makes, as pure functions of the event; a table at the end.

Of a receipt and a disbursement the history is needed too: what is taken back is the mirror of what was posted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from payments.domain.account.events import AccountEvent
from payments.domain.disbursement import Disbursement
from payments.domain.receipt import Receipt
from payments.ledger import debt_postings, disbursement_postings, money_postings
from payments.ledger.entries import Cause, JournalEntry


def entries_of(state: Any, events: Sequence[Any], stream: str, version: int) -> list[JournalEntry]:
    """The entries of an aggregate's newest events, the last of which has this version; `state` is that after them."""
    first = version - len(events) + 1
    found: list[JournalEntry] = []
    for offset, event in enumerate(events):
        found += _of(state, event, Cause(stream, first + offset))
    return found


def _of(state: Any, event: Any, cause: Cause) -> Iterable[JournalEntry]:
    if isinstance(state, Receipt):
        return money_postings.entries(state, event, cause)
    if isinstance(state, Disbursement):
        return disbursement_postings.entries(state, event, cause)
    return debt_postings.entries(event, cause) if isinstance(event, AccountEvent) else ()
