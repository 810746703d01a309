"""Publishing every profile anew, a transaction per batch; safe to stop and to run again from the start."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from sqlalchemy import Engine, func, select

from cases.domain.participant import ShowProfile, participant
from cases.index import known_personal, store_participants
from cases.showing import Showing
from cases.tables import participants
from eventkit.application import Application
from eventkit.decider import Rejected
from eventkit.store import Conflict, Metadata
from eventkit.unit import Unit

BATCH = 200


def on_file_count(engine: Engine) -> int:
    with engine.begin() as conn:
        return int(conn.execute(select(func.count()).select_from(participants)).scalar_one())


def show_anew(app: Application, showing: Showing, advance: Callable[[int], object]) -> int:
    """How many there were. Raises CannotDecrypt where PERSONAL_KEYS lack a key."""
    last, done = "", 0
    while ids := _batch(app, showing, last):
        last, done = ids[-1], done + len(ids)
        advance(len(ids))
    return done


def _batch(app: Application, showing: Showing, after: str) -> list[str]:
    """The ids of those whose profiles went out. Where somebody's record changed meanwhile it is done again."""
    run = str(uuid.uuid4())
    while True:
        try:
            with app.transaction(Metadata("agency", "cli", run, run)) as unit:
                query = select(participants.c.participant_id).where(participants.c.participant_id > after)
                ids = unit.conn.execute(query.order_by(participants.c.participant_id).limit(BATCH)).scalars()
                return _show(unit, showing, list(ids))
        except Conflict:
            continue


def _show(unit: Unit, showing: Showing, ids: list[str]) -> list[str]:
    unit.preload(participant, ids)
    known = known_personal(unit.conn, ids)
    commands = [ShowProfile(who, showing.profile(who, unit.state(participant, who).details.as_kept(known[who])),
                            known[who]) for who in ids]
    outcomes = unit.decide_many(participant, [(command.participant_id, command) for command in commands])
    store_participants(unit.conn, {who: (outcome.version, outcome.state.details)
                                   for who, outcome in zip(ids, outcomes, strict=True)
                                   if not isinstance(outcome, Rejected)})
    return ids
