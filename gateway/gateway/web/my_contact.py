"""What of one's own information can be changed: the fields of each part, checked, and sent to the cases service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.cases_desk import Command, Refused
from gateway.catalogue import LANGUAGES
from gateway.web.portal import portal, signed_in
from gateway.web.sending import Sent, send
from gateway.web.typed import Typed

CITY = 80
PHONES = ("phone_mobile", "phone_home", "phone_work")
ADDRESS = ("line1", "line2", "city", "state", "zip")
EMPLOYER = ("employer_name", "employer_phone", "employer_city", "remove_employer")
Changes = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """`changes` checks what was typed, notes what is wrong, and says what is to change."""

    fields: tuple[str, ...]
    changes: Callable[[Typed], Changes]


def change(section: str, typed: Typed, key: str | None = None) -> Sent | None:
    """None where it cannot be; `typed` then says what is wrong. Raises what `send` raises."""
    changes = SECTIONS[section].changes(typed)
    if typed.errors:
        return None
    name = "set_preferences" if section == "preferences" else "update_contact"
    answer = send(name, changes, lambda command_id: _command(name, command_id, changes), key)
    if isinstance(answer, Refused):
        _refused(section, typed, answer)
        return None
    return answer


def _command(name: str, command_id: str, changes: Changes) -> Command:
    desk, viewer = portal().desk, signed_in().participant_id
    if name == "set_preferences":
        return desk.set_preferences(command_id, viewer, **changes)
    return desk.update_contact(command_id, viewer, changes)


def _address(typed: Typed) -> Changes:
    for name in ("line1", "city", "state", "zip"):
        typed.needed(name, f"update.missing.{name}")
    typed.not_too_long(("line1", "line2"))
    typed.not_too_long(("city",), CITY)
    state, zip_code = typed.state("state"), typed.zip("zip")
    return {"address": {"line1": typed["line1"], "line2": typed["line2"], "city": typed["city"], "state": state,
                        "zip": zip_code}}


def _phones(typed: Typed) -> Changes:
    changes: Changes = {}
    for name in PHONES:
        changes |= _new_or_none(typed, name, typed.phone(name))
    return _something(typed, changes)


def _email(typed: Typed) -> Changes:
    return _something(typed, _new_or_none(typed, "email", typed.email("email")))


def _employer(typed: Typed) -> Changes:
    fields = ("employer_name", "employer_phone", "employer_city")
    typed.not_too_long(fields[:1])
    typed.not_too_long(("employer_city",), CITY)
    phone = typed.phone("employer_phone")
    if typed["remove_employer"]:
        if any(typed[name] for name in fields):
            typed.wrong("remove_employer", "update.both")
        return {"employer": None}
    typed.needed("employer_name", "update.missing.employer_name")
    return {"employer": {"name": typed["employer_name"], "phone": phone, "city": typed["employer_city"]}}


def _preferred(typed: Typed) -> Changes:
    if typed["language"] not in LANGUAGES:
        typed.wrong("language", "update.missing.language")
    if typed["email_notices"] not in ("yes", "no"):
        typed.wrong("email_notices", "update.missing.email_notices")
    return {"email_notices": typed["email_notices"] == "yes", "language": typed["language"]}


def _new_or_none(typed: Typed, name: str, value: str) -> Changes:
    """A field that is left empty stays as it is; to take away what is on file is a choice of its own."""
    if not typed[f"remove_{name}"]:
        return {name: value} if value else {}
    if typed[name]:
        typed.wrong(name, "update.both")
    return {name: None}


def _something(typed: Typed, changes: Changes) -> Changes:
    if not changes and not typed.errors:
        typed.wrong("", "update.nothing")
    return changes


SECTIONS: Mapping[str, Section] = {
    "address": Section(ADDRESS, _address),
    "phones": Section((*PHONES, *(f"remove_{name}" for name in PHONES)), _phones),
    "email": Section(("email", "remove_email"), _email),
    "employer": Section(EMPLOYER, _employer),
    "preferences": Section(("language", "email_notices"), _preferred),
}


def _refused(section: str, typed: Typed, answer: Refused) -> None:
    """What the service does not accept is told at its field, where it has one here."""
    if answer.code == "nothing_changed":
        typed.wrong("", "update.nothing_changed")
        return
    part = answer.field.rpartition(".")[2]
    name = next((name for name in (part, f"{section}_{part}") if name in SECTIONS[section].fields), "")
    typed.wrong(name, "typed.not_accepted")
