"""Where one party of a case is protected the others are not told its local agency, whatever was said first.

Whichever of two transactions is second sees what the first one said: a file of cases keeps others from changing the
participants it asks for, a file of participants has written them before it asks for their cases, and both lock
participants in order of their ids, then cases in order of theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from cases.domain.case import RecordProtection, case
from cases.index import known_dependents, store_cases
from cases.tables import case_parties, cases, participants
from eventkit.decider import Rejected
from eventkit.unit import Unit


def protected_among(conn: Connection, ids: Iterable[str]) -> set[str]:
    """Which of these participants are protected; it stays so until the transaction ends."""
    found = conn.execute(select(participants.c.participant_id, participants.c.protected)
                         .where(participants.c.participant_id.in_(set(ids)))
                         .order_by(participants.c.participant_id).with_for_update(read=True))
    return {row.participant_id for row in found if row.protected}


def tell_cases(unit: Unit, participant_ids: Collection[str]) -> None:
    """After the protection of these participants was stored: decides it for each case they are in."""
    if not participant_ids:
        return
    parties = _parties_of_their_cases(unit.conn, participant_ids)
    people = {who for named in parties.values() for who in named}
    found = unit.conn.execute(select(participants.c.participant_id).where(participants.c.participant_id.in_(people),
                                                                          participants.c.protected))
    protected, kept = set(found.scalars()), known_dependents(unit.conn, parties)
    commands = [(case_id, RecordProtection(case_id, not protected.isdisjoint(named), kept.get(case_id)))
                for case_id, named in parties.items()]
    outcomes = zip(parties, unit.decide_many(case, commands), strict=True)
    store_cases(unit.conn, {case_id: (outcome.version, outcome.state.details) for case_id, outcome in outcomes
                            if not isinstance(outcome, Rejected) and outcome.events})


def _parties_of_their_cases(conn: Connection, participant_ids: Collection[str]) -> dict[str, set[str]]:
    """case id -> who is in it. The cases are locked first: nobody else decides about them meanwhile."""
    theirs = select(case_parties.c.case_id).where(case_parties.c.participant_id.in_(participant_ids))
    locked = conn.execute(select(cases.c.case_id).where(cases.c.case_id.in_(theirs)).order_by(cases.c.case_id)
                          .with_for_update(key_share=True)).scalars().all()
    found: dict[str, set[str]] = {case_id: set() for case_id in locked}
    for row in conn.execute(select(case_parties).where(case_parties.c.case_id.in_(locked))):
        found[row.case_id].add(row.participant_id)
    return found
