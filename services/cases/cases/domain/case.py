"""A case: who pays support, who receives it, the court that ordered it, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cases.domain.protected import Protected
from cases.domain.registry import registry
from eventkit.decider import Decider, Rejected

PAYOR, PAYEE = "payor", "payee"
PENDING, CLOSED = "pending", "closed"


@dataclass(frozen=True, order=True)
class Party:
    """A participant in a role, "payor" or "payee"."""

    participant_id: str
    role: str


@dataclass(frozen=True)
class Dependents:
    """The children: names and birth dates encrypted, and what parties may see of that, encrypted for who shows it."""

    kept: Protected
    shown: str


@dataclass(frozen=True)
class Details:
    """`county` is the FIPS code of the local agency, `status` pending, open, closed or reopened; parties are in order
    of id. `function`, `assistance` and `dependents` are None where the agency never said them. `lcsa` is an agency
    other than the county's. `party_protected`: where one party is must not be known to the others, so the local agency
    is not told.
    """

    county: str
    court_case_number: str | None
    status: str
    opened_on: date
    parties: tuple[Party, ...]
    function: str | None = None
    assistance: str | None = None
    lcsa: str | None = None
    closed_on: date | None = None
    dependents: Dependents | None = None
    party_protected: bool = False

    def content(self, field: str) -> object:
        """What a field says, however often it was encrypted."""
        if field == "dependents":
            return self.dependents.kept.mark if self.dependents else None
        return getattr(self, field)


FIELDS = ("assistance", "closed_on", "county", "court_case_number", "dependents", "function", "lcsa", "opened_on",
          "parties", "party_protected", "status")


@registry.event("CaseOpened", version=2)
@dataclass(frozen=True)
class CaseOpened:
    case_id: str
    details: Details


@registry.event("CaseChanged", version=2)
@dataclass(frozen=True)
class CaseChanged:
    """`details` is the whole new state; the rest tells what is new in it."""

    case_id: str
    details: Details
    changed: tuple[str, ...]
    joined: tuple[Party, ...]
    left: tuple[Party, ...]


@registry.event("CaseProtectionChanged")
@dataclass(frozen=True)
class CaseProtectionChanged:
    """One of its parties is protected now, or none is any more. `details` is the whole new state."""

    case_id: str
    details: Details


Event = CaseOpened | CaseChanged | CaseProtectionChanged


@registry.upcaster("CaseOpened", 1)
@registry.upcaster("CaseChanged", 1)
def _before_it_was_told_how_it_stands(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "details": {**data["details"], "function": None, "assistance": None, "lcsa": None,
                                "closed_on": None, "dependents": None, "party_protected": False}}


@dataclass(frozen=True)
class RecordCase:
    """The agency says: this is what we have on file of the case, but for the fields that its file has no word of.
    `today` is the day it says so; `party_protected` is what is on file of its parties."""

    case_id: str
    county: str
    court_case_number: str | None
    status: str
    opened_on: date
    payors: tuple[str, ...]
    payees: tuple[str, ...]
    today: date
    function: str | None = None
    assistance: str | None = None
    lcsa: str | None = None
    closed_on: date | None = None
    dependents: Dependents | None = None
    party_protected: bool = False
    unsaid: frozenset[str] = frozenset()

    def details(self, now: Details | None = None) -> Details:
        parties = {Party(who, PAYOR) for who in self.payors} | {Party(who, PAYEE) for who in self.payees}
        said = Details(self.county, self.court_case_number, self.status, self.opened_on, tuple(sorted(parties)),
                       self.function, self.assistance, self.lcsa, self.closed_on, self.dependents,
                       self.party_protected)
        if now is None:
            return said
        stays = {field: getattr(now, field) for field in self.unsaid}
        if "closed_on" in self.unsaid and self.status != CLOSED:
            stays["closed_on"] = None
        return replace(said, **stays)


@dataclass(frozen=True)
class RecordProtection:
    """Whether one of its parties is protected now. `kept`: the dependents in their encryption of today."""

    case_id: str
    party_protected: bool
    kept: Dependents | None = None


Command = RecordCase | RecordProtection


@dataclass(frozen=True)
class Case:
    details: Details | None = None


def decide(command: Command, state: Case) -> Sequence[Event]:
    """Refuses a case without parties, one in which somebody owes themselves, and dates that cannot be."""
    if isinstance(command, RecordProtection):
        if state.details is None or state.details.party_protected == command.party_protected:
            return []
        after = replace(state.details, party_protected=command.party_protected,
                        dependents=command.kept or state.details.dependents)
        return [CaseProtectionChanged(command.case_id, after)]
    details = command.details(state.details)
    _check(command, details, state.details)
    if state.details is None:
        return [CaseOpened(command.case_id, details)]
    if not changed_fields(state.details, details):
        return []
    return [_changed(command.case_id, state.details, details)]


def evolve(state: Case, event: Event) -> Case:
    match event:
        case CaseOpened(_, details) | CaseChanged(_, details, _, _, _) | CaseProtectionChanged(_, details):
            return Case(details)


def changed_fields(before: Details, after: Details) -> tuple[str, ...]:
    return tuple(field for field in FIELDS if before.content(field) != after.content(field))


def _check(command: RecordCase, new: Details, now: Details | None) -> None:
    if not command.payors and not command.payees:
        raise Rejected("no_parties")
    if set(command.payors) & set(command.payees):
        raise Rejected("in_both_roles")
    if new.opened_on > command.today:
        raise Rejected("opened_in_the_future")
    if now and now.status != PENDING and new.status == PENDING:
        raise Rejected("pending_again")
    if new.closed_on and new.status != CLOSED:
        raise Rejected("not_closed")
    if new.closed_on and not new.opened_on <= new.closed_on <= command.today:
        raise Rejected("closed_when_it_cannot_be")


def _changed(case_id: str, before: Details, after: Details) -> CaseChanged:
    joined = tuple(sorted(set(after.parties) - set(before.parties)))
    left = tuple(sorted(set(before.parties) - set(after.parties)))
    return CaseChanged(case_id, after, changed_fields(before, after), joined, left)


case = Decider("case", Case(), decide, evolve)
