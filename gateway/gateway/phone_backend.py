"""What the phone asks of the gateway: the same rows of the view as the pages, and the same commands to auth."""

from __future__ import annotations

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
from gateway.phone import turns
from gateway.phone.driver import BackendAway
from gateway.phone.turns import Owed, Payment
from gateway.view import reading
from gateway.view.balances import Balance, balances
from gateway.view.choosing import Kind
from gateway.view.payment_rows import Made, Received, Sent

MOST_PAYMENTS: Final = 60
"""More than two years of them, twice a month; nobody listens to so many."""
SPOKEN_MADE: Final = {"held": "held", "reversed": "reversed", "refunded": "refunded"}
SPOKEN_SENT: Final = {"pending": "pending", "returned": "returned", "stop_paid": "stopped", "stale": "stale",
                      "voided": "voided"}


@dataclass(frozen=True)
class PhoneBackend:
    """The Backend of gateway.phone.driver. Everything that is away raises BackendAway."""

    engine: Engine
    auth: Auth
    zone: ZoneInfo
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def log_in(self, identifier: Secret, pin: Secret, channel: str) -> turns.LoggedIn | turns.NotAccepted:
        with _away():
            answer = self.auth.log_in(identifier, pin, cast(Channel, channel))
        if isinstance(answer, credentials.NotAccepted):
            return turns.NotAccepted()
        return turns.LoggedIn(answer.participant_id, answer.must_change, answer.proof if answer.must_change else None,
                              answer.version)

    def change_pin(self, participant: str, proof: Secret | None, new_pin: Secret,
                   channel: str) -> turns.PinChanged | turns.PinTooWeak | turns.NotAccepted:
        with _away():
            answer = self.auth.change_pin(participant, proof, new_pin, cast(Channel, channel))
        match answer:
            case credentials.PinChanged(version):
                return turns.PinChanged(version)
            case credentials.PinTooWeak():
                return turns.PinTooWeak()
            case credentials.NotAccepted():
                return turns.NotAccepted()

    def request_pin(self, identifier: Secret, channel: str) -> None:
        with _away():
            self.auth.request_pin(identifier, cast(Channel, channel))

    def still_open(self, participant: str, account_version: int) -> bool:
        with _away(), self.engine.connect() as conn:
            return account_version >= reading.sessions_valid_from(conn, participant)

    def payments_made(self, participant: str) -> Sequence[Payment]:
        return self._payments(participant, "made", SPOKEN_MADE)

    def payments_sent(self, participant: str) -> Sequence[Payment]:
        return self._payments(participant, "sent", SPOKEN_SENT)

    def balances(self, participant: str) -> Sequence[Owed]:
        today = self.clock().astimezone(self.zone).date()
        with _away(), self.engine.connect() as conn:
            found = balances(conn, participant, today)
        by_role = {role: [one for one in found if one.role == role] for role in ("payor", "payee")}
        return [_owed(role, mine) for role, mine in by_role.items() if mine]

    def as_of(self, participant: str) -> datetime:
        with _away(), self.engine.connect() as conn:
            known = reading.as_of(conn, "payments") or datetime.now(UTC)
        return known.astimezone(self.zone).replace(tzinfo=None)

    def _payments(self, participant: str, kind: Kind, spoken: dict[str, str]) -> list[Payment]:
        with _away(), self.engine.connect() as conn:
            rows = reading.payments(conn, participant, kind, limit=MOST_PAYMENTS).rows
        return [_payment(row, spoken) for row in rows]


def _payment(row: Made | Sent | Received, spoken: dict[str, str]) -> Payment:
    return Payment(row.reference, row.on, row.amount_cents, spoken.get(row.status, ""))


def _owed(role: str, found: Sequence[Balance]) -> Owed:
    """All cases of one role added up: numbers of cases are no good to listen to."""
    coming = [one.expected for one in found if one.expected]
    return Owed(role, sum(one.due_now for one in found), sum(one.past_due for one in found),
                sum(one.interest for one in found), coming[0].on if coming else None,
                sum(expected.total for expected in coming))


@contextmanager
def _away() -> Iterator[None]:
    try:
        yield
    except (AuthAway, SQLAlchemyError):
        raise BackendAway from None
