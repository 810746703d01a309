"""`python -m workbench run | test | bench | ...`: what the Makefile calls."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

TOP = Path(__file__).resolve().parents[3]

cli = typer.Typer(help="Runs and tests the suite on one machine.", no_args_is_help=True,
                  pretty_exceptions_enable=False)


@cli.command()
def run(place: Annotated[Path, typer.Option(help="where all its files are")] = TOP / "var" / "run") -> None:
    """Everything on this machine, with demo data, until Ctrl-C."""
    from workbench.running import run as run_all

    raise typer.Exit(run_all(place))


@cli.command()
def bench(names: Annotated[list[str] | None, typer.Argument(help="which; all if none is named")] = None) -> None:
    """The benchmarks, as a table with ratios."""
    done = subprocess.run([sys.executable, "-m", "bench", *(names or [])], cwd=TOP / "tests")
    raise typer.Exit(done.returncode)


@cli.command()
def test(arguments: Annotated[list[str] | None, typer.Argument(help="passed on to pytest")] = None,
         only: Annotated[list[str] | None, typer.Option(help="this suite alone; may be repeated")] = None) -> None:
    """The checkers and all tests, with one line for each suite at the end."""
    from workbench.testing import run_suites

    try:
        code = run_suites(TOP, only or [], arguments or [])
    except KeyError as error:
        raise typer.BadParameter(f"there is no suite {error}") from None
    raise typer.Exit(code)


if __name__ == "__main__":
    cli()
