"""Who pays whom: cases over the participants, with people in several cases and in both roles."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from demo.chance import chance, weighted
from demo.people import Participant

# Every case is older than this day, whatever day the files are written for; so a file written tomorrow goes on
# where the one of today ends.
EPOCH = date(2026, 1, 1)
CASES_PER_PARTICIPANT = 0.59
SHARE_IN_BOTH_ROLES = 0.075
SHARE_OF_PAYORS = 0.4375
LEAST_PARTICIPANTS = 20


@dataclass(frozen=True)
class Case:
    """`closed_on` ends its payments. An application has no order yet, so no money either."""

    number: int
    case_id: str
    county: str
    court_case_number: str
    opened_on: date
    closed_on: date | None
    payor_id: str
    payee_id: str
    is_application: bool = False


def make_cases(people: list[Participant]) -> list[Case]:
    """Every participant is in a case; some pay in one and are paid in another; one pays in three."""
    if len(people) < LEAST_PARTICIPANTS:
        raise ValueError(f"an agency needs at least {LEAST_PARTICIPANTS} participants")
    rng = chance("caseload", len(people))
    shuffled = rng.sample(people, len(people))
    both = max(2, round(len(people) * SHARE_IN_BOTH_ROLES))
    payors = both + round(len(people) * SHARE_OF_PAYORS)
    pairs = _pairs(rng, shuffled[:payors], shuffled[:both] + shuffled[payors:],
                   round(len(people) * CASES_PER_PARTICIPANT))
    return [_case(number, payor, payee) for number, (payor, payee) in enumerate(pairs, start=1)]


def _pairs(rng: random.Random, payors: list[Participant], payees: list[Participant],
           count: int) -> list[tuple[Participant, Participant]]:
    """Each once at least; the last payor thrice; whoever is left over makes a second case."""
    paying = payors + [payors[-1]] * 2
    paying = (paying + payors[:-1])[:max(count, len(paying))]
    paid = (payees + payees[::-1])[:len(paying)]
    rng.shuffle(paid)
    while any(a is b for a, b in zip(paying, paid, strict=True)):  # nobody owes themselves
        rng.shuffle(paid)
    return list(zip(paying, paid, strict=True))


def _case(number: int, payor: Participant, payee: Participant) -> Case:
    rng = chance("case", payor.participant_id, payee.participant_id, number)
    # A third in the last two years before the epoch: such a case begins in the middle of somebody's history.
    age = weighted(rng, [(rng.randrange(20, 700), 0.33), (rng.randrange(700, 5800), 0.67)])
    opened = EPOCH - timedelta(days=age)
    closed = EPOCH - timedelta(days=rng.randrange(0, 300)) if age > 1500 and rng.random() < 0.12 else None
    court = f"FL-{opened.year}-{rng.randrange(1, 9999):06d}" if rng.random() < 0.88 else ""
    return Case(number, f"{200_000_000_000 + number * 7919}", payee.county, court, opened, closed,
                payor.participant_id, payee.participant_id)
