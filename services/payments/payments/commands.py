"""What operators do with the books: prove them, explain a receipt, rebuild what is known of cases."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from eventkit import rebuild
from eventkit.rpc_client import RpcClient
from eventkit.source import RpcSource
from payments import parties
from payments.answers.aged_holds import aged_holds
from payments.answers.command import explain_receipt, rules, statement_of
from payments.answers.reports import federal_table, holds_table, trial_balance_table
from payments.definition import definition
from payments.domain.disbursement import disbursement
from payments.domain.receipt import receipt
from payments.domain.words import registry
from payments.imports.command import cli as import_cli
from payments.imports.command import start
from payments.imports.taking_in import agency_day
from payments.ledger import verify as proof
from payments.ledger.balances import trial_balance
from payments.ledger.checks_federal import quarters
from payments.runs.command import cli as run_cli
from payments.runs.command import release_cli
from servicekit import contracts
from servicekit.cli import make_cli
from servicekit.process import make_engine

console = Console()
cli = make_cli(definition)
cli.add_typer(import_cli, name="import")
cli.add_typer(run_cli, name="run")
cli.add_typer(release_cli, name="release")
cli.command("statement")(statement_of)
cli.command("explain")(explain_receipt)
cli.command("rules")(rules)


@cli.command()
def verify() -> None:
    """Proves the books; prints the trial balance, the federal quarters and what waits. Exit code 1 where anything
    differs."""
    app, _ = start()
    with app.engine.connect().execution_options(isolation_level="REPEATABLE READ") as conn:
        checks = proof.verify(conn, registry, (receipt, disbursement))
        console.print(trial_balance_table(trial_balance(conn)))
        console.print(federal_table(quarters(conn)))
        console.print(holds_table(aged_holds(conn, agency_day(datetime.now(UTC)))))
    for check in checks:
        typer.echo(f"{'differs' if check.differences else 'agrees '}  {check.name}")
        for difference in check.differences:
            typer.echo(f"         {difference}")
    if any(check.differences for check in checks):
        raise typer.Exit(1)


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
