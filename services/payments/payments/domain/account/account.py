"""The account of a case: which function decides which command."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eventkit.decider import Decider, Rejected, SnapshotPolicy
from payments.domain.account import aid, charging, crediting, lots
from payments.domain.account.commands import (
    AccountCommand,
    AddLots,
    BringCharge,
    CompromiseDebt,
    ConsentToRecoupment,
    CorrectCharge,
    CreditDirectPayment,
    CreditPayment,
    DrawLots,
    EndAid,
    HoldPayouts,
    PostCharges,
    PostInterest,
    RecordAssistance,
    RestoreLots,
    ResumePayouts,
    ReverseCredit,
    SetLiquidation,
    SetObligation,
    StartAid,
)
from payments.domain.account.consequences import interest_of_months
from payments.domain.account.events import AccountEvent
from payments.domain.account.evolving import evolve
from payments.domain.account.state import Account


def decide(command: AccountCommand, state: Account) -> Sequence[AccountEvent]:
    """Raises Rejected; the codes are named where each is decided."""
    return _TABLE[type(command)](command, state)


def _post_interest(command: PostInterest, state: Account) -> Sequence[AccountEvent]:
    return interest_of_months(state, command.through)


_TABLE: Mapping[type, Callable[[Any, Account], Sequence[AccountEvent]]] = {
    SetObligation: charging.set_obligation,
    SetLiquidation: charging.set_liquidation,
    PostCharges: charging.post_charges,
    BringCharge: charging.bring_charge,
    CorrectCharge: charging.correct_charge,
    PostInterest: _post_interest,
    CreditPayment: crediting.credit_payment,
    ReverseCredit: crediting.reverse_credit,
    CreditDirectPayment: crediting.credit_direct_payment,
    CompromiseDebt: crediting.compromise_debt,
    StartAid: aid.start_aid,
    EndAid: aid.end_aid,
    RecordAssistance: aid.record_assistance,
    HoldPayouts: lots.hold_payouts,
    ResumePayouts: lots.resume_payouts,
    AddLots: lots.add_lots,
    DrawLots: lots.draw_lots,
    RestoreLots: lots.restore_lots,
    ConsentToRecoupment: lots.consent,
}

account = Decider("account", Account(), decide, evolve, SnapshotPolicy(every=50, state_version=1))

__all__ = ["Rejected", "account", "decide", "evolve"]
