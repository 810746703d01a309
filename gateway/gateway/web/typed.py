"""What was typed into a form, cleaned, and what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import request

from gateway.web.forms import Errors

STATES = frozenset(re.findall(r"\w\w", """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA
    RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI AA AE AP"""))
"""As the Postal Service writes them: states, territories, and the armed forces."""
LINE, TEXT = 100, 1000
"""Characters of a line, and of a text of several lines."""
_UNWRITTEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
"""Categories of characters that nobody sees; pasted text brings them along."""
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")


@dataclass
class Typed:
    """`values` by field, spaces trimmed; `errors` fill up as they are checked."""

    values: Mapping[str, str]
    errors: Errors = field(default_factory=dict)

    @classmethod
    def of_form(cls, names: Iterable[str]) -> Typed:
        return cls.of(request.form, names)

    @classmethod
    def of(cls, said: Mapping[str, str], names: Iterable[str]) -> Typed:
        return cls({name: cleaned(said.get(name, "")) for name in names})

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def told(self) -> Errors:
        """What is wrong, in the order of the fields: the first of them gets the focus."""
        places = {name: place for place, name in enumerate(["", *self.values])}
        return dict(sorted(self.errors.items(), key=lambda error: places.get(error[0], len(places))))

    def wrong(self, name: str, key: str) -> None:
        """The first thing that is wrong with a field is told."""
        self.errors.setdefault(name, key)

    def needed(self, name: str, key: str) -> None:
        if not self[name]:
            self.wrong(name, key)

    def not_too_long(self, names: Iterable[str], longest: int = LINE) -> None:
        for name in names:
            if len(self[name]) > longest:
                self.wrong(name, "typed.too_long")

    def phone(self, name: str) -> str:
        """As 805-555-0142; empty where there is none."""
        return self._checked(name, phone(self[name]), "typed.phone")

    def email(self, name: str) -> str:
        return self._checked(name, email(self[name]), "typed.email")

    def zip(self, name: str) -> str:
        return self._checked(name, zip_code(self[name]), "typed.zip")

    def state(self, name: str) -> str:
        code = self[name].upper()
        return self._checked(name, code if code in STATES else None, "typed.state")

    def any_phone(self, name: str) -> str:
        """As it was typed: of somebody else one may know less, or a number of another country."""
        good = re.fullmatch(r"[0-9\s()+./x-]+", self[name]) and 7 <= len(re.findall("[0-9]", self[name])) <= 20
        return self._checked(name, self[name] if good else None, "typed.any_phone")

    def ssn(self, name: str) -> str:
        """Nine digits or the last four; spaces and dashes are how people type them."""
        digits = re.sub(r"[\s-]", "", self[name])
        return self._checked(name, digits if re.fullmatch(r"([0-9]{5})?[0-9]{4}", digits) else None, "typed.ssn")

    def birth_date(self, name: str, today: date) -> str:
        """Of the fields <name>_month, _day and _year: `1985-04-30`, or as much of it as is known, the year first."""
        year, month, day = (self[f"{name}_{part}"] for part in ("year", "month", "day"))
        if not (year or month or day):
            return ""
        found = _day(year, month or "1", day or "1")
        if found is None or (day and not month) or not date(1900, 1, 1) <= found <= today:
            self.wrong(f"{name}_month", "typed.birth_date")
            return ""
        return found.isoformat()[:10 if day else 7 if month else 4]

    def _checked(self, name: str, good: str | None, key: str) -> str:
        if not self[name]:
            return ""
        if good is None:
            self.wrong(name, key)
        return good or ""


def phone(text: str) -> str | None:
    """Ten digits of the North American plan, however they are set apart; None for anything else."""
    digits = re.sub(r"[\s().\-/\u2010-\u2015]", "", text)
    found = re.fullmatch(r"(?:\+?1)?([2-9](?!11)[0-9]{2})([2-9](?!11)[0-9]{2})([0-9]{4})", digits)
    return "-".join(found.groups()) if found else None


def email(text: str) -> str | None:
    return text if len(text) <= 254 and _EMAIL.fullmatch(text) else None


def zip_code(text: str) -> str | None:
    return text if re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", text) else None


def _day(*parts: str) -> date | None:
    try:
        year, month, day = (int(part) if re.fullmatch(r"[0-9]{1,4}", part) else 0 for part in parts)
        return date(year, month, day)
    except ValueError:
        return None


def cleaned(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\t", " ").split("\n")
    return "\n".join("".join(c for c in line if unicodedata.category(c) not in _UNWRITTEN) for line in lines).strip()
