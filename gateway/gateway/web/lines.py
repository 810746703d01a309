"""Lines of the lists of payments as the page writes them: words, days and amounts, put together before the template.

A template asks its context for each word and each object for each field; a list has a thousand of them, and asking
would take longer than all else of a page. So a line is a tuple of plain texts, which the template takes apart by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from gateway.catalogue import money
from gateway.view.payment_rows import Made, Paid, Received, Sent
from gateway.web.formats import month, short_day
from gateway.web.stories import Stories

Row = Made | Sent | Received


class MadeLine(NamedTuple):
    """`cases` with the figure of each where the payment was divided; `steps` with the debts that each paid, every one
    with its case where there are several."""

    iso: str
    on: str
    how: str
    cases: Sequence[tuple[str, str]]
    status: str
    said: str
    why: str
    amount: str
    steps: Sequence[tuple[str, Sequence[tuple[str, str, str]]]]


class SentLine(NamedTuple):
    """`since` is the day of its status, as (ISO, in words), or None."""

    iso: str
    on: str
    how: str
    of_case: str
    status: str
    said: str
    since: tuple[str, str] | None
    amount: str
    explained: str
    is_refund: bool
    parts: Sequence[tuple[str, str]]
    ahead: str


class ReceivedLine(NamedTuple):
    """`taken_back` is the day, as (ISO, in words), or None; `went` says of each piece whether it waits."""

    iso: str
    on: str
    of_case: str
    taken_back: tuple[str, str] | None
    went: Sequence[tuple[str, bool]]
    amount: str
    steps: Sequence[str]


Line = MadeLine | SentLine | ReceivedLine


@dataclass(frozen=True)
class Lines:
    """In a reader's language, of a viewer whose cases are called so."""

    stories: Stories
    labels: Mapping[str, str]

    def by_month(self, rows: Sequence[Row]) -> Iterator[tuple[str, list[Line]]]:
        """Each month's name with its lines."""
        for _, group in groupby(rows, key=lambda row: (row.on.year, row.on.month)):
            same = list(group)
            yield month(self.stories.language, same[0].on), [self.line(row) for row in same]

    def line(self, row: Row) -> Line:
        match row:
            case Made():
                return self._made(row)
            case Sent():
                return self._sent(row)
            case Received():
                return self._received(row)

    def _made(self, row: Made) -> MadeLine:
        stories, language, by_case = self.stories, self.stories.language, row.by_case
        divided = len(by_case) > 1
        how = "made.method" if row.source == "OTHER" else "made.source"
        return MadeLine(
            str(row.on), short_day(language, row.on), stories.said(how, row.how),
            [(self._label(case_id), money(language, cents) if divided else "") for case_id, cents in by_case.items()],
            row.status, stories.said("made.status", row.status), stories.why(row, lambda on: short_day(language, on)),
            money(language, row.amount_cents),
            [(stories.step_text("made.step", step), self._debts(step.parts, divided) if step.parts else ())
             for step in row.steps])

    def _sent(self, row: Sent) -> SentLine:
        stories, language = self.stories, self.stories.language
        since = row.status_on if row.status not in ("issued", "pending") else None
        return SentLine(
            str(row.on), short_day(language, row.on), stories.said("sent.method", row.method),
            self._label(row.case_id) if row.case_id else "", row.status, stories.said("sent.status", row.status),
            (str(since), short_day(language, since)) if since else None, money(language, row.amount_cents),
            stories.said("payments.terms.sent", row.status), row.is_refund,
            [(stories.piece_text("sent.part", part), money(language, part.amount_cents)) for part in row.parts],
            money(language, row.ahead_cents) if row.ahead_cents else "")

    def _received(self, row: Received) -> ReceivedLine:
        stories, language, back = self.stories, self.stories.language, row.taken_back_on
        return ReceivedLine(
            str(row.on), short_day(language, row.on), self._label(row.case_id),
            (str(back), short_day(language, back)) if back else None,
            [(stories.piece_text("received.went", piece), piece.what.startswith("held.")) for piece in row.went],
            money(language, row.amount_cents), [stories.step_text("received.step", step) for step in row.steps])

    def _debts(self, parts: Sequence[Paid], divided: bool) -> list[tuple[str, str, str]]:
        return [(debt.told.text, self._label(debt.case_id) if divided else "",
                 money(self.stories.language, debt.amount_cents)) for debt in self.stories.paid_debts(parts)]

    def _label(self, case_id: str) -> str:
        return self.labels.get(case_id, case_id)
