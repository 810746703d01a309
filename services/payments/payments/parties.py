"""Who is in which case, as far as booking money needs it: kept from the public events of cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    Cast,
    Column,
    ColumnElement,
    Connection,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    any_,
    cast,
    func,
    select,
    union,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from eventkit.public import Envelope
from eventkit.rebuild import ReadModel
from eventkit.subscription import Subscription

tables = MetaData(schema="parties")

participants = Table("participants", tables, Column("participant_id", Text, primary_key=True))

cases = Table(
    "cases",
    tables,
    Column("case_id", Text, primary_key=True),
    Column("status", Text, nullable=False),
)

case_parties = Table(
    "case_parties",
    tables,
    Column("case_id", Text, nullable=False),
    Column("participant_id", Text, nullable=False),
    Column("role", Text, nullable=False),
    # Who left a case stays known: money of their time may still come or be reported.
    Column("current", Boolean, nullable=False),
    PrimaryKeyConstraint("case_id", "participant_id", "role"),
)
Index("case_parties_participant", case_parties.c.participant_id)

_PARTICIPANT_EVENTS = frozenset({"cases.participant_registered.v1", "cases.participant_changed.v1"})
_CASE_EVENTS = frozenset({"cases.case_opened.v1", "cases.case_changed.v1"})


def apply(conn: Connection, envelopes: Sequence[Envelope]) -> None:
    """Each event tells the whole state, so of several about one case the last counts."""
    known = {e.data["participant_id"] for e in envelopes if e.type in _PARTICIPANT_EVENTS}
    states = {e.data["case_id"]: e.data for e in envelopes if e.type in _CASE_EVENTS}
    if known:
        rows = [{"participant_id": participant_id} for participant_id in sorted(known)]
        conn.execute(insert(participants).on_conflict_do_nothing(), rows)
    if states:
        _apply_cases(conn, [states[case_id] for case_id in sorted(states)])


def _apply_cases(conn: Connection, states: Sequence[dict[str, Any]]) -> None:
    case_rows = [{"case_id": data["case_id"], "status": data["status"]} for data in states]
    upsert = insert(cases)
    conn.execute(upsert.on_conflict_do_update(index_elements=["case_id"], set_={"status": upsert.excluded.status}),
                 case_rows)
    conn.execute(update(case_parties).values(current=False)
                 .where(case_parties.c.case_id.in_([data["case_id"] for data in states])))
    party_rows = [{"case_id": case_id, "participant_id": participant_id, "role": role, "current": True}
                  for case_id, participant_id, role in _parties(states)]
    if party_rows:
        upsert = insert(case_parties)
        conn.execute(upsert.on_conflict_do_update(index_elements=["case_id", "participant_id", "role"],
                                                  set_={"current": upsert.excluded.current}), party_rows)


def _parties(states: Sequence[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return sorted({(data["case_id"], party["participant_id"], party["role"])
                   for data in states for party in data["parties"]})


subscription = Subscription("parties", "cases", apply)
read_model = ReadModel("parties", tables, (subscription,))


@dataclass(frozen=True)
class Directory:
    """What is known of the participants and cases that a batch of lines names."""

    participants: frozenset[str]
    open_by_case: Mapping[str, bool]
    roles: frozenset[tuple[str, str, str]]
    """(case, participant, role), former ones included."""
    payors: Mapping[str, tuple[str, ...]]
    """The present payors of a case."""
    paying_in: Mapping[str, tuple[str, ...]]
    """The open cases a participant pays in now."""
    payees: Mapping[str, tuple[str, ...]]
    """Who receives the support of a case now."""

    def had_role(self, case_id: str, participant_id: str, role: str) -> bool:
        return (case_id, participant_id, role) in self.roles

    def only_payor(self, case_id: str) -> str | None:
        payors = self.payors.get(case_id, ())
        return payors[0] if len(payors) == 1 else None


def look_up(conn: Connection, participant_ids: Collection[str], case_ids: Collection[str]) -> Directory:
    """Three queries, however many ids. Of a named case its payors' other cases are found too, for what is known of a
    line may not depend on the lines beside it."""
    known = conn.execute(select(participants.c.participant_id)
                         .where(_among(participants.c.participant_id, participant_ids))).scalars()
    payors_named = select(case_parties.c.participant_id).where(
        _among(case_parties.c.case_id, case_ids), case_parties.c.role == "payor", case_parties.c.current)
    of_participants = select(case_parties.c.case_id).where(_among(case_parties.c.participant_id, participant_ids))
    of_payors = select(case_parties.c.case_id).where(case_parties.c.participant_id.in_(payors_named))
    named = union(select(func.unnest(_texts(case_ids))), of_participants, of_payors)
    found = conn.execute(select(case_parties).where(case_parties.c.case_id.in_(named))).all()
    status = conn.execute(select(cases).where(_among(cases.c.case_id, {*case_ids, *(row.case_id for row in found)})))
    open_by_case = {row.case_id: row.status == "open" for row in status}
    payors: dict[str, list[str]] = defaultdict(list)
    paying_in: dict[str, list[str]] = defaultdict(list)
    payees: dict[str, list[str]] = defaultdict(list)
    for case_id, who, role in sorted((row.case_id, row.participant_id, row.role) for row in found if row.current):
        (payors if role == "payor" else payees)[case_id].append(who)
        if role == "payor" and open_by_case.get(case_id):
            paying_in[who].append(case_id)
    return Directory(frozenset(known), open_by_case,
                     frozenset((row.case_id, row.participant_id, row.role) for row in found),
                     _tuples(payors), _tuples(paying_in), _tuples(payees))


def _among(column: ColumnElement[str], ids: Collection[str]) -> ColumnElement[bool]:
    """As one array: a statement of thousands of parameters costs more than its answer."""
    return column == any_(_texts(ids))


def _texts(ids: Collection[str]) -> Cast[Any]:
    return cast(sorted(ids), ARRAY(Text))


def _tuples(found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in found.items()}


NOBODY = Directory(frozenset(), {}, frozenset(), {}, {}, {})
