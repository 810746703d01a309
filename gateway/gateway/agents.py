"""When an agent can be reached: Monday to Friday, seven to five where the agency is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(7), time(17)
LAST_WORKDAY = 4


def find_agent(number: str | None, zone: ZoneInfo,
               clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Callable[[], str | None]:
    """A function that gives the number to transfer a caller to, None out of hours."""

    def find() -> str | None:
        local = clock().astimezone(zone)
        open_now = local.weekday() <= LAST_WORKDAY and OPENS <= local.time() < CLOSES
        return number if open_now else None

    return find
