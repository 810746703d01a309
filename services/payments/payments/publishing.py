"""The one place that says what leaves payments: each domain event and the public event it becomes; a table at the end.

Buckets stay here: they tell whether a family gets assistance. So does the reason a tax refund is held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from eventkit.public import PublicEvent
from eventkit.store import Recorded
from payments.domain.account.events import (
    AdvanceApplied,
    AdvanceReturned,
    ChargeCorrected,
    ChargePosted,
    CreditPart,
    CreditReversed,
    DebtCompromised,
    DirectPaymentCredited,
    InterestAccrued,
    InterestCharged,
    InterestCorrected,
    LiquidationSet,
    ObligationSet,
    PaymentCredited,
    SurplusMoved,
)
from payments.domain.disbursement import DisbursementIssued, DisbursementPlanned, DisbursementStatusChanged
from payments.domain.distribution.plan import NO_CASE
from payments.domain.distribution.share import Share
from payments.domain.receipt import (
    CollectionDistributed,
    CollectionHeld,
    CollectionIdentified,
    CollectionReceived,
    CollectionReversed,
    DistributionUndone,
    HoldReleased,
)
from payments.domain.statement import StatementIssued
from payments.domain.words import Debt, HoldReason, Kind, PayeeType, Status
from payments.public_events import catalog

Data = dict[str, Any]


def publish(recorded: Recorded) -> Sequence[PublicEvent]:
    """Events that are not in the table concern nobody outside."""
    if (rule := PUBLISHED.get(type(recorded.event))) is None:
        return ()
    name, version, data_of = rule
    subject = recorded.stream.partition("-")[2]
    data = data_of(subject, recorded.event)
    return [catalog.make(name, version, subject, data)] if data else ()


def _received(receipt_id: str, event: CollectionReceived) -> Data:
    return {"receipt_id": receipt_id, "payor_id": event.payor_id, "case_id": event.case_id,
            "amount_cents": event.amount_cents, "received_on": event.received_on.isoformat(),
            "posted_on": event.posted_on.isoformat(), "source": event.source.value, "method": event.method}


def _identified(receipt_id: str, event: CollectionIdentified) -> Data:
    return {"receipt_id": receipt_id, "payor_id": event.payor_id, "amount_cents": event.amount_cents,
            "on": event.on.isoformat()}


def _held(receipt_id: str, event: CollectionHeld) -> Data:
    return {"receipt_id": receipt_id, "payor_id": event.payor_id, "amount_cents": event.amount_cents,
            "reason": event.reason.shown_as}


def _distributed(receipt_id: str, event: CollectionDistributed) -> Data:
    cents = sum(share.cents for share in event.shares)
    return {"receipt_id": receipt_id, "payor_id": event.payor_id, "number": event.number, "amount_cents": cents,
            "received_on": event.received_on.isoformat(), "applied_on": event.applied_on.isoformat(),
            "shares": [_share(share) for share in event.shares], "rules": list(event.rules)}


def _share(share: Share) -> Data:
    told = share.until if share.hold is not HoldReason.JOINT_RETURN else None
    return {"case_id": share.case_id, "debt": share.debt.value, "kind": share.kind and share.kind.value,
            "due": _iso(share.due), "amount_cents": share.cents, "to": share.to.value, "rule": share.rule,
            "hold": share.hold and share.hold.shown_as, "until": _iso(told)}


def _released(receipt_id: str, event: HoldReleased) -> Data:
    return {"receipt_id": receipt_id, "payor_id": event.payor_id,
            "case_id": None if event.case_id == NO_CASE else event.case_id, "amount_cents": event.cents,
            "reason": event.reason.shown_as, "to": event.to and event.to.value, "on": event.on.isoformat()}


def _undone(receipt_id: str, event: DistributionUndone) -> Data:
    return {"receipt_id": receipt_id, "payor_id": event.payor_id, "on": event.on.isoformat()}


def _reversed(receipt_id: str, event: CollectionReversed) -> Data:
    return {"receipt_id": receipt_id, "payor_id": event.payor_id, "amount_cents": event.amount_cents,
            "reversed_on": event.reversed_on.isoformat(), "reason": event.reason.value}


def _obligation(case_id: str, event: ObligationSet) -> Data:
    return {"case_id": case_id, "obligation_id": event.obligation_id, "kind": event.kind.value,
            "effective_on": event.effective_on.isoformat(), "monthly_cents": event.monthly_cents,
            "ends_on": _iso(event.ends_on)}


def _liquidation(case_id: str, event: LiquidationSet) -> Data:
    return {"case_id": case_id, "effective_on": event.effective_on.isoformat(), "monthly_cents": event.monthly_cents}


def _charged(case_id: str, event: ChargePosted) -> Data:
    return _debt(case_id, "charge_posted", event.due, [_principal(event.kind, event.due, event.cents)])


def _corrected(case_id: str, event: ChargeCorrected) -> Data:
    return _debt(case_id, "charge_corrected", event.due, [_principal(event.kind, event.due, event.cents)])


def _brought_interest(case_id: str, event: InterestCharged) -> Data:
    return _debt(case_id, "interest_brought", event.on, [_change(event.kind, None, "interest", event.cents)])


def _interest(case_id: str, event: InterestAccrued | InterestCorrected) -> Data:
    reason, on = (("interest_accrued", event.month) if isinstance(event, InterestAccrued) else
                  ("interest_corrected", event.through))
    cents = sum(part.cents for part in event.parts)
    return _debt(case_id, reason, on, [_change(event.kind, None, "interest", cents)])


def _surplus(case_id: str, event: SurplusMoved | AdvanceReturned) -> Data:
    reason = "surplus_moved" if isinstance(event, SurplusMoved) else "advance_returned"
    return _debt(case_id, reason, event.on, [_principal(event.kind, event.due, event.cents),
                                             _change(event.kind, None, "advance", -event.cents)])


def _advance(case_id: str, event: AdvanceApplied) -> Data:
    return _debt(case_id, "advance_applied", event.on, [_principal(event.kind, event.due, -event.cents),
                                                        _change(event.kind, None, "advance", event.cents)])


def _credited(case_id: str, event: PaymentCredited) -> Data:
    return _debt(case_id, "payment_credited", event.on, _less(event.parts))


def _credit_reversed(case_id: str, event: CreditReversed) -> Data:
    return _debt(case_id, "credit_reversed", event.on, _less(event.parts, sign=1))


def _direct(case_id: str, event: DirectPaymentCredited) -> Data:
    return _debt(case_id, "direct_payment_credited", event.on, _less(event.parts))


def _compromised(case_id: str, event: DebtCompromised) -> Data:
    return _debt(case_id, "debt_compromised", event.on, _less(event.parts))


def _less(parts: Iterable[CreditPart], sign: int = -1) -> list[Data]:
    found = []
    for part in parts:
        what = {Debt.INTEREST: "interest", Debt.FUTURE: "advance"}.get(part.debt, "principal")
        found.append(_change(part.kind or Kind.CHILD, part.due, what, sign * part.cents))
    return found


def _principal(kind: Kind, due: date, cents: int) -> Data:
    return _change(kind, due, "principal", cents)


def _change(kind: Kind, due: date | None, what: str, cents: int) -> Data:
    """What is paid ahead is of no kind yet; it is told as the first one."""
    told = Kind.CHILD if what == "advance" else kind
    return {"kind": told.value, "due": _iso(due), "what": what, "cents": cents}


def _debt(case_id: str, reason: str, on: date, changes: list[Data]) -> Data:
    kept = [change for change in changes if change["cents"]]
    return {"case_id": case_id, "reason": reason, "on": on.isoformat(), "changes": kept} if kept else {}


def _planned(disbursement_id: str, event: DisbursementPlanned) -> Data:
    return _sent(disbursement_id, event, Status.PENDING)


def _issued(disbursement_id: str, event: DisbursementIssued) -> Data:
    found = _sent(disbursement_id, event, Status.ISSUED)
    lots = [{"received_on": lot.received_on.isoformat(), "debt": lot.debt.value, "to": lot.to.value,
             "amount_cents": lot.cents} for lot in event.lots]
    return {**found, "lots": lots, "ahead_cents": event.ahead} if found else {}


def _sent(disbursement_id: str, event: DisbursementPlanned | DisbursementIssued, status: Status) -> Data:
    """What governments get is nobody's payment."""
    payment = event.payment
    if payment.payee_type not in (PayeeType.FAMILY, PayeeType.PAYOR):
        return {}
    return {"disbursement_id": disbursement_id, "payee_type": payment.payee_type.value, "payee_id": payment.payee_id,
            "case_id": payment.case_id, "amount_cents": payment.amount_cents, "issued_on": event.on.isoformat(),
            "method": payment.method.value, "status": status.value, "lots": [], "ahead_cents": 0}


def _status_changed(disbursement_id: str, event: DisbursementStatusChanged) -> Data:
    if event.payment.payee_type not in (PayeeType.FAMILY, PayeeType.PAYOR):
        return {}
    return {"disbursement_id": disbursement_id, "payee_id": event.payment.payee_id, "status": event.status.value,
            "on": event.on.isoformat()}


def _statement(_id: str, event: StatementIssued) -> Data:
    return {**event.told, "month": event.month.isoformat(), "number": event.number, "replaces": event.replaces,
            "issued_on": event.issued_on.isoformat()}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


PUBLISHED: Mapping[type, tuple[str, int, Callable[[str, Any], Data]]] = {
    CollectionReceived: ("collection_received", 1, _received),
    CollectionIdentified: ("collection_identified", 1, _identified),
    CollectionHeld: ("collection_held", 1, _held),
    CollectionDistributed: ("collection_distributed", 1, _distributed),
    HoldReleased: ("hold_released", 1, _released),
    DistributionUndone: ("distribution_undone", 1, _undone),
    CollectionReversed: ("collection_reversed", 1, _reversed),
    ObligationSet: ("obligation_set", 1, _obligation),
    LiquidationSet: ("liquidation_set", 1, _liquidation),
    ChargePosted: ("debt_changed", 1, _charged),
    ChargeCorrected: ("debt_changed", 1, _corrected),
    InterestCharged: ("debt_changed", 1, _brought_interest),
    InterestAccrued: ("debt_changed", 1, _interest),
    InterestCorrected: ("debt_changed", 1, _interest),
    SurplusMoved: ("debt_changed", 1, _surplus),
    AdvanceReturned: ("debt_changed", 1, _surplus),
    AdvanceApplied: ("debt_changed", 1, _advance),
    PaymentCredited: ("debt_changed", 1, _credited),
    CreditReversed: ("debt_changed", 1, _credit_reversed),
    DirectPaymentCredited: ("debt_changed", 1, _direct),
    DebtCompromised: ("debt_changed", 1, _compromised),
    StatementIssued: ("statement_issued", 1, _statement),
    DisbursementPlanned: ("disbursement_issued", 2, _planned),
    DisbursementIssued: ("disbursement_issued", 2, _issued),
    DisbursementStatusChanged: ("disbursement_status_changed", 1, _status_changed),
}
