"""What follows from a receipt's history: what stands of it, what waits, and what is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payments.domain.distribution.share import Share
from payments.domain.receipt.events import (
    CollectionDistributed,
    CollectionHeld,
    CollectionReceived,
    CollectionReversed,
    DistributionUndone,
    HoldReleased,
    ReceiptEvent,
)
from payments.domain.words import Destination, HoldReason


@dataclass(frozen=True)
class Hold:
    """Money that waits; `share` where it is part of a distribution."""

    number: int
    reason: HoldReason
    case_id: str
    cents: int
    since: date
    until: date | None
    share: Share | None = None


@dataclass(frozen=True)
class Receipt:
    """Its whole history, which is short; the version of an event is its place in it, counted from 1."""

    history: tuple[ReceiptEvent, ...] = ()

    @property
    def received(self) -> CollectionReceived | None:
        first = self.history[0] if self.history else None
        return first if isinstance(first, CollectionReceived) else None

    @property
    def reversal(self) -> CollectionReversed | None:
        last = self.history[-1] if self.history else None
        return last if isinstance(last, CollectionReversed) else None

    @property
    def payor_id(self) -> str | None:
        """The payor as last known; an identification knows more than the sender did."""
        known = [event.payor_id for event in self.history if event.payor_id]
        return known[-1] if known else None

    @property
    def standing(self) -> tuple[tuple[int, ReceiptEvent], ...]:
        """What was not taken back since, with its versions; nothing once all is."""
        undone: set[int] = set()
        for event in self.history:
            if isinstance(event, DistributionUndone | CollectionReversed):
                undone |= set(event.undoes)
        return tuple((version, event) for version, event in enumerate(self.history, start=1)
                     if version not in undone and not isinstance(event, DistributionUndone | CollectionReversed))

    @property
    def distributions(self) -> tuple[CollectionDistributed, ...]:
        return tuple(event for _, event in self.standing if isinstance(event, CollectionDistributed))

    @property
    def number(self) -> int:
        """Of the next distribution."""
        return 1 + sum(isinstance(event, CollectionDistributed) for event in self.history)

    @property
    def all_holds(self) -> tuple[Hold, ...]:
        """Every hold that stands or was released."""
        found: list[Hold] = []
        received = self.received
        for _, event in self.standing:
            if isinstance(event, CollectionHeld):
                found.append(Hold(event.hold, event.reason, "-", event.amount_cents, event.on, None))
            if isinstance(event, CollectionDistributed) and received:
                held = [share for share in event.shares if share.to is Destination.HELD]
                found += [Hold(number, share.hold or HoldReason.DISPUTE, share.case_id, share.cents,
                               received.posted_on, share.until, share)
                          for number, share in enumerate(held, start=event.first_hold)]
        return tuple(found)

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Those that are not over."""
        released = {event.hold for _, event in self.standing if isinstance(event, HoldReleased)}
        return tuple(hold for hold in self.all_holds if hold.number not in released)

    @property
    def next_hold(self) -> int:
        """The number of the next one; numbers are never given twice, taken back or not."""
        return 1 + sum(_holds_in(event) for event in self.history)

    @property
    def waiting(self) -> int:
        """Cents that are neither distributed nor held."""
        if self.received is None or self.reversal:
            return 0
        return (self.received.amount_cents - sum(hold.cents for hold in self.holds)
                - sum(share.cents for event in self.distributions for share in event.shares
                      if share.to is not Destination.HELD)
                - sum(event.cents for _, event in self.standing if isinstance(event, HoldReleased) and event.to))


def _holds_in(event: ReceiptEvent) -> int:
    if isinstance(event, CollectionDistributed):
        return sum(share.to is Destination.HELD for share in event.shares)
    return int(isinstance(event, CollectionHeld))
