"""Who may use the API: tokens that are shown once, kept as a hash, and end when they are revoked.

A token is 32 random bytes, so that a plain SHA-256 keeps it: there is nothing to guess, and nothing to try against.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from cases.requests.tables import agency_tokens
from eventkit.secret import Secret

READ, ANSWER = "read", "answer"
SCOPES = (READ, ANSWER)
NAME = re.compile(r"[a-z][a-z0-9._-]{1,39}", re.ASCII)
_TOKEN = re.compile(r"cca_[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True)
class Caller:
    """`name` is what is on record of what they do."""

    name: str
    scopes: frozenset[str]


class NameTaken(Exception):
    """A name is given once and for good: what it did is on record under it."""


def create(conn: Connection, name: str, scopes: Collection[str]) -> Secret:
    """The new token. Raises NameTaken."""
    token = f"cca_{secrets.token_urlsafe(32)}"
    row = {"name": name, "secret_hash": _hash(token), "scopes": [scope for scope in SCOPES if scope in scopes]}
    made = insert(agency_tokens).values(row).on_conflict_do_nothing(index_elements=["name"])
    if conn.execute(made.returning(agency_tokens.c.name)).one_or_none() is None:
        raise NameTaken
    return Secret(token)


def revoke(conn: Connection, name: str) -> bool:
    """Whether there was one to revoke."""
    table = agency_tokens.c
    ended = update(agency_tokens).where(table.name == name, table.revoked_at.is_(None))
    return conn.execute(ended.values(revoked_at=func.clock_timestamp())).rowcount == 1


def all_tokens(conn: Connection) -> Sequence[Any]:
    table = agency_tokens.c
    return conn.execute(select(table.name, table.scopes, table.created_at, table.revoked_at)
                        .order_by(table.name)).all()


def caller_of(conn: Connection, token: str) -> Caller | None:
    """Who it is; None for one that is unknown or revoked."""
    if not _TOKEN.fullmatch(token):
        return None
    table = agency_tokens.c
    row = conn.execute(select(table.name, table.scopes).where(
        table.secret_hash == _hash(token), table.revoked_at.is_(None))).one_or_none()
    return Caller(row.name, frozenset(row.scopes)) if row else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
