"""Answers on the command line: `statement`, `explain` and `rules`."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from eventkit.decider import Rejected
from payments.answers.explaining import explain_to_payee, explain_to_payor
from payments.answers.law import entries
from payments.answers.statement import statement
from payments.domain.words import registry
from payments.explanation import explain
from payments.imports.command import start

console = Console()
_TOLD = {"unknown_receipt": "there is no such receipt", "unknown_case": "there is no account of such a case",
         "month_to_come": "this month has not begun"}


def statement_of(case_id: str, month: Annotated[str, typer.Argument(metavar="YYYY-MM")],
                 as_json: Annotated[bool, typer.Option("--json", help="the data, as it goes to a printer")] = False
                 ) -> None:
    """The monthly statement of a case: what was owed, charged, paid, and is owed now."""
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month):
        _refuse(f"{month} is not a month: write it as 2026-03", 2)
    app, _ = start()
    with app.engine.connect() as conn:
        try:
            told = statement(conn, case_id, date.fromisoformat(f"{month}-01"))
        except Rejected as refusal:
            _refuse(_TOLD[refusal.code], 1)
    typer.echo(json.dumps(told, indent=2) if as_json else "\n".join(_lines(told)))


def explain_receipt(
    receipt_id: str,
    viewer: Annotated[str, typer.Option("--as", metavar="agency|payor|payee:CASE", help="who is told")] = "agency",
) -> None:
    """What became of a receipt, named SYSTEM:ID, as the agency, its payor or the payee of a case may know it."""
    who, _, case_id = viewer.partition(":")
    if who not in ("agency", "payor", "payee") or (who == "payee") != bool(case_id):
        _refuse("--as is agency, payor or payee:CASE", 2)
    app, _ = start()
    with app.engine.connect() as conn:
        try:
            if who == "agency":
                for step in explain(conn, registry, receipt_id)["steps"]:
                    _print_step(step)
                return
            told = (explain_to_payor(conn, receipt_id) if who == "payor" else
                    explain_to_payee(conn, receipt_id, case_id))
        except Rejected as refusal:
            _refuse(_TOLD[refusal.code], 1)
    for step in told["steps"]:
        typer.echo("  ".join(_word(name, value) for name, value in step.items() if value is not None))


def rules() -> None:
    """The law as the ledger knows it: every dated rule, since when it holds, and its source."""
    table = Table("rule", "key", "since", "says", "source", title="Rules, by date of collection", show_lines=True)
    for entry in entries():
        since = "always" if entry.since.year == 1900 else entry.since.isoformat()
        table.add_row(entry.rule, entry.key, since, entry.value, entry.source)
    console.print(table)


def _print_step(step: dict[str, Any]) -> None:
    typer.echo(f"{step['version']}. {step['event']}, recorded {step['recorded_at'][:19]}Z")
    for name, value in step["data"].items():
        typer.echo(f"   {name}: {value}")
    for entry in step["entries"]:
        typer.echo(f"   entry {entry['kind']}, effective {entry['effective_on']}")
        for line in entry["lines"]:
            side = "Dr" if line["cents"] > 0 else "Cr"
            typer.echo(f"     {side} {line['account']:<50} {abs(line['cents']) / 100:>14,.2f}")


def _lines(told: dict[str, Any]) -> list[str]:
    """The statement as text, one amount a line."""
    period, coupon = told["period"], told["coupon"]
    rows = [("previous balance", told["previous"]["total_cents"])]
    rows += [(f"charge {row['kind']}", row["amount_cents"]) for row in told["charges"]]
    rows += [(f"payment of {row['received_on']}{', taken back' if row['reversed'] else ''}", -row["amount_cents"])
             for row in told["payments"]]
    rows += [(f"{row['reason']} of {row['on']}", row["amount_cents"]) for row in told["adjustments"]]
    rows += [("interest posted", told["interest_posted_cents"]), ("balance", told["balance"]["total_cents"])]
    rows += [(name.removesuffix("_cents").replace("_", " "), told[name]) for name in
             ("current_due_cents", "past_due_cents", "interest_cents", "paid_ahead_cents", "liquidation_cents",
              "to_avoid_interest_cents")]
    rows.append((f"coupon for participant {coupon['participant_id']}", coupon["amount_cents"]))
    return [f"case {told['case_id']}, {period['from']} to {period['to']}",
            *(f"  {name:<50} {cents / 100:>14,.2f}" for name, cents in rows)]


def _word(name: str, value: Any) -> str:
    if name == "code":
        return f"{value:<20}"
    return f"{name.removesuffix('_cents')} {value / 100:,.2f}" if name.endswith("_cents") else f"{name} {value}"


def _refuse(told: str, code: int) -> NoReturn:
    typer.echo(told, err=True)
    raise typer.Exit(code)
