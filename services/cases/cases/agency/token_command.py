"""`python -m cases agency-token ...` and `python -m cases agency`: who may use the API, and the API."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine

from cases.agency import tokens
from cases.agency.choices import Scope
from cases.service import definition
from servicekit.cli import load_settings
from servicekit.logs import configure

agency_token = typer.Typer(help="Tokens of the agency's API: one for each person or system.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="who it is for, like maria.lopez: it goes on record with what they do")]


@agency_token.command()
def create(name: Name, scope: Annotated[list[Scope], typer.Option(help="read, answer, or both (twice)")]) -> None:
    """Make a token. It is shown once and kept nowhere."""
    if not tokens.NAME.fullmatch(name):
        raise typer.BadParameter("a name is like maria.lopez: small letters, digits, dots, dashes")
    try:
        with _engine().begin() as conn:
            token = tokens.create(conn, name, scope)
    except tokens.NameTaken:
        typer.echo(f"{name} has, or had, a token: what it did is on record under that name; take another", err=True)
        raise typer.Exit(1) from None
    typer.echo(token.reveal())


@agency_token.command("list")
def list_() -> None:
    """Who has one, and what for."""
    table = Table("name", "scopes", "made", "revoked")
    with _engine().begin() as conn:
        for row in tokens.all_tokens(conn):
            revoked = f"{row.revoked_at:%Y-%m-%d %H:%M}" if row.revoked_at else ""
            table.add_row(row.name, " ".join(row.scopes), f"{row.created_at:%Y-%m-%d %H:%M}", revoked)
    Console(highlight=False).print(table)


@agency_token.command()
def revoke(name: Name) -> None:
    """End a token, at once and for good."""
    with _engine().begin() as conn:
        if not tokens.revoke(conn, name):
            typer.echo("there is no such token, or it is revoked already", err=True)
            raise typer.Exit(1)
    typer.echo(f"{name} is revoked")


def agency() -> None:
    """Serves the JSON API of the agency's side."""
    from cases.agency.server import serve

    serve(definition, load_settings(definition))


def _engine() -> Engine:
    settings = load_settings(definition)
    configure(definition.name, "agency-token", "WARNING")
    return definition.application(settings, pool=1).engine
