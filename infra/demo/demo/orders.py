"""What courts ordered: current support by kind, now and then modified; what was owed already, and its schedule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from demo.caseload import EPOCH, Case
from demo.chance import chance
from demo.habits import arrears_percent, habit_of
from demo.months import first_after, month_of, months_on

FIRST_PAYMENT_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Order:
    """From `effective_on` an obligation is so many cents a month; one of another state bears that state's interest."""

    case: Case
    kind: str
    cents: int
    effective_on: date
    of_another_state: bool

    @property
    def source_id(self) -> str:
        return f"{self.kind[0]}{self.effective_on:%y%m}{self.case.number:05d}"


@dataclass(frozen=True)
class Judgment:
    """Owed already on that day, and asked for by so much a month."""

    case: Case
    due_on: date
    principal: int
    interest: int
    monthly: int


def begins_on(case: Case) -> date:
    """The month of a case's first order."""
    return first_after(case.opened_on + FIRST_PAYMENT_AFTER)


def of_another_state(case: Case) -> bool:
    return chance("another state", case.case_id).random() < 0.04


def child_support(case: Case, on: date = EPOCH) -> int:
    """Cents a month, in whole dollars, about 430 in the middle and seldom above 1,500."""
    dollars = round(chance("order", case.case_id).lognormvariate(6.06, 0.5))
    changed = modification(case)
    if changed and changed[0] <= on:
        dollars = round(dollars * changed[1])
    return max(50, min(2400, dollars)) * 100


def modification(case: Case) -> tuple[date, float] | None:
    """When a court changed child support, and by which factor; of one case in seven."""
    rng = chance("modified", case.case_id)
    if rng.random() > 0.15:
        return None
    on = months_on(EPOCH, rng.randrange(-12, 9))
    return (on, rng.choice((0.75, 0.85, 0.9, 1.1, 1.2, 1.3))) if on > begins_on(case) else None


def support_on(case: Case, on: date) -> int:
    """Cents a month of all kinds together."""
    return child_support(case, on) + sum(beside_child_support(case).values())


def orders_of(case: Case, since: date, until: date) -> Iterator[Order]:
    """Those in force in the days from `since` to `until`; an order from before counts from `since` on."""
    begin = max(begins_on(case), since)
    if begin > until or (case.closed_on and case.closed_on < begin):
        return
    elsewhere = of_another_state(case)
    yield Order(case, "CHILD", child_support(case, begin), begin, elsewhere)
    for kind, cents in beside_child_support(case).items():
        yield Order(case, kind, cents, begin, elsewhere)
    changed = modification(case)
    if changed and begin < changed[0] <= min(until, case.closed_on or until):
        yield Order(case, "CHILD", child_support(case, changed[0]), changed[0], elsewhere)


def judgment_of(case: Case) -> Judgment | None:
    """Of who pays something on top of current support, of most who pay by chance, and of a few others."""
    rng, percent = chance("judgment", case.case_id), arrears_percent(case.payor_id)
    behind = habit_of(case.payor_id) in ("irregular", "nothing")
    if not percent and rng.random() > (0.6 if behind else 0.08):
        return None
    due = max(begins_on(case), month_of(EPOCH - timedelta(days=rng.randrange(430, 700))))
    if case.closed_on and case.closed_on < due:
        return None
    support = child_support(case, due)
    principal = support * rng.randrange(4, 15) + rng.randrange(10_000)
    interest = principal * rng.randrange(2, 9) // 100 if rng.random() < 0.3 else 0
    monthly = max(2_500, support * (percent or 10) // 100)
    return Judgment(case, due, principal, interest, monthly)


def beside_child_support(case: Case) -> dict[str, int]:
    rng = chance("beside child support", case.case_id)
    found = {}
    if rng.random() < 0.15:
        found["MEDICAL"] = rng.randrange(40, 140) * 100
    if rng.random() < 0.07:
        found["SPOUSAL"] = rng.randrange(150, 700) * 100
    return found
