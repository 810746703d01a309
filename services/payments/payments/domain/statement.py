"""The statement of a case for a month, as it was issued: what was told stays told.

A later correction does not alter it. Where it is to be issued anew it gets the next number and says which it replaces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eventkit.decider import Decider
from payments.domain.words import registry

Told = dict[str, Any]
"""The figures, ready for JSON; see `answers/statement.py`."""


@registry.event("StatementIssued")
@dataclass(frozen=True)
class StatementIssued:
    case_id: str
    month: date
    number: int
    replaces: int | None
    issued_on: date
    told: Told


@dataclass(frozen=True)
class IssueStatement:
    """`anew`: also where one was issued, if it would say something else now."""

    case_id: str
    month: date
    issued_on: date
    told: Told
    anew: bool = False


@dataclass(frozen=True)
class Issued:
    """The last number, 0 for none, and what it says."""

    number: int = 0
    told: Told = field(default_factory=dict)


def decide(command: IssueStatement, state: Issued) -> Sequence[StatementIssued]:
    if state.number and (not command.anew or state.told == command.told):
        return []
    return [StatementIssued(command.case_id, command.month, state.number + 1, state.number or None, command.issued_on,
                            command.told)]


def evolve(_state: Issued, event: StatementIssued) -> Issued:
    return Issued(event.number, event.told)


issued = Decider("statement", Issued(), decide, evolve)


def statement_id(case_id: str, month: date) -> str:
    return f"{case_id}:{month:%Y-%m}"
