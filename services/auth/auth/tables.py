"""What this service looks things up in: verifiers, the log-in index, print keys, and letters still to be made.

Mutable on purpose, unlike the events: an old verifier, an SSN's index entry and a served request vanish.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    DateTime,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
    func,
)

from eventkit.tables import grant

metadata = MetaData()
_now = func.clock_timestamp()

credentials = Table(
    "credentials",
    metadata,
    Column("participant_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("letter_id", Text),  # which letter a temporary PIN is in
    Column("verifier", Text, nullable=False),  # Argon2id, then AES-256-GCM under a pepper that is not in the database
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=_now),
    PrimaryKeyConstraint("participant_id", "kind"),
    CheckConstraint("kind IN ('temporary', 'standing')"),
    CheckConstraint("(kind = 'temporary') = (letter_id IS NOT NULL)"),
)

login_index = Table(
    "login_index",
    metadata,
    Column("participant_id", Text, primary_key=True),
    Column("ssn_fingerprint", Text),  # HMAC-SHA-256 under AUTH_INDEX_KEY
    Column("ssn_sealed", Text),  # as it arrived, sealed to this service
)
# Not unique: two participants with one SSN are an error of a file; neither gets in by it until it is put right.
Index("login_index_ssn", login_index.c.ssn_fingerprint)

print_keys = Table(
    "print_keys",
    metadata,
    Column("print_key_id", Text, primary_key=True),
    Column("public_key", Text, nullable=False),
    Column("position", BigInteger, nullable=False),  # of its announcement: the highest is the newest
    Column("destroyed", Boolean, nullable=False, server_default=false()),
)

pin_requests = Table(
    "pin_requests",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("participant_id", Text),  # NULL: an identifier that is nobody's, kept so that the answer takes as long
    Column("replaces", Text),  # a letter that could not be printed
    Column("channel", Text, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("causation_id", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", DateTime(timezone=True), nullable=False, server_default=_now),
)

GRANTS = {
    "credentials": "SELECT, INSERT, UPDATE, DELETE",
    "login_index": "SELECT, INSERT, UPDATE, DELETE",
    "print_keys": "SELECT, INSERT, UPDATE",
    "pin_requests": "SELECT, INSERT, UPDATE, DELETE",
}


def create_tables(conn: Connection, app_role: str) -> None:
    """Makes this service's tables and grants; called by the first migration, as the owner role."""
    metadata.create_all(conn)
    for table, rights in GRANTS.items():
        grant(conn, rights, table, app_role)
