"""What the family is to get, lot by lot: drawn by disbursements oldest first, and put back when one comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eventkit.decider import Rejected
from payments.domain.account.commands import (
    AddLots,
    ConsentToRecoupment,
    DrawLots,
    HoldPayouts,
    RestoreLots,
    ResumePayouts,
)
from payments.domain.account.events import (
    AccountEvent,
    Lot,
    LotsAdded,
    LotsDrawn,
    LotsRestored,
    PayoutsHeld,
    PayoutsResumed,
    RecoupmentConsented,
)
from payments.domain.account.state import Account
from payments.domain.words import Debt, Destination, HoldReason


def add_lots(command: AddLots, state: Account) -> Sequence[AccountEvent]:
    return [LotsAdded(command.on, command.lots)] if command.lots else []


def draw_lots(command: DrawLots, state: Account) -> Sequence[AccountEvent]:
    """What there is for it, and what it sent ahead of that."""
    drawn, left = _take(state.lots, command.cents)
    return [LotsDrawn(command.disbursement_id, command.on, drawn, left)]


def restore_lots(command: RestoreLots, state: Account) -> Sequence[AccountEvent]:
    """Lots of a receipt that was reversed meanwhile settle what the family owed for it."""
    owed = dict(state.overpaid)
    payable, settled = [], []
    for lot in command.lots:
        part = min(owed.get(lot.receipt_id, 0), lot.cents)
        if part:
            owed[lot.receipt_id] -= part
            settled.append(replace(lot, cents=part))
        if lot.cents > part:
            payable.append(replace(lot, cents=lot.cents - part))
    ahead = min(command.ahead, state.sent_ahead)
    if command.ahead > ahead:  # lots that came later were taken for it; which, nobody kept
        payable.append(Lot("", command.on, Debt.CURRENT, Destination.FAMILY, command.ahead - ahead))
    return [LotsRestored(command.disbursement_id, command.on, tuple(payable), ahead, tuple(settled))]


def hold_payouts(command: HoldPayouts, state: Account) -> Sequence[AccountEvent]:
    """Raises Rejected: not_a_payout_hold."""
    if command.reason not in (HoldReason.DISPUTE, HoldReason.PAYEE_UNKNOWN):
        raise Rejected("not_a_payout_hold")
    return [] if command.reason in state.held_for else [PayoutsHeld(command.reason, command.on)]


def resume_payouts(command: ResumePayouts, state: Account) -> Sequence[AccountEvent]:
    return [PayoutsResumed(command.reason, command.on)] if command.reason in state.held_for else []


def consent(command: ConsentToRecoupment, state: Account) -> Sequence[AccountEvent]:
    """Raises Rejected: share_out_of_range, no_document."""
    if not 0 <= command.share_bp <= 10_000:
        raise Rejected("share_out_of_range")
    if not command.document.strip():
        raise Rejected("no_document")
    if command.share_bp == state.recoup_bp:
        return []
    return [RecoupmentConsented(command.document, command.on, command.share_bp)]


def unpaid_of(state: Account, receipt_id: str, most: int) -> tuple[Lot, ...]:
    """Lots of a receipt that no disbursement has taken, up to an amount."""
    found, _ = _take([lot for lot in state.lots if lot.receipt_id == receipt_id], most)
    return found


def _take(lots: Sequence[Lot], cents: int) -> tuple[tuple[Lot, ...], int]:
    taken = []
    for lot in lots:
        part = min(lot.cents, cents)
        if part:
            taken.append(replace(lot, cents=part))
            cents -= part
    return tuple(taken), cents
