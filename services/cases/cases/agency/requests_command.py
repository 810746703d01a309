"""`python -m cases requests ...`: what customers ask and report, for caseworkers at a terminal."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cases.agency import words
from cases.agency.at_the_desk import Number, Operator, desk, refusals_in_words
from cases.agency.choices import Code, Kind, Status
from cases.agency.export_command import export
from cases.requests.index import Filter
from eventkit.secret import Secret

requests = typer.Typer(help="What customers ask and report; the first due first.", no_args_is_help=True)
requests.command("export")(export)



@requests.command("list")
def list_(
    kind: Annotated[Kind | None, typer.Option(help="only these")] = None,
    status: Annotated[Status | None, typer.Option(help="only these")] = None,
    all_: Annotated[bool, typer.Option("--all", help="also what is answered")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="only what should have been dealt with by now")] = False,
    safety: Annotated[bool, typer.Option("--safety", help="only where somebody may be in danger")] = False,
    older_than: Annotated[int | None, typer.Option(min=0, help="only what came more than so many days ago")] = None,
    limit: Annotated[int, typer.Option(min=1, help="so many at most")] = 50,
) -> None:
    """What waits, without what was in it."""
    at = desk()
    before = at.today() - timedelta(days=older_than) if older_than is not None else None
    wanted = Filter(kind, status, not all_ and status is None, overdue, safety, received_before=before)
    rows = at.listed(wanted, limit + 1)
    _console().print(words.listing(rows[:limit], at.today()))
    if len(rows) > limit:
        typer.echo(f"there are more than these {limit} (--limit)", err=True)


@requests.command()
def show(
    number: Number, operator: Operator,
    content: Annotated[bool, typer.Option("--content", help="what was asked or reported; that you looked goes on "
                                                            "record")] = False,
) -> None:
    """One request and all that happened to it."""
    at = desk()
    row = at.find(number)
    if row is None:
        typer.echo(words.REFUSALS["unknown_request"], err=True)
        raise typer.Exit(1)
    if content:
        with refusals_in_words():
            found = at.read(number, operator)
        _console().print(words.content(found))
    _console().print(words.one(row, at.today(), at.history(number)))


@requests.command()
def take(number: Number, operator: Operator) -> None:
    """Take a request up: the customer sees that it is looked into."""
    with refusals_in_words():
        desk().take_up(number, operator)
    typer.echo(f"{number} is yours")


@requests.command()
def answer(
    number: Number, code: Code, operator: Operator,
    message_file: Annotated[Path | None, typer.Option(help="what is told in words, in the customer's language; - reads "
                                                           "it from here")] = None,
) -> None:
    """Answer a request, once. Who reported the other party must never learn whether it was right."""
    with refusals_in_words():
        desk().answer(number, operator, code, _message(message_file))
    typer.echo(f"{number} is answered")


def _message(file: Path | None) -> Secret | None:
    """From a file, since arguments are seen by others on this machine, and kept by the shell."""
    if file is None:
        return None
    try:
        return Secret(sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        typer.echo(f"the message cannot be read: {type(error).__name__}", err=True)
        raise typer.Exit(2) from None


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 160, highlight=False)
