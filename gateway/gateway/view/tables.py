"""The tables of the view: one row per viewer and thing, holding only what that viewer may see.

A column that is not here cannot be shown. Money is integer cents; `version` is the version of the aggregate the
row was last written from.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

SCHEMA = "view"
NO_DUE = date.min
"""The due date of what has none."""
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
    Column("status", Text, nullable=False, comment="received | held | applied | refunded | reversed"),
    Column("paid", JSONB, nullable=False, comment="[{case_id, debt, kind, due, amount_cents}], as last applied"),
    Column("waiting", JSONB, nullable=False, comment="[{reason, amount_cents, until}]: what of it waits, and why"),
    Column("reversed_on", Date),
    Column("reversal_reason", Text),
    Column("steps", JSONB, nullable=False, comment="[{code, ...}]: what happened to it, in order; texts by code"),
    Column("version", Integer, nullable=False),
)
Index("payments_made_newest", payments_made.c.viewer_id, payments_made.c.received_on, payments_made.c.receipt_id)

family_payments = Table(
    "family_payments",
    metadata,
    Column("receipt_id", Text, primary_key=True, comment="never read out: it is the payor's"),
    Column("case_id", Text, primary_key=True, comment="its payees may see the row: `cases` says who they are"),
    Column("reference", Text, nullable=False, comment="tells rows apart where a reader can see it"),
    Column("received_on", Date, nullable=False),
    Column("amount_cents", BigInteger, nullable=False, comment="of the payment, for this case"),
    Column("went", JSONB, nullable=False, comment="[{to, hold, until, amount_cents}]: where it is now"),
    Column("taken_back_on", Date),
    Column("steps", JSONB, nullable=False, comment="[{code, ...}]: what happened to it, in order; texts by code"),
    Column("version", Integer, nullable=False),
)
Index("family_payments_newest", family_payments.c.case_id, family_payments.c.received_on, family_payments.c.reference)

payments_sent = Table(
    "payments_sent",
    metadata,
    Column("disbursement_id", Text, primary_key=True),
    Column("viewer_id", Text, nullable=False),
    Column("case_id", Text, comment="null for a refund that is of no one case"),
    Column("payee_type", Text, nullable=False, comment="family | payor (a refund)"),
    Column("issued_on", Date, nullable=False),
    Column("amount_cents", BigInteger, nullable=False),
    Column("method", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("status_on", Date),
    Column("parts", JSONB, nullable=False, comment="[{part, received_on, amount_cents}]: what it is made of"),
    Column("ahead_cents", BigInteger, nullable=False, comment="sent before the money for it came in"),
    Column("version", Integer, nullable=False),
)
Index("payments_sent_newest", payments_sent.c.viewer_id, payments_sent.c.issued_on, payments_sent.c.disbursement_id)

debts = Table(
    "debts",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("what", Text, primary_key=True, comment="principal | interest | advance"),
    Column("due", Date, primary_key=True, comment="of the installment; 0001-01-01 where there is none"),
    Column("cents", BigInteger, nullable=False, comment="all changes added up; a row that comes to nothing is deleted"),
)

paid_ahead = Table(
    "paid_ahead",
    metadata,
    Column("receipt_id", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("amount_cents", BigInteger, nullable=False, comment="paid for a coming month, and not in `debts` yet"),
    Column("version", Integer, nullable=False),
)
Index("paid_ahead_of_case", paid_ahead.c.case_id)

obligations = Table(
    "obligations",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("obligation_id", Text, primary_key=True),
    Column("effective_on", Date, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("monthly_cents", BigInteger, nullable=False),
    Column("ends_on", Date, comment="the last day it counts"),
)

liquidations = Table(
    "liquidations",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("effective_on", Date, primary_key=True),
    Column("monthly_cents", BigInteger, nullable=False, comment="asked for on what is past due; no debt of its own"),
)

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
    Column("pin_changed_at", DateTime(timezone=True)),
    Column("pin_changed_by", Text, comment="web | phone | other: the channel"),
    Column("version", Integer, nullable=False),
)

freshness = Table(
    "freshness",
    metadata,
    Column("publisher", Text, primary_key=True),
    Column("as_of", DateTime(timezone=True), nullable=False, comment="time of the last event applied"),
    Column("position", BigInteger, nullable=False),
)
