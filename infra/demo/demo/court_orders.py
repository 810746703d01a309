"""The papers behind what has to be paid: an order for each beginning of it, and one for each change by a court."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from demo.caseload import Case
from demo.chance import chance, weighted
from demo.habits import habit_of
from demo.offices import court_of
from demo.orders import begins_on, modification
from demo.workdays import at_or_after

FINAL_AFTER = timedelta(days=150)
INSURANCE = (("payor", 0.5), ("payee", 0.2), ("both", 0.1), ("none", 0.2))


@dataclass(frozen=True)
class CourtOrder:
    case: Case
    order_id: str
    court: str
    type: str
    filed_on: date
    effective_on: date
    health_insurance: str
    income_withholding: bool


def court_orders_of(case: Case, until: date) -> Iterator[CourtOrder]:
    """Effective on the days that the account has its amounts from: a temporary one is made final, and one in seven
    cases has a second order that changed the first."""
    changed, end = modification(case), min(until, case.closed_on or until)
    begun = begins_on(case)
    if begun <= end:
        yield _order(case, "1", "final" if until >= begun + FINAL_AFTER else "temporary", begun)
    if changed and begun < changed[0] <= end:
        yield _order(case, "2", "modified", changed[0])


def _order(case: Case, which: str, type: str, effective_on: date) -> CourtOrder:
    """Filed one to four weeks before; the order to an employer is part of most, and of all whose wages are withheld."""
    rng = chance("court order", case.case_id, which)
    return CourtOrder(case, f"ORDER-{case.number:05d}-{which}", court_of(case.county), type,
                      at_or_after(effective_on - timedelta(days=rng.randrange(7, 26))), effective_on,
                      weighted(chance("insurance", case.case_id), INSURANCE),
                      rng.random() < 0.4 or habit_of(case.payor_id) == "withheld")
