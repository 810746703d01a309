"""A court date of a case. The court is public; how each person attends is for that person to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.domain.registry import registry
from eventkit.decider import Decider, Rejected

SET, RESET, VACATED, HELD = "set", "reset", "vacated", "held"
# A hearing that was taken off the calendar may be put back on it; one that was held is over.
NEXT = {SET: (RESET, VACATED, HELD), RESET: (VACATED, HELD), VACATED: (RESET,), HELD: ()}


@dataclass(frozen=True, order=True)
class Attendance:
    participant_id: str
    mode: str


@dataclass(frozen=True)
class Details:
    """`starts_at` is UTC; attendance is in order of id."""

    case_id: str
    type: str
    status: str
    starts_at: datetime
    minutes: int
    court: str
    department: str | None
    court_address: str
    attendance: tuple[Attendance, ...]


@registry.event("HearingRecorded")
@dataclass(frozen=True)
class HearingRecorded:
    """`details` is the whole new state."""

    hearing_id: str
    details: Details


@dataclass(frozen=True)
class RecordHearing:
    """The agency says: this is what we have on file of it now."""

    hearing_id: str
    details: Details


@dataclass(frozen=True)
class Hearing:
    """`before` is what was said until the last."""

    details: Details | None = None
    before: tuple[Details, ...] = ()


def decide(command: RecordHearing, state: Hearing) -> Sequence[HearingRecorded]:
    """Refuses `named_twice`, `another_case`, `superseded` (an older file) and `status_cannot_follow`."""
    new, now = command.details, state.details
    if new == now:
        return []
    if len({each.participant_id for each in new.attendance}) < len(new.attendance):
        raise Rejected("named_twice")
    if now:
        if new.case_id != now.case_id:
            raise Rejected("another_case")
        if new in state.before:
            raise Rejected("superseded")
        if new.status != now.status and new.status not in NEXT[now.status]:
            raise Rejected("status_cannot_follow")
    return [HearingRecorded(command.hearing_id, new)]


def evolve(state: Hearing, event: HearingRecorded) -> Hearing:
    return Hearing(event.details, (*state.before, state.details) if state.details else ())


hearing = Decider("hearing", Hearing(), decide, evolve)
