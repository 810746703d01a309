"""`python -m cases import ...`: one command a file."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Annotated

import typer

from cases.importing import appointments, case_file, court_orders, hearings, participants
from cases.importing.batches import Take, take_in
from cases.keys import Keys, keys_of
from cases.service import definition
from eventkit.application import Application
from feedkit.feed import Column, FeedError, FeedStopped
from servicekit.cli import load_settings
from servicekit.logs import configure

files = typer.Typer(help="Take in the agency's files (CSV or NDJSON); running one again changes nothing.",
                    no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="CSV with a header, or .ndjson with the same keys; UTF-8")]
Rejects = Annotated[Path | None, typer.Option(help="where rejected lines are told of; FILE.rejects.csv")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="check every line and keep nothing")]


@files.command("participants")
def import_participants(file: File, rejects: Rejects = None, dry_run: DryRun = False) -> None:
    """Participants: who they are and how to reach them."""
    app, keys = _application()
    _import(app, file, participants.COLUMNS, participants.taking(keys.protector, keys.showing), rejects, dry_run)


@files.command("cases")
def import_cases(file: File, rejects: Rejects = None, dry_run: DryRun = False) -> None:
    """Cases, and who is in them; the participants first."""
    app, keys = _application()
    _import(app, file, case_file.COLUMNS, case_file.taking(keys.guardian), rejects, dry_run)


@files.command("court-orders")
def import_court_orders(file: File, rejects: Rejects = None, dry_run: DryRun = False) -> None:
    """Court orders; the cases first."""
    app, _ = _application()
    _import(app, file, court_orders.COLUMNS, court_orders.take, rejects, dry_run)


@files.command("hearings")
def import_hearings(file: File, rejects: Rejects = None, dry_run: DryRun = False) -> None:
    """Court dates; the cases first."""
    app, _ = _application()
    _import(app, file, hearings.COLUMNS, hearings.take, rejects, dry_run)


@files.command("appointments")
def import_appointments(file: File, rejects: Rejects = None, dry_run: DryRun = False) -> None:
    """Appointments; participants and cases first."""
    app, keys = _application()
    _import(app, file, appointments.COLUMNS, appointments.taking(keys.whereabouts), rejects, dry_run)


def _application() -> tuple[Application, Keys]:
    settings = load_settings(definition)
    configure(definition.name, "import", settings.LOG_LEVEL)
    return definition.application(settings), keys_of(settings)


def _import(app: Application, file: Path, columns: tuple[Column, ...], take: Take, rejects: Path | None,
            dry_run: bool) -> None:
    """Exit code 0: all is in; 1: lines were rejected; 2: the file or the database cannot be used; 130: stopped."""
    try:
        report = take_in(app, file, columns, take, import_id=str(uuid.uuid4()), rejects=rejects, dry_run=dry_run)
    except FeedError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(130 if isinstance(error, FeedStopped) else 2) from None
    for told in (*report.notices, report):
        typer.echo(f"{file.name}: {told}")
    raise typer.Exit(1 if report.rejected else 0)
