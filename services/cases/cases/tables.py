"""The current state of what is recorded: what the service looks things up in; history is in the events."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

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
    Column("phone_home_enc", Text),
    Column("phone_mobile_enc", Text),
    Column("phone_work_enc", Text),
    Column("employer_enc", Text),
    Column("protected", Boolean, nullable=False, server_default=false()),
    Column("email_notices", Boolean, nullable=False, server_default=false()),
    Column("shown_enc", Text),  # what they may see of all this, masked, for those who show it
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
    Column("function", Text),
    Column("assistance", Text),
    Column("lcsa", Text),
    Column("closed_on", Date),
    Column("dependents_enc", Text),
    Column("dependents_mark", Text),
    Column("dependents_shown_enc", Text),
    Column("party_protected", Boolean, nullable=False, server_default=false()),
    CheckConstraint("status IN ('pending', 'open', 'closed', 'reopened')", name="cases_status_check"),
)

case_parties = Table(
    "case_parties",
    metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), nullable=False),
    Column("participant_id", Text, ForeignKey("participants.participant_id"), nullable=False),
    Column("role", Text, nullable=False),
    PrimaryKeyConstraint("case_id", "participant_id"),
    CheckConstraint("role IN ('payor', 'payee')", name="case_parties_role_check"),
)
Index("case_parties_participant", case_parties.c.participant_id)

court_orders = Table(
    "court_orders",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("case_id", Text, ForeignKey("cases.case_id"), nullable=False, index=True),
    Column("court", Text, nullable=False),
    Column("court_case_number", Text),
    Column("type", Text, nullable=False),
    Column("filed_on", Date, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("health_insurance", Text, nullable=False),
    Column("income_withholding", Boolean, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=_now),
)

hearings = Table(
    "hearings",
    metadata,
    Column("hearing_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("case_id", Text, ForeignKey("cases.case_id"), nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("starts_at", DateTime(timezone=True), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("court", Text, nullable=False),
    Column("department", Text),
    Column("court_address", Text, nullable=False),
    Column("attendance", JSONB, nullable=False),  # participant id -> mode
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=_now),
)

appointments = Table(
    "appointments",
    metadata,
    Column("appointment_id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("participant_id", Text, ForeignKey("participants.participant_id"), nullable=False, index=True),
    Column("case_id", Text, ForeignKey("cases.case_id")),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("starts_at", DateTime(timezone=True), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("place_enc", Text),
    Column("link_enc", Text),
    Column("marks", JSONB, nullable=False),
    Column("attendance_required", Boolean, nullable=False),
    Column("bring", JSONB, nullable=False),
    Column("language", Text, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=_now),
)
