"""Settings from the environment, checked at the start, with every problem in one message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from eventkit.secret import HIDDEN

REQUIRED: Any = object()
Settings = SimpleNamespace


class SettingsError(ValueError):
    """Names each variable that is missing or wrong and what to do; never its value."""


@dataclass(frozen=True)
class Setting:
    """One variable. `kind` is a name in KINDS, or a function from text that raises ValueError saying what is wrong."""

    name: str
    kind: str | Callable[[str], Any] = "text"
    default: Any = REQUIRED
    help: str = ""
    secret: bool = False

    def parse(self, text: str) -> Any:
        return (KINDS[self.kind] if isinstance(self.kind, str) else self.kind)(text)


def load(settings: Sequence[Setting], environ: Mapping[str, str]) -> Settings:
    """All settings as attributes of their names. Raises SettingsError."""
    values, problems = {}, []
    for setting in settings:
        text = environ.get(setting.name, "")
        if not text:
            values[setting.name] = setting.default
            if setting.default is REQUIRED:
                problems.append(f"{setting.name} is not set: {setting.help}")
            continue
        try:
            values[setting.name] = setting.parse(text)
        except ValueError as error:
            problems.append(f"{setting.name} {error}: {setting.help}")
    if problems:
        raise SettingsError("The settings are not complete:\n  " + "\n  ".join(problems))
    return Settings(**values)


def explain(settings: Sequence[Setting], environ: Mapping[str, str]) -> str:
    """What each setting is and where it comes from, secrets and passwords hidden."""
    lines = []
    for setting in settings:
        text = environ.get(setting.name, "")
        shown = _shown(setting, text) if text else ("(not set!)" if setting.default is REQUIRED else setting.default)
        lines.append(f"{setting.name} = {shown}  {'' if text else '(default)'}\n    {setting.help}")
    return "\n".join(lines)


def _shown(setting: Setting, text: str) -> str:
    if setting.kind == "database_url":
        from sqlalchemy import make_url

        return make_url(text).render_as_string(hide_password=True)
    return HIDDEN if setting.secret else text


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError("must be a whole number") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError("must be a number") from None


def _boolean(text: str) -> bool:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if text.lower() not in words:
        raise ValueError("must be true or false")
    return words[text.lower()]


def _database_url(text: str) -> str:
    """Other drivers block eventlet's loop, and a bare `postgresql://` means another one since SQLAlchemy 2.1."""
    if not text.startswith("postgresql+psycopg2://"):
        raise ValueError("must begin with postgresql+psycopg2:// (the driver is part of it)")
    return text


KINDS: dict[str, Callable[[str], Any]] = {
    "text": str, "integer": _integer, "number": _number, "boolean": _boolean, "database_url": _database_url,
}
