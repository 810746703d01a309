"""The command line: the kernel's commands, and what operators may do to an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer
from sqlalchemy import Engine

from auth import operating, upkeep
from auth.keys import Keys, keys_of
from auth.service import definition
from eventkit.application import Handler, Reply, Request
from eventkit.crypto import CannotDecrypt
from eventkit.decider import Rejected
from servicekit.cli import load_settings, make_cli
from servicekit.logs import configure, scrub

cli = make_cli(definition)
accounts = typer.Typer(help="Lock and unlock an account, on record. No PIN is ever shown.", no_args_is_help=True)
cli.add_typer(accounts, name="accounts")

Participant = Annotated[str, typer.Argument(help="the Participant ID")]
Operator = Annotated[str, typer.Option(help="who does it, for the record")]
Reason = Annotated[str, typer.Option(help="why, for the record; no personal data (long numbers are left out)")]

REFUSED = {
    "no_account": "There is no account of that Participant ID.",
    "not_locked": "The account is not locked, and nobody has failed since the last log-in or unlock.",
}


@accounts.command()
def unlock(participant_id: Participant, operator: Operator, reason: Reason) -> None:
    """Ends a lock and its growth, not the count of tries at a PIN; a disabled account is sent a new PIN by letter."""
    reply = _do("unlock_account", operating.unlock, participant_id, operator, reason)
    typer.echo("Unlocked; a letter is asked for." if reply.result["letter"] else "Unlocked.")


@accounts.command()
def disable(participant_id: Participant, operator: Operator, reason: Reason) -> None:
    """Withdraws every PIN, and mails none until the account is unlocked."""
    _do("disable_account", operating.disable, participant_id, operator, reason)
    typer.echo("Disabled.")


@cli.command("rotate-peppers")
def rotate_peppers() -> None:
    """Puts every verifier under the first of AUTH_PEPPERS; nobody has to type a PIN for it."""
    _rotate(upkeep.rotate_peppers, "a verifier is under a key that AUTH_PEPPERS lacks: add it behind the first one")


@cli.command()
def reindex() -> None:
    """Makes the index of SSNs anew, under AUTH_INDEX_KEY as it is now."""
    _rotate(upkeep.reindex, "an SSN is sealed to a key that AUTH_PRIVATE_KEYS lacks: add it behind the first one")


def _rotate(work: Callable[[Engine, Keys], int], lacking: str) -> None:
    settings = load_settings(definition)
    configure(definition.name, "cli", "WARNING")
    app = definition.application(settings)
    try:
        done = work(app.engine, keys_of(app))
    except (CannotDecrypt, Rejected):
        typer.echo(lacking, err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{done} made anew")


def _do(name: str, handler: Handler, participant_id: str, operator: str, reason: str) -> Reply:
    settings = load_settings(definition)
    configure(definition.name, "cli", "WARNING")
    body: dict[str, Any] = {"participant_id": participant_id, "operator": operator, "reason": scrub(reason)}
    try:
        return definition.application(settings).handle(Request(name, body, actor=f"operator:{operator}"), handler)
    except Rejected as refusal:
        typer.echo(REFUSED.get(refusal.code, refusal.code), err=True)
        raise typer.Exit(1) from None
