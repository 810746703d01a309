"""What leaves this service: that accounts exist, are used, locked and changed, and the letters to be mailed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from marshmallow import Schema, fields, validate

from auth.domain.account import account
from auth.domain.events import (
    AccountDisabled,
    AccountLocked,
    AccountOpened,
    LogInSucceeded,
    PinChanged,
    TemporaryPinIssued,
)
from eventkit.public import PublicCatalog, PublicEvent
from eventkit.store import Recorded
from servicekit.contracts import write

CONTRACTS: Final = Path(__file__).parent.parent / "contracts"
Data = dict[str, Any]

catalog = PublicCatalog("auth")


@catalog.event("account_opened", 1)
class AccountOpenedV1(Schema):
    """A participant can log in from now on, once they have a PIN."""

    participant_id = fields.String(required=True)


@catalog.event("temporary_pin_issued", 1)
class TemporaryPinIssuedV1(Schema):
    """A letter with a temporary PIN is to be mailed; pin_sealed is HPKE to the print key, context "letter_id|pin"."""

    participant_id = fields.String(required=True)
    letter_id = fields.String(required=True)
    language = fields.String(required=True, validate=validate.OneOf(["en", "es"]))
    expires_on = fields.Date(required=True)
    pin_sealed = fields.String(required=True)
    print_key_id = fields.String(required=True)


@catalog.event("pin_changed", 1)
class PinChangedV1(Schema):
    """Somebody has a new PIN: other sessions end, and its owner is told."""

    participant_id = fields.String(required=True)
    channel = fields.String(required=True)
    changed_at = fields.AwareDateTime(required=True)


@catalog.event("account_locked", 1)
class AccountLockedV1(Schema):
    """No PIN known before opens the account until then; null: until a later letter's PIN or an operator does."""

    participant_id = fields.String(required=True)
    until = fields.AwareDateTime(required=True, allow_none=True)


@catalog.event("logged_in", 1)
class LoggedInV1(Schema):
    """Somebody logged in."""

    participant_id = fields.String(required=True)
    channel = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


def publish(recorded: Recorded) -> Sequence[PublicEvent]:
    found = PUBLISHED.get(type(recorded.event))
    if found is None:
        return []
    name, more = found
    participant_id = recorded.stream.removeprefix(account.stream(""))
    return [catalog.make(name, 1, participant_id, {"participant_id": participant_id, **more(recorded)})]


def _nothing_more(_recorded: Recorded) -> Data:
    return {}


def _letter(recorded: Recorded) -> Data:
    event: TemporaryPinIssued = recorded.event
    return {"letter_id": event.letter_id, "language": event.language, "expires_on": event.expires_on.isoformat(),
            "pin_sealed": event.pin_sealed, "print_key_id": event.print_key_id}


def _changed(recorded: Recorded) -> Data:
    return {"channel": recorded.event.channel, "changed_at": recorded.recorded_at.isoformat()}


def _locked(recorded: Recorded) -> Data:
    until = recorded.event.until
    return {"until": until.isoformat() if until else None}


def _disabled(_recorded: Recorded) -> Data:
    return {"until": None}


def _logged_in(recorded: Recorded) -> Data:
    return {"channel": recorded.event.channel, "at": recorded.recorded_at.isoformat()}


# Everything else stays here: failures, refusals, requests, addresses.
PUBLISHED: dict[type, tuple[str, Callable[[Recorded], Data]]] = {
    AccountOpened: ("account_opened", _nothing_more),
    TemporaryPinIssued: ("temporary_pin_issued", _letter),
    PinChanged: ("pin_changed", _changed),
    AccountLocked: ("account_locked", _locked),
    AccountDisabled: ("account_locked", _disabled),
    LogInSucceeded: ("logged_in", _logged_in),
}

if __name__ == "__main__":
    write(catalog, CONTRACTS)
