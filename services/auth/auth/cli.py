"""The command line: the kernel's commands, and what operators may do to an account."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from auth import operating
from auth.service import definition
from eventkit.application import Handler, Reply, Request
from eventkit.cli import load_settings, make_cli
from eventkit.decider import Rejected
from eventkit.logs import configure, scrub

cli = make_cli(definition)
accounts = typer.Typer(help="Lock and unlock an account, on record. No PIN is ever shown.", no_args_is_help=True)
cli.add_typer(accounts, name="accounts")

Participant = Annotated[str, typer.Argument(help="the Participant ID")]
Operator = Annotated[str, typer.Option(help="who does it, for the record")]
Reason = Annotated[str, typer.Option(help="why, for the record; no personal data (long numbers are left out)")]

REFUSED = {
    "no_account": "There is no account of that Participant ID.",
    "not_locked": "The account is not locked, and nobody has failed since the last log-in.",
}


@accounts.command()
def unlock(participant_id: Participant, operator: Operator, reason: Reason) -> None:
    """Ends a lock and sets the counter to zero; a disabled account is sent a letter with a new PIN."""
    reply = _do("unlock_account", operating.unlock, participant_id, operator, reason)
    typer.echo("Unlocked; a letter is asked for." if reply.result["letter"] else "Unlocked.")


@accounts.command()
def disable(participant_id: Participant, operator: Operator, reason: Reason) -> None:
    """Withdraws every PIN, and mails none until the account is unlocked."""
    _do("disable_account", operating.disable, participant_id, operator, reason)
    typer.echo("Disabled.")


def _do(name: str, handler: Handler, participant_id: str, operator: str, reason: str) -> Reply:
    settings = load_settings(definition)
    configure(definition.name, "cli", "WARNING")
    body: dict[str, Any] = {"participant_id": participant_id, "operator": operator, "reason": scrub(reason)}
    try:
        return definition.application(settings).handle(Request(name, body, actor=f"operator:{operator}"), handler)
    except Rejected as refusal:
        typer.echo(REFUSED.get(refusal.code, refusal.code), err=True)
        raise typer.Exit(1) from None
