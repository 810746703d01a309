"""The command line: the kernel's commands, the agency's files and its side of requests, the rotation of keys."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.progress import Progress

from cases.agency.requests_command import requests
from cases.agency.token_command import agency, agency_token
from cases.importing.command import files
from cases.rotation import left, rotate
from cases.service import definition
from eventkit.crypto import CannotDecrypt
from servicekit.cli import load_settings, make_cli
from servicekit.logs import configure

cli = make_cli(definition)
cli.add_typer(files, name="import")
cli.add_typer(requests, name="requests")
cli.add_typer(agency_token, name="agency-token")
cli.command("agency")(agency)


@cli.command("rotate-keys")
def rotate_keys() -> None:
    """Encrypts what is on file under the first of PERSONAL_KEYS, what is shown of it under the first of SHOWN_KEYS."""
    settings = load_settings(definition)
    configure(definition.name, "rotate-keys", settings.LOG_LEVEL)
    engine, keyrings = definition.application(settings).engine, (settings.PERSONAL_KEYS, settings.SHOWN_KEYS)
    try:
        with Progress(console=Console(stderr=True)) as progress:
            task = progress.add_task("records", total=left(engine, *keyrings))
            done = rotate(engine, *keyrings, lambda count: progress.advance(task, count))
    except CannotDecrypt:
        typer.echo("a record is under a key that PERSONAL_KEYS or SHOWN_KEYS lacks: add it behind the first one",
                   err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{done} records are under the first keys now, and so are all others")
