"""The words that events of an account use: what was tried, why a PIN went out of use, why none was sent."""

from __future__ import annotations

from enum import Enum


class Act(Enum):
    """What somebody tried to do with a PIN."""

    LOG_IN = "log_in"
    CHANGE_PIN = "change_pin"
    REQUEST_PIN = "request_pin"


class IssueReason(Enum):
    REQUEST = "request"
    REISSUE = "reissue"  # the key that the first letter was sealed to was gone before it was printed


class Superseded(Enum):
    """Why a temporary PIN that nobody used works no longer."""

    NEWER_LETTER = "newer_letter"
    PIN_CHANGED = "pin_changed"
    ACCOUNT_DISABLED = "account_disabled"
    LETTER_NOT_SENT = "letter_not_sent"
    GUESSED_AT = "guessed_at"  # too often; the standing PIN has tries left and goes on


class Refused(Enum):
    """Why no letter is sent. Never told to whoever asked: the answer is the same for everybody."""

    NO_ADDRESS = "no_address"
    ADDRESS_JUST_CHANGED = "address_just_changed"
    TOO_SOON = "too_soon"
    TOO_MANY = "too_many"
    DISABLED = "disabled"


class Disabled(Enum):
    """Who closed the account to every PIN that was known then."""

    FAILURES = "failures"  # ends when a PIN out of a later letter is used
    OPERATOR = "operator"  # ends when an operator says so
