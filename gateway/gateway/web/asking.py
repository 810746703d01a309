"""What of a list is asked for, as the address says it: days, case, how it was paid, months of the chart, and the place.

All of it is in the query, so that links, the language switch and a bookmark keep it. A day may be written as the
browser's field sends it (2026-03-31) or as people here write it (3/31/2026).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from gateway.view.choosing import Choice, Kind
from gateway.view.paging import Cursor
from gateway.view.reading import MyCase
from gateway.web.forms import Errors

SOURCES: Final = ("INCOME_WITHHOLDING", "TAX_REFUND", "UIB", "ADMIN_ENFORCEMENT", "OTHER_STATE", "OTHER_COUNTRY")
METHODS: Final = ("CHECK", "CARD", "EFT", "MONEY_ORDER", "CASH")
MONTHS: Final = (12, 24)
FILTERS: Final = ("from", "to", "case", "how")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_MONTH = re.compile(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])", re.ASCII)
_AMERICAN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """`typed` is what the fields keep; with `errors` nothing is chosen, for a list of something else would mislead."""

    typed: Mapping[str, str]
    choice: Choice
    errors: Errors
    months: int
    cursor: Cursor | None = None

    @property
    def is_filtered(self) -> bool:
        return bool(self.choice)

    def query(self, **more: str) -> str:
        """For a link that keeps the filters: "?from=...&after=...", or nothing."""
        kept = {name: text for name, text in self.typed.items() if text}
        if self.months != MONTHS[0]:
            kept["months"] = str(self.months)
        kept |= more
        return f"?{urlencode(kept)}" if kept else ""


def asked(args: Mapping[str, str], kind: Kind, mine: Sequence[MyCase]) -> Asked:
    """Of whatever an address says. Raises nothing: what cannot be is named in `errors`."""
    typed = {name: args.get(name, "").strip()[:100] for name in FILTERS if name != "how" or kind == "made"}
    errors: Errors = {}
    since, until = _day(typed, "from", errors), _day(typed, "to", errors)
    if since and until and since > until:
        errors["to"] = "filters.to.before"
    if typed["case"] and typed["case"] not in {case.case_id for case in mine}:
        errors["case"] = "filters.case.wrong"
    how = typed.get("how") or None
    if how and how not in (*SOURCES, *METHODS):
        errors["how"] = "filters.how.wrong"
    choice = Choice() if errors else Choice(since, until, typed["case"] or None, how)
    months = MONTHS[1] if args.get("months") == str(MONTHS[1]) else MONTHS[0]
    return Asked(typed, choice, errors, months, cursor_of(args))


def cases_listed(kind: Kind, mine: Sequence[MyCase]) -> list[MyCase]:
    """The cases that a list can hold payments of: those the viewer pays in, or is paid in."""
    role = "payor" if kind == "made" else "payee"
    return [case for case in mine if case.role == role]


def month_of(written: str) -> date | None:
    """The first day of a month as addresses have it (2026-03); None for whatever is none."""
    return date.fromisoformat(f"{written}-01") if _MONTH.fullmatch(written) else None


def _day(typed: dict[str, str], name: str, errors: Errors) -> date | None:
    if not (text := typed[name]):
        return None
    try:
        if found := _ISO.fullmatch(text):
            year, month, on = map(int, found.groups())
        elif found := _AMERICAN.fullmatch(text):
            month, on, year = map(int, found.groups())
        else:
            raise ValueError
        day = date(year, month, on)
    except ValueError:
        errors[name] = f"filters.{name}.wrong"
        return None
    typed[name] = day.isoformat()  # a browser's field of a day shows no other way to write it, whatever else is wrong
    return day


def cursor_of(args: Mapping[str, str]) -> Cursor | None:
    if text := args.get("after"):
        return Cursor.decode(text, "after")
    if text := args.get("before"):
        return Cursor.decode(text, "before")
    return None
