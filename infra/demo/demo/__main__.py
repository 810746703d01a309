"""`python -m demo write DIR` makes the agency's files; `send` plays the disbursement unit; `collections` makes load."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import track

from demo.agency import PARTICIPANTS, build
from demo.files import write as write_files
from demo.files import write_rows
from demo.load import collection_rows
from demo.rows import COLLECTIONS
from demo.sending import report

cli = typer.Typer(help="A synthetic agency: nobody in it exists.", no_args_is_help=True,
                  pretty_exceptions_enable=False)
console = Console(stderr=True)

AsOf = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the last day of the files; today")]
People = Annotated[int, typer.Option(help="how many participants the agency has")]


@cli.command()
def write(folder: Path, as_of: AsOf = None, participants: People = PARTICIPANTS) -> None:
    """People, cases, debts, two years of money in slices of four months, and three demo log-ins."""
    try:
        agency = build(_day(as_of), participants)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    for name, count in write_files(agency, folder).items():
        typer.echo(f"{count:>8,}  {folder / name}")
    typer.echo(f"          {folder / 'logins.json'}")


@cli.command()
def collections(count: Annotated[int, typer.Option(help="how many lines", min=1)],
                out: Annotated[Path, typer.Option(help="the file to write")], as_of: AsOf = None,
                participants: People = PARTICIPANTS) -> None:
    """Collections in any number, for the cases of the same agency."""
    rows = collection_rows(count, _day(as_of), participants)
    shown = track(rows, total=count, description="collections", console=console, disable=not console.is_terminal)
    typer.echo(f"{write_rows(out, COLLECTIONS, shown):>8,}  {out}")


@cli.command()
def send(instructions: Path, out: Path, as_of: AsOf = None) -> None:
    """Carries out the ledger's instructions: a file of what was sent, and what became of it by `as_of`."""
    typer.echo(f"{report(instructions, out, _day(as_of)):>8,}  {out}")


def _day(as_of: datetime | None) -> date:
    return as_of.date() if as_of else datetime.now(ZoneInfo("America/Los_Angeles")).date()


if __name__ == "__main__":
    cli()
