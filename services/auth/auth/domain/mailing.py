"""When a temporary PIN may be mailed, and how long it works."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from auth.domain.state import Account
from auth.domain.words import Disabled, Refused

# NIST SP 800-63B-4 §4.2.1.2 gives a code sent by post 21 days. The day of issue is the first of them.
DAYS_VALID: Final = 21
# Whoever can change the address on the web must not get the next PIN there: the owner has two weeks to notice.
DAYS_AFTER_OWN_CHANGE: Final = 14
BETWEEN_LETTERS: Final = timedelta(hours=24)
LETTERS_PER_PERIOD: Final = 4
PERIOD: Final = timedelta(days=30)


def last_day(issued_on: date) -> date:
    return issued_on + timedelta(days=DAYS_VALID - 1)


def why_not(account: Account, now: datetime, today: date, *, counted: bool = True) -> Refused | None:
    """Why no letter may be sent now. A letter that stands for one that was never printed is not counted."""
    if account.disabled is Disabled.OPERATOR:
        return Refused.DISABLED
    if not account.address_valid:
        return Refused.NO_ADDRESS
    changed_on = account.address_self_changed_on
    if changed_on and today - changed_on < timedelta(days=DAYS_AFTER_OWN_CHANGE):
        return Refused.ADDRESS_JUST_CHANGED
    return _too_many(account, now) if counted else None


def _too_many(account: Account, now: datetime) -> Refused | None:
    ages = [now - letter.issued_at for letter in account.letters]
    if any(age < BETWEEN_LETTERS for age in ages):
        return Refused.TOO_SOON
    return Refused.TOO_MANY if sum(age < PERIOD for age in ages) >= LETTERS_PER_PERIOD else None
