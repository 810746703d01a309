"""A chart of months as bars, drawn on the server: a list of rectangles that a template writes out as SVG.

It says nothing that the rows do not: a bar is the sum of the payments of its month that count. Whoever does not see
it has its summary in words and the same figures as a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from gateway.catalogue import Language, money
from gateway.view.choosing import MonthSum
from gateway.web.formats import month, month_letters

WIDTH: Final = 360
HEIGHT: Final = 168
_TOP, _LEFT, _RIGHT, _FLOOR = 10, 56, 8, 140
_GAP = 0.28
"""Of the room of a month."""


@dataclass(frozen=True)
class Bar:
    """`named` where its month stands under it: not under each, where there is no room."""

    month: date
    count: int
    cents: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    named: bool


@dataclass(frozen=True)
class Line:
    """A line across, at so many cents."""

    cents: int
    y: float


@dataclass(frozen=True)
class Chart:
    """Of the months from `first` to `last`, the oldest at the left."""

    bars: Sequence[Bar]
    lines: Sequence[Line]

    @property
    def first(self) -> date:
        return self.bars[0].month

    @property
    def last(self) -> date:
        return self.bars[-1].month

    @property
    def cents(self) -> int:
        return sum(bar.cents for bar in self.bars)

    @property
    def count(self) -> int:
        return sum(bar.count for bar in self.bars)

    @property
    def most(self) -> Bar:
        """The latest of those with most."""
        return max(self.bars, key=lambda bar: (bar.cents, bar.month))


def chart(sums: Sequence[MonthSum], last: date, months: int) -> Chart:
    """Of so many months, up to the month of `last`; a month without payments is a bar without height."""
    known = {one.month: one for one in sums}
    wanted = [month_before(last, back) for back in range(months - 1, -1, -1)]
    shown = [known.get(first, MonthSum(first, 0, 0)) for first in wanted]
    top = _rounded_up(max(one.cents for one in shown))
    room = (WIDTH - _LEFT - _RIGHT) / months
    every = 1 if months <= 12 else 3
    bars = [_bar(one, place, top, room, named=(months - 1 - place) % every == 0) for place, one in enumerate(shown)]
    return Chart(bars, [Line(cents, _height_of(cents, top)) for cents in (top, top // 2)] if top else [])


class SaidBar(NamedTuple):
    """A bar as the template writes it, with its month and sum in words; `letters` where its month stands under it."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    letters: str
    month: str
    payments: int
    amount: str


def said(drawn: Chart, language: Language) -> list[SaidBar]:
    return [SaidBar(bar.x, bar.y, bar.width, bar.height, bar.middle,
                    month_letters(language, bar.month) if bar.named else "", month(language, bar.month), bar.count,
                    money(language, bar.cents)) for bar in drawn.bars]


def month_before(day: date, months: int) -> date:
    """The first of the month so many months before that of `day`; not before the year 1."""
    number = max(day.year * 12 + day.month - 1 - months, 12)
    return date(number // 12, number % 12 + 1, 1)


def _bar(one: MonthSum, place: int, top: int, room: float, *, named: bool) -> Bar:
    x, y = _LEFT + place * room + room * _GAP / 2, _height_of(one.cents, top)
    return Bar(one.month, one.count, one.cents, round(x, 1), y, round(room * (1 - _GAP), 1), round(_FLOOR - y, 1),
               round(_LEFT + (place + 0.5) * room, 1), named)


def _height_of(cents: int, top: int) -> float:
    return round(_FLOOR - (_FLOOR - _TOP) * cents / top, 1) if top else float(_FLOOR)


def _rounded_up(cents: int) -> int:
    """To 1, 2, 4, 5 or 8 of whole tens, so that the half of it is a round figure too; at least two dollars."""
    if cents <= 0:
        return 0
    size = 100
    while True:
        for step in (2, 4, 5, 8, 10):
            if cents <= step * size:
                return step * size
        size *= 10
