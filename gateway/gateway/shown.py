"""Opening what a customer may be shown of themselves: encrypted in the view, in clear only on the page being made.

Where a key is missing nothing fails: the page says that something is on file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from eventkit.crypto import CannotDecrypt, Keyring
from servicekit.logs import get_logger

log = get_logger()
PROFILE = ("name", "address", "phone_home", "phone_mobile", "phone_work", "email", "employer")


class Unreadable(Enum):
    """There is something, and we cannot open it."""

    ON_FILE = "on_file"


ON_FILE = Unreadable.ON_FILE
Text = str | Unreadable | None
"""What is on file, that something is, or that nothing is."""


@dataclass(frozen=True)
class Dependent:
    initials: str
    birth_year: int | None


@dataclass(frozen=True)
class Shown:
    keys: Keyring

    def profile(self, viewer_id: str, shown_enc: str) -> Mapping[str, Text]:
        """Masked texts by the names of PROFILE, and no others."""
        found = self._json(shown_enc, f"{viewer_id}|shown")
        if not isinstance(found, dict):
            return dict.fromkeys(PROFILE, ON_FILE)
        return {name: str(found[name]) if found.get(name) else None for name in PROFILE}

    def dependents(self, case_id: str, dependents_enc: str) -> tuple[Dependent, ...] | Unreadable:
        found = self._json(dependents_enc, f"{case_id}|dependents")
        if not isinstance(found, list):
            return ON_FILE
        return tuple(Dependent(str(one["initials"]), one.get("birth_year")) for one in found)

    def appointment(self, viewer_id: str, value: str | None) -> Text:
        """Its place, or its link."""
        return self._text(value, f"{viewer_id}|appointment")

    def answer(self, viewer_id: str, value: str | None) -> Text:
        return self._text(value, f"{viewer_id}|answer")

    def _text(self, value: str | None, context: str) -> Text:
        if value is None:
            return None
        opened = self._opened(value, context)
        return ON_FILE if opened is None else opened or None

    def _json(self, value: str, context: str) -> Any:
        opened = self._opened(value, context)
        try:
            return None if opened is None else json.loads(opened)
        except ValueError:
            return None

    def _opened(self, value: str, context: str) -> str | None:
        try:
            return self.keys.decrypt(value, context).decode()
        except (CannotDecrypt, UnicodeDecodeError):
            log.warning("shown_value_unreadable", key_id=value.partition(".")[0][:16])
            return None
