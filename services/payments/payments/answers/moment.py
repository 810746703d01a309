"""As of when an answer is wanted, and reading streams as they were known then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from eventkit.decider import Decider
from eventkit.store import Metadata, Recorded
from eventkit.tables import events
from payments.domain.words import registry
from payments.imports.taking_in import agency_day
from payments.ledger.tables import journal_entries


@dataclass(frozen=True)
class Moment:
    """`effective_on` None is today; `recorded_at` None is all that is known."""

    effective_on: date | None = None
    recorded_at: datetime | None = None

    @property
    def day(self) -> date:
        """The day it is asked for; of a past moment, the day it was then."""
        return self.effective_on or agency_day(self.recorded_at or datetime.now(UTC))

    def covers(self, on: date) -> bool:
        return on <= self.day


NOW = Moment()


def history(conn: Connection, streams: Iterable[str], moment: Moment = NOW) -> dict[str, list[Recorded]]:
    """The events of streams that were recorded by then, in order; streams that have none are left out."""
    query = select(events).where(events.c.stream.in_(sorted(streams)))
    if moment.recorded_at:
        query = query.where(events.c.recorded_at <= moment.recorded_at)
    found: dict[str, list[Recorded]] = defaultdict(list)
    for row in conn.execute(query.order_by(events.c.stream, events.c.version)):
        event = registry.decode(row.name, row.schema_version, row.data)
        found[row.stream].append(Recorded(row.stream, row.version, event, row.event_id, row.recorded_at,
                                          Metadata(**row.metadata)))
    return found


def states(conn: Connection, decider: Decider[Any, Any, Any], ids: Sequence[str], moment: Moment = NOW
           ) -> Mapping[str, Any]:
    """By id, as known then."""
    told = history(conn, (decider.stream(one) for one in ids), moment)
    return {one: decider.fold(e.event for e in told.get(decider.stream(one), ())) for one in ids}


def entries_as_of(query: Select[Any], moment: Moment) -> Select[Any]:
    """Narrows a query of journal entries."""
    query = query.where(journal_entries.c.effective_on <= moment.day)
    return query.where(journal_entries.c.recorded_at <= moment.recorded_at) if moment.recorded_at else query
