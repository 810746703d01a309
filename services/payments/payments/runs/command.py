"""`python -m payments run ...` and `release holds`."""

from __future__ import annotations

import re
import threading
from datetime import UTC, date, datetime
from typing import Annotated, NoReturn

import typer

from eventkit.application import Application
from eventkit.rpc_client import RpcClient
from eventkit.source import RpcSource
from payments import parties
from payments.imports.catching_up import catch_up
from payments.imports.command import start
from payments.imports.taking_in import agency_day
from payments.rules.months import month_of, previous_month
from payments.runs.charges import Charges
from payments.runs.distribution import Distribution
from payments.runs.interest import Interest
from payments.runs.lock import RunsAlready
from payments.runs.payouts import payouts
from payments.runs.releases import Releases
from payments.runs.run import Run
from payments.runs.statements import Statements
from payments.runs.workers import carry_out
from servicekit.process import stop_on_signals

cli = typer.Typer(help="Work of the calendar, in batches; run again, it goes on where it was.", no_args_is_help=True)
release_cli = typer.Typer(help="Money that is held goes on.", no_args_is_help=True)

cli.command()(payouts)

Month = Annotated[str, typer.Option(metavar="YYYY-MM")]
Batch = Annotated[int, typer.Option(min=1, max=5000, help="cases or receipts committed together")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="processes")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="do all the work, and keep nothing of it")]


@cli.command()
def charges(month: Month = "", batch: Batch = 500, workers: Workers = 1, dry_run: DryRun = False) -> None:
    """Charges all installments due up to a month; default this one."""
    run = Charges(_month(month) if month else month_of(_today()))
    _carry_out(run, batch, workers, dry_run)


@cli.command()
def interest(through: Month = "", batch: Batch = 500, workers: Workers = 1, dry_run: DryRun = False) -> None:
    """Posts the interest of all months up to one that is over; default the last one."""
    last = previous_month(_today())
    month = _month(through) if through else last
    if month > last:
        _refuse(f"--through {through} is not over: {last:%Y-%m} is the last month that is")
    _carry_out(Interest(month), batch, workers, dry_run)


@cli.command()
def statements(
    month: Month = "", batch: Batch = 200, workers: Workers = 1, dry_run: DryRun = False,
    anew: Annotated[bool, typer.Option("--anew", help="also where one was issued that would say something else now; "
                                       "it gets the next number")] = False,
) -> None:
    """Issues the statement of each case for a month that is over; default the last one."""
    last = previous_month(_today())
    of = _month(month) if month else last
    if of > last:
        _refuse(f"--month {month} is not over: {last:%Y-%m} is the last month that is")
    _carry_out(Statements(of, _today(), anew), batch, workers, dry_run)


@cli.command()
def distribution(batch: Batch = 200, dry_run: DryRun = False) -> None:
    """Distributes money that waited for a case or an obligation, where there is one by now."""
    _carry_out(Distribution(_today()), batch, 1, dry_run, catching_up=True)


@release_cli.command()
def holds(on: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="default today")] = "", batch: Batch = 200,
          dry_run: DryRun = False) -> None:
    """Releases holds whose day has come, and those of cases whose payouts are no longer held."""
    day = _day(on) if on else _today()
    if day > _today():
        _refuse(f"--on {on} has not come yet")
    _carry_out(Releases(day), batch, 1, dry_run, catching_up=True)


def _carry_out(run: Run, batch: int, workers: int, dry_run: bool, *, catching_up: bool = False) -> None:
    """Exit code 0: all is done; 1: some failed; 2: it cannot be run; 130: stopped."""
    app, settings = start()
    stop = threading.Event()
    stop_on_signals(stop.set)
    if catching_up:
        _catch_up(app, settings.AMQP_URL)
    try:
        report = carry_out(app, run, batch=batch, workers=workers, dry_run=dry_run, stop=stop, show=True)
    except RunsAlready:
        _refuse(f"another process runs {run.name}: let it end")
    for key in report.failed[:20]:
        typer.echo(f"failed: {key}", err=True)
    typer.echo(str(report))
    raise typer.Exit(130 if report.stopped else 1 if report.failed else 0)


def _catch_up(app: Application, amqp_url: str) -> None:
    client = RpcClient(amqp_url)
    catch_up(app.engine, parties.subscription, RpcSource(client, timeout=5), _say)
    client.close()


def _say(told: str) -> None:
    typer.echo(told, err=True)


def _today() -> date:
    return agency_day(datetime.now(UTC))


def _month(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        _refuse(f"{text} is not a month: write it as 2026-03")
    return date.fromisoformat(f"{text}-01")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        _refuse(f"{text} is not a day: write it as 2026-03-31")


def _refuse(told: str) -> NoReturn:
    _say(told)
    raise typer.Exit(2)
