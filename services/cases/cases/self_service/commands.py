"""What participants do themselves: decided, stored and published at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cases.dates_index import known_places, store_appointments
from cases.domain.appointment import ConfirmAppointment, appointment
from cases.domain.participant import Participant, SetPreferences, UpdateContact, participant
from cases.domain.profile import Kept
from cases.domain.protected import Protected
from cases.domain.request import CONTACT_UPDATE
from cases.index import known_personal, store_participants
from cases.keys import Keys
from cases.local_time import day_of
from cases.requests import recording
from cases.self_service import typed
from eventkit.decider import Rejected
from eventkit.secret import Secret
from eventkit.unit import Unit


def update_contact(unit: Unit, keys: Keys, body: Mapping[str, Any]) -> dict[str, Any]:
    """Takes effect at once; the agency hears of it under the confirmation number, and so does the old contact."""
    who = body["participant_id"]
    state, kept = _participant(unit, who)
    command_id = unit.metadata.causation_id
    new = typed.changes(typed.opened(keys.opener, body["changes_sealed"], "changes", command_id))
    fields = {name: _protected(keys, state, kept, who, name, value) for name, value in new.items()}
    command = UpdateContact(who, fields, "", kept, "", day_of(unit.now))
    changed = command.changed(state)
    told = Secret(json.dumps({name: _revealed(new[name]) for name in changed}, ensure_ascii=False))
    confirmation = recording.record(unit, CONTACT_UPDATE, who, content=told, safe=keys.safe)
    shown = keys.showing.profile(who, command.applied(state))
    _decide(unit, who, replace(command, shown=shown, confirmation=confirmation))
    return {"confirmation": confirmation, "changed": list(changed)}


def set_preferences(unit: Unit, keys: Keys, body: Mapping[str, Any]) -> dict[str, Any]:
    """Takes effect at once; the agency hears of it under the confirmation number, where it is a change."""
    who = body["participant_id"]
    state, kept = _participant(unit, who)
    command = SetPreferences(who, body["language"], body["email_notices"], "", kept)
    told = {name: body[name] for name in command.changed(state)}
    confirmation = recording.record(unit, CONTACT_UPDATE, who, content=Secret(json.dumps(told)),
                                    safe=keys.safe) if told else None
    _decide(unit, who, replace(command, shown=keys.showing.profile(who, command.applied(state))))
    return {"confirmation": confirmation} if confirmation else {}


def confirm_appointment(unit: Unit, body: Mapping[str, Any]) -> dict[str, Any]:
    who, which = _self(unit, body["participant_id"], "unknown_appointment"), body["appointment_id"]
    unit.preload(appointment, [which])
    kept = known_places(unit.conn, [which]).get(which, {})
    outcome = unit.decide(appointment, which, ConfirmAppointment(which, who, unit.now, kept))
    if outcome.events:
        store_appointments(unit.conn, {which: (outcome.version, outcome.state.details)})
    return {}


def _participant(unit: Unit, who: str) -> tuple[Participant, Kept]:
    """Events are read before the table, which may be newer by a rotation of keys, never older."""
    state: Participant = unit.state(participant, _self(unit, who, "unknown_participant"))
    if state.details is None:
        raise Rejected("unknown_participant")
    return state, known_personal(unit.conn, [who]).get(who, {})


def _self(unit: Unit, who: str, refusal: str) -> str:
    """Nobody acts for somebody else, whatever the caller was made to ask for."""
    if unit.metadata.actor != who:
        raise Rejected(refusal)
    return who


def _protected(keys: Keys, state: Participant, kept: Kept, who: str, field: str,
               value: Secret | str | None) -> Protected | str | None:
    if isinstance(value, str):
        return value
    said = state.said.marks.get(field) if state.said else None
    return keys.protector.protect(who, field, value, kept.get(field), said)


def _decide(unit: Unit, who: str, command: UpdateContact | SetPreferences) -> None:
    outcome = unit.decide(participant, who, command)
    if outcome.events:
        store_participants(unit.conn, {who: (outcome.version, outcome.state.details)})


def _revealed(value: Secret | str | None) -> str | None:
    return value.reveal() if isinstance(value, Secret) else value
