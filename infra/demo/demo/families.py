"""Families with cash aid, now or once: when it began and ended, and what was paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from demo.caseload import EPOCH, Case
from demo.chance import chance, weighted
from demo.months import first_after, months_between, months_on

STANDINGS = (("never", 0.62), ("former", 0.20), ("current", 0.18))
# What is told month by month begins here; what was paid before is one sum.
FIRST_MONTH = months_on(EPOCH, -24)
MONTHLY = {1: 69_000, 2: 87_000, 3: 105_000}


@dataclass(frozen=True)
class Aid:
    """Cash aid of a family. `ended_on` is the first day without."""

    begun_on: date
    ended_on: date | None
    children: int


@dataclass(frozen=True)
class AidLine:
    """`what` is started, ended or paid."""

    source_id: str
    case_id: str
    what: str
    on: date
    children: int | None = None
    cents: int | None = None


def aid_of(payee_id: str) -> Aid | None:
    rng = chance("aid", payee_id)
    standing, children = weighted(rng, STANDINGS), rng.randrange(1, 4)
    if standing == "never":
        return None
    if standing == "current":
        return Aid(first_after(EPOCH - timedelta(days=rng.randrange(30, 1200))), None, children)
    begun = first_after(EPOCH - timedelta(days=rng.randrange(700, 1800)))
    return Aid(begun, first_after(EPOCH + timedelta(days=rng.randrange(-400, 200))), children)


def aid_lines(case: Case, cases_of_family: int, until: date) -> Iterator[AidLine]:
    """What a case's account is told; the aid of a family with several cases is spread over them."""
    aid = aid_of(case.payee_id)
    if aid is None:
        return
    begun = max(aid.begun_on, first_after(case.opened_on))
    ended = aid.ended_on if aid.ended_on and aid.ended_on <= until else None
    if ended and ended <= begun:
        return
    yield AidLine(f"B{case.number:05d}", case.case_id, "started", begun, children=aid.children)
    if ended:
        yield AidLine(f"E{case.number:05d}", case.case_id, "ended", ended)
    yield from _paid(case, begun, ended or until, MONTHLY[aid.children] // cases_of_family)


def _paid(case: Case, begun: date, until: date, monthly: int) -> Iterator[AidLine]:
    before = [month for month in months_between(begun, until) if month < FIRST_MONTH]
    if before:
        yield AidLine(f"P{case.number:05d}0000", case.case_id, "paid", before[0], cents=monthly * len(before))
    for month in months_between(max(begun, FIRST_MONTH), until - timedelta(days=1)):
        yield AidLine(f"P{case.number:05d}{month:%y%m}", case.case_id, "paid", month, cents=monthly)
