"""The story in plain lines: what every event did, and after each month what is owed, ahead, held and payable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from payments.domain.account import events as account
from payments.domain.disbursement import DisbursementIssued, DisbursementStatusChanged
from payments.domain.receipt import CollectionDistributed, CollectionReceived, CollectionReversed, HoldReleased
from payments.testing.desk import Desk

from .story import steps

HEADING = """\
One case over fifteen years, July 2009 to June 2024. Amounts in dollars.
  The rules: 10 % simple interest by days/365, none on what is paid inside the due month, rounded once per obligation
  and bucket; principal before interest; domain.md, section 3. Each payment's lines say what it paid, and where it went.
  NEVER_ASSIGNED and UNASSIGNED_* are the family's, PERMANENTLY_ASSIGNED the government's.
  Written by the test test_golden.py, which says how to write it anew.
"""


def tell() -> str:
    lines, heard = [HEADING], Counter[str]()
    for month, desk, acts in by_month(Desk(("c1",))):
        lines.append(f"--- {month} ---")
        for on in acts:
            for name, event in _new(desk, heard):
                lines += [f"  {'' if place else on[5:]:<5}  {line}" for place, line in enumerate(_of(name, event))]
        lines += ["", *_standing(desk), ""]
    return "\n".join(lines)


def by_month(desk: Desk) -> Iterator[tuple[str, Desk, Iterator[str]]]:
    """Each month, and the days of its acts: the next act is done when its day is asked for; all are, before the next
    month is asked for."""
    for month, of_month in groupby(steps(), lambda step: step[0][:7]):
        acts = (on for on, act in of_month if act(desk) or True)
        yield month, desk, acts
        for _ in acts:
            pass


def _new(desk: Desk, heard: Counter[str]) -> Iterator[tuple[str, Any]]:
    """Receipts first: what a payment paid is told where the payment is."""
    for stream in sorted(desk.books.streams, key=lambda stream: not stream.startswith("receipt-")):
        events = desk.books.streams[stream]
        name = stream.partition("-")[2]
        yield from ((name, event) for event in events[heard[stream]:])
        heard[stream] = len(events)


def _of(name: str, event: Any) -> list[str]:
    return next((lines for part in (_of_debts, _of_credits, _of_family, _of_money) if (lines := part(name, event))), [])


def _of_debts(_: str, event: Any) -> list[str]:
    match event:
        case account.ObligationSet():
            until = f" until {event.ends_on}" if event.ends_on else ""
            return [_line(f"order: {event.kind} from {event.effective_on}{until}, a month", event.monthly_cents)]
        case account.LiquidationSet():
            return [_line(f"schedule for past due support from {event.effective_on}, a month", event.monthly_cents)]
        case account.ChargePosted():
            return [_line(f"charged {event.kind} due {event.due} ({event.bucket})", event.cents)]
        case account.ChargeCorrected():
            return [_line(f"charge of {event.kind} due {event.due} corrected by ({event.bucket})", event.cents)]
        case account.InterestAccrued():
            return [_line(f"interest of {event.month:%Y-%m}, {event.kind} ({part.bucket})", part.cents)
                    for part in event.parts]
        case account.InterestCorrected():
            return [_line(f"interest through {event.through:%Y-%m} corrected by, {event.kind} ({part.bucket})",
                          part.cents) for part in event.parts]
    return []


def _of_credits(_: str, event: Any) -> list[str]:
    match event:
        case account.SurplusMoved():
            return [_line(f"paid too much on {event.kind} due {event.due}, as from {event.on}", event.cents)]
        case account.AdvanceApplied():
            return [_line(f"paid ahead pays {event.kind} due {event.due}, as from {event.on}", event.cents)]
        case account.AdvanceReturned():
            return [_line(f"not paid ahead after all: {event.kind} due {event.due}, as from {event.on}", event.cents)]
        case account.DirectPaymentCredited():
            return [_line(f"paid directly: {part.debt} {part.kind} {part.due or ''} ({part.bucket})", part.cents)
                    for part in event.parts]
        case account.CreditReversed():
            sent = [_line("the family had been sent, and owes back", event.sent)] if event.sent else []
            return [*(_line(f"owed again: {part.debt} {part.kind} {part.due or ''}", part.cents)
                      for part in event.parts), *sent]
    return []


def _of_family(_: str, event: Any) -> list[str]:
    match event:
        case account.AidStarted() | account.AidEnded():
            begins = isinstance(event, account.AidStarted)
            moved = [(move, what, cents) for move in event.moves
                     for what, cents in (("principal", move.principal),
                                         ("interest", move.interest_posted - move.interest_credited)) if cents]
            return [f"aid {'begins' if begins else 'ends'} on {event.on}",
                    *(_line(f"  {move.kind} {move.source} to {move.target}: {what}", cents)
                      for move, what, cents in moved)]
        case account.AssistancePaid():
            return [_line(f"assistance paid for {event.month:%Y-%m}", event.cents)]
        case account.RecoupmentConsented():
            return [f"the family consents to {event.share_bp // 100} % of each payment ({event.document})"]
        case account.PayoutsHeld():
            return [f"payouts held: {event.reason}"]
        case account.PayoutsResumed():
            return [f"payouts resumed: {event.reason}"]
    return []


def _of_money(name: str, event: Any) -> list[str]:
    match event:
        case CollectionReceived():
            joint = ", joint return" if event.joint_return else ""
            return [_line(f"received {name}, {event.source} {event.received_on}{joint}", event.amount_cents)]
        case CollectionDistributed():
            return [_line(f"  {share.debt} {share.kind or ''} {share.due or ''} ({share.bucket or '-'}) to {share.to}"
                          f"{f' until {share.until}' if share.until else ''} by {share.rule}", share.cents)
                    for share in event.shares]
        case HoldReleased():
            return [_line(f"released {name}, {event.reason}, to {event.to or 'be applied'}", event.cents)]
        case CollectionReversed():
            return [_line(f"taken back {name}, {event.reason}", event.amount_cents)]
        case DisbursementIssued():
            return [_line(f"sent {name} to the family", event.payment.amount_cents)]
        case DisbursementStatusChanged():
            return [_line(f"{event.status} {name}", event.payment.amount_cents)]
    return []


def _standing(desk: Desk) -> Iterator[str]:
    state = desk.account()
    principal: Counter[str] = Counter()
    interest: Counter[str] = Counter()
    for installment in state.installments.values():
        principal[installment.bucket] += installment.open
    for found in state.interest.values():
        interest[found.bucket] += found.open
    for bucket in sorted({*principal, *interest}):
        if principal[bucket] or interest[bucket]:
            yield f"  owed, {bucket:<28} principal {_money(principal[bucket])}   interest {_money(interest[bucket])}"
    yield (f"  owed in all{'':<23} principal {_money(sum(principal.values()))}"
           f"   interest {_money(sum(interest.values()))}")
    others = {"paid ahead": sum(state.advances.values()), "payable": -desk.balance("L:PAYABLE_CP"),
              "held": -desk.balance("L:UNDISTRIBUTED"), "kept": -desk.balance("L:PAYABLE_GOV"),
              "fees": -desk.balance("R:FEES"), "owed back": state.overpayment, "cash": desk.balance("A:SDU_CASH")}
    yield "  " + " · ".join(f"{what} {_money(cents).strip()}" for what, cents in others.items())


def _money(cents: int) -> str:
    return f"{cents / 100:>10,.2f}"


def _line(text: str, cents: int) -> str:
    indent = "  " if text.startswith(" ") else ""
    return f"{indent + ' '.join(text.split()):<100}{_money(cents)}"
