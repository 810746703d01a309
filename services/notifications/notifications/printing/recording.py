"""The last transaction of a batch: what became of each letter, the batch made, old keys destroyed; or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, delete, select, update

from eventkit.crypto import CannotDecrypt, Keyring
from eventkit.decider import Rejected
from eventkit.unit import Unit
from notifications.domain.letter import Command as LetterCommand
from notifications.domain.letter import MarkLetterPrinted, RejectLetter, ResealLetter, letter
from notifications.domain.print_batch import MakePrintBatch, print_batch
from notifications.printing.keys import current_key, destroy_unneeded, open_keys
from notifications.printing.manifest import Manifest
from notifications.printing.opening import open_pin
from notifications.printing.plan import Plan
from notifications.tables import print_batches, spool


def reseal_postponed(conn: Connection, keyring: Keyring, plan: Plan, manifest: Manifest) -> dict[str, ResealLetter]:
    """The letters that wait on for their addressee, sealed to the current key instead of the one that has to go."""
    settled = {entry.letter_id for entry in manifest.letters} | set(manifest.rejected)
    waiting = [row for row in plan.letters if row.letter_id not in settled and row.pin_sealed]
    current = current_key(conn)
    if not waiting or current is None:
        return {}
    opener = open_keys(conn, keyring, [row.print_key_id for row in waiting])
    resealed = {}
    for row in waiting:
        try:
            pin = open_pin(row, opener)
        except CannotDecrypt:  # left as it is; its key lives on until it is settled
            continue
        resealed[row.letter_id] = ResealLetter(current.sealed(pin, row.letter_id), current.print_key_id)
    return resealed


def record(unit: Unit, plan: Plan, manifest: Manifest, resealed: Mapping[str, ResealLetter], printed_on: date) -> bool:
    """False when the batch was recorded already."""
    mine = select(print_batches.c.batch_id).where(
        print_batches.c.batch_id == plan.batch_id, print_batches.c.made_at.is_(None)).with_for_update()
    if unit.conn.execute(mine).one_or_none() is None:
        return False
    commands: list[tuple[str, LetterCommand]] = [
        (entry.letter_id, MarkLetterPrinted(plan.batch_id, printed_on)) for entry in manifest.letters]
    commands += [(letter_id, RejectLetter(reason)) for letter_id, reason in manifest.rejected.items()]
    commands += resealed.items()
    _decide_all(unit, commands)
    _clear_spool(unit.conn, plan, manifest, resealed)
    postponed = len(plan.letters) - len(manifest.letters) - len(manifest.rejected)
    unit.decide(print_batch, plan.batch_id, MakePrintBatch(
        len(manifest.letters), len(manifest.rejected), postponed, manifest.bytes, manifest.sha256()))
    destroy_unneeded(unit)
    unit.conn.execute(update(print_batches).where(print_batches.c.batch_id == plan.batch_id).values(made_at=unit.now))
    return True


def _decide_all(unit: Unit, commands: list[tuple[str, LetterCommand]]) -> None:
    for outcome in unit.decide_many(letter, commands):
        if isinstance(outcome, Rejected):  # the spool and the letters disagree: nothing of this may be kept
            raise outcome


def _clear_spool(conn: Connection, plan: Plan, manifest: Manifest, resealed: Mapping[str, ResealLetter]) -> None:
    settled = [*(entry.letter_id for entry in manifest.letters), *manifest.rejected]
    conn.execute(delete(spool).where(spool.c.letter_id.in_(settled)))
    for letter_id, again in resealed.items():
        conn.execute(update(spool).where(spool.c.letter_id == letter_id)
                     .values(pin_sealed=again.pin_sealed, print_key_id=again.print_key_id))
    conn.execute(update(spool).where(spool.c.batch_id == plan.batch_id).values(batch_id=None))
