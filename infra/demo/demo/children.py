"""The children of a case: as many as its family's aid is for, none grown up while the agency is shown."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from demo.caseload import EPOCH, Case
from demo.chance import chance, weighted
from demo.families import aid_of
from demo.people import Participant
from demo.words import FIRST_NAMES

OLDEST = timedelta(days=6000)
"""At the epoch: sixteen years and a half."""
APART = (330, 1100)
HOW_MANY = ((1, 0.5), (2, 0.34), (3, 0.12), (4, 0.04))


@dataclass(frozen=True)
class Child:
    first_name: str
    last_name: str
    born_on: date


def children_of(case: Case, payor: Participant, payee: Participant) -> tuple[Child, ...]:
    """The first was there when the case was opened; the others came later, or before where the time is too short."""
    rng, aid = chance("children", case.case_id), aid_of(case.payee_id)
    born = _birth_days(rng, case.opened_on, aid.children if aid else weighted(rng, HOW_MANY))
    names = rng.sample(FIRST_NAMES[payee.language], len(born))
    last_name = rng.choice((payor.last_name, payor.last_name, payee.last_name))
    return tuple(Child(name, last_name, day) for name, day in zip(names, born, strict=True))


def _birth_days(rng: random.Random, opened: date, count: int) -> list[date]:
    earliest = max(EPOCH - OLDEST, opened - timedelta(days=9 * 365))
    days = [earliest + timedelta(days=rng.randrange((opened - earliest).days + 1))]
    while len(days) < count:
        later = max(days) + timedelta(days=rng.randrange(*APART))
        days.append(later if later < opened or later < EPOCH else min(days) - timedelta(days=rng.randrange(*APART)))
    return sorted(days)
