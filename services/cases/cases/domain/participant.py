"""A participant: whoever is a party to a case. Personal fields arrive here already encrypted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cases.domain.protected import Protected, mark
from cases.domain.registry import registry
from eventkit.decider import Decider


@dataclass(frozen=True)
class Details:
    """All that is known of a participant.

    `address_self_changed_on` is the day the participant changed the address themselves, None where the agency
    said it: a temporary PIN is not mailed to an address its reader changed a few days ago.
    """

    language: str
    name: Protected
    address: Protected | None = None
    address_valid: bool = False
    address_self_changed_on: date | None = None
    email: Protected | None = None
    ssn: Protected | None = None


@registry.event("ParticipantRegistered")
@dataclass(frozen=True)
class ParticipantRegistered:
    participant_id: str
    details: Details


@registry.event("ParticipantChanged")
@dataclass(frozen=True)
class ParticipantChanged:
    """`details` is the whole new state; `changed` names the fields that are new."""

    participant_id: str
    details: Details
    changed: tuple[str, ...]


Event = ParticipantRegistered | ParticipantChanged


@dataclass(frozen=True)
class RecordParticipant:
    """The agency says: this is what we have on file of them now."""

    participant_id: str
    details: Details


@dataclass(frozen=True)
class Participant:
    details: Details | None = None


def decide(command: RecordParticipant, state: Participant) -> Sequence[Event]:
    if state.details is None:
        return [ParticipantRegistered(command.participant_id, command.details)]
    changed = changed_fields(state.details, command.details)
    if not changed:
        return []
    self_changed_on = None if "address" in changed else state.details.address_self_changed_on
    details = replace(command.details, address_self_changed_on=self_changed_on)
    return [ParticipantChanged(command.participant_id, details, changed)]


def evolve(state: Participant, event: Event) -> Participant:
    match event:
        case ParticipantRegistered(_, details) | ParticipantChanged(_, details, _):
            return Participant(details)


def changed_fields(before: Details, after: Details) -> tuple[str, ...]:
    """The names of the fields whose content differs; a field that is only encrypted anew does not."""
    plain = [name for name in ("language", "address_valid") if getattr(before, name) != getattr(after, name)]
    personal = [name for name in ("name", "address", "email", "ssn")
                if mark(getattr(before, name)) != mark(getattr(after, name))]
    return tuple(sorted(plain + personal))


participant = Decider("participant", Participant(), decide, evolve)
