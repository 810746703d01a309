"""`python -m demo write DIR` makes the agency's files; `python -m demo collections` makes load."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from demo.agency import PARTICIPANTS, build
from demo.files import COLLECTION_COLUMNS, write_rows
from demo.files import write as write_files
from demo.load import collection_rows

cli = typer.Typer(help="A synthetic agency: nobody in it exists.", no_args_is_help=True,
                  pretty_exceptions_enable=False)
console = Console(stderr=True)

AsOf = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the last day of the files; today")]
People = Annotated[int, typer.Option(help="how many participants the agency has")]


@cli.command()
def write(folder: Path, as_of: AsOf = None, participants: People = PARTICIPANTS) -> None:
    """Participants, cases, collections, disbursements, reversals and three demo log-ins."""
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
    typer.echo(f"{write_rows(out, COLLECTION_COLUMNS, shown):>8,}  {out}")


def _day(as_of: datetime | None) -> date:
    return as_of.date() if as_of else date.today()


if __name__ == "__main__":
    cli()
