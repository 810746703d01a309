"""What one reports of the other party: the fields, checked, and sent to the cases service. Only in, never out."""

from __future__ import annotations

from typing import Any

from gateway.cases_desk import Command, Refused
from gateway.view import my_cases
from gateway.view.my_cases import Case
from gateway.web.portal import portal, signed_in, today
from gateway.web.sending import Sent, send
from gateway.web.typed import TEXT, Typed

LINES = ("names_aliases", "phone", "email", "occupation", "vehicle")
TEXTS = ("address", "employer", "property", "relatives", "incarceration_benefits", "other", "source")
FIELDS = ("case_id", "safety_concern", "names_aliases", "birth_month", "birth_day", "birth_year", "ssn", "address",
          "phone", "email", "employer", "occupation", "property", "vehicle", "relatives", "incarceration_benefits",
          "other", "source")
"""In the order of the page."""


def report(typed: Typed, key: str | None = None) -> Sent | None:
    """None where it cannot be; `typed` then says what is wrong. Raises what `send` raises."""
    case_id, said = _chosen(typed), _said(typed)
    if typed.errors:
        return None

    def command(command_id: str) -> Command:
        return portal().desk.report_other_party(command_id, signed_in().participant_id, case_id, said)

    answer = send("report_other_party", {"case_id": case_id, **said}, command, key)
    if isinstance(answer, Refused):
        _refused(typed, answer)
        return None
    return answer


def cases() -> list[Case]:
    with portal().engine.connect() as conn:
        return my_cases.cases_of(conn, signed_in().participant_id)


def _chosen(typed: Typed) -> str:
    """The only case need not be chosen. One of somebody else is refused as one that is not there."""
    ids = [case.case_id for case in cases()]
    if len(ids) == 1 and not typed["case_id"]:
        return ids[0]
    if typed["case_id"] not in ids:
        typed.wrong("case_id", "other_party.case.missing")
    return typed["case_id"]


def _said(typed: Typed) -> dict[str, Any]:
    typed.not_too_long(LINES)
    typed.not_too_long(TEXTS, TEXT)
    said = {**{name: typed[name] for name in (*LINES, *TEXTS)}, "phone": typed.any_phone("phone"),
            "email": typed.email("email"), "ssn": typed.ssn("ssn"), "birth_date": typed.birth_date("birth", today())}
    found: dict[str, Any] = {name: value for name, value in said.items() if value}
    if not any(typed[name] for name in FIELDS if name not in ("case_id", "source")):
        typed.wrong("", "other_party.nothing")
    return {**found, "safety_concern": bool(typed["safety_concern"])}


def _refused(typed: Typed, answer: Refused) -> None:
    if answer.code == "unknown_case":
        typed.wrong("case_id", "other_party.case.missing")
    elif answer.code == "nothing_reported":
        typed.wrong("", "other_party.nothing")
    else:
        name = "birth_month" if answer.field == "birth_date" else answer.field
        typed.wrong(name if name in FIELDS else "", "typed.not_accepted")
