"""What operators may do to an account: lock it for good, unlock it. They never choose or see a PIN."""

from __future__ import annotations

from typing import Any

from auth.credentials import follow
from auth.domain.account import account
from auth.domain.commands import DisableAccount, UnlockAccount
from auth.domain.words import Disabled
from auth.handlers import ask_for_letter
from eventkit.unit import Unit


def unlock(unit: Unit, body: dict[str, Any]) -> dict[str, Any]:
    """{"letter": whether one is asked for}. An account that was disabled has lost its PIN: the next one is mailed."""
    participant_id = body["participant_id"]
    letter = unit.state(account, participant_id).disabled is not None
    unit.decide(account, participant_id, UnlockAccount(body["operator"], body["reason"]))
    if letter:
        ask_for_letter(unit, participant_id)
    return {"letter": letter}


def disable(unit: Unit, body: dict[str, Any]) -> dict[str, Any]:
    """{}. Every PIN is withdrawn, and none is mailed until an operator unlocks the account."""
    participant_id = body["participant_id"]
    was = unit.state(account, participant_id).disabled
    if was is not Disabled.OPERATOR:
        outcome = unit.decide(account, participant_id, DisableAccount(body["operator"], body["reason"]))
        follow(unit.conn, participant_id, outcome.events)
    return {}
