"""What is still to be done, kept beside the events it follows from: accounts to charge, money that waits, payouts.

Derived rows: `rebuild_worklists` makes them anew from the events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    delete,
    text,
)
from sqlalchemy.dialects.postgresql import insert

from payments.domain.account.state import Account, next_charge
from payments.domain.receipt import Receipt
from payments.rules.months import next_month

metadata = MetaData()

account_work = Table(
    "account_work",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("next_charge", Date, comment="the first month that is not charged; null: none will be"),
    Column("to_check", Boolean, nullable=False, comment="whether interest may have grown or changed"),
    Column("interest_checked", Date, comment="the last month the interest run went through; null: changed since"),
)
Index("account_work_next_charge", account_work.c.next_charge, account_work.c.case_id)

open_holds = Table(
    "open_holds",
    metadata,
    Column("receipt_id", Text, nullable=False),
    Column("hold", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("payor_id", Text),
    Column("cents", BigInteger, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date),
    PrimaryKeyConstraint("receipt_id", "hold"),
)
Index("open_holds_reason", open_holds.c.reason, open_holds.c.until)

payouts = Table(
    "payouts",
    metadata,
    Column("payout_id", BigInteger, Identity(), primary_key=True),
    Column("receipt_id", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("disbursement_id", Text, nullable=False),
    Column("on", Date, nullable=False),
    Column("debt", Text, nullable=False),
    Column("cents", BigInteger, nullable=False, comment="negative where the disbursement came back"),
)
Index("payouts_receipt", payouts.c.receipt_id)


def keep_accounts(conn: Connection, states: Mapping[str, Account]) -> None:
    """By case id."""
    rows = [{"case_id": case_id, "next_charge": next_charge(state), "to_check": True}
            for case_id, state in sorted(states.items())]
    if rows:
        upsert = insert(account_work)
        conn.execute(upsert.on_conflict_do_update(index_elements=["case_id"], set_={
            "next_charge": upsert.excluded.next_charge, "to_check": upsert.excluded.to_check,
            "interest_checked": None}), rows)


def keep_holds(conn: Connection, states: Mapping[str, Receipt], new: Iterable[str]) -> None:
    """By receipt id; `new` are those that had none before."""
    old = sorted(set(states) - set(new))
    if old:
        conn.execute(delete(open_holds).where(open_holds.c.receipt_id.in_(old)))
    rows = [row for receipt_id, state in sorted(states.items()) for row in hold_rows(receipt_id, state)]
    if rows:
        conn.execute(insert(open_holds), rows)


def hold_rows(receipt_id: str, state: Receipt) -> list[dict[str, Any]]:
    """Of what a receipt has waiting now."""
    return [{"receipt_id": receipt_id, "hold": hold.number, "reason": hold.reason.value, "case_id": hold.case_id,
             "payor_id": state.payor_id, "cents": hold.cents, "since": hold.since, "until": hold.until}
            for hold in state.holds if not state.reversal]


def keep_payouts(conn: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        conn.execute(insert(payouts), rows)


def interest_checked(conn: Connection, states: Mapping[str, Account], through: date) -> None:
    """After the interest run went through these accounts: again only where something may bear more, or changes."""
    conn.execute(text("""
        UPDATE account_work SET interest_checked = :through, to_check = c.owing
        FROM unnest(CAST(:cases AS text[]), CAST(:owing AS boolean[])) AS c (case_id, owing)
        WHERE account_work.case_id = c.case_id"""),
        {"through": through, "cases": list(states),
         "owing": [may_bear_interest(state, through) for state in states.values()]})


def may_bear_interest(state: Account, through: date) -> bool:
    """In later months: what is open, or was for a while after that month."""
    end = next_month(through)
    return any(found.open > 0 or any(on >= end for on, _ in found.movements) for found in state.installments.values())
