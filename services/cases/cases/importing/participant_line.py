"""One line of the file of participants: what is wrong between its columns, and its personal fields put together."""

from __future__ import annotations

from typing import Any

from cases.importing.columns import UNSAID, Unsaid, said
from cases.personal import address_json, composed, employer_json, full_name
from eventkit.secret import Secret
from feedkit.feed import Line, Refused

ADDRESS = ("line1", "city", "state", "zip")
PHONES = ("phone_home", "phone_mobile", "phone_work")
EMPLOYER = ("employer_name", "employer_phone", "employer_city")


def incomplete(line: Line) -> Refused | None:
    """What no single column shows: an address or employer in part, or said to be valid and not there."""
    missing = [column for column in ADDRESS if line.values[column] is None]
    given = [column for column in (*ADDRESS, "line2") if line.values[column] is not None]
    if given and missing:
        return Refused(missing[0], "is empty, though other parts of the address are given",
                       "give line1, city, state and zip, or none of the address")
    if not given and line.values["address_valid"]:
        return Refused("address_valid", "is true, though there is no address", "give the address, or write false")
    if not said(line.values["employer_name"]) and any(said(line.values[column]) for column in EMPLOYER):
        return Refused("employer_name", "is empty, though other parts of the employer are given",
                       "give the employer's name, or none of it")
    return None


def plain_fields(line: Line) -> dict[str, Secret | Unsaid | None]:
    """Every personal field of the line; UNSAID where its file has no such column."""
    values: dict[str, Any] = line.values
    lines = [_text(values[column]) for column in (ADDRESS[0], "line2", *ADDRESS[1:])]
    return {
        "name": full_name(values["first_name"], values["last_name"]),
        "address": address_json(*lines) if lines[0] else None,
        "email": Secret(composed(values["email"].reveal())) if values["email"] else None,
        "ssn": values["ssn"],
        "employer": _employer(line),
        **{column: values[column] for column in PHONES},
    }


def _employer(line: Line) -> Secret | Unsaid | None:
    if line.values["employer_name"] is UNSAID:
        return Unsaid.UNSAID
    parts = [_text(said(line.values[column])) for column in EMPLOYER]
    return employer_json(*parts) if parts[0] else None


def _text(value: Secret | None) -> str:
    return value.reveal() if value else ""
