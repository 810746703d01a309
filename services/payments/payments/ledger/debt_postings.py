"""What events of a case's account do to the books: who owes, and who will own it; no cash moves here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from payments.domain.account.events import (
    AccountEvent,
    AdvanceApplied,
    AdvanceReturned,
    AidEnded,
    AidStarted,
    ChargeCorrected,
    ChargePosted,
    CreditPart,
    CreditReversed,
    DebtCompromised,
    DirectPaymentCredited,
    InterestAccrued,
    InterestCharged,
    InterestCorrected,
    LotsRestored,
    PaymentCredited,
    SurplusMoved,
)
from payments.domain.words import Bucket, Debt, Kind
from payments.ledger.chart import ADVANCE, OWED_TO, PAYABLE_CP, RECV_CP_OVERPAY, RECV_NCP
from payments.ledger.entries import Cause, JournalEntry, moves
from payments.rules.months import next_month

Pair = tuple[int, str, str]
PRINCIPAL, INTEREST = "prin", "int"


def entries(event: AccountEvent, cause: Cause) -> Iterator[JournalEntry]:
    """None for events that move nothing. The account's stream is named by its case."""
    rule = _TABLE.get(type(event))
    if rule is None:
        return
    case_id = cause.stream.partition("-")[2]
    for kind, on, pairs, part in rule(event, case_id):
        lines = moves(pairs)
        if lines:
            reverses = (Cause(cause.stream, event.credited_version)
                        if isinstance(event, CreditReversed) and part == 1 else None)
            yield JournalEntry(kind, on, lines, Cause(cause.stream, cause.version, part), reverses)


Found = Iterable[tuple[str, date, Iterable[Pair], int]]


def owes(case_id: str, kind: str, bucket: str, what: str, owner: str) -> tuple[str, str]:
    """The two accounts of a debt: what the payor owes, and who will own it."""
    return RECV_NCP.key(case_id, kind, bucket, what), OWED_TO.key(owner, case_id, kind, bucket, what)


def _more(cents: int, case_id: str, kind: Kind, bucket: Bucket, what: str = PRINCIPAL) -> Pair:
    """The debt grows (falls, where negative)."""
    receivable, owed = owes(case_id, kind, bucket, what, bucket.owner)
    return cents, receivable, owed


def _advance(cents: int, case_id: str, owner: str) -> Pair:
    receivable, owed = owes(case_id, ADVANCE, owner, PRINCIPAL, owner)
    return cents, receivable, owed


def _charged(event: ChargePosted, case_id: str) -> Found:
    yield "charge_posted", event.due, [_more(event.cents, case_id, event.kind, event.bucket)], 1


def _corrected(event: ChargeCorrected, case_id: str) -> Found:
    yield "charge_corrected", event.due, [_more(event.cents, case_id, event.kind, event.bucket)], 1


def _brought_interest(event: InterestCharged, case_id: str) -> Found:
    yield "interest_brought", event.on, [_more(event.cents, case_id, event.kind, event.bucket, INTEREST)], 1


def _interest(event: InterestAccrued | InterestCorrected, case_id: str) -> Found:
    name, month = (("interest_accrued", event.month) if isinstance(event, InterestAccrued) else
                   ("interest_corrected", event.through))
    yield name, _month_end(month), [_more(part.cents, case_id, event.kind, part.bucket, INTEREST)
                                    for part in event.parts], 1


def _surplus(event: SurplusMoved | AdvanceReturned, case_id: str) -> Found:
    name = "surplus_moved" if isinstance(event, SurplusMoved) else "advance_returned"
    owner = event.owner if isinstance(event, AdvanceReturned) else None
    yield name, event.on, [_more(event.cents, case_id, event.kind, event.bucket),
                           _advance(-event.cents, case_id, owner or event.bucket.owner)], 1


def _advance_applied(event: AdvanceApplied, case_id: str) -> Found:
    yield "advance_applied", event.on, [_more(-event.cents, case_id, event.kind, event.bucket),
                                        _advance(event.cents, case_id, event.owner or event.bucket.owner)], 1


def _credited(event: PaymentCredited, case_id: str) -> Found:
    yield "payment_credited", event.on, _less(event.parts, case_id), 1


def _credit_reversed(event: CreditReversed, case_id: str) -> Found:
    """The mirror of the credit, and what had been sent becomes the family's to give back."""
    yield "reversal", event.on, [(-cents, a, b) for cents, a, b in _less(event.parts, case_id)], 1
    if event.sent:
        yield ("overpayment", event.reversed_on,
               [(event.sent, RECV_CP_OVERPAY.key(case_id), PAYABLE_CP.key(case_id))], 2)


def _rebucketed(event: AidStarted | AidEnded, case_id: str) -> Found:
    pairs: list[Pair] = []
    for move in event.moves:
        for what, cents in ((PRINCIPAL, move.principal), (INTEREST, move.interest_posted - move.interest_credited)):
            pairs += [_more(-cents, case_id, move.kind, move.source, what),
                      _more(cents, case_id, move.kind, move.target, what)]
    yield "aid_started" if isinstance(event, AidStarted) else "aid_ended", event.on, pairs, 1


def _direct(event: DirectPaymentCredited, case_id: str) -> Found:
    yield "direct_payment_credited", event.on, _less(event.parts, case_id), 1


def _compromised(event: DebtCompromised, case_id: str) -> Found:
    yield "debt_compromised", event.on, _less(event.parts, case_id), 1


def _settled(event: LotsRestored, case_id: str) -> Found:
    cents = sum(lot.cents for lot in event.settled)
    if cents:
        yield ("overpayment_settled", event.on,
               [(cents, PAYABLE_CP.key(case_id), RECV_CP_OVERPAY.key(case_id))], 1)


def _less(parts: Iterable[CreditPart], case_id: str) -> list[Pair]:
    found = []
    for part in parts:
        if part.debt is Debt.FUTURE:
            found.append(_advance(-part.cents, case_id, "CP"))
        else:
            assert part.kind and part.bucket, "a debt has its kind and bucket"
            what = INTEREST if part.debt is Debt.INTEREST else PRINCIPAL
            found.append(_more(-part.cents, case_id, part.kind, part.bucket, what))
    return found


def _month_end(month: date) -> date:
    return date.fromordinal(next_month(month).toordinal() - 1)


_TABLE: Mapping[type, Callable[[Any, str], Found]] = {
    ChargePosted: _charged,
    ChargeCorrected: _corrected,
    InterestCharged: _brought_interest,
    InterestAccrued: _interest,
    InterestCorrected: _interest,
    SurplusMoved: _surplus,
    AdvanceReturned: _surplus,
    AdvanceApplied: _advance_applied,
    PaymentCredited: _credited,
    CreditReversed: _credit_reversed,
    AidStarted: _rebucketed,
    AidEnded: _rebucketed,
    DirectPaymentCredited: _direct,
    DebtCompromised: _compromised,
    LotsRestored: _settled,
}
