"""How a payment is explained: each step and each part of it as a sentence of the catalogue, with its values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from flask import Flask

from gateway.catalogue import placeholders
from gateway.view.payment_rows import Paid, Piece, Step
from gateway.web.portal import portal, text
from gateway.web.words import day, money, month_in_text, said

Line = tuple[str, str, int]
"""What was paid, the case it was for, and cents."""


@dataclass(frozen=True)
class Told:
    """A sentence, the code it stands for, and the names of the values that it says: no other is for the reader."""

    text: str
    code: str
    says: frozenset[str]


@dataclass(frozen=True)
class PaidLine:
    """A debt that was paid, or what is past due of one kind; `months` from the first to the last."""

    told: Told
    case_id: str
    kind: str
    months: tuple[date, ...]
    amount_cents: int


def install(app: Flask) -> None:
    app.jinja_env.globals.update(step_text=step_text, piece_text=piece_text, paid_lines=paid_lines)


def step_text(prefix: str, step: Step) -> str:
    return step_told(prefix, step).text


def step_told(prefix: str, step: Step) -> Told:
    return tell(prefix, step.code, {
        "amount": money(step.amount_cents) if step.amount_cents is not None else None,
        "date": day(step.on) if step.on else None, "until": day(step.until) if step.until else None})


def piece_text(prefix: str, piece: Piece) -> str:
    return piece_told(prefix, piece).text


def piece_told(prefix: str, piece: Piece) -> Told:
    return tell(prefix, piece.what, {
        "amount": money(piece.amount_cents), "until": day(piece.until) if piece.until else None,
        "date": day(piece.received_on) if piece.received_on else None})


def told(prefix: str, code: str, values: dict[str, str | None]) -> str:
    return tell(prefix, code, values).text


def tell(prefix: str, code: str, values: dict[str, str | None]) -> Told:
    """The text of a code with those of the values that it takes. A code that is new to us, or one whose values are
    missing, reads as `<prefix>.other`, which takes none."""
    key = f"{prefix}.{code.lower()}"
    forms = portal().texts.texts["en"].get(key)
    wanted = _wanted(forms[0]) if forms else frozenset()
    if forms is None or any(values.get(name) is None for name in wanted):
        return Told(text(f"{prefix}.other"), "other", frozenset())
    return Told(text(key, **{name: values[name] for name in wanted}), code.lower(), wanted)


@lru_cache(maxsize=512)
def _wanted(form: str) -> frozenset[str]:
    return placeholders(form)


def paid_lines(parts: Iterable[Paid]) -> list[Line]:
    return [(line.told.text, line.case_id, line.amount_cents) for line in paid_debts(parts)]


def paid_debts(parts: Iterable[Paid]) -> list[PaidLine]:
    """A line for each debt; what is past due of one kind is one line, from its first month to its last."""
    found: dict[tuple[str, str, str], list[Paid]] = {}
    for part in parts:
        each = "" if part.debt == "ARREARS" else str(part.due)
        found.setdefault((part.case_id, part.debt, f"{part.kind} {each}"), []).append(part)
    return [_line(same) for same in found.values()]


def _line(parts: list[Paid]) -> PaidLine:
    months, kind = sorted({part.due.replace(day=1) for part in parts if part.due}), parts[0].kind or "other"
    code = f"{parts[0].debt}.many" if len(months) > 1 else parts[0].debt
    debt = tell("made.debt", code, {"kind": said("kind", kind), "month": _name(months[:1]),
                                    "last": _name(months[-1:])})
    return PaidLine(debt, parts[0].case_id, kind, tuple(months), sum(part.amount_cents for part in parts))


def _name(months: list[date]) -> str | None:
    return month_in_text(months[0]) if months else None
