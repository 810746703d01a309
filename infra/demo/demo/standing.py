"""How a case stands on a day: what the agency does in it, and which aid its family has, as its account was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from demo.applications import PENDING, function_of
from demo.caseload import Case
from demo.chance import chance
from demo.children import Child, children_of
from demo.families import AidLine
from demo.hearings import Hearing
from demo.orders import begins_on, beside_child_support, of_another_state
from demo.people import Participant
from demo.words import TOWNS

REVIEWED_IN = ("modification", "review")


@dataclass(frozen=True)
class Standing:
    """`status` is what it was before it was closed, if it is; `lcsa` is empty where the county's own agency has it."""

    case: Case
    status: str
    function: str
    assistance: str
    lcsa: str
    children: tuple[Child, ...]


def standings(cases: Sequence[Case], people: Sequence[Participant], aid: Sequence[AidLine],
              hearings: Sequence[Hearing], on: date) -> list[Standing]:
    """Of cases with orders and without, in their order."""
    by_id = {person.participant_id: person for person in people}
    told: dict[str, list[str]] = {case.case_id: [] for case in cases}
    for line in aid:
        told[line.case_id].append(line.what)
    reviewed = {found.case.case_id for found in hearings
                if found.is_to_come(on) and found.type in REVIEWED_IN}
    return [_standing(case, by_id, told[case.case_id], case.case_id in reviewed, on) for case in cases]


def _standing(case: Case, people: Mapping[str, Participant], told: Sequence[str], reviewed: bool,
              on: date) -> Standing:
    rng = chance("standing", case.case_id)
    elsewhere = rng.choice(sorted(TOWNS)) if rng.random() < 0.06 else case.county
    return Standing(case, _status(case, on, again=rng.random() < 0.06), _function(case, reviewed, on),
                    _assistance(case, told), "" if elsewhere == case.county else elsewhere,
                    children_of(case, people[case.payor_id], people[case.payee_id]))


def _status(case: Case, on: date, *, again: bool) -> str:
    if case.is_application:
        return "pending" if on - case.opened_on <= PENDING else "open"
    return "reopened" if again and not case.closed_on else "open"


def _function(case: Case, reviewed: bool, on: date) -> str:
    if case.is_application:
        return function_of(case, on)
    if on < begins_on(case):
        return "order_establishment"
    if of_another_state(case):
        return "intergovernmental"
    return "review_modification" if reviewed else "enforcement"


def _assistance(case: Case, told: Sequence[str]) -> str:
    """Cash aid as the case's account was told; where there was none and medical support is owed, Medi-Cal."""
    if "started" in told:
        return "former" if "ended" in told else "current"
    return "medi_cal_only" if "MEDICAL" in beside_child_support(case) and not case.closed_on else "never"
