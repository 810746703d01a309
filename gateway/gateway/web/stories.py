"""How a payment is explained: each step and each part of it as a sentence of the catalogue, with its values.

Bound to the reader's language, and texts are looked up once: a list says hundreds of sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from gateway.catalogue import Catalogue, Language, money, placeholders
from gateway.catalogue import date as long_date
from gateway.view.payment_rows import Made, Paid, Piece, Step
from gateway.web.formats import month_in_text


class Told(NamedTuple):
    """A sentence, the code it stands for, and the names of the values that it says: no other is for the reader."""

    text: str
    code: str
    says: tuple[str, ...]


class PaidLine(NamedTuple):
    """A debt that was paid, or what is past due of one kind; `months` from the first to the last."""

    told: Told
    case_id: str
    kind: str
    months: tuple[date, ...]
    amount_cents: int


Values = Mapping[str, str | None]


class Form(NamedTuple):
    """A text, "" for none, and the names of the values it takes; `plain` is what one says that takes none."""

    text: str
    takes: tuple[str, ...]
    plain: Told | None = None


@dataclass(frozen=True, eq=False)
class Stories:
    """In one language. `forms` are the texts that were told before, each with the names it takes."""

    texts: Catalogue
    language: Language
    forms: dict[tuple[str, str], Form]

    def step_text(self, prefix: str, step: Step) -> str:
        return self.step_told(prefix, step).text

    def step_told(self, prefix: str, step: Step) -> Told:
        if plain := self._form(prefix, step.code).plain:
            return plain
        return self.tell(prefix, step.code, {
            "amount": self._money(step.amount_cents), "date": self._day(step.on), "until": self._day(step.until)})

    def piece_text(self, prefix: str, piece: Piece) -> str:
        return self.piece_told(prefix, piece).text

    def piece_told(self, prefix: str, piece: Piece) -> Told:
        if plain := self._form(prefix, piece.what).plain:
            return plain
        return self.tell(prefix, piece.what, {
            "amount": self._money(piece.amount_cents), "until": self._day(piece.until),
            "date": self._day(piece.received_on)})

    def told(self, prefix: str, code: str, values: Values) -> str:
        return self.tell(prefix, code, values).text

    def tell(self, prefix: str, code: str, values: Values) -> Told:
        """The text of a code with those of the values that it takes. A code that is new to us, or one whose values are
        missing, reads as `<prefix>.other`, which takes none."""
        form = self._form(prefix, code)
        if form.plain:
            return form.plain
        if not form.text or any(values.get(name) is None for name in form.takes):
            return Told(self._form(prefix, "other").text, "other", ())
        return Told(form.text.format_map(values), code.lower(), form.takes)

    def said(self, prefix: str, code: str) -> str:
        """The text of a code of another service; a code that is new to us reads as `<prefix>.other`."""
        return self._form(prefix, code).text or self._form(prefix, "other").text

    def why(self, row: Made, day: Callable[[date], str]) -> str:
        """Why it waits, or was taken back and when; "" for any other payment."""
        if row.status == "held":
            return self.said("made.held", row.waiting[0].what)
        if row.status == "reversed" and row.reversed_on:
            return self.texts.text(self.language, "made.reversed_on", date=day(row.reversed_on),
                                   why=self.said("made.reversed", row.reversal_reason or "other"))
        return ""

    def paid_debts(self, parts: Iterable[Paid]) -> list[PaidLine]:
        """A line for each debt; what is past due of one kind is one line, from its first month to its last."""
        found: dict[tuple[str, str, str | None, date | None], list[Paid]] = {}
        for part in parts:
            each = None if part.debt == "ARREARS" else part.due
            found.setdefault((part.case_id, part.debt, part.kind, each), []).append(part)
        return [self._line(same) for same in found.values()]

    def _line(self, parts: list[Paid]) -> PaidLine:
        months, kind = tuple(sorted({part.due.replace(day=1) for part in parts if part.due})), parts[0].kind or "other"
        told = _debt(self, parts[0].debt, kind, months[:1] + months[1:][-1:])
        return PaidLine(told, parts[0].case_id, kind, months, sum(part.amount_cents for part in parts))

    def _form(self, prefix: str, code: str) -> Form:
        if (known := self.forms.get((prefix, code))) is None:
            known = self.forms[prefix, code] = self._looked_up(prefix, code.lower())
        return known

    def _looked_up(self, prefix: str, code: str) -> Form:
        if not (forms := self.texts.texts[self.language].get(f"{prefix}.{code}")):
            return Form("", ())
        takes = tuple(placeholders(forms[0]))
        return Form(forms[0], takes, None if takes else Told(forms[0], code, ()))

    def _money(self, cents: int | None) -> str | None:
        return None if cents is None else money(self.language, cents)

    def _day(self, on: date | None) -> str | None:
        return None if on is None else long_date(self.language, on)

    def month(self, on: date | None) -> str | None:
        return None if on is None else month_in_text(self.language, on)


@lru_cache(maxsize=8192)
def _debt(stories: Stories, debt: str, kind: str, months: tuple[date, ...]) -> Told:
    """Remembered: the same few kinds and months are paid by thousands. `months` are the first, and the last if another.
    """
    first, last = (*months, None, None)[:2]
    code = f"{debt}.many" if last else debt
    return stories.tell("made.debt", code, {
        "kind": stories.said("kind", kind), "month": stories.month(first), "last": stories.month(last)})
