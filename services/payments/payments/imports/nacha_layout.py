"""The records of a NACHA file as a table: 94 characters each, fields by place, and what is plainly wrong with one.

NACHA Operating Rules, appendix three (ACH record format), CCD+ entries; the DED addendum is that of domain.md §3.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

LENGTH = 94
BLOCK = 10
"""Records are counted in blocks of ten; the last one is filled up with nines."""
FILLER = "9" * LENGTH

# name: (first character, how many), counted from 1 as the rules do.
_FILE_HEADER = {"type": (1, 1), "priority": (2, 2), "destination": (4, 10), "origin": (14, 10), "created": (24, 6),
                "record_size": (35, 3), "blocking": (38, 2), "format": (40, 1)}
_BATCH_HEADER = {"type": (1, 1), "service": (2, 3), "company_id": (41, 10), "class": (51, 3), "effective": (70, 6),
                 "odfi": (80, 8), "batch": (88, 7)}
_ENTRY = {"type": (1, 1), "code": (2, 2), "receiver": (4, 8), "check_digit": (12, 1), "amount": (30, 10),
          "addenda": (79, 1), "trace": (80, 15)}
_ADDENDA = {"type": (1, 1), "kind": (2, 2), "text": (4, 80), "sequence": (84, 4), "entry": (88, 7)}
_BATCH_CONTROL = {"type": (1, 1), "service": (2, 3), "count": (5, 6), "hash": (11, 10), "debits": (21, 12),
                  "credits": (33, 12), "company_id": (45, 10), "odfi": (80, 8), "batch": (88, 7)}
_FILE_CONTROL = {"type": (1, 1), "batches": (2, 6), "blocks": (8, 6), "count": (14, 8), "hash": (22, 10),
                 "debits": (32, 12), "credits": (44, 12)}
LAYOUTS: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "1": _FILE_HEADER, "5": _BATCH_HEADER, "6": _ENTRY, "7": _ADDENDA, "8": _BATCH_CONTROL, "9": _FILE_CONTROL}
_NUMBERS = frozenset({"service", "receiver", "amount", "trace", "count", "hash", "debits", "credits", "batch",
                      "batches", "blocks", "odfi"})

CREDITS, DEBITS, PRENOTES = frozenset({"22", "32"}), frozenset({"27", "37"}), frozenset({"23", "33", "28", "38"})


class Malformed(ValueError):
    """What is wrong with a record or an addendum; never what it holds."""


@dataclass(frozen=True)
class Record:
    """`number` is its line, from 1."""

    number: int
    fields: Mapping[str, str]

    @property
    def type(self) -> str:
        return self.fields["type"]

    def __getitem__(self, name: str) -> str:
        return self.fields[name]

    def value(self, name: str) -> int:
        return int(self.fields[name])


def record(number: int, text: str) -> Record:
    """Raises Malformed: the length, the type, or a number that is none."""
    if len(text) != LENGTH:
        raise Malformed(f"has {len(text)} characters, not {LENGTH}")
    layout = LAYOUTS.get(text[0])
    if layout is None:
        raise Malformed("begins with no known record type")
    fields = {name: text[first - 1:first - 1 + count] for name, (first, count) in layout.items()}
    for name in fields.keys() & _NUMBERS:
        if not (fields[name].isascii() and fields[name].isdigit()):
            raise Malformed(f"has no number as its {name.replace('_', ' ')}")
    return Record(number, fields)


def day(text: str) -> date:
    """YYMMDD; raises Malformed."""
    try:
        return datetime.strptime(text, "%y%m%d").date()
    except ValueError:
        raise Malformed("has no date where one must be") from None


@dataclass(frozen=True)
class Addendum:
    """What of a DED addendum is used: the case, the day the employer withheld it, and cents. The SSN and the name in it
    are checked to be there and go no further."""

    case_id: str
    withheld_on: date
    cents: int


ELEMENTS = 10


def addendum(text: str) -> Addendum:
    r"""`DED*CS*case*YYMMDD*cents*SSN*medical*name*FIPS*termination\`; the last two may be missing. Raises Malformed."""
    body, end, rest = text.rstrip().partition("\\")
    elements = body.split("*")
    if not end or rest or elements[0] != "DED":
        raise Malformed("has no DED addendum that ends in a backslash")
    if not ELEMENTS - 2 <= len(elements) <= ELEMENTS:
        raise Malformed(f"has a DED addendum of {len(elements)} elements, not {ELEMENTS}")
    _, application, case_id, withheld, amount, ssn, medical, *_ = elements
    if application[:2] not in ("CS", "CT", "II"):
        raise Malformed("has a DED addendum that is of no child-support application")
    if not case_id.strip():
        raise Malformed("has a DED addendum without a case identifier")
    if not (amount.isascii() and amount.isdigit() and len(amount) <= ELEMENTS):
        raise Malformed("has a DED addendum whose amount is no number of cents")
    if not (ssn.isascii() and ssn.isdigit() and len(ssn) == 9):
        raise Malformed("has a DED addendum whose SSN is not nine digits")
    if medical not in ("Y", "N", "W"):
        raise Malformed("has a DED addendum whose medical-support indicator is not Y, N or W")
    return Addendum(case_id.strip(), day(withheld), int(amount))
