"""A case: who pays support, who receives it, and the court that ordered it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.domain.registry import registry
from eventkit.decider import Decider, Rejected

PAYOR, PAYEE = "payor", "payee"


@dataclass(frozen=True, order=True)
class Party:
    """A participant in a role, "payor" or "payee"."""

    participant_id: str
    role: str


@dataclass(frozen=True)
class Details:
    """`county` is the FIPS code of the local agency, `status` "open" or "closed"; parties are in order of id."""

    county: str
    court_case_number: str | None
    status: str
    opened_on: date
    parties: tuple[Party, ...]


@registry.event("CaseOpened")
@dataclass(frozen=True)
class CaseOpened:
    case_id: str
    details: Details


@registry.event("CaseChanged")
@dataclass(frozen=True)
class CaseChanged:
    """`details` is the whole new state; the rest tells what is new in it."""

    case_id: str
    details: Details
    changed: tuple[str, ...]
    joined: tuple[Party, ...]
    left: tuple[Party, ...]


Event = CaseOpened | CaseChanged


@dataclass(frozen=True)
class RecordCase:
    """The agency says: this is what we have on file of the case. `today` is the day it says so."""

    case_id: str
    county: str
    court_case_number: str | None
    status: str
    opened_on: date
    payors: tuple[str, ...]
    payees: tuple[str, ...]
    today: date

    def details(self) -> Details:
        parties = {Party(who, PAYOR) for who in self.payors} | {Party(who, PAYEE) for who in self.payees}
        return Details(self.county, self.court_case_number, self.status, self.opened_on, tuple(sorted(parties)))


@dataclass(frozen=True)
class Case:
    details: Details | None = None


def decide(command: RecordCase, state: Case) -> Sequence[Event]:
    """Refuses a case without parties, one in which somebody owes themselves, and one opened after today."""
    if not command.payors and not command.payees:
        raise Rejected("no_parties")
    if set(command.payors) & set(command.payees):
        raise Rejected("in_both_roles")
    if command.opened_on > command.today:
        raise Rejected("opened_in_the_future")
    details = command.details()
    if state.details is None:
        return [CaseOpened(command.case_id, details)]
    if details == state.details:
        return []
    return [_changed(command.case_id, state.details, details)]


def evolve(state: Case, event: Event) -> Case:
    match event:
        case CaseOpened(_, details):
            return Case(details)
        case CaseChanged(_, details, _, _, _):
            return Case(details)


def _changed(case_id: str, before: Details, after: Details) -> CaseChanged:
    names = ("county", "court_case_number", "opened_on", "parties", "status")
    changed = tuple(name for name in names if getattr(before, name) != getattr(after, name))
    joined = tuple(sorted(set(after.parties) - set(before.parties)))
    left = tuple(sorted(set(before.parties) - set(after.parties)))
    return CaseChanged(case_id, after, changed, joined, left)


case = Decider("case", Case(), decide, evolve)
