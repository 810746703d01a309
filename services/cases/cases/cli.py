"""The command line: the kernel's commands, the agency's files, and the rotation of keys."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from sqlalchemy.exc import DBAPIError

from cases.importing import case_file, participants
from cases.importing.batches import Take, take_in
from cases.personal import Protector
from cases.rotation import left, rotate
from cases.service import definition
from eventkit.application import Application
from eventkit.cli import load_settings, make_cli
from eventkit.crypto import CannotDecrypt
from eventkit.feed import Column, FeedError, Report
from eventkit.logs import configure, get_logger
from eventkit.settings import Settings

log = get_logger()
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
    log.info("rotated", count=done)
    typer.echo(f"{done} participants are under the first key now, and so are all others")


def _application(role: str) -> tuple[Application, Settings]:
    settings = load_settings(definition)
    configure(definition.name, role, settings.LOG_LEVEL)
    return definition.application(settings), settings


def _import(app: Application, file: Path, columns: tuple[Column, ...], take: Take, rejects: Path | None,
            dry_run: bool) -> None:
    report = _or_say_why(lambda: take_in(app, file, columns, take, import_id=str(uuid.uuid4()), rejects=rejects,
                                         dry_run=dry_run))
    log.info("imported", lines=report.read, applied=report.applied, unchanged=report.unchanged,
             rejected=report.rejected)
    for notice in report.notices:
        typer.echo(notice)
    typer.echo(f"{'would be: ' if dry_run else ''}{report}")


def _or_say_why(work: Callable[[], Report]) -> Report:
    try:
        return work()
    except FeedError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    except DBAPIError as error:
        log.error("import_failed", error=type(error).__name__)
        typer.echo("The database failed; what was applied stays. Run it again when it is back.", err=True)
        raise typer.Exit(1) from None
