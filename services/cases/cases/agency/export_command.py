"""`python -m cases requests export`: for the agency's other systems, from where the last export ended."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from cases.agency.at_the_desk import Operator, desk, refusals_in_words
from cases.agency.choices import Format
from cases.requests import exporting
from cases.requests.desk import Desk
from cases.requests.exporting import Record

PAGE = 500


def export(
    file: Annotated[Path, typer.Argument(help="where to; - writes it here")],
    operator: Operator,
    since: Annotated[int, typer.Option(min=0, help="the position at which the last export ended")] = 0,
    form: Annotated[Format | None, typer.Option("--format", help="the file's ending says it, else csv")] = None,
    content: Annotated[bool, typer.Option("--content", help="with what was asked or reported; each goes on record as "
                                                            "looked at by you")] = False,
) -> None:
    """Requests that changed since a position, as they stand now. Says the position at which the next one goes on."""
    form = form or (Format.NDJSON if file.suffix in (".ndjson", ".jsonl") else Format.CSV)
    with refusals_in_words(), _out(file) as out:
        count, position = _write(desk(), out, since, form, operator if content else None)
    typer.echo(f"{count} requests; the next export: --since {position}", err=True)


def _write(at: Desk, out: TextIO, since: int, form: Format, reader: str | None) -> tuple[int, int]:
    line: Callable[[Record], str] = exporting.ndjson_line
    if form is Format.CSV:
        out.write(exporting.csv_header(reader is not None))
        line = exporting.csv_lines(reader is not None)
    count, position = 0, since
    for record in _records(at, since):
        if reader is not None:
            record["content"] = at.read(record["confirmation"], reader).said
        out.write(line(record))
        count, position = count + 1, record["position"]
    return count, position


def _records(at: Desk, since: int) -> Iterator[Record]:
    for records in exporting.pages(lambda after: at.changed(after, PAGE), since):
        yield from records


@contextmanager
def _out(file: Path) -> Iterator[TextIO]:
    """Nobody else reads it, and nobody finds half of it."""
    if str(file) == "-":
        yield sys.stdout
        return
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            yield out
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
