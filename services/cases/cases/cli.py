"""The command line: the kernel's commands, the agency's files and its side of requests, the rotation of keys."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.progress import Progress

from cases.agency.requests_command import requests
from cases.agency.token_command import agency, agency_token
from cases.importing.command import files
from cases.keys import keys_of
from cases.rotation import Rings, left, rotate
from cases.service import definition
from cases.showing_anew import on_file_count, show_anew
from eventkit.crypto import CannotDecrypt
from servicekit.cli import load_settings, make_cli
from servicekit.logs import configure

cli = make_cli(definition)
cli.add_typer(files, name="import")
cli.add_typer(requests, name="requests")
cli.add_typer(agency_token, name="agency-token")
cli.command("agency")(agency)


@cli.command("show-profiles")
def show_profiles() -> None:
    """Masks what is on file of everybody anew and publishes it: after a rotation of SHOWN_KEYS, or another mask."""
    settings = load_settings(definition)
    configure(definition.name, "show-profiles", settings.LOG_LEVEL)
    app = definition.application(settings)
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("profiles", total=on_file_count(app.engine))
        done = show_anew(app, keys_of(settings).showing, lambda count: progress.advance(task, count))
    typer.echo(f"{done} profiles are published anew")


@cli.command("rotate-keys")
def rotate_keys() -> None:
    """Encrypts what is on file under the first of PERSONAL_KEYS, of SHOWN_KEYS and of REPORT_KEYS."""
    settings = load_settings(definition)
    configure(definition.name, "rotate-keys", settings.LOG_LEVEL)
    engine = definition.application(settings).engine
    rings = Rings(settings.PERSONAL_KEYS, settings.SHOWN_KEYS, settings.REPORT_KEYS)
    try:
        with Progress(console=Console(stderr=True)) as progress:
            task = progress.add_task("records", total=left(engine, rings))
            done = rotate(engine, rings, lambda count: progress.advance(task, count))
    except CannotDecrypt:
        typer.echo("a record is under a key that PERSONAL_KEYS, SHOWN_KEYS or REPORT_KEYS lacks: add it behind the "
                   "first one", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{done} records are under the first keys now, and so are all others")
