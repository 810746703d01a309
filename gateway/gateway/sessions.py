"""Sessions, kept on the server: a page's cookie or an app holds a random token, the database only its hash.

A session ends 15 minutes after the last page, 12 hours after log-in, at log-out, and when the PIN is changed
anywhere else (web or phone): the view then says that sessions begun at an earlier version of the account are over.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, delete, func, insert, or_, select, update

from eventkit.crypto import CannotDecrypt, Keyring
from eventkit.secret import Secret
from gateway.catalogue import Language
from gateway.own_tables import sessions
from gateway.view.tables import accounts

State = Literal["must_change", "full"]
Device = Literal["phone", "computer", "app"]
Way = Literal["page", "app"]
"""How a session is carried: by a cookie of the portal, or as a bearer token. The one is no use for the other."""
TOKEN_BYTES: Final = 32
WRITE_SEEN_EVERY: Final = timedelta(seconds=30)
"""How exactly the last page is remembered; not every page view need be a write."""


@dataclass(frozen=True)
class Lifetimes:
    idle: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=12)


@dataclass(frozen=True)
class Session:
    """A live session. `account_version` is the version of the account it was begun at."""

    token: Secret
    participant_id: str = field(repr=False)
    state: State
    account_version: int
    language: Language
    ends_at: datetime
    notice: str | None = None
    way: Way = "page"


@dataclass(frozen=True)
class Live:
    """A session as its owner sees it in a list."""

    id: str
    device: Device
    began_at: datetime
    seen_at: datetime
    here: bool


@dataclass(frozen=True)
class Beginning:
    """What a log-in, or a change of the PIN, has found out."""

    participant_id: str = field(repr=False)
    state: State
    account_version: int
    language: Language
    proof: Secret | None = None
    notice: str | None = None
    device: Device = "computer"
    way: Way = "page"


@dataclass(frozen=True)
class Sessions:
    """All functions take a connection: what belongs together is one transaction of the caller's."""

    server_secret: Secret
    lifetimes: Lifetimes = Lifetimes()

    def begin(self, conn: Connection, what: Beginning, now: datetime, instead_of: Secret | None = None) -> Session:
        """A new session under a new token, in place of an earlier one; forgets those that are over."""
        if instead_of:
            self.end(conn, instead_of)
        over = select(sessions.c.token_hash).where(self._forgotten(now)).with_for_update(skip_locked=True)
        conn.execute(delete(sessions).where(sessions.c.token_hash.in_(over)))
        token = Secret(secrets.token_urlsafe(TOKEN_BYTES))
        conn.execute(insert(sessions).values(
            token_hash=_hash(token), id=str(uuid.uuid4()), device=what.device, participant_id=what.participant_id,
            state=what.state, account_version=what.account_version, language=what.language, notice=what.notice,
            way=what.way, proof_enc=self._sealed(token, what.proof) if what.proof else None, created_at=now,
            seen_at=now))
        return Session(token, what.participant_id, what.state, what.account_version, what.language,
                       self._end(now, now), what.notice, what.way)

    def find(self, conn: Connection, token: Secret, now: datetime, way: Way = "page", *,
             seen: bool = True) -> Session | None:
        """The live session of a token, which is thereby `seen`; None if it never was, is over, or came another way."""
        row = conn.execute(_FOUND, {"token_hash": _hash(token), "way": way, **self._since(now)}).one_or_none()
        if row is None:
            return None
        seen_at = row.seen_at
        if seen and (row.notice or now - seen_at > WRITE_SEEN_EVERY):
            seen_at = now
            conn.execute(update(sessions).where(sessions.c.token_hash == row.token_hash).values(seen_at=now))
        return Session(token, row.participant_id, row.state, row.account_version, row.language,
                       self._end(seen_at, row.created_at), row.notice, row.way)

    def whose(self, conn: Connection, token: Secret) -> str | None:
        """Whose session it is, or was until lately; nobody's, where it was ended by anything but the clock."""
        row = conn.execute(_valid().where(sessions.c.token_hash == _hash(token))).one_or_none()
        return row.participant_id if row else None

    def of(self, conn: Connection, session: Session, now: datetime) -> list[Live]:
        """All live sessions of the person, this one first, then the last seen."""
        query = _valid().where(sessions.c.participant_id == session.participant_id, _ALIVE)
        here = _hash(session.token)
        found = [Live(row.id, "app" if row.way == "app" else row.device, row.created_at, row.seen_at,
                      row.token_hash == here)
                 for row in conn.execute(query.order_by(sessions.c.seen_at.desc()), self._since(now))]
        return sorted(found, key=lambda one: not one.here)

    def end_others(self, conn: Connection, session: Session, only: str | None = None) -> None:
        """Ends the person's other sessions, or that one of them."""
        others = [sessions.c.participant_id == session.participant_id, sessions.c.token_hash != _hash(session.token)]
        conn.execute(delete(sessions).where(*others, *([sessions.c.id == only] if only else [])))

    def notice_shown(self, conn: Connection, session: Session) -> None:
        conn.execute(update(sessions).where(sessions.c.token_hash == _hash(session.token)).values(notice=None))

    def speak(self, conn: Connection, session: Session, language: Language) -> None:
        """The reader has chosen another language."""
        conn.execute(update(sessions).where(sessions.c.token_hash == _hash(session.token)).values(language=language))

    def proof(self, conn: Connection, session: Session) -> Secret | None:
        """What proves this very session to the service that keeps the PINs."""
        query = select(sessions.c.proof_enc).where(sessions.c.token_hash == _hash(session.token))
        sealed = conn.execute(query).scalar_one_or_none()
        try:
            return Secret(self._keys(session.token).decrypt(sealed, "proof").decode()) if sealed else None
        except CannotDecrypt:  # the server's secret was changed meanwhile
            return None

    def end(self, conn: Connection, token: Secret) -> None:
        conn.execute(delete(sessions).where(sessions.c.token_hash == _hash(token)))

    def _since(self, now: datetime) -> Mapping[str, datetime]:
        """For `_ALIVE`."""
        return {"seen_since": now - self.lifetimes.idle, "begun_since": now - self.lifetimes.longest}

    def _forgotten(self, now: datetime) -> ColumnElement[bool]:
        """Over for so long that nobody comes back with what they were typing."""
        longest = self.lifetimes.longest
        return or_(sessions.c.seen_at <= now - longest, sessions.c.created_at <= now - 2 * longest)

    def _end(self, seen_at: datetime, created_at: datetime) -> datetime:
        return min(seen_at + self.lifetimes.idle, created_at + self.lifetimes.longest)

    def _sealed(self, token: Secret, proof: Secret) -> str:
        return self._keys(token).encrypt(proof.reveal().encode(), "proof")

    def _keys(self, token: Secret) -> Keyring:
        return keys_of(self.server_secret, token, "session")


def keys_of(server_secret: Secret, token: Secret, purpose: str) -> Keyring:
    """Of the server's secret and a token of the browser's: neither the tables nor the settings alone open it."""
    salt = server_secret.reveal().encode()
    key = HKDF(hashes.SHA256(), 32, salt=salt, info=purpose.encode()).derive(token.reveal().encode())
    return Keyring("s1", {"s1": key})


def _valid() -> Select[Any]:
    """Sessions that no change of the account has ended."""
    valid_from = func.coalesce(accounts.c.sessions_valid_from, 0)
    joined = sessions.outerjoin(accounts, accounts.c.viewer_id == sessions.c.participant_id)
    return select(sessions).select_from(joined).where(sessions.c.account_version >= valid_from)


_ALIVE: Final = and_(sessions.c.seen_at > bindparam("seen_since"), sessions.c.created_at > bindparam("begun_since"))
_FOUND: Final = _valid().where(sessions.c.token_hash == bindparam("token_hash"), sessions.c.way == bindparam("way"),
                               _ALIVE)
"""Made once: every page asks it."""


def _hash(token: Secret) -> str:
    """The token is random enough to need no salt."""
    return hashlib.sha256(token.reveal().encode()).hexdigest()
