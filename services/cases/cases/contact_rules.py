"""What a phone number, an e-mail address or a part of an address may look like, for files and for customers alike.

A rule of our own for phone numbers: ten digits whose area code and exchange begin with 2 to 9 and are no service code
(911). A table of numbers in use would be larger than this service and old within months.
"""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"(?:\+?1)?((?:[2-9](?!11)\d\d){2}\d{4})", re.ASCII)
_PHONE_MARKS = re.compile(r"[\s().\-/\u2010-\u2015]")
ZIP = re.compile(r"\d{5}(-\d{4})?", re.ASCII)
STATES = frozenset([
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY",
    "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH",
    "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "AS", "GU", "MP",
    "PR", "VI", "AA", "AE", "AP",
])


def us_phone(text: str) -> str | None:
    """Its ten digits, or None where it is no number of the United States."""
    found = _PHONE.fullmatch(_PHONE_MARKS.sub("", text))
    return found.group(1) if found else None


def is_email(text: str) -> bool:
    return len(text) <= 254 and text.isprintable() and bool(_EMAIL.fullmatch(text))
