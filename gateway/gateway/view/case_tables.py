"""The tables of what `cases` tells: profiles, cases, orders, dates, requests; a row holds what its viewer may see.

Rows of a case (details, orders, hearings) name no viewer: its parties may see them, and `cases` says who they are.
What only one side of a case may see is a table of its own, so that no query can read it by mistake. Values that end in
`_enc` stay encrypted here and are opened when a page is made.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from gateway.view.tables import metadata

profiles = Table(
    "profiles",
    metadata,
    Column("viewer_id", Text, primary_key=True),
    Column("shown_enc", Text, nullable=False, comment="what is on file, masked: JSON of texts"),
    Column("language", Text, nullable=False),
    Column("address_valid", Boolean, nullable=False),
    Column("email_notices", Boolean, nullable=False),
    Column("changed_on", Date, nullable=False),
    Column("changed_by", Text, nullable=False, comment="agency | self"),
    Column("stream", Text, nullable=False, comment="of the aggregate: who waits for a command knows it by this name"),
    Column("version", Integer, nullable=False),
)

case_details = Table(
    "case_details",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("court_case_number", Text),
    Column("status", Text, nullable=False),
    Column("function", Text, nullable=False),
    Column("lcsa", Text, comment="null where it might tell where a protected party lives"),
    Column("opened_on", Date, nullable=False),
    Column("closed_on", Date),
    Column("dependents_enc", Text, nullable=False, comment="JSON of initials and years of birth"),
    Column("version", Integer, nullable=False),
)

case_assistance = Table(
    "case_assistance",
    metadata,
    Column("case_id", Text, primary_key=True, comment="its payees alone may see the row"),
    Column("assistance", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

orders = Table(
    "orders",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("order_id", Text, primary_key=True),
    Column("court", Text, nullable=False),
    Column("court_case_number", Text),
    Column("type", Text, nullable=False),
    Column("filed_on", Date, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("health_insurance", Text, nullable=False),
    Column("income_withholding", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

hearings = Table(
    "hearings",
    metadata,
    Column("hearing_id", Text, primary_key=True),
    Column("case_id", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("starts_at", DateTime(timezone=True), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("court", Text, nullable=False),
    Column("department", Text),
    Column("court_address", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

attendance = Table(
    "attendance",
    metadata,
    Column("viewer_id", Text, primary_key=True),
    Column("hearing_id", Text, primary_key=True),
    Column("mode", Text, nullable=False, comment="how the viewer attends; never how anybody else does"),
    Column("version", Integer, nullable=False),
)
Index("attendance_of_hearing", attendance.c.hearing_id)

appointments = Table(
    "appointments",
    metadata,
    Column("appointment_id", Text, primary_key=True),
    Column("viewer_id", Text, nullable=False, index=True),
    Column("case_id", Text),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("starts_at", DateTime(timezone=True), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("place_enc", Text),
    Column("link_enc", Text),
    Column("attendance_required", Boolean, nullable=False),
    Column("bring", JSONB, nullable=False, comment="[code]: what to bring"),
    Column("language", Text, nullable=False),
    Column("stream", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

requests = Table(
    "requests",
    metadata,
    Column("confirmation", Text, primary_key=True),
    Column("viewer_id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("case_id", Text),
    Column("appointment_id", Text),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("status", Text, nullable=False),
    Column("answer", Text),
    Column("answer_enc", Text, comment="what the agency writes to the viewer"),
    Column("answered_on", Date),
    Column("stream", Text, nullable=False),
    Column("version", Integer, nullable=False),
)
