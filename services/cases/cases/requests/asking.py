"""What customers ask and report: opened here, put away for the agency, and given back to nobody else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, exists, select

from cases.dates_index import known_places, store_appointments
from cases.domain.appointment import Appointment, AskToReschedule, appointment
from cases.domain.request import OTHER_PARTY_REPORT, RESCHEDULE
from cases.keys import Keys
from cases.local_time import day_of
from cases.requests import reported
from cases.requests.recording import record
from cases.self_service.typed import opened
from cases.tables import case_parties
from eventkit.decider import Rejected
from eventkit.secret import Secret
from eventkit.unit import Unit


def report_other_party(unit: Unit, keys: Keys, body: Mapping[str, Any]) -> dict[str, Any]:
    who, case_id = body["participant_id"], body["case_id"]
    if unit.metadata.actor != who or not _is_party(unit.conn, case_id, who):
        raise Rejected("unknown_case")
    typed = opened(keys.opener, body["report_sealed"], "report", unit.metadata.causation_id)
    said = reported.report(typed, day_of(unit.now))
    confirmation = record(unit, OTHER_PARTY_REPORT, who, case_id, content=_content(said), safe=keys.safe,
                          safety_concern=bool(said[reported.SAFETY]))
    return {"confirmation": confirmation}


def request_reschedule(unit: Unit, keys: Keys, body: Mapping[str, Any]) -> dict[str, Any]:
    """The appointment is told first: whoever has heard of the request has heard of that too."""
    who, which = body["participant_id"], body["appointment_id"]
    if unit.metadata.actor != who:
        raise Rejected("unknown_appointment")
    state = _ask_appointment(unit, who, which)
    assert state.details is not None
    said = reported.wish(opened(keys.opener, body["wish_sealed"], "wish", unit.metadata.causation_id))
    confirmation = record(unit, RESCHEDULE, who, state.details.case_id, which,
                          _content(said) if said else None, safe=keys.safe)
    return {"confirmation": confirmation}


def _ask_appointment(unit: Unit, who: str, which: str) -> Appointment:
    """Events are read before the table, which may be newer by a rotation of keys, never older."""
    unit.preload(appointment, [which])
    kept = known_places(unit.conn, [which]).get(which, {})
    outcome = unit.decide(appointment, which, AskToReschedule(which, who, unit.now, kept))
    state: Appointment = outcome.state
    if outcome.events and state.details:
        store_appointments(unit.conn, {which: (outcome.version, state.details)})
    return state


def _is_party(conn: Connection, case_id: str, who: str) -> bool:
    """One question for a case that is not there and for one of others: the answer, and its time, is the same."""
    party = case_parties.c
    return bool(conn.execute(select(exists().where(party.case_id == case_id, party.participant_id == who))).scalar())


def _content(said: Mapping[str, str | bool]) -> Secret:
    return Secret(json.dumps(said, ensure_ascii=False))
