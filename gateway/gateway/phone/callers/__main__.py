"""`python -m gateway.phone.callers`: calls a running gateway through any of its adapters, by hand or from a script."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from gateway.phone.callers import PLATFORMS
from gateway.phone.callers.by_hand import Speaking, call, script
from gateway.phone.callers.caller import CallFailed, VirtualCaller

cli = typer.Typer(add_completion=False)


@cli.command()
def main(
    adapter: str = typer.Option("vxml", help=f"how the platform speaks: {', '.join(PLATFORMS)}"),
    address: str = typer.Option("http://127.0.0.1:8000", help="of the gateway; host:port of the fastagi role"),
    number: str = typer.Option("", help="the number that is dialled: the TTY number gives the text telephone's lines"),
    replay: Annotated[Path | None, typer.Option("--script", help="what is keyed and said, a line a turn")] = None,
    speak: bool = typer.Option(False, help="say the prompts aloud, with espeak-ng"),
) -> None:
    """Digits, * and # are keys, an empty line is silence, other words are said; (mumble) and (hang up) too.

    PHONE_SECRET in the environment is what the gateway knows the platform by, where it asks for that.
    """
    if adapter not in PLATFORMS:
        raise typer.BadParameter(f"there are: {', '.join(PLATFORMS)}", param_hint="--adapter")
    platform = PLATFORMS[adapter](address, os.environ.get("PHONE_SECRET"))
    typed = script(replay.read_text(encoding="utf-8").splitlines()) if replay else _typed()
    try:
        call(VirtualCaller(platform), typed, typer.echo, Speaking(speak), number)
    except CallFailed as why:
        typer.echo(f"the call failed: {why}", err=True)
        raise typer.Exit(1) from None
    except OSError as why:
        typer.echo(f"nobody answers at {address}: {why.strerror or type(why).__name__}", err=True)
        raise typer.Exit(2) from None


def _typed() -> Iterator[str]:
    while True:
        sys.stdout.write("> ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            return
        yield line.rstrip("\n")


if __name__ == "__main__":
    cli()
