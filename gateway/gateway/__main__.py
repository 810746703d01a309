"""`python -m gateway <role>`: web, fastagi, worker, migrate, rebuild, verify, parked, settings."""

from __future__ import annotations

import typer

from eventkit.rpc_client import RpcClient, RpcError
from eventkit.source import RpcSource
from gateway.definition import definition
from servicekit.cli import load_settings, make_cli
from servicekit.logs import configure, get_logger
from servicekit.process import make_engine

log = get_logger()
TOTALS_SECONDS = 120.0
"""How long `verify` waits for the ledger's totals, which are sums over all of it: a page never waits for them."""
cli = make_cli(definition)


@cli.command()
def web() -> None:
    """Serves the portal and the phone's routes."""
    from gateway.wiring import make_app
    from servicekit.web_server import Listening, serve

    settings = load_settings(definition)
    listening = Listening(settings.PUBLIC_HOST, settings.PUBLIC_PORT, settings.WEB_WORKERS, settings.WEB_THREADS)
    serve(definition, "web", settings, listening, lambda: make_app(settings))


@cli.command()
def fastagi() -> None:
    """Answers the calls of an Asterisk."""
    from gateway.fastagi_line import WITH_PATIENCE, serve
    from gateway.phone_line import switchboard
    from gateway.wiring import make_portal

    settings = load_settings(definition)
    serve(settings, lambda: switchboard(make_portal(settings), WITH_PATIENCE))


@cli.command()
def rebuild(compare_only: bool = typer.Option(False, help="build and compare, but keep the live one")) -> None:
    """Builds the view anew from the publishers beside the live one, compares both and swaps them."""
    from gateway.view.rebuild import rebuild as rebuild_view

    settings = load_settings(definition)
    configure("gateway", "rebuild", settings.LOG_LEVEL)
    if not settings.DATABASE_OWNER_URL or not settings.DATABASE_APP_ROLE:
        typer.echo("rebuild needs DATABASE_OWNER_URL and DATABASE_APP_ROLE", err=True)
        raise typer.Exit(2)

    def progress(publisher: str, done: int, last: int) -> None:
        log.info("rebuilding", publisher=publisher, events=done, position=last)

    report = rebuild_view(settings.DATABASE_OWNER_URL, settings.DATABASE_APP_ROLE,
                          RpcSource(RpcClient(settings.AMQP_URL)), progress, swap=not compare_only)
    typer.echo(f"{report.events} events\nlive    {report.live_hash}\nrebuilt {report.rebuilt_hash}\n"
               f"{'equal' if report.equal else 'NOT equal'}{'' if compare_only else ', swapped'}")
    if not report.equal:
        raise typer.Exit(1)


@cli.command()
def verify() -> None:
    """Compares the view's sums of payments and debts with the totals of the ledger.

    Exits 1 where they differ, 2 where nothing was compared.
    """
    from gateway.view.projections import NAME
    from gateway.view.verify import NeverAtOnePosition
    from gateway.view.verify import verify as verify_view

    settings = load_settings(definition)
    configure("gateway", "verify", settings.LOG_LEVEL)
    client = RpcClient(settings.AMQP_URL, TOTALS_SECONDS)
    try:
        found = verify_view(make_engine(settings.DATABASE_URL, pool=1), NAME,
                            lambda: client.query("payments", "control_totals", {}))
    except NeverAtOnePosition as why:
        typer.echo(str(why), err=True)
        raise typer.Exit(2) from None
    except RpcError as why:
        typer.echo(f"payments does not answer ({type(why).__name__}): nothing was compared", err=True)
        raise typer.Exit(2) from None
    for name, cents in found.ledger.items():
        typer.echo(f"{name:10} ledger {cents:>16} view {found.view[name]:>16}")
    typer.echo(f"at position {found.position}: {'equal' if found.equal else 'NOT equal'}")
    if not found.equal:
        raise typer.Exit(1)


if __name__ == "__main__":
    cli()
