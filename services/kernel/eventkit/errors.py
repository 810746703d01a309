"""What is told of an error, and which errors are nobody's fault."""

from __future__ import annotations

import traceback

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from eventkit.decider import Rejected

# SQLSTATE classes: 08 connection, 40 rollback (deadlock), 53 out of resources, 57 operator, 58 system
RETRYABLE_CLASSES = frozenset({"08", "40", "53", "57", "58"})
LOCK_NOT_AVAILABLE = "55P03"


def reason_of(error: BaseException) -> str:
    """Type and place of an error; never its arguments, which may hold somebody's data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    code = f" {error.code}" if isinstance(error, Rejected) else ""
    return f"{type(error).__name__}{code}{place}"


def frames_of(error: BaseException) -> str:
    """Where it happened, without what it said: arguments of exceptions may hold somebody's data."""
    places = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}:{frame.name}"
              for frame in traceback.extract_tb(error.__traceback__)]
    return " < ".join(reversed(places[-12:]))


def is_lost_connection(error: BaseException) -> bool:
    """A database that went away or is busy is not the event's fault: such an event is tried again, never parked."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "pgcode", None)
    if code is None:  # no answer from the server at all, or an error of our own making (which is poison)
        return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
    return code == LOCK_NOT_AVAILABLE or str(code)[:2] in RETRYABLE_CLASSES
