"""What becomes of a waiting letter when a batch is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from notifications.domain.letter import Reason

# Addresses and PINs come from different services, in no order between them: an addressee nobody has told us of may
# be told of in a moment. After a day it is an error, and somebody should know.
PATIENCE = timedelta(days=1)


class Addressee(Enum):
    UNKNOWN = "unknown"
    WITHOUT_ADDRESS = "without_address"
    REACHABLE = "reachable"


class Go(Enum):
    PRINT = "print"
    POSTPONE = "postpone"


@dataclass(frozen=True)
class Waiting:
    """What is known of a letter that waits; `queued_at` is UTC."""

    queued_at: datetime
    expires_on: date
    addressee: Addressee
    key_lives: bool


def fate(waiting: Waiting, now: datetime, today: date) -> Go | Reason:
    """`today` is the agency's date; on the day it expires a PIN still works, but no letter arrives that day."""
    if not waiting.key_lives:
        return Reason.KEY_DESTROYED
    if waiting.expires_on <= today:
        return Reason.EXPIRED
    if waiting.addressee is Addressee.WITHOUT_ADDRESS:
        return Reason.NO_ADDRESS
    if waiting.addressee is Addressee.UNKNOWN:
        return Reason.NO_ADDRESS if now - waiting.queued_at >= PATIENCE else Go.POSTPONE
    return Go.PRINT
