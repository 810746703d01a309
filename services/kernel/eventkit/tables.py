"""The kernel's tables in a service's database, and who may do what with them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

metadata = MetaData()
_now = func.clock_timestamp()

events = Table(
    "events",
    metadata,
    # Insert order of this service; two writers may commit in another order, so nothing tails it.
    Column("id", BigInteger, Identity(), nullable=False, unique=True),
    Column("stream", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("event_id", UUID(as_uuid=False), nullable=False),
    Column("data", JSONB, nullable=False),
    Column("metadata", JSONB, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("stream", "version"),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state_version", Integer, nullable=False),
    Column("state", JSONB, nullable=False),
)

commands = Table(
    "commands",
    metadata,
    Column("command_id", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("reply", JSONB, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=_now),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("position", BigInteger),
    Column("event_id", UUID(as_uuid=False), nullable=False),
    Column("type", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("stream", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("time", DateTime(timezone=True), nullable=False),
    Column("data", JSONB, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("causation_id", Text, nullable=False),
)
Index("outbox_waiting", outbox.c.id, postgresql_where=outbox.c.position.is_(None))
Index("outbox_position", outbox.c.position, unique=True)

relay_state = Table(
    "relay_state",
    metadata,
    Column("service", Text, primary_key=True),
    Column("last_position", BigInteger, nullable=False),
    Column("confirmed_position", BigInteger, nullable=False),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("subscription", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    # Where to go on reading the broker's stream; a hint only, correctness rests on the position.
    Column("stream_offset", BigInteger),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=_now),
    PrimaryKeyConstraint("subscription", "publisher"),
)

parked = Table(
    "parked",
    metadata,
    Column("subscription", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("stream", Text, nullable=False),
    Column("envelope", JSONB, nullable=False),
    Column("reason", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("state", Text, nullable=False),  # parked | applied | discarded
    Column("parked_at", DateTime(timezone=True), nullable=False, server_default=_now),
    Column("settled_at", DateTime(timezone=True)),
    PrimaryKeyConstraint("subscription", "publisher", "position"),
)
Index("parked_streams", parked.c.subscription, parked.c.publisher, parked.c.stream,
      postgresql_where=parked.c.state == "parked")

# History can be added to and read, never changed: the database refuses it, whatever the code does.
GRANTS = {
    "events": "SELECT, INSERT",
    "outbox": "SELECT, INSERT, UPDATE (position)",
    "commands": "SELECT, INSERT",
    "snapshots": "SELECT, INSERT, UPDATE, DELETE",
    "relay_state": "SELECT, INSERT, UPDATE",
    "checkpoints": "SELECT, INSERT, UPDATE, DELETE",
    "parked": "SELECT, INSERT, UPDATE",
}


def create_kernel_tables(conn: Connection, app_role: str) -> None:
    """Makes the kernel's tables and grants; called by each service's first migration, as the owner role."""
    metadata.create_all(conn)
    for table, rights in GRANTS.items():
        grant(conn, rights, table, app_role)


def grant(conn: Connection, rights: str, table: str, app_role: str) -> None:
    role = conn.dialect.identifier_preparer.quote(app_role)
    conn.execute(text(f"GRANT {rights} ON {table} TO {role}"))
