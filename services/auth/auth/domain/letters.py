"""Temporary PINs and the letters they travel in."""

from __future__ import annotations

from collections.abc import Sequence

from auth.domain.commands import IssueTemporaryPin
from auth.domain.events import Event, PinRequestRefused, TemporaryPinIssued, TemporaryPinSuperseded
from auth.domain.mailing import last_day, why_not
from auth.domain.state import Account
from auth.domain.words import IssueReason, Superseded


def issue(command: IssueTemporaryPin, account: Account) -> Sequence[Event]:
    """A new temporary PIN, and the end of the one before; or why there is none."""
    again = command.reason is IssueReason.REISSUE
    if again and not (account.temporary and account.temporary.letter_id == command.replaces):
        return []  # used, expired by a newer one, or never ours: nothing is missing
    refused = why_not(account, command.now, command.today, counted=not again)
    if refused:
        return [PinRequestRefused(refused)]
    assert account.participant_id is not None
    issued = TemporaryPinIssued(
        account.participant_id, account.language, command.letter_id, command.now, last_day(command.today),
        command.pin_sealed, command.print_key_id, command.reason, command.replaces)
    return [*supersede(account, Superseded.NEWER_LETTER), issued]


def not_sent(letter_id: str, account: Account) -> Sequence[Event]:
    """A letter that was never sent counts against nothing, and nobody shall find it and use it."""
    if account.temporary is None or account.temporary.letter_id != letter_id:
        return []
    return supersede(account, Superseded.LETTER_NOT_SENT)


def supersede(account: Account, reason: Superseded) -> list[Event]:
    return [TemporaryPinSuperseded(account.temporary.letter_id, reason)] if account.temporary else []
