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
        return self.told(prefix, step.code, {
            "amount": self._money(step.amount_cents), "date": self._day(step.on), "until": self._day(step.until)})

    def piece_text(self, prefix: str, piece: Piece) -> str:
        return self.told(prefix, piece.what, {
            "amount": self._money(piece.amount_cents), "until": self._day(piece.until),
            "date": self._day(piece.received_on)})

    def told(self, prefix: str, code: str, values: Values) -> str:
        """The text of a code with those of the values that it takes. A code that is new to us, or one whose values are
        missing, reads as `<prefix>.other`, which takes none."""
        form, wanted = self._form(f"{prefix}.{code.lower()}")
        if not form or any(values.get(name) is None for name in wanted):
            return self._form(f"{prefix}.other")[0]
        return form.format_map(values) if wanted else form

    def said(self, prefix: str, code: str) -> str:
        """The text of a code of another service; a code that is new to us reads as `<prefix>.other`."""
        return self._form(f"{prefix}.{code.lower()}")[0] or self._form(f"{prefix}.other")[0]

    def paid_lines(self, parts: Iterable[Paid]) -> list[Line]:
        """A line for each debt; what is past due of one kind is one line, from its first month to its last."""
        found: dict[tuple[str, str, str], list[Paid]] = {}
        for part in parts:
            each = "" if part.debt == "ARREARS" else str(part.due)
            found.setdefault((part.case_id, part.debt, f"{part.kind} {each}"), []).append(part)
        return [(self._debt_text(same), same[0].case_id, sum(part.amount_cents for part in same))
                for same in found.values()]

    def _debt_text(self, parts: list[Paid]) -> str:
        months = sorted({part.due.replace(day=1) for part in parts if part.due})
        code = f"{parts[0].debt}.many" if len(months) > 1 else parts[0].debt
        first, last = (months[0], months[-1]) if months else (None, None)
        return self.told("made.debt", code, {"kind": self.said("kind", parts[0].kind or "other"),
                                             "month": self._month(first), "last": self._month(last)})

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
