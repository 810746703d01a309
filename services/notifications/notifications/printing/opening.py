"""Opens what a batch needs: keys, PINs, names and addresses, in memory and for as long as it renders."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.engine import Row

from eventkit.crypto import CannotDecrypt, Keyring, Opener
from eventkit.secret import Secret
from notifications.domain.fate import Addressee, Go, Waiting, fate
from notifications.domain.letter import Reason
from notifications.letters.contact_letter import ContactLetter
from notifications.letters.letter import Letter
from notifications.letters.pin_letter import PinLetter
from notifications.personal import decrypt
from notifications.printing.keys import open_keys, pin_context
from notifications.printing.plan import Plan
from notifications.tables import address_book


@dataclass(frozen=True)
class Opened:
    """What is to be printed, what cannot be, and (by neither) what waits on."""

    print: tuple[Letter, ...] = field(repr=False)
    rejected: Mapping[str, Reason]


def open_batch_letters(conn: Connection, keyring: Keyring, plan: Plan, now: datetime, today: date) -> Opened:
    """Reads and opens everything; the caller ends the transaction before anything is rendered. Raises KeyMissing."""
    opener = open_keys(conn, keyring, [row.print_key_id for row in plan.letters if row.print_key_id])
    people = _people(conn, [row.participant_id for row in plan.letters])
    to_print, rejected = list[Letter](), dict[str, Reason]()
    for row in plan.letters:
        verdict = (_notice(row, keyring, today) if row.pin_sealed is None else
                   _with_pin(row, people.get(row.participant_id), keyring, opener, now, today))
        if isinstance(verdict, Letter):
            to_print.append(verdict)
        elif isinstance(verdict, Reason):
            rejected[row.letter_id] = verdict
    return Opened(tuple(to_print), rejected)


def open_pin(row: Row[Any], opener: Opener) -> Secret:
    """Raises CannotDecrypt."""
    return Secret(opener.open(row.pin_sealed, pin_context(row.letter_id)).decode())


def _people(conn: Connection, ids: Sequence[str]) -> dict[str, Row[Any]]:
    found = conn.execute(select(address_book).where(address_book.c.participant_id.in_(set(ids))))
    return {row.participant_id: row for row in found}


def _addressee(person: Row[Any] | None) -> Addressee:
    if person is None:
        return Addressee.UNKNOWN
    return Addressee.REACHABLE if person.address_valid and person.address_enc else Addressee.WITHOUT_ADDRESS


def _with_pin(row: Row[Any], person: Any, keyring: Keyring, opener: Opener, now: datetime,
              today: date) -> PinLetter | Reason | Go:
    waiting = Waiting(row.queued_at, row.expires_on, _addressee(person), row.print_key_id in opener.keys)
    verdict = fate(waiting, now, today)
    if verdict is not Go.PRINT:
        return verdict
    try:
        to, pin = _lines(person, row.participant_id, keyring), open_pin(row, opener)
    except (CannotDecrypt, ValueError):
        return Reason.NOT_PRINTABLE
    return PinLetter(row.letter_id, row.language, row.participant_id, to, pin, row.expires_on, today)


def _notice(row: Row[Any], keyring: Keyring, today: date) -> ContactLetter | Reason:
    """To the address in the spool: the address book has the new one by now."""
    try:
        to = _lines(row, row.participant_id, keyring)
    except (CannotDecrypt, ValueError):
        return Reason.NOT_PRINTABLE
    return ContactLetter(row.letter_id, row.language, to, tuple(row.changed), row.changed_on, today)


def _lines(who: Any, participant_id: str, keyring: Keyring) -> tuple[str, ...]:
    """Name and address as lines. Raises CannotDecrypt, ValueError or KeyMissing."""
    name = decrypt(keyring, who.name_enc, f"{participant_id}|name")
    address = json.loads(decrypt(keyring, who.address_enc, f"{participant_id}|address"))
    lines = (name, address["line1"], address["line2"], f"{address['city']}, {address['state']} {address['zip']}")
    return tuple(line for line in (" ".join(line.split()) for line in lines) if line)
