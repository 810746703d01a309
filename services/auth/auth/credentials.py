"""The verifiers of each account: checked with the same work for everybody, and gone when they are out of use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from auth.domain.commands import Matched
from auth.domain.events import (
    AccountDisabled,
    AccountLocked,
    Event,
    PinChanged,
    TemporaryPinIssued,
    TemporaryPinSuperseded,
)
from auth.tables import credentials
from auth.verifiers import Verifiers
from eventkit.secret import Secret
from servicekit.offload import offload

TEMPORARY: Final = "temporary"
STANDING: Final = "standing"

Checked = dict[tuple[Secret, str | None, str | None], tuple[bool, bool]]


class PinCheck:
    """Checks PINs within one command; if that is tried again after a conflict, Argon2 does not run again."""

    def __init__(self, verifiers: Verifiers) -> None:
        self._verifiers = verifiers
        self._checked: Checked = {}

    def matched(self, conn: Connection, participant_id: str | None, pin: Secret) -> Matched:
        """Which verifiers the PIN fits. Always one query and two Argon2 runs, for nobody (None) too."""
        rows = _rows(conn, participant_id)
        temporary, standing = rows.get(TEMPORARY), rows.get(STANDING)
        first, second = (self._verifiers.open(row.participant_id, row.verifier) if row else None
                         for row in (temporary, standing))
        key = (pin, first, second)
        if key not in self._checked:
            self._checked[key] = offload(self._fits, first, second, pin)
        fits_temporary, fits_standing = self._checked[key]
        return Matched(temporary.letter_id if temporary and fits_temporary else None, fits_standing)

    def _fits(self, first: str | None, second: str | None, pin: Secret) -> tuple[bool, bool]:
        return self._verifiers.fits(first, pin), self._verifiers.fits(second, pin)


def follow(conn: Connection, participant_id: str, events: Sequence[Event], verifier: str | None = None) -> None:
    """Makes the table say what was decided; `verifier` is that of the new PIN, where there is one.

    The verifier of a used temporary PIN stays until the change, so that the new PIN can be told from it.
    """
    for event in events:
        match event:
            case TemporaryPinIssued(letter_id=letter_id):
                _put(conn, participant_id, TEMPORARY, verifier, letter_id)
            case TemporaryPinSuperseded():
                _drop(conn, participant_id, TEMPORARY)
            case PinChanged():
                _drop(conn, participant_id, TEMPORARY)
                _put(conn, participant_id, STANDING, verifier)
            case AccountDisabled() | AccountLocked(until=None):
                _drop(conn, participant_id, TEMPORARY, STANDING)
            case _:
                pass


def renew(conn: Connection, verifiers: Verifiers, participant_id: str, pin: Secret) -> None:
    """After a log-in with the standing PIN: its verifier under today's parameters and pepper, if it is not yet."""
    standing = _rows(conn, participant_id).get(STANDING)
    if standing and verifiers.is_outdated(participant_id, standing.verifier):
        _put(conn, participant_id, STANDING, offload(verifiers.make, participant_id, pin))


def _rows(conn: Connection, participant_id: str | None) -> dict[str, Any]:
    found = conn.execute(select(credentials).where(credentials.c.participant_id == (participant_id or "")))
    return {row.kind: row for row in found}


def _put(conn: Connection, participant_id: str, kind: str, verifier: str | None, letter_id: str | None = None) -> None:
    if verifier is None:
        raise ValueError("a PIN was decided on without a verifier")
    row = {"participant_id": participant_id, "kind": kind, "letter_id": letter_id, "verifier": verifier}
    conn.execute(insert(credentials).values(row)
                 .on_conflict_do_update(index_elements=["participant_id", "kind"], set_=row))


def _drop(conn: Connection, participant_id: str, *kinds: str) -> None:
    conn.execute(delete(credentials).where(credentials.c.participant_id == participant_id,
                                           credentials.c.kind.in_(kinds)))
