"""The one place that says what leaves payments: each domain event and the public event it becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eventkit.public import PublicEvent
from eventkit.store import Recorded
from payments.domain.disbursement import DisbursementIssued, DisbursementStatusChanged
from payments.domain.receipt import CollectionApplied, CollectionHeld, CollectionReceived, CollectionReversed
from payments.domain.words import Status
from payments.public_events import catalog


def publish(recorded: Recorded) -> Sequence[PublicEvent]:
    name, data_of = PUBLISHED[type(recorded.event)]
    subject = recorded.stream.partition("-")[2]
    return [catalog.make(name, 1, subject, data_of(subject, recorded.event))]


def _received(receipt_id: str, event: CollectionReceived) -> dict[str, Any]:
    return {"receipt_id": receipt_id, "payor_id": event.payor_id, "case_id": event.case_id,
            "amount_cents": event.amount_cents, "received_on": event.received_on.isoformat(),
            "posted_on": event.posted_on.isoformat(), "source": event.source.value, "method": event.method}


def _applied(receipt_id: str, event: CollectionApplied) -> dict[str, Any]:
    parts = [{"case_id": part.case_id, "kind": part.kind.value, "amount_cents": part.amount_cents}
             for part in event.parts]
    return {"receipt_id": receipt_id, "payor_id": event.payor_id, "applied": parts}


def _held(receipt_id: str, event: CollectionHeld) -> dict[str, Any]:
    return {"receipt_id": receipt_id, "payor_id": event.payor_id, "amount_cents": event.amount_cents,
            "reason": event.reason.value}


def _reversed(receipt_id: str, event: CollectionReversed) -> dict[str, Any]:
    return {"receipt_id": receipt_id, "payor_id": event.payor_id, "amount_cents": event.amount_cents,
            "reversed_on": event.reversed_on.isoformat(), "reason": event.reason.value}


def _issued(disbursement_id: str, event: DisbursementIssued) -> dict[str, Any]:
    return {"disbursement_id": disbursement_id, "payee_id": event.payee_id, "case_id": event.case_id,
            "amount_cents": event.amount_cents, "issued_on": event.issued_on.isoformat(),
            "method": event.method.value, "status": Status.ISSUED.value}


def _status_changed(disbursement_id: str, event: DisbursementStatusChanged) -> dict[str, Any]:
    return {"disbursement_id": disbursement_id, "payee_id": event.payee_id, "status": event.status.value,
            "on": event.on.isoformat()}


PUBLISHED: dict[type, tuple[str, Callable[[str, Any], dict[str, Any]]]] = {
    CollectionReceived: ("collection_received", _received),
    CollectionApplied: ("collection_applied", _applied),
    CollectionHeld: ("collection_held", _held),
    CollectionReversed: ("collection_reversed", _reversed),
    DisbursementIssued: ("disbursement_issued", _issued),
    DisbursementStatusChanged: ("disbursement_status_changed", _status_changed),
}
