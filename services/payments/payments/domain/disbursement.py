"""A disbursement: money sent to a family, a government or back to a payor, and where it is on its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from eventkit.decider import Decider, Rejected
from payments.domain.account.events import Lot
from payments.domain.words import Method, PayeeType, Status, registry


@dataclass(frozen=True)
class Payment:
    """Who gets how much, and how. `payee_id` is the participant, or the government's word; `case_id` None where it is
    of no one case."""

    payee_type: PayeeType
    payee_id: str
    case_id: str | None
    amount_cents: int
    method: Method


@registry.event("DisbursementPlanned")
@dataclass(frozen=True)
class DisbursementPlanned:
    """Pending: the disbursement unit was told to send it, and has not yet."""

    payment: Payment
    on: date
    digest: str


@registry.event("DisbursementIssued", version=2)
@dataclass(frozen=True)
class DisbursementIssued:
    """`lots` are what it is made of, and `ahead` what it sent before anything was there for it."""

    payment: Payment
    on: date
    digest: str
    lots: tuple[Lot, ...] = ()
    ahead: int = 0


@registry.event("DisbursementStatusChanged", version=2)
@dataclass(frozen=True)
class DisbursementStatusChanged:
    """`on` is the day it became so, not the day we heard of it. `lots` and `ahead` as above, where it is sent anew."""

    payment: Payment
    status: Status
    on: date
    lots: tuple[Lot, ...] = ()
    ahead: int = 0


DisbursementEvent = DisbursementPlanned | DisbursementIssued | DisbursementStatusChanged


@dataclass(frozen=True)
class ReportDisbursement:
    """What a feed tells in one line: the disbursement, and the last thing known of it, since `status_on`.

    `digest` stands for the line without its days and status. `lots` and `ahead` are what the case's account gives for
    it, where it is sent by this.
    """

    payment: Payment
    issued_on: date
    status: Status
    status_on: date
    digest: str
    lots: tuple[Lot, ...] = ()
    ahead: int = 0


_ON_ITS_WAY = frozenset({Status.CLEARED, Status.RETURNED, Status.STOP_PAID, Status.STALE, Status.VOIDED})
# Feeds tell the last thing known, so what lies between may be missing: `reissued` may follow `issued` at once.
MAY_BECOME: Mapping[Status, frozenset[Status]] = {
    Status.PENDING: _ON_ITS_WAY | {Status.ISSUED, Status.REISSUED},
    Status.ISSUED: _ON_ITS_WAY | {Status.REISSUED},
    Status.REISSUED: _ON_ITS_WAY,
    Status.CLEARED: frozenset({Status.RETURNED}),  # a bank may send a deposit back days later
    Status.RETURNED: frozenset({Status.REISSUED, Status.VOIDED}),
    Status.STOP_PAID: frozenset({Status.REISSUED, Status.VOIDED}),
    Status.STALE: frozenset({Status.CLEARED, Status.REISSUED, Status.VOIDED}),
    Status.VOIDED: frozenset(),
}

# Where the money of a disbursement is: still payable, on its way or there, or waiting as uncashed.
PAYABLE, LEFT, UNCASHED = "payable", "left", "uncashed"
PLACE: Mapping[Status, str] = {
    Status.PENDING: PAYABLE, Status.ISSUED: LEFT, Status.REISSUED: LEFT, Status.CLEARED: LEFT,
    Status.RETURNED: PAYABLE, Status.STOP_PAID: PAYABLE, Status.VOIDED: PAYABLE, Status.STALE: UNCASHED,
}


@dataclass(frozen=True)
class Disbursement:
    """Its whole history, which is short; the version of an event is its place in it, counted from 1."""

    history: tuple[DisbursementEvent, ...] = ()

    @property
    def digest(self) -> str | None:
        first = self.history[0] if self.history else None
        return None if first is None or isinstance(first, DisbursementStatusChanged) else first.digest

    def may_be_issued_on(self, day: date) -> bool:
        """Until it is issued, its day may still be another one than was planned; one before the plan counts as that."""
        planned = [event.on for event in self.history if isinstance(event, DisbursementPlanned)]
        issued = [event.on for event in self.history if isinstance(event, DisbursementIssued)]
        return not issued or max([day, *planned]) == issued[0]

    @property
    def payment(self) -> Payment:
        return self.history[0].payment

    @property
    def statuses(self) -> tuple[tuple[Status, date], ...]:
        """Every status it had, with its day, oldest first."""
        return tuple((_status(event), event.on) for event in self.history)

    @property
    def drawn(self) -> tuple[tuple[Lot, ...], int]:
        """What it took when it was last sent."""
        for event in reversed(self.history):
            if isinstance(event, DisbursementIssued) or (isinstance(event, DisbursementStatusChanged)
                                                         and event.status is Status.REISSUED and
                                                         (event.lots or event.ahead)):
                return event.lots, event.ahead
        return (), 0


def decide(command: ReportDisbursement, state: Disbursement) -> Sequence[DisbursementEvent]:
    """Raises Rejected: duplicate_id, not_positive, illegal_status, status_before_last."""
    found = list(_begin(command, state))
    for event in found:
        state = evolve(state, event)
    if command.status is not Status.PENDING and (command.status, command.status_on) not in state.statuses:
        found += _change(command, state)
    return found


def evolve(state: Disbursement, event: DisbursementEvent) -> Disbursement:
    return Disbursement((*state.history, event))


def sends(events: Sequence[DisbursementEvent], state: Disbursement) -> bool:
    """Whether money leaves by these events that was payable before them; what is sent anew while it was still away
    (uncashed, or lost on its way) takes nothing a second time."""
    place = PLACE[state.statuses[-1][0]] if state.history else PAYABLE
    for event in events:
        before, place = place, PLACE[_status(event)]
        if before == PAYABLE and place != PAYABLE:
            return True
    return False


def comes_back(events: Sequence[DisbursementEvent], state: Disbursement) -> bool:
    """Whether money that had left is payable again after these events."""
    had_left = bool(state.history) and PLACE[state.statuses[-1][0]] != PAYABLE
    return bool(events) and PLACE[_status(events[-1])] == PAYABLE and (had_left or sends(events, state))


def _begin(command: ReportDisbursement, state: Disbursement) -> Sequence[DisbursementEvent]:
    if state.history:
        told_issued = command.status is not Status.PENDING
        if state.digest != command.digest or (told_issued and not state.may_be_issued_on(command.issued_on)):
            raise Rejected("duplicate_id")
        return []
    if command.payment.amount_cents <= 0:
        raise Rejected("not_positive")
    if command.status is Status.PENDING:
        return [DisbursementPlanned(command.payment, command.status_on, command.digest)]
    return [_issued(command, command.issued_on)]


def _change(command: ReportDisbursement, state: Disbursement) -> Sequence[DisbursementEvent]:
    status, since = state.statuses[-1]
    if command.status is Status.ISSUED:
        if status is Status.PENDING:
            return [_issued(command, max(command.issued_on, since))]
        return []  # an older file read again says nothing new
    if command.status not in MAY_BECOME[status]:
        raise Rejected("illegal_status", status=status.value)
    if command.status_on < since:
        raise Rejected("status_before_last", status=status.value)
    issued: list[DisbursementEvent] = []
    if status is Status.PENDING and PLACE[command.status] != PAYABLE:
        issued = [_issued(command, max(command.issued_on, since))]
    changed = DisbursementStatusChanged(command.payment, command.status, command.status_on)
    if command.status is Status.REISSUED and PLACE[status] == PAYABLE and not issued:
        changed = replace(changed, lots=command.lots, ahead=command.ahead)
    return [*issued, changed]


def _issued(command: ReportDisbursement, on: date) -> DisbursementIssued:
    return DisbursementIssued(command.payment, on, command.digest, command.lots, command.ahead)


def _status(event: DisbursementEvent) -> Status:
    match event:
        case DisbursementPlanned():
            return Status.PENDING
        case DisbursementIssued():
            return Status.ISSUED
        case DisbursementStatusChanged():
            return event.status


disbursement = Decider("disbursement", Disbursement(), decide, evolve)
