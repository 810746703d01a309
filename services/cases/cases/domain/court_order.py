"""A court order of a case; what has to be paid under it is for payments to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.domain.registry import registry
from eventkit.decider import Decider, Rejected

TEMPORARY, FINAL, MODIFIED = "temporary", "final", "modified"
NEXT = {TEMPORARY: (FINAL, MODIFIED), FINAL: (MODIFIED,), MODIFIED: ()}


@dataclass(frozen=True)
class Details:
    case_id: str
    court: str
    court_case_number: str | None
    type: str
    filed_on: date
    effective_on: date
    health_insurance: str
    income_withholding: bool


@registry.event("OrderRecorded")
@dataclass(frozen=True)
class OrderRecorded:
    """`details` is the whole new state."""

    order_id: str
    details: Details


@dataclass(frozen=True)
class RecordOrder:
    """The agency says: this is what we have on file of it now. `today` is the day it says so."""

    order_id: str
    details: Details
    today: date


@dataclass(frozen=True)
class CourtOrder:
    """`before` is what was said until the last."""

    details: Details | None = None
    before: tuple[Details, ...] = ()


def decide(command: RecordOrder, state: CourtOrder) -> Sequence[OrderRecorded]:
    """Refuses `filed_in_the_future`, `another_case`, `superseded` (an older file) and `type_cannot_follow`."""
    new, now = command.details, state.details
    if new == now:
        return []
    if new.filed_on > command.today:
        raise Rejected("filed_in_the_future")
    if now:
        if new.case_id != now.case_id:
            raise Rejected("another_case")
        if new in state.before:
            raise Rejected("superseded")
        if new.type != now.type and new.type not in NEXT[now.type]:
            raise Rejected("type_cannot_follow")
    return [OrderRecorded(command.order_id, new)]


def evolve(state: CourtOrder, event: OrderRecorded) -> CourtOrder:
    return CourtOrder(event.details, (*state.before, state.details) if state.details else ())


court_order = Decider("order", CourtOrder(), decide, evolve)
