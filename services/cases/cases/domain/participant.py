"""A participant: whoever is a party to a case. Personal fields arrive here already encrypted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cases.domain.participant_events import (
    ContactUpdated,
    Event,
    OldContact,
    ParticipantChanged,
    ParticipantRegistered,
    PreferencesSet,
    ProfileShown,
)
from cases.domain.profile import Details, Kept, Said, changed_fields
from cases.domain.protected import Protected, mark
from cases.domain.taking_in import said_after, taken_in
from eventkit.decider import Decider, Rejected


@dataclass(frozen=True)
class RecordParticipant:
    """The agency says: this is what we have on file of them now, but for the fields that its file has no word of.
    `shown` is made of the state that comes of it."""

    participant_id: str
    details: Details
    unsaid: frozenset[str] = frozenset()
    shown: str | None = None
    kept: Kept = field(default_factory=dict)

    def applied(self, state: Participant) -> Details:
        """The state after it."""
        if state.details is None or state.said is None:
            return self.details
        return taken_in(state.details.as_kept(self.kept), state.said, self.details, self.unsaid)

    def is_nothing_new(self, state: Participant) -> bool:
        return (state.details is not None and state.said is not None
                and not changed_fields(state.details, self.applied(state))
                and said_after(state.said, self.details, self.unsaid) == state.said)


@dataclass(frozen=True)
class UpdateContact:
    """The participant says: reach me here. `fields` has the new content of each field, None where it is removed."""

    participant_id: str
    fields: Mapping[str, Protected | str | None]
    shown: str
    kept: Kept
    confirmation: str
    today: date

    def applied(self, state: Participant) -> Details:
        """The state after it. What somebody types is taken as a valid address until mail comes back."""
        now = _known(state, self.kept)
        new: dict[str, Any] = {**self.fields, "shown": self.shown}
        after = replace(now, **new)
        if mark(after.address) == mark(now.address):
            return after
        return replace(after, address_valid=after.address is not None, address_self_changed_on=self.today)

    def changed(self, state: Participant) -> tuple[str, ...]:
        """Which of the fields are new. Refuses `nothing_changed`."""
        after = self.applied(state)
        changed = tuple(name for name in changed_fields(_known(state, self.kept), after) if name in self.fields)
        if not changed:
            raise Rejected("nothing_changed")
        return changed


@dataclass(frozen=True)
class SetPreferences:
    participant_id: str
    language: str
    email_notices: bool
    shown: str
    kept: Kept

    def applied(self, state: Participant) -> Details:
        return replace(_known(state, self.kept), language=self.language, email_notices=self.email_notices,
                       shown=self.shown)

    def changed(self, state: Participant) -> tuple[str, ...]:
        """Which of both are new, if any: to choose again what one has is no mistake."""
        return changed_fields(_known(state, self.kept), self.applied(state))


@dataclass(frozen=True)
class ShowProfile:
    participant_id: str
    shown: str
    kept: Kept


Command = RecordParticipant | UpdateContact | SetPreferences | ShowProfile


@dataclass(frozen=True)
class Participant:
    """`said` is what the agency said last."""

    details: Details | None = None
    said: Said | None = None


def decide(command: Command, state: Participant) -> Sequence[Event]:
    """Refuses `unknown_participant` and `nothing_changed` to whoever is not the agency."""
    who = command.participant_id
    match command:
        case RecordParticipant():
            return _record(command, state)
        case UpdateContact():
            now, changed = _known(state, command.kept), command.changed(state)
            return [ContactUpdated(who, command.applied(state), changed, command.confirmation,
                                   OldContact(now.address, now.address_valid, now.email))]
        case SetPreferences():
            changed = command.changed(state)
            return [PreferencesSet(who, command.applied(state), changed)] if changed else []
        case ShowProfile(_, shown, kept):
            return [ProfileShown(who, replace(_known(state, kept), shown=shown))]


def evolve(state: Participant, event: Event) -> Participant:
    match event:
        case ParticipantRegistered(_, details):
            return Participant(details, Said.of(details))
        case ParticipantChanged(_, details, _, said):
            return Participant(details, said or Said.of(details))
        case ContactUpdated(_, details) | PreferencesSet(_, details) | ProfileShown(_, details):
            return replace(state, details=details)


def _known(state: Participant, kept: Kept) -> Details:
    if state.details is None:
        raise Rejected("unknown_participant")
    return state.details.as_kept(kept)


def _record(command: RecordParticipant, state: Participant) -> Sequence[Event]:
    if state.details is None or state.said is None:
        return [ParticipantRegistered(command.participant_id, replace(command.details, shown=command.shown))]
    if command.is_nothing_new(state) and (state.details.shown is not None or command.shown is None):
        return []
    after = replace(command.applied(state), shown=command.shown)
    said = said_after(state.said, command.details, command.unsaid)
    return [ParticipantChanged(command.participant_id, after, changed_fields(state.details, after),
                               None if said == Said.of(after) else said)]


participant = Decider("participant", Participant(), decide, evolve)
