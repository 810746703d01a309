"""The letter desk: decides on requests after they were answered, and makes temporary PINs."""

from __future__ import annotations

import secrets
import string
import threading
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, select, update

from auth.credentials import follow
from auth.domain.account import account
from auth.domain.commands import IssueTemporaryPin
from auth.domain.mailing import why_not
from auth.domain.words import IssueReason
from auth.keys import keys_of
from auth.print_keys import PrintKey, newest
from auth.tables import pin_requests
from eventkit.application import Application
from eventkit.crypto import seal
from eventkit.errors import reason_of
from eventkit.secret import Secret
from eventkit.store import Conflict, Metadata
from eventkit.unit import Unit
from servicekit.logs import get_logger

IDLE_SECONDS: Final = 0.5
LONGEST_WAIT: Final = timedelta(hours=1)

log = get_logger()


class LetterDesk:
    """One request at a time, each in a transaction of its own. Without a print key the requests wait for one."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._keys = keys_of(app)

    def run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            if not self.step():
                stop.wait(IDLE_SECONDS)

    def step(self) -> bool:
        """Serves the oldest request; False when there is none that can be served now."""
        taken: Any = None
        try:
            with self._app.engine.begin() as conn:
                key = newest(conn)
                taken = self._next(conn, key)
                if taken is None:
                    return False
                self._serve(conn, taken, key)
        except Conflict:  # the account was just used; the request is still there
            return True
        except Exception as error:
            if taken is None:
                raise
            self._put_off(taken, error)
        return True

    def _next(self, conn: Connection, key: PrintKey | None) -> Any:
        query = select(pin_requests).where(pin_requests.c.not_before <= self._app.clock())
        if key is None:
            query = query.where(pin_requests.c.participant_id.is_(None))
        return conn.execute(query.order_by(pin_requests.c.id).limit(1)
                            .with_for_update(skip_locked=True)).one_or_none()

    def _serve(self, conn: Connection, request: Any, key: PrintKey | None) -> None:
        unit = self._app.unit(conn, Metadata("service:auth", request.channel, request.correlation_id,
                                             request.causation_id))
        if request.participant_id is not None and key is not None:
            self._issue(unit, request.participant_id, request.replaces, key)
        conn.execute(delete(pin_requests).where(pin_requests.c.id == request.id))
        unit.flush()

    def _issue(self, unit: Unit, participant_id: str, replaces: str | None, key: PrintKey) -> None:
        today, letter_id = self._keys.today(unit.now), unit.new_id()
        refused = why_not(unit.state(account, participant_id), unit.now, today, counted=replaces is None)
        pin = Secret("" if refused else new_pin(self._keys.temporary_digits))
        sealed = "" if refused else seal(key.address, pin.reveal().encode(), f"{letter_id}|pin")
        reason = IssueReason.REISSUE if replaces else IssueReason.REQUEST
        outcome = unit.decide(account, participant_id, IssueTemporaryPin(
            unit.now, today, letter_id, sealed, key.print_key_id, reason, replaces))
        verifier = None if refused else self._keys.verifiers.make(participant_id, pin)
        follow(unit.conn, participant_id, outcome.events, verifier)

    def _put_off(self, request: Any, error: Exception) -> None:
        """One request that cannot be served holds up no other."""
        wait = min(timedelta(seconds=2.0 ** min(request.attempts, 20)), LONGEST_WAIT)
        log.error("letter_put_off", error=reason_of(error), attempt=request.attempts + 1,
                  retry_seconds=wait.total_seconds())
        with self._app.engine.begin() as conn:
            conn.execute(update(pin_requests).where(pin_requests.c.id == request.id)
                         .values(attempts=request.attempts + 1, not_before=self._app.clock() + wait))


def new_pin(digits: int) -> str:
    """Each digit from the system's random source. Nobody chose it, so no shape of it is likelier than another."""
    return "".join(secrets.choice(string.digits) for _ in range(digits))
