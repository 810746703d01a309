"""`python -m bench [name ...]`: runs the benchmarks and prints one table."""

from __future__ import annotations

import importlib
import os
import platform
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.parts import Row, parts

NAMES = ("commits", "ledger", "obligations", "files", "lighthouse", "pages", "path", "phone", "portal", "rpc", "whole")


def main(names: list[str]) -> None:
    table = Table("what", "value", "against", "ratio", "aim", title=_machine())
    with tempfile.TemporaryDirectory(prefix="cc-bench-") as folder, parts(Path(folder)) as running:
        for name in names or NAMES:
            for row in importlib.import_module(f"bench.{name}").run(running):
                print(f"{row.what}: {row.value:,.1f} {row.unit}", file=sys.stderr, flush=True)
                table.add_row(*_cells(row))
    Console(width=130).print(table)


def _cells(row: Row) -> tuple[str, str, str, str, str]:
    ratio = f"{row.ratio:.2f}x" if row.ratio is not None else ""
    return row.what, f"{row.value:,.1f} {row.unit}", row.compared, ratio, row.aim


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main(sys.argv[1:])
