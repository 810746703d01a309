"""`python -m payments import KIND FILE`: the agency's files, by kind."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eventkit.application import Application
from eventkit.rpc_client import RpcClient
from eventkit.source import RpcSource
from feedkit.feed import FeedError, FeedStopped, run_feed
from payments import parties
from payments.definition import definition
from payments.imports.catching_up import catch_up
from payments.imports.kinds import KINDS
from payments.imports.reading import Reading
from payments.imports.taking_in import take_in
from servicekit.cli import load_settings
from servicekit.logs import configure
from servicekit.settings import Settings

cli = typer.Typer(help="Takes in a file: CSV with a header line, or NDJSON. Run again, it changes nothing.",
                  no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="the file, .csv, .ndjson or .jsonl")]
Rejects = Annotated[Path | None, typer.Option(help="where rejected lines are listed; default FILE.rejects.csv")]
Batch = Annotated[int, typer.Option(min=1, max=5000, help="lines committed together")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="do all the work, and keep nothing of it")]


def start() -> tuple[Application, Settings]:
    """For commands that end by themselves: quiet logs, no health endpoint."""
    settings = load_settings(definition)
    configure(definition.name, "cli", "WARNING")
    return definition.application(settings), settings


def _command(reading: Reading, help_text: str) -> None:
    def command(file: File, rejects: Rejects = None, dry_run: DryRun = False, batch: Batch = 500) -> None:
        _run(reading, file, rejects, dry_run, batch)

    cli.command(reading.name, help=help_text)(command)


def _run(reading: Reading, file: Path, rejects: Path | None, dry_run: bool, batch: int) -> None:
    """Exit code 0: all is in; 1: lines were rejected; 2: the file or the database cannot be used; 130: stopped."""
    app, settings = start()
    client = RpcClient(settings.AMQP_URL)
    catch_up(app.engine, parties.subscription, RpcSource(client, timeout=5), _say)
    client.close()
    try:
        report = run_feed(file, reading.names, take_in(app, reading, dry_run=dry_run), batch=batch, rejects=rejects,
                          feed=reading.open(file))
    except FeedError as error:
        _say(str(error))
        raise typer.Exit(130 if isinstance(error, FeedStopped) else 2) from None
    report.dry_run = dry_run  # the batches were decided all the same, and rolled back
    for said in (*report.notices, report):
        typer.echo(f"{file.name}: {said}")
    raise typer.Exit(1 if report.rejected else 0)


def _say(message: str) -> None:
    typer.echo(message, err=True)


for _reading, _help in KINDS:
    _command(_reading, _help)
