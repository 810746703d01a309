"""The tables of monthly statements: a row for each who pays, with what is theirs alone, and one a case for the family.

What only the payor may see is no column of the family's table, so that no query can read it by mistake. Both stay as
they were issued; one that is issued anew takes the place of the one before.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Date, Index, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from gateway.view.tables import metadata


def _of_both() -> tuple[Column[Any], ...]:
    return (
        Column("case_id", Text, primary_key=True),
        Column("month", Date, primary_key=True, comment="its first day"),
        Column("number", Integer, nullable=False, comment="2 and more: it took the place of an earlier one"),
        Column("issued_on", Date, nullable=False),
        Column("since", Date, nullable=False, comment="the first day of the period"),
        Column("until", Date, nullable=False, comment="its last day"),
        Column("previous_cents", BigInteger, nullable=False, comment="the balance before that period"),
        Column("charges", JSONB, nullable=False, comment="[{kind, amount_cents}]"),
        Column("interest_posted_cents", BigInteger, nullable=False),
        Column("current_due_cents", BigInteger, nullable=False),
        Column("past_due_cents", BigInteger, nullable=False),
        Column("interest_cents", BigInteger, nullable=False),
        Column("paid_ahead_cents", BigInteger, nullable=False),
        Column("total_cents", BigInteger, nullable=False, comment="the balance after it; negative: paid ahead"),
        Column("version", Integer, nullable=False),
    )


payor_statements = Table(
    "payor_statements",
    metadata,
    *_of_both(),
    Column("viewer_id", Text, primary_key=True, comment="who pays; nobody else sees the row"),
    Column("payments", JSONB, nullable=False, comment="[{on, source, method, amount_cents}]; negative: taken back"),
    Column("adjustments", JSONB, nullable=False, comment="[{on, kind, reason, amount_cents}]"),
    Column("asked_cents", BigInteger, nullable=False, comment="each month, on what is past due"),
    Column("to_avoid_interest_cents", BigInteger, nullable=False),
    Column("coupon_cents", BigInteger, nullable=False, comment="what the coupon asks for"),
    Column("pay_to", JSONB, nullable=False, comment="[line]: where the coupon goes"),
)
Index("payor_statements_newest", payor_statements.c.viewer_id, payor_statements.c.month, payor_statements.c.case_id)

family_statements = Table(
    "family_statements",
    metadata,
    *_of_both(),
    Column("payments", JSONB, nullable=False, comment="[{on, amount_cents}]; negative: taken back"),
    Column("adjusted_cents", BigInteger, nullable=False, comment="all adjustments together"),
)
