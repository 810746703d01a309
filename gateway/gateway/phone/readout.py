"""What is read out to a caller of their own case: rows, a page at a time, and as of when they are true."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from typing import Final

from gateway.phone.told import Balance, Case, Cases, Dates, Meeting, Office, Offices, Owed, Payment, Payments
from gateway.phone.turns import Call, Clock, Day, Line, Money, Name, Number, Spelled, Text, Value

SPOKEN_STATUSES: Final = frozenset(
    {"held", "refunded", "reversed", "pending", "returned", "stopped", "stale", "voided"})
"""What a caller must hear beside the amount, because the money is not where the amount suggests."""


@dataclass(frozen=True)
class Row:
    reference: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Reading:
    """`at_once` rows make a page. `none` is said where there are no rows; `counted` where it is said first how many
    there are on a page; `first` is said after the rows of the first page, `last` after those of each."""

    rows: Sequence[Row]
    at_once: int
    none: str
    counted: bool = False
    first: tuple[Line, ...] = ()
    last: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Page:
    lines: tuple[Line, ...]
    last: str
    more: bool


def page(call: Call, reading: Reading) -> Page | None:
    """The page after the call's `after`; None where there is nothing (more) to read."""
    start = next((n for n, row in enumerate(reading.rows, 1) if row.reference == call.after), 0)
    rows = reading.rows[start : start + reading.at_once]
    if not rows:
        return None
    lines = tuple(line for row in rows for line in row.lines)
    first = reading.first if start == 0 else ()
    return Page((*_count(call, reading, len(rows), start), *lines, *first, *reading.last), rows[-1].reference,
                len(reading.rows) > start + len(rows))


def payments(call: Call, found: Payments) -> Reading:
    listed = found.made if call.listing == "made" else found.sent
    rows = [Row(row.reference, (_payment(call, row, found.as_of),)) for row in listed]
    held = (_line(call, "payments.held", amount=Money(found.held)),) if found.held and call.listing == "sent" else ()
    return Reading(rows, 5, "payments.none", True, held, _as_of(call, found.as_of))


def balance(call: Call, found: Balance) -> Reading:
    """What is owed in the caller's cases, those they pay in first."""
    rows = [Row(owed.role, _owed(call, owed, found.as_of)) for owed in found.owed]
    return Reading(rows, len(rows), "balance.none", last=_as_of(call, found.as_of))


def cases(call: Call, found: Cases) -> Reading:
    rows = [Row(case.reference, _case(call, case)) for case in found.cases]
    return Reading(rows, 2, "cases.none", last=_as_of(call, found.as_of))


def dates(call: Call, found: Dates) -> Reading:
    rows = [Row(one.reference, _meeting(call, one, found.as_of)) for one in found.meetings]
    return Reading(rows, 2, "dates.none", last=_as_of(call, found.as_of))


def offices(call: Call, found: Offices) -> Reading:
    return Reading([Row(one.place, office(call, one)) for one in found.offices], 2, "office.none")


def office(call: Call, found: Office) -> tuple[Line, ...]:
    name = Name(found.name_en if call.language == "en" else found.name_es)
    return (_line(call, "office.is", name=name, phone=Spelled(found.phone)),)


def _payment(call: Call, row: Payment, as_of: datetime) -> Line:
    key = f"payments.row.{row.status}" if row.status in SPOKEN_STATUSES else "payments.row"
    return _line(call, key, date=_day(row.on, as_of), amount=Money(row.cents))


def _owed(call: Call, owed: Owed, as_of: datetime) -> tuple[Line, ...]:
    due = _line(call, f"balance.{owed.role}", due=Money(owed.due_now), past=Money(owed.past_due),
                interest=Money(owed.interest))
    if owed.next_on is None:
        return (due,)
    return due, _line(call, "balance.next", amount=Money(owed.next_cents), date=_day(owed.next_on, as_of))


def _case(call: Call, case: Case) -> tuple[Line, ...]:
    state = Text("cases.open" if case.is_open else "cases.closed")
    stands = _line(call, f"cases.{case.standing}", number=Spelled(case.number), state=state)
    if not case.is_open:
        return (stands,)
    if case.monthly:
        return stands, _line(call, "cases.monthly", amount=Money(case.monthly))
    return stands, _line(call, "cases.no_monthly" if case.has_order else "cases.no_order")


def _meeting(call: Call, one: Meeting, as_of: datetime) -> tuple[Line, ...]:
    key = "dates.off" if one.is_off else "dates.on"
    when = _line(call, key, what=Text(f"dates.{one.kind}"), date=_day(one.at.date(), as_of), time=Clock(one.at.time()))
    if one.is_off or not one.court:
        return (when,)
    if not one.department:
        return when, _line(call, "dates.court", court=Name(one.court))
    # a number is said sign by sign, a name as it is
    which = Spelled if re.fullmatch(r"[0-9]{1,4}-?[A-Z]{0,2}|[A-Z]{1,2}-?[0-9]{0,4}", one.department) else Name
    return when, _line(call, "dates.department", court=Name(one.court), department=which(one.department))


def _count(call: Call, reading: Reading, count: int, start: int) -> tuple[Line, ...]:
    if not reading.counted:
        return ()
    key = f"payments.{call.listing}.{'latest' if start == 0 else 'next'}"
    return (Line(key, call.language, (("number", Number(count)),), count),)


def _as_of(call: Call, as_of: datetime) -> tuple[Line, ...]:
    return (_line(call, "payments.as_of", date=Day(as_of.date()), time=Clock(as_of.time())),)


def _day(on: Date, as_of: datetime) -> Day:
    return Day(on, on.year != as_of.year)


def _line(call: Call, key: str, **values: Value) -> Line:
    return Line(key, call.language, tuple(values.items()))
