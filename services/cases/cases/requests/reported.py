"""What may be reported of the other party, and wished of an appointment: checked, in words of who typed it.

Nothing of it is known to be true, and much of it is partial ("somewhere in Fresno", a year of birth): so little is
refused, and what is says which field and why, never what it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cases.contact_rules import is_email
from cases.self_service.typed import invalid
from eventkit.decider import Rejected

SAFETY = "safety_concern"
_LINE, _TEXT = 200, 2000
_EARLIEST = 1900
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_SSN = re.compile(r"(?:\d{5})?\d{4}", re.ASCII)
_PHONE = re.compile(r"[\d\s()+./x-]+", re.ASCII | re.IGNORECASE)
_NOT_WRITTEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])

Check = Callable[[str, Any, date], str]


def report(typed: Mapping[str, Any], today: date) -> dict[str, str | bool]:
    """What was filled in. Raises Rejected `nothing_reported`, or `invalid` with `field` and `why`. A concern for
    somebody's safety is a report, also without anything else."""
    for name in typed:
        if name not in FIELDS and name != SAFETY:
            raise invalid("report", "unknown_field")
    concern = typed.get(SAFETY, False)
    if not isinstance(concern, bool):
        raise invalid(SAFETY, "not_a_choice")
    said: dict[str, str | bool] = {name: text for name, check in FIELDS.items()
                                   if (text := check(name, typed.get(name), today))}
    if not concern and not said.keys() - {"source"}:
        raise Rejected("nothing_reported")
    return said | {SAFETY: concern}


def wish(typed: Mapping[str, Any]) -> dict[str, str]:
    """Why and when, as far as it was said."""
    for name in typed:
        if name not in ("reason", "times"):
            raise invalid("wish", "unknown_field")
    return {name: text for name in ("reason", "times") if (text := _text(name, typed.get(name), _TEXT))}


def _line(field: str, value: Any, _today: date) -> str:
    return " ".join(_text(field, value, _LINE).split())


def _long(field: str, value: Any, _today: date) -> str:
    return _text(field, value, _TEXT)


def _born(field: str, value: Any, today: date) -> str:
    """A day, a month or a year: `1984-03-15`, `1984-03`, `1984`."""
    said = _line(field, value, today)
    if not said:
        return ""
    found = _DATE.fullmatch(said)
    try:
        day = date(*(int(part or 1) for part in found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise invalid(field, "not_a_date")
    if day > today or day.year < _EARLIEST:
        raise invalid(field, "not_a_birth_date")
    return said


def _ssn(field: str, value: Any, today: date) -> str:
    """All nine digits, or the last four."""
    digits = _line(field, value, today).replace("-", "").replace(" ", "")
    if digits and not _SSN.fullmatch(digits):
        raise invalid(field, "not_an_ssn")
    return digits


def _phone(field: str, value: Any, today: date) -> str:
    """Also of another country, or without an area code."""
    said = _line(field, value, today)
    if said and not (_PHONE.fullmatch(said) and 7 <= sum(letter.isdigit() for letter in said) <= 20):
        raise invalid(field, "not_a_phone")
    return said


def _email(field: str, value: Any, today: date) -> str:
    said = _line(field, value, today)
    if said and not is_email(said):
        raise invalid(field, "not_an_email")
    return said


def _text(field: str, value: Any, longest: int) -> str:
    """Lines as they were typed; "" for nothing."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise invalid(field, "not_text")
    said = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\t", " ")).strip()
    if len(said) > longest:
        raise invalid(field, "too_long")
    if any(unicodedata.category(letter) in _NOT_WRITTEN for letter in said if letter != "\n"):
        raise invalid(field, "control_characters")
    return said


FIELDS: Mapping[str, Check] = {
    "names_aliases": _line, "birth_date": _born, "ssn": _ssn, "address": _long, "phone": _phone, "email": _email,
    "employer": _long, "occupation": _line, "vehicle": _line, "property": _long, "relatives": _long,
    "incarceration_benefits": _long, "other": _long, "source": _long,
}
