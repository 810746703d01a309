"""What stands in the accounts, as of any day (effective) and as it was known at any moment (recorded)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Select, func, select

from payments.ledger.tables import journal_entries, journal_lines


@dataclass(frozen=True)
class TrialBalance:
    """An account code with its turnover and balance in cents; credits and credit balances are negative."""

    code: str
    debits: int
    credits: int

    @property
    def balance(self) -> int:
        return self.debits + self.credits


def balances(conn: Connection, effective_on: date | None = None,
             recorded_at: datetime | None = None) -> dict[str, int]:
    """Cents by account key."""
    query = select(journal_lines.c.account, func.sum(journal_lines.c.cents)).group_by(journal_lines.c.account)
    return {account: int(cents) for account, cents in conn.execute(_as_of(query, effective_on, recorded_at))}


def trial_balance(conn: Connection, effective_on: date | None = None,
                  recorded_at: datetime | None = None) -> list[TrialBalance]:
    """By account code, in the order of the codes."""
    cents = journal_lines.c.cents
    code = func.split_part(journal_lines.c.account, ":", 1) + ":" + func.split_part(journal_lines.c.account, ":", 2)
    debits, credits = (func.coalesce(func.sum(cents).filter(side), 0) for side in (cents > 0, cents < 0))
    query = select(code.label("code"), debits.label("debits"), credits.label("credits"))
    query = query.group_by("code").order_by("code")
    rows = conn.execute(_as_of(query, effective_on, recorded_at))
    return [TrialBalance(row.code, int(row.debits), int(row.credits)) for row in rows]


def _as_of(query: Select[tuple[str, int]] | Select[tuple[str, int, int]], effective_on: date | None,
           recorded_at: datetime | None) -> Select[tuple[str, int]] | Select[tuple[str, int, int]]:
    if effective_on or recorded_at:
        query = query.join_from(journal_lines, journal_entries)
    if effective_on:
        query = query.where(journal_entries.c.effective_on <= effective_on)
    if recorded_at:
        query = query.where(journal_entries.c.recorded_at <= recorded_at)
    return query
