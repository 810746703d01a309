"""How payors pay: withheld wages every two weeks, cards and checks by the month, now and then, or by tax refund."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from demo.caseload import Case
from demo.chance import chance, weighted
from demo.habits import arrears_percent, habit_of
from demo.orders import begins_on, judgment_of, support_on
from demo.workdays import at_or_after, workdays_after

SENT_AFTER = 2
"""Business days until money is sent on."""


@dataclass(frozen=True)
class Receipt:
    """Money that came in, in cents. `joint` marks a refund of a joint return, which is held for six months."""

    source_system: str
    source_id: str
    payor_id: str
    case_id: str
    amount_cents: int
    received_on: date
    posted_on: date
    source: str
    method: str
    joint: bool = False
    returned_on: date | None = None

    @property
    def came_back_late(self) -> bool:
        """After it had been sent on to the family."""
        return self.returned_on is not None and self.returned_on > workdays_after(self.received_on, SENT_AFTER)


def receipts_of(case: Case, since: date, until: date) -> Iterator[Receipt]:
    """A case's receipts that are posted in the days from `since` to `until`."""
    habit = habit_of(case.payor_id)
    regular = {"withheld": _withheld, "card": _by_month, "check": _by_month, "irregular": _irregular,
               "nothing": _nothing}[habit]
    begin = max(since - timedelta(days=40), begins_on(case))
    end = min(until, case.closed_on) if case.closed_on else until
    for receipt in (*regular(case, begin, end), *_tax_offsets(case, habit, begin, end)):
        if since <= receipt.received_on and receipt.posted_on <= end:
            yield receipt


def unattributed(payor_id: str, since: date, until: date) -> Iterator[Receipt]:
    """Checks nobody can place, and now and then one of `payor_id` that names no case."""
    day = since.replace(day=1)
    while day <= until:
        rng = chance("unattributed", day)
        received = at_or_after(day + timedelta(days=rng.randrange(27)))
        known = payor_id if day.month % 4 == 0 else ""
        if (known or rng.random() < 0.4) and since <= received and workdays_after(received, 1) <= until:
            yield Receipt("SDU", f"{day:%y%m}00000009", known, "", rng.randrange(20, 400) * 100, received,
                          workdays_after(received, 1), "OTHER", "MONEY_ORDER")
        day = (day + timedelta(days=32)).replace(day=1)


def _withheld(case: Case, begin: date, end: date) -> Iterator[Receipt]:
    """Each second Friday, two to five days on the way; an arrears share on top for some."""
    own = chance("employer", case.payor_id)
    phase, lag = own.randrange(2) * 7, own.randrange(2, 6)
    method = weighted(own, [("EFT", 0.85), ("CHECK", 0.15)])
    percent = 100 + (arrears_percent(case.payor_id) if judgment_of(case) else 0)
    for payday in _days(begin, end):
        if payday.weekday() != 4 or payday.toordinal() % 14 != (5 + phase) % 14:
            continue
        rng = chance("payday", case.case_id, payday)
        if rng.random() < 0.03:  # between jobs, or unpaid leave
            continue
        share = round(support_on(case, payday) * percent / 100 * 12 / 26)
        amount = share if rng.random() > 0.05 else max(500, round(share * rng.uniform(0.3, 0.9)))
        yield _receipt(case, payday, 1, amount, at_or_after(payday + timedelta(days=lag)),
                       "INCOME_WITHHOLDING", method)


def _by_month(case: Case, begin: date, end: date) -> Iterator[Receipt]:
    own = chance("month payer", case.payor_id)
    due_day, card = own.randrange(1, 11), habit_of(case.payor_id) == "card"
    for due in _days(begin, end):
        if due.day != due_day:
            continue
        rng = chance("month", case.case_id, due)
        if rng.random() < 0.06:
            continue
        method = "CARD" if card else weighted(rng, [("CHECK", 0.8), ("MONEY_ORDER", 0.2)])
        received = at_or_after(due + timedelta(days=rng.randrange(0, 6)))
        bounced = method == "CHECK" and rng.random() < 0.06
        # Two of five come back after the family has been paid.
        days = rng.randrange(6, 11) if rng.random() < 0.4 else SENT_AFTER
        yield _receipt(case, due, 2, support_on(case, due), received, "OTHER", method,
                       returned_on=workdays_after(received, days) if bounced else None)


def _irregular(case: Case, begin: date, end: date) -> Iterator[Receipt]:
    """What they can, when they can; some out of unemployment benefits, seldom a levy."""
    for day in _days(begin, end):
        rng = chance("irregular", case.case_id, day)
        if rng.random() > 0.022:
            continue
        source, method = weighted(rng, [(("OTHER", "CARD"), 0.4), (("OTHER", "CHECK"), 0.15),
                                        (("OTHER", "MONEY_ORDER"), 0.15), (("UIB", "EFT"), 0.25),
                                        (("ADMIN_ENFORCEMENT", "EFT"), 0.05)])
        yield _receipt(case, day, 3, rng.randrange(4, 60) * 500, at_or_after(day), source, method)


def _tax_offsets(case: Case, habit: str, begin: date, end: date) -> Iterator[Receipt]:
    """In spring, from who is behind."""
    for year in range(begin.year, end.year + 1):
        rng = chance("tax", case.case_id, year)
        day = date(year, 2, 10) + timedelta(days=rng.randrange(100))
        behind = 0.6 if habit in ("irregular", "nothing") else 0.25 if judgment_of(case) else 0.01
        if rng.random() > behind or not begin <= day <= end:
            continue
        federal = rng.random() < 0.75
        amount = _odd(rng, 400, 4800) if federal else _odd(rng, 60, 900)
        yield _receipt(case, day, 4, amount, at_or_after(day), "FEDERAL_TAX" if federal else "STATE_TAX", "EFT",
                       system="IRS" if federal else "FTB", joint=federal and rng.random() < 0.3)


def _nothing(case: Case, begin: date, end: date) -> Iterator[Receipt]:
    return iter(())


def _receipt(case: Case, due: date, kind: int, amount: int, received: date, source: str, method: str, *,
             system: str = "SDU", joint: bool = False, returned_on: date | None = None) -> Receipt:
    posted = received if method in ("EFT", "CARD") else workdays_after(received, 1)
    return Receipt(system, f"{due:%y%m%d}{case.number:05d}{kind}", case.payor_id, case.case_id, amount, received,
                   posted, source, method, joint, returned_on)


def _odd(rng: random.Random, low: int, high: int) -> int:
    return rng.randrange(low * 100, high * 100)


def _days(begin: date, end: date) -> Iterator[date]:
    for ordinal in range(begin.toordinal(), end.toordinal() + 1):
        yield date.fromordinal(ordinal)
