"""An account: the one place that decides who gets in, who gets a letter, and which PIN stands."""

from __future__ import annotations

from collections.abc import Sequence

from auth.domain import attempts, changes, letters
from auth.domain.commands import (
    ChangeForcedPin,
    ChangePin,
    Command,
    DisableAccount,
    IssueTemporaryPin,
    LogIn,
    NoteLetterNotSent,
    RecordParticipant,
    RequestPin,
    UnlockAccount,
)
from auth.domain.events import (
    AccountDisabled,
    AccountOpened,
    AccountUnlocked,
    Event,
    LanguageChanged,
    MailingAddressChanged,
    PinRequested,
)
from auth.domain.evolving import evolve
from auth.domain.state import Account
from auth.domain.words import Disabled, Superseded
from eventkit.decider import Decider, Rejected, SnapshotPolicy


def decide(command: Command, account: Account) -> Sequence[Event]:  # noqa: C901  one line a command
    if isinstance(command, RecordParticipant):
        return _record(command, account)
    if not account.opened:
        raise Rejected("no_account")
    match command:
        case RequestPin(channel):
            return [PinRequested(channel)]
        case IssueTemporaryPin():
            return letters.issue(command, account)
        case NoteLetterNotSent(letter_id):
            return letters.not_sent(letter_id, account)
        case LogIn():
            return attempts.log_in(command, account)
        case ChangeForcedPin():
            return changes.change_forced(command, account)
        case ChangePin():
            return changes.change(command, account)
        case DisableAccount(operator, reason):
            return _disable(operator, reason, account)
        case UnlockAccount(operator, reason):
            return _unlock(operator, reason, account)


def _record(command: RecordParticipant, account: Account) -> Sequence[Event]:
    events: list[Event] = []
    if not account.opened:
        events.append(AccountOpened(command.participant_id, command.language))
    elif account.language != command.language:
        events.append(LanguageChanged(command.language))
    address = (command.address_valid, command.address_self_changed_on)
    if address != (account.address_valid, account.address_self_changed_on):
        events.append(MailingAddressChanged(*address))
    return events


def _disable(operator: str, reason: str, account: Account) -> Sequence[Event]:
    if account.disabled is Disabled.OPERATOR:
        return []
    return [*letters.supersede(account, Superseded.ACCOUNT_DISABLED), AccountDisabled(operator, reason)]


def _unlock(operator: str, reason: str, account: Account) -> Sequence[Event]:
    """Ends the lock and its growth; the tries at a PIN go on, else each unlock were a hundred guesses more.

    What a disabled account lost stays lost: its next PIN comes by mail.
    """
    if not (account.failures or account.lock or account.disabled):
        raise Rejected("not_locked")
    return [AccountUnlocked(operator, reason)]


# Whoever tries PINs makes a stream long; the state is kept every so often, and an attempt stays as fast as the first.
account = Decider("account", Account(), decide, evolve, SnapshotPolicy(every=20, state_version=2))
