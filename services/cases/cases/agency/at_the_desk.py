"""What every command of the agency's side shares: the desk, who sits at it, and what went wrong in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from cases.agency.tokens import NAME
from cases.agency.words import REFUSALS
from cases.keys import keys_of
from cases.requests.confirmation import normalized
from cases.requests.desk import Desk
from cases.service import definition
from eventkit.crypto import CannotDecrypt
from eventkit.decider import Rejected
from servicekit.cli import load_settings
from servicekit.logs import configure


def _operator(name: str | None) -> str | None:
    if name is not None and not NAME.fullmatch(name):
        raise typer.BadParameter("is an account name like maria.lopez: small letters, digits, dots, dashes")
    return name


def _number(typed: str) -> str:
    try:
        return normalized(typed)
    except ValueError:
        raise typer.BadParameter("is no confirmation number: one character or more is wrong") from None


Operator = Annotated[str, typer.Option(envvar="CASES_OPERATOR", callback=_operator,
                                       help="your account name; it goes on record")]
Number = Annotated[str, typer.Argument(callback=_number, help="the confirmation number, however it is typed")]


def desk() -> Desk:
    settings = load_settings(definition)
    configure(definition.name, "cli", "WARNING")
    return Desk(definition.application(settings, pool=1), keys_of(settings).safe, "cli")


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Exit code 1, and why."""
    try:
        yield
    except Rejected as refusal:
        why = refusal.details.get("why", refusal.code)
        typer.echo(REFUSALS.get(refusal.code, f"the message cannot be sent: {why}"), err=True)
    except CannotDecrypt:
        typer.echo("it is under a key that REPORT_KEYS or SHOWN_KEYS lacks: add it behind the first one", err=True)
    else:
        return
    raise typer.Exit(1)
