"""What the agency says and what participants changed themselves, in one state: whoever said something new last counts.

The agency's file says all it has on file, each time. Where it says the same as before, it has not heard of what the
participant changed, or not dealt with it: that stays. A field its file does not have at all (`unsaid`) stays too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from cases.domain.profile import PERSONAL, Details, Said

OWN = ("phone_home", "phone_mobile", "phone_work", "email", "employer", "language", "email_notices")


def taken_in(now: Details, before: Said, given: Details, unsaid: Collection[str]) -> Details:
    """The state after the agency said `given`, where it said `before` until now."""
    stays = [field for field in OWN if given.content(field) == before.content(field)] + list(unsaid)
    own = {field: getattr(now, field) for field in stays}
    return _with_address(replace(given, shown=now.shown, **own), now, before)


def said_after(before: Said, given: Details, unsaid: Collection[str]) -> Said:
    """What the agency has said then."""
    said = Said.of(given)
    marks = {field: known for field in PERSONAL
             if (known := before.marks.get(field) if field in unsaid else said.marks.get(field))}
    notices = before.email_notices if "email_notices" in unsaid else said.email_notices
    return replace(said, marks=marks, email_notices=notices)


def _with_address(given: Details, now: Details, before: Said) -> Details:
    """Whether an address is valid is said of that address, and goes with it."""
    same_as_now = given.content("address") == now.content("address")
    if given.content("address") != before.content("address"):
        return replace(given, address_self_changed_on=now.address_self_changed_on if same_as_now else None)
    valid = given.address_valid if same_as_now else now.address_valid
    return replace(given, address=now.address, address_valid=valid,
                   address_self_changed_on=now.address_self_changed_on)
