"""The law as the ledger knows it: every dated entry of `payments.rules`, found there and listed nowhere else."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import ModuleType

from payments import rules
from payments.rules.effective import Dated


@dataclass(frozen=True)
class Entry:
    """`about` is the first line of the module that has it; `value` what it says, in the words of the code."""

    rule: str
    about: str
    key: str
    since: date
    value: str
    source: str


def entries() -> list[Entry]:
    """By rule, in the order of their days."""
    names = sorted(found.name for found in pkgutil.iter_modules(rules.__path__))
    modules = [importlib.import_module(f"{rules.__name__}.{name}") for name in names]
    return [entry for module in modules for entry in _of(module)]


def _of(module: ModuleType) -> Iterator[Entry]:
    rule = module.__name__.rpartition(".")[2]
    about = (module.__doc__ or "").strip().splitlines()[0]
    for value in vars(module).values():
        if isinstance(value, tuple) and value and all(isinstance(one, Dated) for one in value):
            for one in value:
                yield Entry(rule, about, one.key, one.since, str(one.value), one.source)
