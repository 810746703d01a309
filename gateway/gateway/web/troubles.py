"""What this process has lately found to be away: pages that need it say so before somebody types in vain."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

REMEMBERED = timedelta(minutes=1)


@dataclass
class Troubles:
    """When each part last did not answer. Each process finds out for itself."""

    last: dict[str, datetime] = field(default_factory=dict)

    def note(self, part: str, now: datetime) -> None:
        self.last[part] = now

    def is_away(self, part: str, now: datetime) -> bool:
        found = self.last.get(part)
        return found is not None and now - found < REMEMBERED
