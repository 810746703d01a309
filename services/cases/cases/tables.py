"""The current state of participants and cases: what the service looks things up in; history is in the events."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from eventkit.tables import grant

metadata = MetaData()
_now = func.clock_timestamp()

participants = Table(
    "participants",
    metadata,
    Column("participant_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("name_enc", Text, nullable=False),
    Column("address_enc", Text),
    Column("address_valid", Boolean, nullable=False),
    Column("address_self_changed_on", Date),
    Column("email_enc", Text),
    Column("ssn_sealed", Text),
    # field -> keyed mark of its content, to know a line that says nothing new without decrypting anything
    Column("marks", JSONB, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=_now),
)

cases = Table(
    "cases",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("county", Text, nullable=False),
    Column("court_case_number", Text),
    Column("status", Text, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=_now),
    CheckConstraint("status IN ('open', 'closed')"),
)

case_parties = Table(
    "case_parties",
    metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), nullable=False),
    Column("participant_id", Text, ForeignKey("participants.participant_id"), nullable=False),
    Column("role", Text, nullable=False),
    PrimaryKeyConstraint("case_id", "participant_id"),
    CheckConstraint("role IN ('payor', 'payee')"),
)
Index("case_parties_participant", case_parties.c.participant_id)

GRANTS = {
    "participants": "SELECT, INSERT, UPDATE",
    "cases": "SELECT, INSERT, UPDATE",
    "case_parties": "SELECT, INSERT, DELETE",
}


def create_tables(conn: Connection, app_role: str) -> None:
    """Makes this service's tables and grants; called by the first migration, as the owner role."""
    metadata.create_all(conn)
    for table, rights in GRANTS.items():
        grant(conn, rights, table, app_role)
