"""A family that gets aid: how much of a month's support was passed through to it, whatever the case it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from eventkit.decider import Decider, Rejected
from payments.domain.words import registry


@registry.event("PassThroughUsed")
@dataclass(frozen=True)
class PassThroughUsed:
    """Cents of the cap of a month; negative where a payment was taken back."""

    month: date
    cents: int
    receipt_id: str


@dataclass(frozen=True)
class UsePassThrough:
    month: date
    cents: int
    receipt_id: str


@dataclass(frozen=True)
class Family:
    """The family is the participant who receives support; cents used, by month."""

    used: Mapping[str, int] = field(default_factory=dict)

    def used_in(self, month: date) -> int:
        return self.used.get(month.isoformat(), 0)


def decide(command: UsePassThrough, state: Family) -> Sequence[PassThroughUsed]:
    """Raises Rejected: below_zero."""
    if state.used_in(command.month) + command.cents < 0:
        raise Rejected("below_zero")
    return [PassThroughUsed(command.month, command.cents, command.receipt_id)] if command.cents else []


def evolve(state: Family, event: PassThroughUsed) -> Family:
    return Family({**state.used, event.month.isoformat(): state.used_in(event.month) + event.cents})


family = Decider("family", Family(), decide, evolve)
