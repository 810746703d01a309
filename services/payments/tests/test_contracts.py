"""What leaves payments, and that its contracts are what the code says."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from eventkit.store import Metadata, Recorded
from payments.definition import definition
from payments.domain.account import events as account
from payments.domain.account.events import CreditPart, InterestPart, Lot
from payments.domain.disbursement import DisbursementIssued, DisbursementPlanned, DisbursementStatusChanged, Payment
from payments.domain.distribution.share import Share
from payments.domain.family import PassThroughUsed
from payments.domain.receipt import (
    CollectionDistributed,
    CollectionHeld,
    CollectionIdentified,
    CollectionReceived,
    CollectionReversed,
    CreditRef,
    DistributionUndone,
    HoldReleased,
    PassedThrough,
)
from payments.domain.statement import StatementIssued
from payments.domain.words import (
    Bucket,
    Debt,
    Destination,
    HoldReason,
    Kind,
    Method,
    PayeeType,
    Program,
    ReversalReason,
    Source,
    Status,
    registry,
)
from payments.publishing import PUBLISHED, publish
from payments.rules.interest import InterestTerms
from servicekit import contracts

CONTRACTS = Path(__file__).parents[1] / "contracts"
DAY, FIRST = date(2026, 3, 2), date(2026, 3, 1)
CHILD, NEVER = Kind.CHILD, Bucket.NEVER_ASSIGNED
LOT = Lot("SDU:1", DAY, Debt.CURRENT, Destination.FAMILY, 500)
FAMILYS = Payment(PayeeType.FAMILY, "p3", "c1", 500, Method.CARD)
STATES = Payment(PayeeType.STATE, "state", None, 500, Method.DIRECT_DEPOSIT)
PAID = CreditPart(Debt.CURRENT, 500, "o1", CHILD, FIRST, NEVER)
HELD = Share("c1", Debt.CURRENT, 500, Destination.HELD, "owner.family", "o1", CHILD, FIRST, NEVER,
             HoldReason.JOINT_RETURN, date(2026, 9, 2))
NOTHING = {"principal_cents": 0, "interest_cents": 0, "paid_ahead_cents": 0, "total_cents": 0}
STATED = {
    "case_id": "c1", "participant_ids": ["p1"], "period": {"from": "2026-03-01", "to": "2026-03-31"},
    "previous": NOTHING, "charges": [{"kind": "CHILD", "amount_cents": 500}],
    "payments": [{"received_on": "2026-03-02", "source": "OTHER", "method": "CARD", "amount_cents": 500,
                  "reversed": False}],
    "adjustments": [], "interest_posted_cents": 0, "balance": NOTHING, "current_due_cents": 0, "past_due_cents": 0,
    "interest_cents": 0, "paid_ahead_cents": 0, "total_cents": 0, "liquidation_cents": 0, "to_avoid_interest_cents": 0,
    "coupon": {"participant_id": "p1", "case_id": "c1", "amount_cents": 0, "address": ["PO Box"]}}


def share(**more):
    return {"case_id": "c1", "debt": "CURRENT", "kind": "CHILD", "due": "2026-03-01", "amount_cents": 500,
            "to": "FAMILY", "rule": "owner.family", "hold": None, "until": None, **more}


def debt(reason, *changes, on="2026-03-02"):
    return "debt_changed.v1", {"case_id": "c1", "reason": reason, "on": on, "changes": [
        {"kind": "CHILD", "due": due, "what": what, "cents": cents} for what, due, cents in changes]}


def sent(status, lots=(), ahead=0, **more):
    return "disbursement_issued.v2", {
        "disbursement_id": "SDU:1", "payee_type": "family", "payee_id": "p3", "case_id": "c1", "amount_cents": 500,
        "issued_on": "2026-03-02", "method": "card", "status": status, "lots": list(lots), "ahead_cents": ahead, **more}


# Each event that is stored, and what leaves of it: a public event with its data, or nothing.
EVENTS = [
    (CollectionReceived("p1", "c1", 500, DAY, DAY, Source.OTHER, "CHECK", "d", False), (
        "collection_received.v1", {
            "receipt_id": "SDU:1", "payor_id": "p1", "case_id": "c1", "amount_cents": 500, "received_on": "2026-03-02",
            "posted_on": "2026-03-02", "source": "OTHER", "method": "CHECK"})),
    (CollectionIdentified("p1", "c1", 500, DAY), (
        "collection_identified.v1", {"receipt_id": "SDU:1", "payor_id": "p1", "amount_cents": 500,
                                     "on": "2026-03-02"})),
    (CollectionHeld(None, 500, HoldReason.UNIDENTIFIED, DAY, 1), (
        "collection_held.v1", {"receipt_id": "SDU:1", "payor_id": None, "amount_cents": 500,
                               "reason": "unidentified"})),
    (CollectionDistributed("p1", 1, DAY, DAY, (HELD,), ("order.2009",), (CreditRef("c1", 2),), 1,
                           (PassedThrough("p3", 500),)), (
        "collection_distributed.v1", {
            "receipt_id": "SDU:1", "payor_id": "p1", "number": 1, "amount_cents": 500, "received_on": "2026-03-02",
            "applied_on": "2026-03-02", "shares": [share(to="HELD", hold="may_be_adjusted")],
            "rules": ["order.2009"]})),
    (HoldReleased("p1", 1, DAY, "c1", HoldReason.JOINT_RETURN, 500, Destination.FAMILY), (
        "hold_released.v1", {"receipt_id": "SDU:1", "payor_id": "p1", "case_id": "c1", "amount_cents": 500,
                             "reason": "may_be_adjusted", "to": "FAMILY", "on": "2026-03-02"})),
    (DistributionUndone("p1", 500, DAY, (2,)), (
        "distribution_undone.v1", {"receipt_id": "SDU:1", "payor_id": "p1", "on": "2026-03-02"})),
    (CollectionReversed("p1", 500, DAY, ReversalReason.NSF, (1, 2)), (
        "collection_reversed.v1", {"receipt_id": "SDU:1", "payor_id": "p1", "amount_cents": 500,
                                   "reversed_on": "2026-03-02", "reason": "NSF"})),
    (account.ObligationSet("o1", "order", CHILD, FIRST, 500, None, InterestTerms()), (
        "obligation_set.v1", {"case_id": "c1", "obligation_id": "o1", "kind": "CHILD", "effective_on": "2026-03-01",
                              "monthly_cents": 500, "ends_on": None})),
    (account.LiquidationSet(FIRST, 50), (
        "liquidation_set.v1", {"case_id": "c1", "effective_on": "2026-03-01", "monthly_cents": 50})),
    (account.ChargePosted("o1", CHILD, FIRST, NEVER, 500),
     debt("charge_posted", ("principal", "2026-03-01", 500), on="2026-03-01")),
    (account.ChargeCorrected("o1", CHILD, FIRST, NEVER, -100, "corrected", "x"),
     debt("charge_corrected", ("principal", "2026-03-01", -100), on="2026-03-01")),
    (account.InterestCharged("o1", CHILD, NEVER, DAY, 7), debt("interest_brought", ("interest", None, 7))),
    (account.InterestAccrued("o1", CHILD, FIRST, (InterestPart(NEVER, 4),)),
     debt("interest_accrued", ("interest", None, 4), on="2026-03-01")),
    (account.InterestCorrected("o1", CHILD, FIRST, (InterestPart(NEVER, -4),)),
     debt("interest_corrected", ("interest", None, -4), on="2026-03-01")),
    (account.SurplusMoved("o1", CHILD, FIRST, NEVER, DAY, 100),
     debt("surplus_moved", ("principal", "2026-03-01", 100), ("advance", None, -100))),
    (account.AdvanceApplied("o1", CHILD, FIRST, NEVER, DAY, 100),
     debt("advance_applied", ("principal", "2026-03-01", -100), ("advance", None, 100))),
    (account.AdvanceReturned("o1", CHILD, FIRST, NEVER, DAY, 100),
     debt("advance_returned", ("principal", "2026-03-01", 100), ("advance", None, -100))),
    (account.PaymentCredited("SDU:1", 1, DAY, (PAID,), (LOT,)),
     debt("payment_credited", ("principal", "2026-03-01", -500))),
    (account.CreditReversed("SDU:1", 1, 3, DAY, DAY, (PAID,), (LOT,), 0, 0, 0, 0, "NSF"),
     debt("credit_reversed", ("principal", "2026-03-01", 500))),
    (account.DirectPaymentCredited("x", DAY, (PAID,)),
     debt("direct_payment_credited", ("principal", "2026-03-01", -500))),
    (account.DebtCompromised("x", DAY, (CreditPart(Debt.INTEREST, 9, "o1", CHILD, None, NEVER),)),
     debt("debt_compromised", ("interest", None, -9))),
    (account.AidStarted(Program.CASH_AID, DAY, 2, ()), None),
    (account.AidEnded(DAY, ()), None),
    (account.AssistancePaid(FIRST, 500, "x"), None),
    (account.PayoutsHeld(HoldReason.DISPUTE, DAY), None),
    (account.PayoutsResumed(HoldReason.DISPUTE, DAY), None),
    (account.LotsAdded(DAY, (LOT,)), None),
    (account.LotsDrawn("SDU:1", DAY, (LOT,), 0), None),
    (account.LotsRestored("SDU:1", DAY, (LOT,), 0), None),
    (account.RecoupmentConsented("form", DAY, 2500), None),
    (PassThroughUsed(FIRST, 500, "SDU:1"), None),
    (DisbursementPlanned(FAMILYS, DAY, "d"), sent("pending")),
    (DisbursementPlanned(STATES, DAY, "d"), None),
    (DisbursementIssued(FAMILYS, DAY, "d", (LOT,), 0), sent("issued", [
        {"received_on": "2026-03-02", "debt": "CURRENT", "to": "FAMILY", "amount_cents": 500}])),
    (DisbursementIssued(FAMILYS, DAY, "d", (), 500), sent("issued", ahead=500)),
    (DisbursementIssued(STATES, DAY, "d"), None),
    (DisbursementStatusChanged(FAMILYS, Status.CLEARED, DAY), (
        "disbursement_status_changed.v1", {"disbursement_id": "SDU:1", "payee_id": "p3", "status": "cleared",
                                           "on": "2026-03-02"})),
    (DisbursementStatusChanged(STATES, Status.CLEARED, DAY), None),
    (StatementIssued("c1", FIRST, 2, 1, date(2026, 4, 2), STATED), (
        "statement_issued.v1", {**STATED, "month": "2026-03-01", "number": 2, "replaces": 1,
                                "issued_on": "2026-04-02"})),
]
NAMES = [f"{type(event).__name__}-{number}" for number, (event, _) in enumerate(EVENTS)]


def stream_of(event):
    kind = type(event).__module__.split(".")[2]
    return {"receipt": "receipt-SDU:1", "disbursement": "disbursement-SDU:1", "family": "family-p3",
            "account": "account-c1", "statement": "statement-c1:2026-03"}[kind]


@pytest.mark.parametrize("event, told", EVENTS, ids=NAMES)
def test_each_event_leaves_as_one_public_event_or_not_at_all(event, told):
    recorded = Recorded(stream_of(event), 1, event, "id", datetime(2026, 3, 2, tzinfo=UTC),
                        Metadata("a", "feed", "c", "c"))
    wanted = [(f"payments.{told[0]}", stream_of(event).partition("-")[2], told[1])] if told else []
    assert [(public.type, public.subject, public.data) for public in publish(recorded)] == wanted


def test_every_event_that_is_stored_is_looked_at_here():
    assert {registry.kind_of(event).name for event, _ in EVENTS} == {name for name, _ in registry.names()}
    assert set(PUBLISHED) == {type(event) for event, told in EVENTS if told}


def test_no_bucket_and_no_reason_for_holding_a_tax_refund_leaves():
    """A bucket tells whether a family gets assistance; the reason for the hold is federal tax information."""
    told = str([what for _, what in EVENTS])
    assert not [bucket.value for bucket in Bucket if bucket.value in told]
    assert "joint_return" not in told


def test_the_contracts_are_current_and_unchanged():
    assert contracts.check(definition.catalog, CONTRACTS) == []


@pytest.mark.parametrize("event", [event for event, _ in EVENTS], ids=NAMES)
def test_a_stored_event_is_read_back_as_it_was(event):
    assert registry.decode(*registry.encode(event)) == event
