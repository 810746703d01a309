"""Collections in any number for load tests, written as they are made: memory does not grow with the count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from demo.agency import PARTICIPANTS
from demo.caseload import make_cases
from demo.chance import chance
from demo.people import make_participants
from demo.rows import Row, dollars

_SOURCES = (("INCOME_WITHHOLDING", "EFT"), ("INCOME_WITHHOLDING", "EFT"), ("OTHER", "CARD"), ("OTHER", "CHECK"))


def collection_rows(count: int, as_of: date, participants: int = PARTICIPANTS, days: int = 30) -> Iterator[Row]:
    """`count` receipts spread over the agency's open cases and the `days` up to `as_of`, oldest first.

    The source system is LOAD, so these never meet the ids of the agency's own receipts.
    """
    rng = chance("load", participants)
    cases = [case for case in make_cases(make_participants(participants)) if not case.closed_on]
    first = as_of - timedelta(days=days - 1)
    for number in range(count):
        day = (first + timedelta(days=number * days // count)).isoformat()
        case = cases[rng.randrange(len(cases))]
        source, method = _SOURCES[number % len(_SOURCES)]
        yield ("LOAD", f"L{number + 1:010d}", case.payor_id, case.case_id, dollars(rng.randrange(1000, 90_000)),
               day, day, source, method, "")
