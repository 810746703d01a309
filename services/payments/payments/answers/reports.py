"""What `verify` prints beside its checks, as tables in dollars: trial balance, federal quarters, what waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.table import Table

from payments.answers.aged_holds import AGES
from payments.domain.words import Source
from payments.ledger.balances import TrialBalance
from payments.ledger.checks_federal import Quarter


def trial_balance_table(rows: Sequence[TrialBalance]) -> Table:
    table = _table("Trial balance (dollars)", "account", "debits", "credits", "balance")
    for row in [*rows, TrialBalance("all", sum(r.debits for r in rows), sum(r.credits for r in rows))]:
        _add(table, row.code, (row.debits, -row.credits, row.balance))
    return table


def federal_table(quarters: Sequence[Quarter]) -> Table:
    """One column a quarter, one row a line; the latest four."""
    shown = quarters[-4:]
    table = _table("Federal identity by quarter, OCSE-34 (dollars)", "line",
                   *(f"from {quarter.begins_on}" for quarter in shown))
    _add(table, "1 undistributed at the beginning", (q.opening for q in shown))
    for source in Source:
        _add(table, f"{source.report_line} {source.value}", (q.line(source) for q in shown))
    _add(table, "uncashed, waiting again", (q.uncashed for q in shown))
    _add(table, "available", (q.available for q in shown))
    for what in ("family", "assistance", "fees", "refunds", "recouped"):
        _add(table, f"distributed: {what}", (q.distributed[what] for q in shown))
    _add(table, "undistributed at the end", (q.undistributed for q in shown))
    return table


def holds_table(rows: Iterable[dict[str, Any]]) -> Table:
    ages = (*(f"to {days} days" for days in AGES), "older")
    table = _table("What waits (dollars)", "reason", "oldest", "holds", *ages, "all")
    for row in rows:
        cents = (*row["by_age"], row["cents"])
        table.add_row(row["reason"], row["oldest"], str(row["holds"]), *(f"{c / 100:,.2f}" for c in cents))
    return table


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(first, *others, title=title)
    for column in table.columns[1:]:
        column.justify = "right"
    return table


def _add(table: Table, name: str, cents: Iterable[int]) -> None:
    table.add_row(name, *(f"{amount / 100:,.2f}" for amount in cents))
