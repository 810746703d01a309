"""How an account's state follows from its events."""

from __future__ import annotations

from dataclasses import replace

from auth.domain.events import (
    AccountDisabled,
    AccountLocked,
    AccountOpened,
    AccountUnlocked,
    Event,
    LanguageChanged,
    LogInFailed,
    LogInRefused,
    LogInSucceeded,
    MailingAddressChanged,
    PinChanged,
    PinRequested,
    PinRequestRefused,
    TemporaryPinIssued,
    TemporaryPinSuperseded,
    TemporaryPinUsed,
)
from auth.domain.mailing import LETTERS_PER_PERIOD
from auth.domain.state import Account, ForcedChange, Letter, Lock, Standing, Temporary
from auth.domain.words import Act, Disabled, IssueReason, Superseded


def evolve(account: Account, event: Event) -> Account:  # noqa: C901  one line an event
    match event:
        case AccountOpened(participant_id, language):
            return replace(account, participant_id=participant_id, language=language)
        case LanguageChanged(language):
            return replace(account, language=language)
        case MailingAddressChanged(valid, self_changed_on):
            return replace(account, address_valid=valid, address_self_changed_on=self_changed_on)
        case TemporaryPinIssued():
            return _issued(account, event)
        case TemporaryPinSuperseded(letter_id, reason):
            return _superseded(account, letter_id, reason)
        case TemporaryPinUsed():
            return replace(account, temporary=None)
        case LogInSucceeded():
            return _logged_in(account, event)
        case LogInFailed(_, act):
            return _failed(account, act)
        case AccountLocked(since, until, _):
            if until is None:
                return replace(account, disabled=Disabled.FAILURES, standing=None, lock=None, forced_change=None)
            return replace(account, lock=Lock(since, until))
        case PinChanged():
            return replace(account, standing=Standing(), failures=0, lock=None, forced_change=None)
        case AccountDisabled():
            return replace(account, disabled=Disabled.OPERATOR, standing=None, forced_change=None)
        case AccountUnlocked():
            return replace(account, failures=0, lock=None, disabled=None)
        case PinRequested() | PinRequestRefused() | LogInRefused():
            return account


def _issued(account: Account, event: TemporaryPinIssued) -> Account:
    """No more letters are remembered than the limit can ask for; one that goes out anew is counted as the first."""
    if event.reason is IssueReason.REQUEST:
        letters = (*account.letters, Letter(event.letter_id, event.issued_at))[-LETTERS_PER_PERIOD:]
    else:
        letters = tuple(replace(letter, letter_id=event.letter_id) if letter.letter_id == event.replaces else letter
                        for letter in account.letters)
    temporary = Temporary(event.letter_id, event.issued_at, event.expires_on, event.print_key_id)
    return replace(account, letters=letters, temporary=temporary)


def _superseded(account: Account, letter_id: str, reason: Superseded) -> Account:
    letters = account.letters
    if reason is Superseded.LETTER_NOT_SENT:
        letters = tuple(letter for letter in letters if letter.letter_id != letter_id)
    return replace(account, letters=letters, temporary=None)


def _failed(account: Account, act: Act) -> Account:
    """Counts for each PIN that there is; for the standing one also while a lock hides it: never too little.

    One that has expired counts on, but is looked at no more. Who changes a PIN is asked for the standing one only.
    """
    standing, temporary = account.standing, account.temporary
    if standing:
        standing = replace(standing, tries=standing.tries + 1)
    if temporary and act is Act.LOG_IN:
        temporary = replace(temporary, tries=temporary.tries + 1)
    return replace(account, failures=account.failures + 1, standing=standing, temporary=temporary)


def _logged_in(account: Account, event: LogInSucceeded) -> Account:
    """Ends the lock, and what was tried at the PIN that let in; not what was tried at another one."""
    forced = account.forced_change
    standing = account.standing if event.must_change else Standing()
    if event.change_mark and event.change_until:
        forced = ForcedChange(event.change_mark, event.change_until)
    return replace(account, standing=standing, failures=0, lock=None, disabled=None, forced_change=forced)
