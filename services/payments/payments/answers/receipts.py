"""Receipts as they were known at a moment, and what of them concerns their payor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import Connection, select

from eventkit.store import Recorded
from eventkit.tables import events
from payments.answers.moment import NOW, Moment, history
from payments.domain.distribution.share import Share
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
from payments.domain.words import Destination, HoldReason, Source

WAITS_FOR_PAYOR = frozenset({HoldReason.UNIDENTIFIED, HoldReason.NO_CASE, HoldReason.NO_OBLIGATION,
                             HoldReason.OVERCOLLECTION})
"""Holds that concern the payor: the money pays nothing yet. Of all others the debt is paid, and only the payout
waits, which is the family's affair."""


def known(conn: Connection, ids: Iterable[str], moment: Moment = NOW) -> dict[str, list[Recorded]]:
    """The events of receipts, as far as they were recorded and counted by then; those that had none are left out."""
    told = history(conn, (receipt.stream(one) for one in ids), moment)
    found = {stream.partition("-")[2]: list(_counted(recorded, moment)) for stream, recorded in told.items()}
    return {one: recorded for one, recorded in found.items() if recorded}


def of_payor(conn: Connection, payor_id: str, moment: Moment = NOW) -> dict[str, Receipt]:
    """All that a payor paid, as known then, the newest first."""
    query = select(events.c.stream).distinct().where(
        events.c.name.in_(("CollectionReceived", "CollectionIdentified")), events.c.data["payor_id"].astext == payor_id)
    ids = [stream.partition("-")[2] for stream in conn.execute(query).scalars()]
    found = {one: receipt.fold(r.event for r in told) for one, told in known(conn, ids, moment).items()}
    mine = [(state.received.received_on, one) for one, state in found.items()
            if state.received and state.payor_id == payor_id]
    return {one: found[one] for _, one in sorted(mine, reverse=True)}


def shares(state: Receipt) -> Iterator[Share]:
    """Those that stand; what was held for a coming month and is distributed by now stands in its new shares only."""
    released = {event.hold for _, event in state.standing if isinstance(event, HoldReleased)}
    for distributed in state.distributions:
        hold = distributed.first_hold
        for share in distributed.shares:
            held = share.to is Destination.HELD
            if not (held and share.hold is HoldReason.FUTURES and hold in released):
                yield share
            hold += held


def shares_told_to_payor(state: Receipt) -> Iterator[Share]:
    """What was paid ahead stays paid ahead: that it was held first, and then distributed, only happens where the
    family gets assistance."""
    for distributed in state.distributions:
        if not goes_on_from_futures(distributed, state):
            yield from distributed.shares


def goes_on_from_futures(distributed: CollectionDistributed, state: Receipt) -> bool:
    """Whether it is the distribution of what was held for its month."""
    before = state.history[state.history.index(distributed) - 1]
    return isinstance(before, HoldReleased) and before.reason is HoldReason.FUTURES


def source_told(source: Source) -> str:
    """That a refund was offset, and whose, is federal tax information (trust.md §0.3)."""
    return "TAX_REFUND" if source in (Source.FEDERAL_TAX, Source.STATE_TAX) else source.value


def day_of(event: ReceiptEvent) -> date:
    """The day an event counts for."""
    match event:
        case CollectionReceived():
            return event.received_on
        case CollectionDistributed():
            return event.applied_on
        case CollectionReversed():
            return event.reversed_on
        case CollectionIdentified() | CollectionHeld() | HoldReleased() | DistributionUndone():
            return event.on


def _counted(recorded: Sequence[Recorded], moment: Moment) -> Iterator[Recorded]:
    """Up to the first event that counts for a later day."""
    for one in recorded:
        if not moment.covers(day_of(one.event)):
            return
        yield one
