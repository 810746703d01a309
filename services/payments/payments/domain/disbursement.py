"""A disbursement: money sent to a family, and where it is on its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eventkit.decider import Decider, Rejected
from payments.domain.words import Method, Status, registry


@registry.event("DisbursementIssued")
@dataclass(frozen=True)
class DisbursementIssued:
    payee_id: str
    case_id: str
    amount_cents: int
    issued_on: date
    method: Method
    digest: str


@registry.event("DisbursementStatusChanged")
@dataclass(frozen=True)
class DisbursementStatusChanged:
    """`on` is the day it became so, not the day we heard of it."""

    payee_id: str
    status: Status
    on: date


DisbursementEvent = DisbursementIssued | DisbursementStatusChanged


@dataclass(frozen=True)
class IssueDisbursement:
    payee_id: str
    case_id: str
    amount_cents: int
    issued_on: date
    method: Method
    digest: str


@dataclass(frozen=True)
class ChangeDisbursementStatus:
    status: Status
    on: date


@dataclass(frozen=True)
class ReportDisbursement:
    """What a feed tells in one line: the disbursement, and the last thing known of it."""

    issue: IssueDisbursement
    change: ChangeDisbursementStatus | None


DisbursementCommand = IssueDisbursement | ChangeDisbursementStatus | ReportDisbursement

_ON_ITS_WAY = frozenset({Status.CLEARED, Status.RETURNED, Status.STOP_PAID, Status.STALE, Status.VOIDED})
# Feeds tell the last thing known, so what lies between may be missing: `reissued` may follow `issued` at once.
MAY_BECOME: Mapping[Status, frozenset[Status]] = {
    Status.ISSUED: _ON_ITS_WAY | {Status.REISSUED},
    Status.REISSUED: _ON_ITS_WAY,
    Status.CLEARED: frozenset({Status.RETURNED}),  # a bank may send a deposit back days later
    Status.RETURNED: frozenset({Status.REISSUED, Status.VOIDED}),
    Status.STOP_PAID: frozenset({Status.REISSUED, Status.VOIDED}),
    Status.STALE: frozenset({Status.CLEARED, Status.REISSUED, Status.VOIDED}),
    Status.VOIDED: frozenset(),
}


@dataclass(frozen=True)
class Disbursement:
    """Its whole history, which is short; the version of an event is its place in it, counted from 1."""

    history: tuple[DisbursementEvent, ...] = ()

    @property
    def issued(self) -> DisbursementIssued | None:
        first = self.history[0] if self.history else None
        return first if isinstance(first, DisbursementIssued) else None

    @property
    def statuses(self) -> tuple[tuple[Status, date], ...]:
        """Every status it had, with its day, oldest first."""
        return tuple((Status.ISSUED, event.issued_on) if isinstance(event, DisbursementIssued)
                     else (event.status, event.on) for event in self.history)


def decide(command: DisbursementCommand, state: Disbursement) -> Sequence[DisbursementEvent]:
    """Raises Rejected: duplicate_id, not_positive, unknown_disbursement, illegal_status, status_before_last."""
    match command:
        case IssueDisbursement():
            return _issue(command, state)
        case ChangeDisbursementStatus():
            return _change(command, state)
        case ReportDisbursement(issue, change):
            issued = _issue(issue, state)
            return [*issued, *(_change(change, _after(state, issued)) if change else ())]


def evolve(state: Disbursement, event: DisbursementEvent) -> Disbursement:
    return Disbursement((*state.history, event))


def _after(state: Disbursement, events: Sequence[DisbursementEvent]) -> Disbursement:
    return Disbursement((*state.history, *events))


def _issue(command: IssueDisbursement, state: Disbursement) -> Sequence[DisbursementEvent]:
    if state.issued:
        if state.issued.digest == command.digest:
            return []
        raise Rejected("duplicate_id")
    if command.amount_cents <= 0:
        raise Rejected("not_positive")
    return [DisbursementIssued(command.payee_id, command.case_id, command.amount_cents, command.issued_on,
                               command.method, command.digest)]


def _change(command: ChangeDisbursementStatus, state: Disbursement) -> Sequence[DisbursementEvent]:
    if state.issued is None:
        raise Rejected("unknown_disbursement")
    if (command.status, command.on) in state.statuses:
        return []  # known already; an older file read again says nothing new
    status, since = state.statuses[-1]
    if command.status not in MAY_BECOME[status]:
        raise Rejected("illegal_status", status=status.value)
    if command.on < since:
        raise Rejected("status_before_last", status=status.value)
    return [DisbursementStatusChanged(state.issued.payee_id, command.status, command.on)]


disbursement = Decider("disbursement", Disbursement(), decide, evolve)
