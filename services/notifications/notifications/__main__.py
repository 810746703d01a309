"""`python -m notifications <role>`; see the README for the roles."""

import servicekit.patched  # noqa: F401  first: patches eventlet in the rpc role

# isort: split
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from notifications.definition import definition
from notifications.mailing.operating import commands
from notifications.personal import KeyMissing, rotate
from notifications.printing.press import Busy, Press
from servicekit.cli import load_settings, make_cli
from servicekit.logs import configure

cli = make_cli(definition)
cli.add_typer(commands(definition), name="mail")


@cli.command("print-batch")
def print_batch(
    out: Annotated[Path | None, typer.Option(help="where the batch goes; else LETTERS_DIR")] = None,
) -> None:
    """Makes a print batch of all letters that wait; finishes one that a crash left open."""
    settings = load_settings(definition)
    configure(definition.name, "print-batch", settings.LOG_LEVEL)
    press = Press.of(definition.application(settings), settings)
    try:
        batches = press.run(out or settings.LETTERS_DIR)
    except Busy:
        typer.echo("another process is making a batch; try again when it is done", err=True)
        raise typer.Exit(75) from None
    except KeyMissing as missing:
        _key_is_missing(missing)
    for batch in batches:
        typer.echo(f"{batch.letters} letters ({batch.rejected} rejected, {batch.postponed} wait on): {batch.place}")
    if not batches:
        typer.echo("no letters wait")


@cli.command("rotate-keys")
def rotate_keys() -> None:
    """Encrypts what is kept of customers under the first of PERSONAL_KEYS."""
    settings = load_settings(definition)
    configure(definition.name, "rotate-keys", settings.LOG_LEVEL)
    try:
        done = rotate(definition.application(settings).engine, settings.PERSONAL_KEYS)
    except KeyMissing as missing:
        _key_is_missing(missing)
    typer.echo(f"{done} rows are under the first key now, and so are all others")


def _key_is_missing(missing: KeyMissing) -> NoReturn:
    typer.echo(f"PERSONAL_KEYS lacks the key {missing}: add it behind the first one", err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    cli()
