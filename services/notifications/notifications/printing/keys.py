"""Print keys: one is current, retired ones live until nothing waits for them, then they are gone for good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, select, text, update

from eventkit.crypto import Keyring, Opener, generate_sealing_pair, seal
from eventkit.secret import Secret
from eventkit.unit import Unit
from notifications.domain.print_key import AnnouncePrintKey, DestroyPrintKey, print_key
from notifications.personal import decrypt, private_context
from notifications.tables import print_keys, spool

# Two processes may start at once; one of them makes the first key, the other waits and finds it.
_LOCK = 5_143_260_002


@dataclass(frozen=True)
class PublicKey:
    """The public half, base64."""

    print_key_id: str
    public_key: str

    def sealed(self, pin: Secret, letter_id: str) -> str:
        return seal(f"{self.print_key_id}:{self.public_key}", pin.reveal().encode(), pin_context(letter_id))


def pin_context(letter_id: str) -> str:
    return f"{letter_id}|pin"


def current_key(conn: Connection) -> PublicKey | None:
    """The key that new letters are to be sealed to."""
    query = select(print_keys.c.print_key_id, print_keys.c.public_key).where(print_keys.c.retired_at.is_(None))
    row = conn.execute(query).one_or_none()
    return PublicKey(row.print_key_id, row.public_key) if row else None


def ensure_key(unit: Unit, keyring: Keyring) -> str | None:
    """Announces a first key if there is none; returns its id if it did."""
    unit.conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    return None if current_key(unit.conn) else announce_next(unit, keyring)


def announce_next(unit: Unit, keyring: Keyring) -> str:
    """Retires the current key and announces a new one; returns its id."""
    key_id = f"p{unit.new_id().replace('-', '')[:15]}"  # as long as the kernel lets a key's id be
    private, public = generate_sealing_pair(key_id)
    private_key, public_key = (pair.partition(":")[2] for pair in (private, public))
    unit.conn.execute(update(print_keys).where(print_keys.c.retired_at.is_(None)).values(retired_at=unit.now))
    unit.conn.execute(print_keys.insert().values(
        print_key_id=key_id, public_key=public_key, announced_at=unit.now,
        private_enc=keyring.encrypt(private_key.encode(), private_context(key_id))))
    unit.decide(print_key, key_id, AnnouncePrintKey(key_id, public_key))
    return key_id


def open_keys(conn: Connection, keyring: Keyring, key_ids: Iterable[str]) -> Opener:
    """What opens letters sealed to these keys, as far as they live."""
    query = select(print_keys.c.print_key_id, print_keys.c.private_enc).where(
        print_keys.c.print_key_id.in_(set(key_ids)), print_keys.c.private_enc.is_not(None))
    pairs = [(row.print_key_id, decrypt(keyring, row.private_enc, private_context(row.print_key_id)))
             for row in conn.execute(query)]
    return Opener.parse(",".join(f"{key_id}:{private}" for key_id, private in pairs)) if pairs else Opener({})


def destroy_unneeded(unit: Unit) -> list[str]:
    """Destroys every retired key that no waiting letter is sealed to; returns their ids.

    The rows are locked first: a letter that is being queued under such a key is waited for, and then counts.
    """
    locked = select(print_keys.c.print_key_id).where(
        print_keys.c.retired_at.is_not(None), print_keys.c.private_enc.is_not(None))
    unit.conn.execute(locked.order_by(print_keys.c.print_key_id).with_for_update())
    gone = unit.conn.execute(
        update(print_keys)
        .where(print_keys.c.retired_at.is_not(None), print_keys.c.private_enc.is_not(None),
               ~exists().where(spool.c.print_key_id == print_keys.c.print_key_id))
        .values(private_enc=None, destroyed_at=func.greatest(unit.now, print_keys.c.retired_at))
        .returning(print_keys.c.print_key_id)).scalars()
    destroyed = sorted(gone)
    for key_id in destroyed:
        unit.decide(print_key, key_id, DestroyPrintKey(key_id))
    return destroyed
