"""Trying a PIN: what lets in, what counts, what locks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from auth.domain.commands import LogIn
from auth.domain.events import (
    AccountLocked,
    Event,
    LogInFailed,
    LogInRefused,
    LogInSucceeded,
    TemporaryPinUsed,
)
from auth.domain.letters import supersede
from auth.domain.locks import TRIES_PER_PIN, is_last_try, lock_after
from auth.domain.state import Account, Temporary
from auth.domain.words import Act, Superseded

FORCED_CHANGE_WITHIN: Final = timedelta(minutes=15)


def log_in(command: LogIn, account: Account) -> Sequence[Event]:
    """A standing PIN lets in; a temporary one does so once, and only to the forced change."""
    temporary = usable_temporary(account, command.now, command.today)
    standing = accepts_standing(account, command.now)
    if not (standing or temporary):
        return [LogInRefused(command.channel)]
    if standing and command.matched.standing:
        return [LogInSucceeded(command.channel, must_change=False)]
    if temporary and command.matched.letter_id == temporary.letter_id:
        until = command.now + FORCED_CHANGE_WITHIN
        return [TemporaryPinUsed(temporary.letter_id),
                LogInSucceeded(command.channel, True, command.change_mark, until)]
    return failed(command.channel, Act.LOG_IN, command.now, account, temporary)


def accepts_standing(account: Account, now: datetime) -> bool:
    return account.disabled is None and not account.locked_at(now)


def usable_temporary(account: Account, now: datetime, today: date) -> Temporary | None:
    """The temporary PIN, if it is looked at now: one that is newer than the lock passes it."""
    temporary = account.temporary
    if temporary is None or today > temporary.expires_on:
        return None
    if account.lock and account.locked_at(now) and temporary.issued_at < account.lock.since:
        return None
    return temporary


def failed(channel: str, act: Act, now: datetime, account: Account,
           temporary: Temporary | None = None) -> Sequence[Event]:
    """One more failure, the lock it brings, and the end of a PIN that had its last try.

    `temporary` where it was looked at too. With it alone only its letter ends; with the standing PIN, or where there is
    no other, the account is disabled, which takes every PIN that is known so far out of use.
    """
    failure = LogInFailed(channel, act)
    if is_last_try(account.standing or temporary):
        return [failure, *supersede(account, Superseded.ACCOUNT_DISABLED), AccountLocked(now, None, TRIES_PER_PIN)]
    ended = supersede(account, Superseded.GUESSED_AT) if is_last_try(temporary) else []
    count = account.failures + 1
    until = lock_after(count, now)
    return [failure, *ended, *([AccountLocked(now, until, count)] if until else [])]
