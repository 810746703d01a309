"""Settings from the environment, checked at the start, with every problem in one message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NoReturn

from sqlalchemy import make_url

from eventkit.secret import HIDDEN

REQUIRED: Final[Any] = object()


class SettingsError(ValueError):
    """Names each variable that is missing or wrong and what to do; never its value."""


class Settings:
    """The loaded values as attributes of their variables' names. They do not change, and they do not show."""

    __slots__ = ("_values",)
    _values: Mapping[str, Any]

    def __init__(self, **values: Any) -> None:
        object.__setattr__(self, "_values", MappingProxyType(values))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._values:
            raise AttributeError(f"there is no setting {name}")
        return self._values[name]

    def __setattr__(self, name: str, _value: object) -> NoReturn:
        raise AttributeError(f"{name} cannot be set: settings come from the environment")

    def __repr__(self) -> str:
        return f"Settings({', '.join(f'{name}={HIDDEN}' for name in self._values)})"


@dataclass(frozen=True)
class Setting:
    """One variable. `kind` is a name in KINDS, or a function from text that raises ValueError saying what is wrong.

    `secret` hides it where settings are shown. A database's address is shown without its password.
    """

    name: str
    kind: str | Callable[[str], Any] = "text"
    default: Any = REQUIRED
    help: str = ""
    secret: bool = False

    def parse(self, text: str) -> Any:
        """Raises ValueError, without the text."""
        try:
            return (KINDS[self.kind] if isinstance(self.kind, str) else self.kind)(text)
        except ValueError as error:
            said = str(error)
            raise ValueError("cannot be used" if text in said else said) from None


def load(settings: Sequence[Setting], environ: Mapping[str, str]) -> Settings:
    """All settings as attributes of their names; an empty variable counts as not set. Raises SettingsError."""
    values, problems = {}, []
    for setting in settings:
        text = environ.get(setting.name, "").strip()
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
    """What each setting is and where it comes from, secrets and passwords hidden. Shows a wrong one as wrong."""
    return "\n".join(f"{setting.name} = {_shown(setting, environ.get(setting.name, '').strip())}\n    {setting.help}"
                     for setting in settings)


def _shown(setting: Setting, text: str) -> str:
    if not text:
        return "(not set!)" if setting.default is REQUIRED else f"{setting.default}  (default)"
    try:
        setting.parse(text)
    except ValueError as error:
        return f"(wrong: {error})"
    if setting.kind == "database_url" and not setting.secret:
        return make_url(text).set(query={}).render_as_string(hide_password=True)
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
        raise ValueError("must begin with postgresql+psycopg2:// (a bare postgresql:// means psycopg 3, which blocks "
                         "the whole process under eventlet)")
    try:
        make_url(text)
    except Exception:  # its errors hold the address, with the password
        raise ValueError("must be postgresql+psycopg2://user:password@host:port/database") from None
    return text


KINDS: Final[Mapping[str, Callable[[str], Any]]] = {
    "text": str, "integer": _integer, "number": _number, "boolean": _boolean, "database_url": _database_url,
}
