"""The command line: the kernel's commands, the agency's files, and the rotation of keys."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from cases.importing import case_file, participants
from cases.importing.batches import Take, take_in
from cases.personal import Protector
from cases.rotation import left, rotate
from cases.service import definition
from eventkit.application import Application
from eventkit.crypto import CannotDecrypt
from feedkit.feed import Column, FeedError, FeedStopped
from servicekit.cli import load_settings, make_cli
from servicekit.logs import configure
from servicekit.settings import Settings

cli = make_cli(definition)
files = typer.Typer(help="Take in the agency's files (CSV or NDJSON); running one again changes nothing.",
                    no_args_is_help=True)
cli.add_typer(files, name="import")

File = Annotated[Path, typer.Argument(help="CSV with a header, or .ndjson with the same keys; UTF-8")]
Rejects = Annotated[Path | None, typer.Option(help="where rejected lines are told of; FILE.rejects.csv")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="check every line and keep nothing")]


@files.command("participants")
def import_participants(file: File, rejects: Rejects = None, dry_run: DryRun = False) -> None:
    """Participants: who they are and how to reach them."""
    app, settings = _application("import")
    take = participants.taking(Protector(settings.PERSONAL_KEYS, settings.AUTH_PUBLIC_KEY))
    _import(app, file, participants.COLUMNS, take, rejects, dry_run)


@files.command("cases")
def import_cases(file: File, rejects: Rejects = None, dry_run: DryRun = False) -> None:
    """Cases, and who is in them; the participants first."""
    app, _ = _application("import")
    _import(app, file, case_file.COLUMNS, case_file.take, rejects, dry_run)


@cli.command("rotate-keys")
def rotate_keys() -> None:
    """Encrypts what is on file of participants under the first of PERSONAL_KEYS."""
    app, settings = _application("rotate-keys")
    try:
        with Progress(console=Console(stderr=True)) as progress:
            task = progress.add_task("participants", total=left(app.engine, settings.PERSONAL_KEYS))
            done = rotate(app.engine, settings.PERSONAL_KEYS, lambda count: progress.advance(task, count))
    except CannotDecrypt:
        typer.echo("a participant is under a key that PERSONAL_KEYS lacks: add it behind the first one", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{done} participants are under the first key now, and so are all others")


def _application(role: str) -> tuple[Application, Settings]:
    settings = load_settings(definition)
    configure(definition.name, role, settings.LOG_LEVEL)
    return definition.application(settings), settings


def _import(app: Application, file: Path, columns: tuple[Column, ...], take: Take, rejects: Path | None,
            dry_run: bool) -> None:
    """Exit code 0: all is in; 1: lines were rejected; 2: the file or the database cannot be used; 130: stopped."""
    try:
        report = take_in(app, file, columns, take, import_id=str(uuid.uuid4()), rejects=rejects, dry_run=dry_run)
    except FeedError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(130 if isinstance(error, FeedStopped) else 2) from None
    for said in (*report.notices, report):
        typer.echo(f"{file.name}: {said}")
    raise typer.Exit(1 if report.rejected else 0)
