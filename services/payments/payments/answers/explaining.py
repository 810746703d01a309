"""What became of a receipt, as steps for its payor and for the payee of a case; the agency's view is `explanation`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from eventkit.decider import Rejected
from payments.answers import explaining_payee
from payments.answers.moment import NOW, Moment
from payments.answers.payments_made import paid
from payments.answers.receipts import WAITS_FOR_PAYOR, goes_on_from_futures, known, source_told
from payments.answers.steps import step
from payments.domain.receipt import (
    CollectionDistributed,
    CollectionHeld,
    CollectionIdentified,
    CollectionReceived,
    CollectionReversed,
    DistributionUndone,
    HoldReleased,
    Receipt,
    ReceiptEvent,
    receipt,
)
from payments.domain.words import Debt, Destination, HoldReason

Steps = Iterator[dict[str, Any]]


def explain_to_payor(conn: Connection, receipt_id: str, moment: Moment = NOW) -> dict[str, Any]:
    """{"receipt_id", "steps": [{"code", ...}]}, codes and params as `steps.STEPS` lists them. What of it is held for a
    family, kept or sent is not told: it is not the payor's. Raises Rejected `unknown_receipt`."""
    state = _state(conn, receipt_id, moment)
    return {"receipt_id": receipt_id,
            "steps": [found for event in state.history for found in _told_to_payor(event, state)]}


def explain_to_payee(conn: Connection, receipt_id: str, case_id: str, moment: Moment = NOW) -> dict[str, Any]:
    """As above, for one case: {"case_id", "steps"}. Nothing of the payor, the source or other cases.

    Raises Rejected `unknown_receipt`, also where nothing of it was for the case.
    """
    state = _state(conn, receipt_id, moment)
    steps = explaining_payee.steps(conn, receipt_id, state, case_id, moment)
    if not steps:
        raise Rejected("unknown_receipt")
    return {"case_id": case_id, "steps": steps}


def _state(conn: Connection, receipt_id: str, moment: Moment) -> Receipt:
    told = known(conn, [receipt_id], moment).get(receipt_id)
    if told is None:
        raise Rejected("unknown_receipt")
    state: Receipt = receipt.fold(one.event for one in told)
    return state


def _told_to_payor(event: ReceiptEvent, state: Receipt) -> Steps:
    match event:
        case CollectionReceived():
            yield step("received", on=event.received_on, amount_cents=event.amount_cents,
                       source=source_told(event.source), method=event.method)
        case CollectionIdentified():
            yield step("identified", on=event.on)
        case CollectionHeld():
            yield step("waits", on=event.on, amount_cents=event.amount_cents, reason=event.reason.shown_as)
        case CollectionDistributed():
            yield from _distributed(event, state)
        case HoldReleased():
            yield from _released(event)
        case DistributionUndone():
            yield step("redone", on=event.on)
        case CollectionReversed():
            yield step("reversed", on=event.reversed_on, amount_cents=event.amount_cents, reason=event.reason)


def _distributed(event: CollectionDistributed, state: Receipt) -> Steps:
    cases = {share.case_id for share in event.shares if share.debt is not Debt.NOTHING}
    if len(cases) > 1:
        yield step("shared_among_cases", cases=len(cases))
    if not goes_on_from_futures(event, state):
        for row in paid(Receipt((state.history[0], event))):
            yield step("paid", **row)
    for share in event.shares:
        if share.hold is HoldReason.OVERCOLLECTION:
            yield step("waits", on=event.applied_on, amount_cents=share.cents, reason=share.hold.shown_as)


def _released(event: HoldReleased) -> Steps:
    if event.to is Destination.REFUND:
        yield step("refunded", on=event.on, amount_cents=event.cents)
    elif event.reason in WAITS_FOR_PAYOR:
        yield step("wait_over", on=event.on, amount_cents=event.cents, reason=event.reason.shown_as)
