"""Assistance begins, ends and is paid: debts change their bucket, and never their sum."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from eventkit.decider import Rejected
from payments.domain.account.commands import EndAid, RecordAssistance, StartAid
from payments.domain.account.consequences import with_consequences
from payments.domain.account.events import AccountEvent, AidEnded, AidStarted, AssistancePaid, Move
from payments.domain.account.state import Account, Installment, interest_key
from payments.domain.words import Bucket, Kind
from payments.rules import assignment
from payments.rules.interest import accrued
from payments.rules.months import next_month


def start_aid(command: StartAid, state: Account) -> Sequence[AccountEvent]:
    """Raises Rejected: aid_running, aid_before_last, no_children."""
    last = state.aid[-1] if state.aid else None
    if last and (last.program, last.begins_on, last.children) == (command.program, command.on, command.children):
        return []
    if last and last.ends_on is None:
        raise Rejected("aid_running")
    if last and last.ends_on and command.on < last.ends_on:
        raise Rejected("aid_before_last")
    if command.children < 1:
        raise Rejected("no_children")

    def target(found: Installment) -> Bucket:
        if found.bucket is not Bucket.NEVER_ASSIGNED:
            return found.bucket
        return assignment.owed_before(command.on) if found.due < command.on else assignment.DURING_ASSISTANCE

    started = AidStarted(command.program, command.on, command.children, _moves(state, target))
    return with_consequences(state, [started])


def end_aid(command: EndAid, state: Account) -> Sequence[AccountEvent]:
    """Raises Rejected: no_aid, aid_before_last."""
    last = state.aid[-1] if state.aid else None
    if last and last.ends_on == command.on:
        return []
    if last is None or last.ends_on:
        raise Rejected("no_aid")
    if command.on <= last.begins_on:
        raise Rejected("aid_before_last")

    def target(found: Installment) -> Bucket:
        if found.due >= command.on and found.bucket is assignment.DURING_ASSISTANCE and found.kind is not Kind.FEE:
            return assignment.WITHOUT_ASSISTANCE
        return assignment.after(found.bucket)

    return with_consequences(state, [AidEnded(command.on, _moves(state, target))])


def record_assistance(command: RecordAssistance, state: Account) -> Sequence[AccountEvent]:
    """Raises Rejected: duplicate_id, not_positive."""
    known = state.assistance_paid.get(command.source_id)
    if known is not None:
        if known == command.cents:
            return []
        raise Rejected("duplicate_id")
    if command.cents <= 0:
        raise Rejected("not_positive")
    return [AssistancePaid(command.month, command.cents, command.source_id)]


def _moves(state: Account, target: Callable[[Installment], Bucket]) -> tuple[Move, ...]:
    """By obligation and pair of buckets; interest goes with the principal it is of."""
    groups: dict[tuple[str, Bucket, Bucket], list[Installment]] = {}
    for found in state.installments.values():
        if (to := target(found)) is not found.bucket:
            groups.setdefault((found.obligation_id, found.bucket, to), []).append(found)
    return tuple(_move(state, obligation_id, source, to, found)
                 for (obligation_id, source, to), found in groups.items())


def _move(state: Account, obligation_id: str, source: Bucket, target: Bucket, found: list[Installment]) -> Move:
    return Move(obligation_id, found[0].kind, source, target, tuple(i.due for i in found),
                sum(i.open for i in found), *_interest_of(state, obligation_id, source, found))


def _interest_of(state: Account, obligation_id: str, bucket: Bucket, found: list[Installment]
                 ) -> tuple[int, int, int]:
    """Posted, credited, brought: the whole where the whole bucket moves; else what these installments bore of it, and
    their part of what was paid. What was brought is of no one installment, and stays."""
    known = state.interest.get(interest_key(obligation_id, bucket))
    if known is None or not known.posted:
        return 0, 0, 0
    others = [i for i in state.installments.values()
              if i.obligation_id == obligation_id and i.bucket is bucket and i not in found]
    if not others or state.interest_through is None:
        return known.posted, known.credited, known.brought
    until: date = next_month(state.interest_through)
    own = accrued(((i.due, i.movements) for i in found), until, state.obligations[obligation_id].interest)
    posted = min(own, known.posted - known.brought)
    return posted, known.credited * posted // known.posted, 0
