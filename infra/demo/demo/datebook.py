"""Days of dates that come round: drawn once for a span of the calendar, so that tomorrow knows the same ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from demo.chance import chance
from demo.workdays import at_or_after

PAST = timedelta(days=365)
"""So long a date stays in the files after its day."""


@dataclass(frozen=True)
class Rhythm:
    """At most one date in each `span` of days, in the first half of it, told of `notice` before its day; `share` of
    the spans have one.

    With a notice of more than one and a half spans (and a holiday), who has one in every span always has one to come.
    """

    name: str
    span: int
    notice: timedelta
    share: float

    def dates(self, subject: str, until: date, *, always: bool) -> Iterator[tuple[int, date, random.Random]]:
        """The span's number, the business day, and the chance to draw the rest from."""
        first, last = until - PAST, until + self.notice
        for number in range(first.toordinal() // self.span, last.toordinal() // self.span + 1):
            rng = chance(self.name, subject, number)
            day = at_or_after(date.fromordinal(number * self.span + rng.randrange(self.span // 2)))
            if (rng.random() < self.share or always) and first <= day <= last:
                yield number, day, rng
