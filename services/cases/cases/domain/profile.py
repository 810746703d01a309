"""What is on file of a participant: a whole state, personal fields encrypted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cases.domain.protected import Protected, mark

PERSONAL = ("name", "address", "phone_home", "phone_mobile", "phone_work", "email", "employer", "ssn")
PLAIN = ("language", "address_valid", "email_notices", "protected")

# The fields in their encryption of today: keys are rotated, and events keep what they were written with.
Kept = Mapping[str, Protected]


@dataclass(frozen=True)
class Details:
    """All that is known of a participant.

    `address_self_changed_on` is the day the participant changed the address themselves, None where the agency
    said it: a temporary PIN is not mailed to an address its reader changed a few days ago. `protected`: where they
    are must not be known to the other parties of their cases. `shown` is what they may see of all this, masked and
    encrypted for those who show it; None in what was stored before there was such a thing.
    """

    language: str
    name: Protected
    address: Protected | None = None
    address_valid: bool = False
    address_self_changed_on: date | None = None
    email: Protected | None = None
    ssn: Protected | None = None
    phone_home: Protected | None = None
    phone_mobile: Protected | None = None
    phone_work: Protected | None = None
    employer: Protected | None = None
    protected: bool = False
    email_notices: bool = False
    shown: str | None = None

    def content(self, field: str) -> object:
        """What a field says, however often it was encrypted."""
        return mark(getattr(self, field)) if field in PERSONAL else getattr(self, field)

    def as_kept(self, kept: Kept) -> Details:
        """The same, each field in its encryption of today."""
        same: dict[str, Any] = {field: value for field, value in kept.items()
                                if value.mark == mark(getattr(self, field))}
        return replace(self, **same)


@dataclass(frozen=True)
class Said:
    """What the agency said last, whatever the participant changed since: the marks of personal fields, and the rest."""

    language: str
    address_valid: bool
    email_notices: bool
    marks: dict[str, str]

    @classmethod
    def of(cls, details: Details) -> Said:
        marks = {field: kept.mark for field in PERSONAL if (kept := getattr(details, field)) is not None}
        return cls(details.language, details.address_valid, details.email_notices, marks)

    def content(self, field: str) -> object:
        return self.marks.get(field) if field in PERSONAL else getattr(self, field)


def changed_fields(before: Details, after: Details) -> tuple[str, ...]:
    """The names of the fields whose content differs; a field that is only encrypted anew does not."""
    return tuple(sorted(field for field in (*PERSONAL, *PLAIN) if before.content(field) != after.content(field)))
