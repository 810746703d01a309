"""How a payment is explained: each step and each part of it as a sentence of the catalogue, with its values.

Templates have these bound to the reader's language (see words.py): a list says hundreds of sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gateway.catalogue import Catalogue, Language, money, placeholders
from gateway.catalogue import date as long_date
from gateway.view.payment_rows import Paid, Piece, Step
from gateway.web.formats import month_in_text

Line = tuple[str, str, int]
"""What was paid, the case it was for, and cents."""


@dataclass(frozen=True)
class Told:
    """A sentence, the code it stands for, and the names of the values that it says: no other is for the reader."""

    text: str
    code: str
    says: tuple[str, ...]


@dataclass(frozen=True)
class PaidLine:
    """A debt that was paid, or what is past due of one kind; `months` from the first to the last."""

    told: Told
    case_id: str
    kind: str
    months: tuple[date, ...]
    amount_cents: int


Values = Mapping[str, str | None]
_NONE: Final = ("", ())


@dataclass(frozen=True)
class Stories:
    """In one language. `forms` are the texts that were told before, each with the names it takes."""

    texts: Catalogue
    language: Language
    forms: dict[str, tuple[str, tuple[str, ...]]]

    def told_steps(self, prefix: str, steps: Iterable[Step]) -> list[tuple[str, list[Line]]]:
        """Each with the debts it paid, if any."""
        return [(self.step_text(prefix, step), self.paid_lines(step.parts) if step.parts else []) for step in steps]

    def step_text(self, prefix: str, step: Step) -> str:
        return self.step_told(prefix, step).text

    def step_told(self, prefix: str, step: Step) -> Told:
        return self.tell(prefix, step.code, {
            "amount": self._money(step.amount_cents), "date": self._day(step.on), "until": self._day(step.until)})

    def piece_text(self, prefix: str, piece: Piece) -> str:
        return self.piece_told(prefix, piece).text

    def piece_told(self, prefix: str, piece: Piece) -> Told:
        return self.tell(prefix, piece.what, {
            "amount": self._money(piece.amount_cents), "until": self._day(piece.until),
            "date": self._day(piece.received_on)})

    def told(self, prefix: str, code: str, values: Values) -> str:
        return self.tell(prefix, code, values).text

    def tell(self, prefix: str, code: str, values: Values) -> Told:
        """The text of a code with those of the values that it takes. A code that is new to us, or one whose values are
        missing, reads as `<prefix>.other`, which takes none."""
        form, wanted = self._form(f"{prefix}.{code.lower()}")
        if not form or any(values.get(name) is None for name in wanted):
            return Told(self._form(f"{prefix}.other")[0], "other", ())
        return Told(form.format_map(values) if wanted else form, code.lower(), wanted)

    def said(self, prefix: str, code: str) -> str:
        """The text of a code of another service; a code that is new to us reads as `<prefix>.other`."""
        return self._form(f"{prefix}.{code.lower()}")[0] or self._form(f"{prefix}.other")[0]

    def paid_lines(self, parts: Iterable[Paid]) -> list[Line]:
        return [(line.told.text, line.case_id, line.amount_cents) for line in self.paid_debts(parts)]

    def paid_debts(self, parts: Iterable[Paid]) -> list[PaidLine]:
        """A line for each debt; what is past due of one kind is one line, from its first month to its last."""
        found: dict[tuple[str, str, str], list[Paid]] = {}
        for part in parts:
            each = "" if part.debt == "ARREARS" else str(part.due)
            found.setdefault((part.case_id, part.debt, f"{part.kind} {each}"), []).append(part)
        return [self._line(same) for same in found.values()]

    def _line(self, parts: list[Paid]) -> PaidLine:
        months, kind = sorted({part.due.replace(day=1) for part in parts if part.due}), parts[0].kind or "other"
        code = f"{parts[0].debt}.many" if len(months) > 1 else parts[0].debt
        first, last = (months[0], months[-1]) if months else (None, None)
        debt = self.tell("made.debt", code, {"kind": self.said("kind", kind), "month": self._month(first),
                                             "last": self._month(last)})
        return PaidLine(debt, parts[0].case_id, kind, tuple(months), sum(part.amount_cents for part in parts))

    def _form(self, key: str) -> tuple[str, tuple[str, ...]]:
        if (known := self.forms.get(key)) is None:
            forms = self.texts.texts[self.language].get(key)
            known = (forms[0], tuple(placeholders(forms[0]))) if forms else _NONE
            self.forms[key] = known
        return known

    def _money(self, cents: int | None) -> str | None:
        return None if cents is None else money(self.language, cents)

    def _day(self, on: date | None) -> str | None:
        return None if on is None else long_date(self.language, on)

    def _month(self, on: date | None) -> str | None:
        return None if on is None else month_in_text(self.language, on)
