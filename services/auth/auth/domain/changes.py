"""Changing the PIN: forced after a temporary one, or of one's own will."""

from __future__ import annotations

from collections.abc import Sequence

from auth.domain.attempts import accepts_standing, failed
from auth.domain.commands import ChangeForcedPin, ChangePin
from auth.domain.events import Event, LogInRefused, PinChanged
from auth.domain.letters import supersede
from auth.domain.state import Account
from auth.domain.words import Act, Superseded
from eventkit.decider import Rejected


def change_forced(command: ChangeForcedPin, account: Account) -> Sequence[Event]:
    """Only the session that logged in with the temporary PIN, and only for a quarter of an hour."""
    opened = account.forced_change
    if opened is None or opened.mark != command.change_mark or command.now >= opened.until:
        return [LogInRefused(command.channel, Act.CHANGE_PIN)]
    return _changed(command.channel, command.fault, account)


def change(command: ChangePin, account: Account) -> Sequence[Event]:
    """Raises Rejected `pin_too_weak` only to somebody who has proved to know the current PIN."""
    if not accepts_standing(account, command.now):
        return [LogInRefused(command.channel, Act.CHANGE_PIN)]
    if not command.current_matched:
        return failed(command.channel, Act.CHANGE_PIN, command.now, account)
    return _changed(command.channel, command.fault, account)


def _changed(channel: str, fault: str | None, account: Account) -> Sequence[Event]:
    if fault:
        raise Rejected("pin_too_weak", rule=fault)
    return [*supersede(account, Superseded.PIN_CHANGED), PinChanged(channel)]
