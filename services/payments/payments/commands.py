"""What operators do with the books: prove them, explain a receipt, rebuild what is known of cases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from eventkit import rebuild
from eventkit.decider import Rejected
from eventkit.rpc_client import RpcClient
from eventkit.source import RpcSource
from payments import parties
from payments.definition import definition
from payments.domain.disbursement import disbursement
from payments.domain.receipt import receipt
from payments.domain.words import registry
from payments.explanation import explain
from payments.imports.command import cli as import_cli
from payments.imports.command import start
from payments.ledger import verify as proof
from payments.ledger.balances import TrialBalance, trial_balance
from servicekit import contracts
from servicekit.cli import make_cli
from servicekit.process import make_engine

console = Console()
cli = make_cli(definition)
cli.add_typer(import_cli, name="import")


@cli.command()
def verify() -> None:
    """Proves the books and prints the trial balance; exit code 1 where anything differs."""
    app, _ = start()
    with app.engine.connect().execution_options(isolation_level="REPEATABLE READ") as conn:
        checks = proof.verify(conn, registry, (receipt, disbursement))
        console.print(_trial_balance(trial_balance(conn)))
    for check in checks:
        typer.echo(f"{'differs' if check.differences else 'agrees '}  {check.name}")
        for difference in check.differences:
            typer.echo(f"         {difference}")
    if any(check.differences for check in checks):
        raise typer.Exit(1)


@cli.command("explain")
def explain_receipt(receipt_id: str) -> None:
    """What became of a receipt, named SYSTEM:ID: its events and their journal entries."""
    app, _ = start()
    with app.engine.connect() as conn:
        try:
            told = explain(conn, registry, receipt_id)
        except Rejected:
            typer.echo("there is no such receipt", err=True)
            raise typer.Exit(1) from None
    for step in told["steps"]:
        _print_step(step)


@cli.command("rebuild")
def rebuild_parties() -> None:
    """Makes the tables of participants and cases anew from what cases published, and swaps them in."""
    _, settings = start()
    if not settings.DATABASE_OWNER_URL or not settings.DATABASE_APP_ROLE:
        typer.echo("rebuild needs DATABASE_OWNER_URL and DATABASE_APP_ROLE", err=True)
        raise typer.Exit(2)
    owner = make_engine(settings.DATABASE_OWNER_URL)
    source = RpcSource(RpcClient(settings.AMQP_URL))
    report = rebuild.rebuild(owner, parties.read_model, source, settings.DATABASE_APP_ROLE)
    typer.echo(f"{report.events} events; the tables {'were equal' if report.equal else 'differed and are replaced'}")


@cli.command("contracts")
def write_contracts(folder: Annotated[Path, typer.Argument()] = Path("contracts")) -> None:
    """Writes the contracts of the public events into a folder."""
    contracts.write(definition.catalog, folder)


def _trial_balance(rows: list[TrialBalance]) -> Table:
    table = Table("account", "debits", "credits", "balance", title="Trial balance (dollars)")
    for column in table.columns[1:]:
        column.justify = "right"
    for row in [*rows, TrialBalance("all", sum(r.debits for r in rows), sum(r.credits for r in rows))]:
        table.add_row(row.code, *(f"{cents / 100:,.2f}" for cents in (row.debits, -row.credits, row.balance)))
    return table


def _print_step(step: dict[str, Any]) -> None:
    typer.echo(f"{step['version']}. {step['event']}, recorded {step['recorded_at'][:19]}Z")
    for name, value in step["data"].items():
        typer.echo(f"   {name}: {value}")
    for entry in step["entries"]:
        typer.echo(f"   entry {entry['kind']}, effective {entry['effective_on']}")
        for line in entry["lines"]:
            side = "Dr" if line["cents"] > 0 else "Cr"
            typer.echo(f"     {side} {line['account']:<50} {abs(line['cents']) / 100:>14,.2f}")
