"""The command line every service has: its roles, its migrations, and what operators do with parked events."""

from __future__ import annotations

import os
import threading

import typer
from rich.console import Console
from rich.table import Table

from eventkit import parking
from eventkit.application import Application
from eventkit.decider import Rejected
from eventkit.duty import Duty
from eventkit.errors import reason_of
from eventkit.subscription import Subscription
from servicekit.health import start_health
from servicekit.logs import configure, get_logger
from servicekit.migrations import upgrade
from servicekit.process import run_duties, stop_on_signals
from servicekit.service import ServiceDefinition
from servicekit.settings import Settings, SettingsError, explain, load

log = get_logger()
console = Console()


def load_settings(definition: ServiceDefinition) -> Settings:
    """The settings from the environment; every problem in one message, and exit code 2."""
    try:
        return load(definition.all_settings(), os.environ)
    except SettingsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def start(definition: ServiceDefinition, role: str) -> tuple[Application, Settings]:
    settings = load_settings(definition)
    configure(definition.name, role, settings.LOG_LEVEL)
    app = definition.application(settings, pool=settings.RPC_WORKERS if role == "rpc" else 10)
    start_health(settings.HEALTH_HOST, settings.HEALTH_PORT, definition.readiness(app.engine, settings))
    return app, settings


def make_cli(definition: ServiceDefinition) -> typer.Typer:
    """A typer app with the common commands; a service adds its own to it."""
    cli = typer.Typer(help=f"The {definition.name} service.", no_args_is_help=True, pretty_exceptions_enable=False)
    _add_roles(cli, definition)
    _add_upkeep(cli, definition)
    cli.add_typer(_parked(definition), name="parked")
    return cli


def _add_roles(cli: typer.Typer, definition: ServiceDefinition) -> None:
    def work(role: str, *, relay: bool, subscribe: bool) -> None:
        app, settings = start(definition, role)
        duties: list[Duty] = [definition.relay_duty(app, settings)] if relay and definition.publishes else []
        if subscribe:
            duties += [*definition.subscription_duties(app, settings), *definition.duties(app, settings)]
        stop = threading.Event()
        stop_on_signals(stop.set)
        log.info("ready", duties=",".join(duty.name for duty in duties))
        run_duties(app.engine, duties, stop)

    @cli.command()
    def worker() -> None:
        """Relay, subscriptions and further duties in one process."""
        work("worker", relay=True, subscribe=True)

    @cli.command()
    def relay() -> None:
        """Only the relay: gives positions and publishes."""
        work("relay", relay=True, subscribe=False)

    @cli.command()
    def subscribe() -> None:
        """Only the subscriptions and further duties."""
        work("subscribe", relay=False, subscribe=True)

    if definition.rpc:

        @cli.command()
        def rpc() -> None:
            """Answers commands and queries over RabbitMQ."""
            serve_rpc(definition)


def serve_rpc(definition: ServiceDefinition) -> None:
    """Runs the nameko container until SIGTERM, keeping on trying while the broker is away at the start."""
    from eventkit.rpc_server import run_service

    app, settings = start(definition, "rpc")
    stop = threading.Event()
    stop_on_signals(stop.set)
    run_service(definition.rpc_class(), app, settings.AMQP_URL, settings.RPC_WORKERS, stop,
                lambda: log.info("ready", duties="rpc"))
    log.info("drained")


def _add_upkeep(cli: typer.Typer, definition: ServiceDefinition) -> None:
    @cli.command()
    def migrate() -> None:
        """Brings the database to the newest migration."""
        settings = load_settings(definition)
        configure(definition.name, "migrate", settings.LOG_LEVEL)
        if not settings.DATABASE_OWNER_URL or not settings.DATABASE_APP_ROLE:
            typer.echo("migrate needs DATABASE_OWNER_URL and DATABASE_APP_ROLE", err=True)
            raise typer.Exit(2)
        upgrade(definition.migrations, settings.DATABASE_OWNER_URL, settings.DATABASE_APP_ROLE)

    @cli.command()
    def settings() -> None:
        """Shows every setting, where it comes from and what it is, secrets hidden."""
        typer.echo(explain(definition.all_settings(), os.environ))


def _parked(definition: ServiceDefinition) -> typer.Typer:
    parked = typer.Typer(help="Events that could not be applied, and what follows them.", no_args_is_help=True)

    @parked.command("list")
    def list_() -> None:
        """What is parked now."""
        app, _ = _quiet(definition)
        table = Table("subscription", "publisher", "position", "aggregate", "type", "attempts", "since", "reason")
        with app.engine.begin() as conn:
            for row in parking.waiting(conn):
                table.add_row(row.subscription, row.publisher, str(row.position), row.stream,
                              row.envelope["type"], str(row.attempts), f"{row.parked_at:%Y-%m-%d %H:%M}", row.reason)
        console.print(table)

    @parked.command()
    def retry(subscription: str, publisher: str, aggregate: str, operator: str = typer.Option(...)) -> None:
        """Applies an aggregate's parked events again, in order."""
        app, settings = _quiet(definition)
        try:
            done = parking.retry(app.engine, _find(definition, app, settings, subscription, publisher), aggregate,
                                 operator)
        except Exception as error:
            typer.echo(f"still fails: {reason_of(error)}", err=True)
            raise typer.Exit(1) from None
        typer.echo(f"{done} applied")

    @parked.command()
    def discard(subscription: str, publisher: str, aggregate: str, position: int,
                operator: str = typer.Option(...), reason: str = typer.Option(...)) -> None:
        """Gives one parked event up, on record; then retry the aggregate."""
        app, settings = _quiet(definition)
        found = _find(definition, app, settings, subscription, publisher)
        try:
            parking.discard(app.engine, found, aggregate, position, operator, reason)
        except Rejected:
            typer.echo("no such parked event", err=True)
            raise typer.Exit(1) from None

    return parked


def _quiet(definition: ServiceDefinition) -> tuple[Application, Settings]:
    settings = load_settings(definition)
    configure(definition.name, "cli", "WARNING")
    return definition.application(settings), settings


def _find(definition: ServiceDefinition, app: Application, settings: Settings, name: str,
          publisher: str) -> Subscription:
    for subscription in definition.subscriptions(app, settings):
        if (subscription.name, subscription.publisher) == (name, publisher):
            return subscription
    typer.echo(f"there is no subscription {name} to {publisher}", err=True)
    raise typer.Exit(2)
