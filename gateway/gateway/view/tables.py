"""The tables of the view: one row per viewer and thing, holding only what that viewer may see.

A column that is not here cannot be shown. Money is integer cents; `version` is the version of the aggregate the
row was last written from.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

SCHEMA = "view"
metadata = MetaData(schema=SCHEMA)

payments_made = Table(
    "payments_made",
    metadata,
    Column("receipt_id", Text, primary_key=True),
    Column("viewer_id", Text, comment="who paid; null while nobody knows, and then nobody sees the row"),
    Column("received_on", Date, nullable=False),
    Column("posted_on", Date, nullable=False),
    Column("amount_cents", BigInteger, nullable=False),
    Column("source", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("status", Text, nullable=False, comment="received | applied | held | reversed"),
    Column("applied", JSONB, nullable=False, comment="[{case_id, kind, amount_cents}], as last applied"),
    Column("held_reason", Text),
    Column("reversed_on", Date),
    Column("reversal_reason", Text),
    Column("version", Integer, nullable=False),
)
Index("payments_made_newest", payments_made.c.viewer_id, payments_made.c.received_on, payments_made.c.receipt_id)

payments_sent = Table(
    "payments_sent",
    metadata,
    Column("disbursement_id", Text, primary_key=True),
    Column("viewer_id", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("amount_cents", BigInteger, nullable=False),
    Column("method", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("status_on", Date),
    Column("version", Integer, nullable=False),
)
Index("payments_sent_newest", payments_sent.c.viewer_id, payments_sent.c.issued_on, payments_sent.c.disbursement_id)

participants = Table(
    "participants",
    metadata,
    Column("viewer_id", Text, primary_key=True),
    Column("language", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("viewer_id", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("role", Text, nullable=False, comment="the viewer's own: payor | payee"),
    Column("court_case_number", Text),
    Column("status", Text, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("version", Integer, nullable=False),
)
Index("cases_of_case", cases.c.case_id)

accounts = Table(
    "accounts",
    metadata,
    Column("viewer_id", Text, primary_key=True),
    Column("sessions_valid_from", Integer, nullable=False,
           comment="a session begun at an earlier version of the account has ended (new PIN, or disabled)"),
    Column("version", Integer, nullable=False),
)

freshness = Table(
    "freshness",
    metadata,
    Column("publisher", Text, primary_key=True),
    Column("as_of", DateTime(timezone=True), nullable=False, comment="time of the last event applied"),
    Column("position", BigInteger, nullable=False),
)
