"""What the phone asks of the gateway: the same rows of the view as the pages, and the same commands to auth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from eventkit.secret import Secret
from gateway import credentials
from gateway.credentials import Auth, AuthAway, Channel
from gateway.offices import Office, Offices
from gateway.phone import told
from gateway.phone.driver import BackendAway, ChangedPin
from gateway.phone.told import Owed, Payment
from gateway.throttle import Throttle
from gateway.view import my_cases, my_dates, reading
from gateway.view.balances import Balance, balances
from gateway.view.choosing import Kind
from gateway.view.my_dates import Date
from gateway.view.payment_rows import Made, Received, Sent

MOST_PAYMENTS: Final = 60
"""More than two years of them, twice a month; nobody listens to so many."""
SPOKEN_MADE: Final = {"held": "held", "reversed": "reversed", "refunded": "refunded"}
SPOKEN_SENT: Final = {"pending": "pending", "returned": "returned", "stop_paid": "stopped", "stale": "stale",
                      "voided": "voided"}
HEARINGS: Final = frozenset({"support_order", "modification", "enforcement", "parentage", "review"})
APPOINTMENTS: Final = frozenset({"interview", "genetic_test", "family_meeting", "virtual"})
"""Kinds that the catalogue has a name for."""


@dataclass(frozen=True)
class PhoneBackend:
    """The Backend of gateway.phone.driver. Everything that is away raises BackendAway."""

    engine: Engine
    auth: Auth
    zone: ZoneInfo
    local: Offices
    throttle: Throttle
    county_of: Callable[[str], str | None] = lambda _: None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def knock(self, rule: str, line: str) -> None:
        """Callers who withhold their number share a larger count."""
        named = rule if line else f"{rule}_unnamed"
        with _away(), self.engine.begin() as conn:
            too_many = self.throttle.knock(conn, named, line or "unnamed", self.clock())
        if too_many:
            raise BackendAway

    def log_in(self, identifier: Secret, pin: Secret, channel: str) -> told.LoggedIn | told.NotAccepted:
        with _away():
            answer = self.auth.log_in(identifier, pin, cast(Channel, channel))
        if isinstance(answer, credentials.NotAccepted):
            return told.NotAccepted()
        return told.LoggedIn(answer.participant_id, answer.must_change, answer.proof if answer.must_change else None,
                              answer.version)

    def change_pin(self, participant: str, proof: Secret | None, new_pin: Secret, channel: str) -> ChangedPin:
        with _away():
            return _changed(self.auth.change_pin(participant, proof, new_pin, cast(Channel, channel)))

    def replace_pin(self, participant: str, current: Secret, new_pin: Secret, channel: str) -> ChangedPin:
        with _away():
            return _changed(self.auth.replace_pin(participant, current, new_pin, cast(Channel, channel)))

    def request_pin(self, identifier: Secret, channel: str) -> None:
        with _away():
            self.auth.request_pin(identifier, cast(Channel, channel))

    def still_open(self, participant: str, account_version: int) -> bool:
        with _away(), self.engine.connect() as conn:
            return account_version >= reading.sessions_valid_from(conn, participant)

    def payments_made(self, participant: str) -> Sequence[Payment]:
        return [_payment(row, SPOKEN_MADE) for row in self._payments(participant, "made")]

    def payments_sent(self, participant: str) -> Sequence[Payment]:
        return [_payment(row, SPOKEN_SENT) for row in self._payments(participant, "sent")]

    def held(self, participant: str) -> int:
        """That money is held, never why or of what: what a tax refund was taken for is nobody's business here
        (domain.md 3, federal tax information)."""
        received = [row for row in self._payments(participant, "received") if isinstance(row, Received)]
        return sum(piece.amount_cents for row in received if row.counts for piece in row.went
                   if piece.what.startswith("held."))

    def balances(self, participant: str) -> Sequence[Owed]:
        today = self.clock().astimezone(self.zone).date()
        with _away(), self.engine.connect() as conn:
            found, alleged = balances(conn, participant, today), my_cases.alleged_in(conn, participant)
        standings: dict[str, list[Balance]] = {"payor": [], "alleged": [], "payee": []}
        for one in found:
            standings["alleged" if one.case_id in alleged else one.role].append(one)
        return [_owed(standing, mine) for standing, mine in standings.items() if mine]

    def cases(self, participant: str) -> Sequence[told.Case]:
        today = self.clock().astimezone(self.zone).date()
        with _away(), self.engine.connect() as conn:
            return [told.Case(case.case_id, case.label, case.standing, case.status != "closed",
                               sum(one.cents for one in my_cases.monthly_of(conn, case.case_id, today)),
                               bool(my_cases.orders_of(conn, case.case_id)))
                    for case in my_cases.cases_of(conn, participant)]

    def meetings(self, participant: str) -> Sequence[told.Meeting]:
        with _away(), self.engine.connect() as conn:
            found = my_dates.dates_of(conn, participant)
        return [self._meeting(date) for date in my_dates.split(found, self.clock())[0]]

    def offices(self, participant: str) -> Sequence[told.Office]:
        with _away(), self.engine.connect() as conn:
            found = [case.lcsa for case in my_cases.cases_of(conn, participant) if case.status != "closed"]
        known = (self.local.find(fips) for fips in dict.fromkeys(found))
        return [_office(office) for office in known if office]

    def as_of(self, participant: str, of: str = "payments") -> datetime:
        with _away(), self.engine.connect() as conn:
            known = reading.as_of(conn, of) or self.clock()
        return self._here(known)

    def find_office(self, where: str) -> told.Office | None:
        if (found := self.local.find(where)) is None:
            is_zip = where.isdigit()
            found = self.local.serving(where, self.county_of) if is_zip else self.local.of_county(where)
        return _office(found) if found else None

    def _meeting(self, date: Date) -> told.Meeting:
        at = self._here(date.starts_at)
        if date.kind == "hearing":
            kind = f"hearing.{date.type if date.type in HEARINGS else 'other'}"
            return told.Meeting(date.id, kind, at, date.off, date.court, _department(date.department))
        kind = f"appointment.{date.type if date.type in APPOINTMENTS else 'other'}"
        return told.Meeting(date.id, kind, at, date.off)

    def _here(self, at: datetime) -> datetime:
        return at.astimezone(self.zone).replace(tzinfo=None)

    def _payments(self, participant: str, kind: Kind) -> Sequence[Made | Sent | Received]:
        with _away(), self.engine.connect() as conn:
            return reading.payments(conn, participant, kind, limit=MOST_PAYMENTS).rows


def _changed(answer: credentials.PinChanged | credentials.PinTooWeak | credentials.NotAccepted) -> ChangedPin:
    match answer:
        case credentials.PinChanged(version):
            return told.PinChanged(version)
        case credentials.PinTooWeak():
            return told.PinTooWeak()
        case credentials.NotAccepted():
            return told.NotAccepted()


def _payment(row: Made | Sent | Received, spoken: dict[str, str]) -> Payment:
    return Payment(row.reference, row.on, row.amount_cents, spoken.get(row.status, ""))


def _office(office: Office) -> told.Office:
    return told.Office(office.fips, office.name["en"], office.name["es"], office.phone)


def _department(written: str | None) -> str | None:
    """ "Department 30", "Dept. 30" and "30" are all the 30th to a caller."""
    return re.sub(r"^(department|dept\.?)\s+", "", written, flags=re.IGNORECASE) if written else None


def _owed(standing: str, found: Sequence[Balance]) -> Owed:
    """All cases of one standing added up: numbers of cases are no good to listen to."""
    coming = [one.expected for one in found if one.expected]
    return Owed(standing, sum(one.due_now for one in found), sum(one.past_due for one in found),
                sum(one.interest for one in found), coming[0].on if coming else None,
                sum(expected.total for expected in coming))


@contextmanager
def _away() -> Iterator[None]:
    try:
        yield
    except (AuthAway, SQLAlchemyError):
        raise BackendAway from None
