"""`python -m notifications mail ...`: what operators do with e-mail that was given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import delete, select, update

from eventkit.application import Application
from eventkit.decider import Rejected
from notifications.domain.mail import DiscardMail, RetryMail, mail
from notifications.mailing.mailer import by
from notifications.tables import outgoing_mail
from servicekit.cli import load_settings
from servicekit.logs import configure
from servicekit.service import ServiceDefinition

Operator = Annotated[str, typer.Option(help="who does it")]


def given_up(app: Application) -> list[tuple[str, ...]]:
    """Id, the day it was queued, and what the last attempt came to; oldest first. Nobody's address."""
    with app.transaction(by("operating", "operator")) as unit:
        rows = unit.conn.execute(select(outgoing_mail.c.mail_id, outgoing_mail.c.queued_at)
                                 .where(outgoing_mail.c.next_try_at.is_(None))
                                 .order_by(outgoing_mail.c.queued_at)).all()
        unit.preload(mail, [row.mail_id for row in rows])
        ends = [unit.state(mail, row.mail_id).given_up for row in rows]
        return [(row.mail_id, f"{row.queued_at:%Y-%m-%d}", end.trouble.value, str(end.code or ""), str(end.attempts))
                for row, end in zip(rows, ends, strict=True)]


def retry(app: Application, mail_id: str, operator: str) -> None:
    """Raises Rejected."""
    with app.transaction(by("operating", f"operator:{operator}")) as unit:
        unit.decide(mail, mail_id, RetryMail())
        unit.conn.execute(update(outgoing_mail).where(outgoing_mail.c.mail_id == mail_id).values(next_try_at=unit.now))


def discard(app: Application, mail_id: str, operator: str) -> None:
    """Raises Rejected."""
    with app.transaction(by("operating", f"operator:{operator}")) as unit:
        unit.decide(mail, mail_id, DiscardMail())
        unit.conn.execute(delete(outgoing_mail).where(outgoing_mail.c.mail_id == mail_id))


def commands(definition: ServiceDefinition) -> typer.Typer:
    cli = typer.Typer(help="E-mail that was given up.", no_args_is_help=True)

    def application() -> Application:
        settings = load_settings(definition)
        configure(definition.name, "mail", "WARNING")
        return definition.application(settings)

    def act(done: Callable[[Application, str, str], None], mail_id: str, operator: str) -> None:
        try:
            done(application(), mail_id, operator)
        except Rejected as refused:
            typer.echo(f"not done: {refused.code}", err=True)
            raise typer.Exit(1) from None

    @cli.command("list")
    def list_() -> None:
        """What was given up, and why."""
        table = Table("mail", "queued on", "trouble", "code", "attempts")
        for row in given_up(application()):
            table.add_row(*row)
        Console(width=120).print(table)

    @cli.command("retry")
    def retry_(mail_id: str, operator: Operator) -> None:
        """Tries one anew."""
        act(retry, mail_id, operator)

    @cli.command("discard")
    def discard_(mail_id: str, operator: Operator) -> None:
        """Gives one up for good; its address is forgotten."""
        act(discard, mail_id, operator)

    return cli
