"""What the payee of a case is told of a receipt: its part for the case, and where that went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from payments.answers.moment import Moment, history
from payments.answers.receipts import goes_on_from_futures
from payments.answers.steps import step
from payments.domain.account.account import account
from payments.domain.account.events import LotsDrawn, LotsRestored
from payments.domain.distribution.share import Share
from payments.domain.receipt import (
    CollectionDistributed,
    CollectionReversed,
    DistributionUndone,
    HoldReleased,
    Receipt,
    ReceiptEvent,
)
from payments.domain.words import Destination, HoldReason
from payments.worklists import payouts

Steps = Iterator[dict[str, Any]]


def steps(conn: Connection, receipt_id: str, state: Receipt, case_id: str, moment: Moment) -> list[dict[str, Any]]:
    """Nothing where nothing of the receipt was for the case."""
    told = [found for event in state.history for found in _of(event, state, case_id)]
    if not any(found["code"] == "received_for_case" for found in told):
        return []
    taken_back = [found for found in told[-1:] if found["code"] == "reversed"]
    before = told[: len(told) - len(taken_back)]
    return [*before, *_sent(conn, receipt_id, case_id, moment), *taken_back]


def _of(event: ReceiptEvent, state: Receipt, case_id: str) -> Steps:
    match event:
        case CollectionDistributed():
            yield from _distributed(event, state, case_id)
        case HoldReleased() if event.case_id == case_id and event.to is not None:
            yield step("released", on=event.on, amount_cents=event.cents)
        case DistributionUndone():
            yield step("redone", on=event.on)
        case CollectionReversed():
            cents = sum(share.cents for d in state.history if isinstance(d, CollectionDistributed)
                        for share in d.shares if share.case_id == case_id)
            yield step("reversed", on=event.reversed_on, amount_cents=min(cents, event.amount_cents), reason=None)


def _distributed(event: CollectionDistributed, state: Receipt, case_id: str) -> Steps:
    mine = [share for share in event.shares if share.case_id == case_id]
    if mine and not goes_on_from_futures(event, state):
        yield step("received_for_case", on=event.received_on, amount_cents=sum(share.cents for share in mine))
    for share in mine:
        yield _share(share, event)


def _share(share: Share, event: CollectionDistributed) -> dict[str, Any]:
    on, cents, debt = event.applied_on, share.cents, share.debt
    match share.to:
        case Destination.PASS_THROUGH:
            return step("passed_through", on=on, amount_cents=cents, debt=debt, rule=share.rule)
        case Destination.GOVERNMENT:
            return step("kept", on=on, amount_cents=cents, debt=debt)
        case Destination.FEE:
            return step("fee", on=on, amount_cents=cents, rule=share.rule)
        case Destination.RECOUPED:
            return step("recouped", on=on, amount_cents=cents)
        case Destination.HELD:
            assert share.hold, "a held share says why"
            until = share.until if share.hold is not HoldReason.JOINT_RETURN else None
            return step("held", on=on, amount_cents=cents, reason=share.hold.shown_as, until=until)
        case Destination.FAMILY | Destination.REFUND:
            return step("to_family", on=on, amount_cents=cents, debt=debt)


def _sent(conn: Connection, receipt_id: str, case_id: str, moment: Moment) -> Steps:
    """By disbursement; the worklist says whether there is any, the account's events say what was known when."""
    mine = payouts.c.receipt_id == receipt_id, payouts.c.case_id == case_id
    if not conn.execute(select(payouts.c.payout_id).where(*mine).limit(1)).first():
        return
    stream = account.stream(case_id)
    for one in history(conn, [stream], moment).get(stream, ()):
        event = one.event
        if isinstance(event, LotsDrawn | LotsRestored) and moment.covers(event.on):
            lots = event.lots if isinstance(event, LotsDrawn) else (*event.lots, *event.settled)
            cents = sum(lot.cents for lot in lots if lot.receipt_id == receipt_id)
            if cents:
                yield step("sent" if isinstance(event, LotsDrawn) else "came_back", on=event.on, amount_cents=cents,
                           disbursement_id=event.disbursement_id)
