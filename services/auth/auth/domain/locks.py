"""How long wrong PINs lock an account: one table, one counter for web and phone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

# Every fifth consecutive failure locks; for how long is said by the last line of the table that is reached.
FAILURES_PER_LOCK: Final = 5
LOCKS: Final = (
    (5, timedelta(minutes=15)),
    (10, timedelta(hours=1)),
    (20, timedelta(hours=24)),
)
# NIST SP 800-63B: at most 100 consecutive failures, then the authenticator is disabled and bound anew (here: by mail).
DISABLED_AT: Final = 100


def lock_after(failures: int, now: datetime) -> tuple[bool, datetime | None]:
    """(whether this failure locks, until when); until None: disabled. Each further hundred disables anew.

    After the first hundred only a PIN out of a later letter is looked at, so that one too is tried at most a
    hundred times.
    """
    if failures % FAILURES_PER_LOCK:
        return False, None
    if failures % DISABLED_AT == 0:
        return True, None
    length = max((length for threshold, length in LOCKS if failures >= threshold), default=timedelta())
    return True, now + length
