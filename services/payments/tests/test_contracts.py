"""What leaves payments, and that its contracts are what the code says."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from eventkit.store import Metadata, Recorded
from payments.definition import definition
from payments.domain.disbursement import DisbursementIssued, DisbursementStatusChanged
from payments.domain.receipt import (
    AppliedPart,
    CollectionApplied,
    CollectionHeld,
    CollectionReceived,
    CollectionReversed,
)
from payments.domain.words import DebtKind, HoldReason, Method, ReversalReason, Source, Status, registry
from payments.publishing import PUBLISHED, publish
from servicekit import contracts

CONTRACTS = Path(__file__).parents[1] / "contracts"
DAY = date(2026, 3, 2)
EVENTS = {
    CollectionReceived("p1", "c1", 500, DAY, DAY, Source.OTHER, "CHECK", "d"): (
        "collection_received", {"receipt_id": "SDU:1", "payor_id": "p1", "case_id": "c1", "amount_cents": 500,
                                "received_on": "2026-03-02", "posted_on": "2026-03-02", "source": "OTHER",
                                "method": "CHECK"}),
    CollectionApplied("p1", (AppliedPart("c1", DebtKind.CURRENT_CHILD, 500),)): (
        "collection_applied", {"receipt_id": "SDU:1", "payor_id": "p1", "applied": [
            {"case_id": "c1", "kind": "CURRENT_CHILD", "amount_cents": 500}]}),
    CollectionHeld(None, 500, HoldReason.UNIDENTIFIED): (
        "collection_held", {"receipt_id": "SDU:1", "payor_id": None, "amount_cents": 500, "reason": "unidentified"}),
    CollectionReversed("p1", 500, DAY, ReversalReason.NSF, (1, 2)): (
        "collection_reversed", {"receipt_id": "SDU:1", "payor_id": "p1", "amount_cents": 500,
                                "reversed_on": "2026-03-02", "reason": "NSF"}),
    DisbursementIssued("p3", "c1", 500, DAY, Method.CARD, "d"): (
        "disbursement_issued", {"disbursement_id": "SDU:1", "payee_id": "p3", "case_id": "c1", "amount_cents": 500,
                                "issued_on": "2026-03-02", "method": "card", "status": "issued"}),
    DisbursementStatusChanged("p3", Status.CLEARED, DAY): (
        "disbursement_status_changed", {"disbursement_id": "SDU:1", "payee_id": "p3", "status": "cleared",
                                        "on": "2026-03-02"}),
}


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_each_event_leaves_as_one_public_event(event):
    name, data = EVENTS[event]
    stream = "disbursement-SDU:1" if name.startswith("disbursement") else "receipt-SDU:1"
    recorded = Recorded(stream, 1, event, "id", datetime(2026, 3, 2, tzinfo=UTC), Metadata("a", "feed", "c", "c"))
    [public] = publish(recorded)
    assert (public.type, public.subject, public.data) == (f"payments.{name}.v1", "SDU:1", data)


def test_every_event_that_is_stored_is_published():
    stored = {registry.kind_of(event).name for event in EVENTS}
    assert stored == {name for name, _ in registry.names()}
    assert set(PUBLISHED) == {type(event) for event in EVENTS}


def test_the_contracts_are_current_and_unchanged():
    assert contracts.check(definition.catalog, CONTRACTS) == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_a_stored_event_is_read_back_as_it_was(event):
    assert registry.decode(*registry.encode(event)) == event
