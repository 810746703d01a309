"""What a customer typed: opened, checked, in the form in which it is kept. Errors name the field, never the text."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from cases.contact_rules import STATES, ZIP, is_email, us_phone
from cases.personal import address_json, employer_json
from eventkit.crypto import CannotDecrypt, Opener
from eventkit.decider import Rejected
from eventkit.secret import Secret

LANGUAGES = ("en", "es")
_SPACES = re.compile(" {2,}")
_INVISIBLE = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])


def opened(opener: Opener, sealed: str, field: str, command_id: str) -> dict[str, Any]:
    """The JSON object that was sealed to this service for this command alone."""
    try:
        found = json.loads(opener.open(sealed, f"cases|{field}|{command_id}"))
    except (CannotDecrypt, ValueError, RecursionError):
        raise invalid(field, "unreadable") from None
    if not isinstance(found, dict):
        raise invalid(field, "unreadable")
    return found


def changes(typed: Mapping[str, Any]) -> dict[str, Secret | str | None]:
    """field -> its new content, None where it is removed. Raises Rejected `invalid` with the field and why."""
    for name in typed:
        if name not in FIELDS:
            raise invalid("changes", "unknown_field")
    return {name: FIELDS[name](name, value) for name, value in typed.items()}


def invalid(field: str, why: str) -> Rejected:
    return Rejected("invalid", field=field, why=why)


def _phone(field: str, value: Any) -> Secret | None:
    written = _text(field, value, 40)
    if not written:
        return None
    digits = us_phone(written)
    if digits is None:
        raise invalid(field, "not_a_phone")
    return Secret(digits)


def _email(field: str, value: Any) -> Secret | None:
    written = _text(field, value, 254)
    if written and not is_email(written):
        raise invalid(field, "not_an_email")
    return Secret(written) if written else None


def _address(field: str, value: Any) -> Secret:
    parts = _parts(field, value, ("line1", "line2", "city", "state", "zip"))
    line1, city = (_stated(field, parts, name, most) for name, most in (("line1", 100), ("city", 80)))
    line2 = _text(f"{field}.line2", parts.get("line2"), 100)
    state = _stated(field, parts, "state", 2).upper()
    if state not in STATES:
        raise invalid(f"{field}.state", "not_a_state")
    postcode = _stated(field, parts, "zip", 10)
    if not ZIP.fullmatch(postcode):
        raise invalid(f"{field}.zip", "not_a_zip")
    return address_json(line1, line2, city, state, postcode)


def _employer(field: str, value: Any) -> Secret | None:
    if value is None:
        return None
    parts = _parts(field, value, ("name", "phone", "city"))
    name, phone = _stated(field, parts, "name", 100), _phone(f"{field}.phone", parts.get("phone"))
    return employer_json(name, phone.reveal() if phone else "", _text(f"{field}.city", parts.get("city"), 80))


def _language(field: str, value: Any) -> str:
    if value not in LANGUAGES:
        raise invalid(field, "not_a_language")
    return str(value)


def _parts(field: str, value: Any, names: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not set(value) <= set(names):
        raise invalid(field, "incomplete")
    return value


def _stated(field: str, parts: Mapping[str, Any], name: str, most: int) -> str:
    found = _text(f"{field}.{name}", parts.get(name), most)
    if not found:
        raise invalid(f"{field}.{name}", "missing")
    return found


def _text(field: str, value: Any, most: int) -> str:
    """One line; "" for nothing."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise invalid(field, "not_text")
    found = unicodedata.normalize("NFC", _SPACES.sub(" ", value).strip())
    if len(found) > most:
        raise invalid(field, "too_long")
    if any(unicodedata.category(letter) in _INVISIBLE for letter in found):
        raise invalid(field, "control_characters")
    return found


FIELDS: Mapping[str, Callable[[str, Any], Secret | str | None]] = {
    "address": _address, "phone_home": _phone, "phone_mobile": _phone, "phone_work": _phone, "email": _email,
    "employer": _employer, "language": _language,
}
