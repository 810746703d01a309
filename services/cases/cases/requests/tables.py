"""What is asked and reported, as it stands now; and who of the agency may look at it through the API."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, DateTime, ForeignKey, Index, Integer, Table, Text, func
from sqlalchemy.dialects.postgresql import ARRAY

from cases.tables import metadata

_now = func.clock_timestamp()

requests = Table(
    "requests",
    metadata,
    Column("confirmation", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("participant_id", Text, ForeignKey("participants.participant_id"), nullable=False),
    Column("case_id", Text, ForeignKey("cases.case_id")),
    Column("appointment_id", Text),
    Column("safety_concern", Boolean, nullable=False),
    Column("content_enc", Text),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("status", Text, nullable=False),
    Column("taken_by", Text),
    Column("answer", Text),
    Column("message_enc", Text),
    Column("answered_on", Date),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=_now),
    CheckConstraint("status IN ('received', 'in_review', 'answered')", name="requests_status_check"),
)
Index("requests_due", requests.c.due_on, requests.c.confirmation)
Index("requests_waiting", requests.c.due_on, requests.c.confirmation, postgresql_where=requests.c.status != "answered")

agency_tokens = Table(
    "agency_tokens",
    metadata,
    Column("name", Text, primary_key=True),
    Column("secret_hash", Text, nullable=False, unique=True),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=_now),
    Column("revoked_at", DateTime(timezone=True)),
)

agency_throttle = Table(
    "agency_throttle",
    metadata,
    Column("client", Text, primary_key=True),
    Column("began_at", DateTime(timezone=True), primary_key=True),
    Column("count", Integer, nullable=False),
)
