"""How long wrong PINs lock an account, and how many a PIN outlives: the same counters for web and phone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from auth.domain.state import Standing, Temporary

# Every fifth consecutive failure locks; for how long is said by the last line of the table that is reached.
FAILURES_PER_LOCK: Final = 5
LOCKS: Final = (
    (5, timedelta(minutes=15)),
    (10, timedelta(hours=1)),
    (20, timedelta(hours=24)),
)
# NIST SP 800-63B: at most 100 consecutive failures for each authenticator, then it is disabled and bound anew (here: by
# mail). Counted for each PIN as long as it lives: what ends a lock gives no more tries at it.
TRIES_PER_PIN: Final = 100


def lock_after(failures: int, now: datetime) -> datetime | None:
    """Until when this failure locks; None: it does not."""
    if failures % FAILURES_PER_LOCK:
        return None
    return now + max((length for threshold, length in LOCKS if failures >= threshold), default=timedelta())


def is_last_try(pin: Standing | Temporary | None) -> bool:
    """Whether a PIN that stands has no try left after this wrong one."""
    return pin is not None and pin.tries + 1 >= TRIES_PER_PIN
