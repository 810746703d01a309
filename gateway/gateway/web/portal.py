"""What a page has at hand: the parts of the portal, and who is visiting it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import current_app, g
from sqlalchemy import Engine

from gateway.cases_desk import CasesDesk
from gateway.catalogue import Catalogue, Language
from gateway.credentials import Auth
from gateway.offices import Offices
from gateway.sessions import Session, Sessions
from gateway.shown import Shown
from gateway.submissions import Submissions
from gateway.throttle import Throttle
from gateway.web.csrf import FormTokens
from servicekit.settings import Settings

EXTENSION = "portal"


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Portal:
    """The parts, made once a process."""

    engine: Engine
    auth: Auth
    sessions: Sessions
    throttle: Throttle
    form_tokens: FormTokens
    texts: Catalogue
    settings: Settings
    desk: CasesDesk
    submissions: Submissions
    shown: Shown
    offices: Offices
    clock: Callable[[], datetime] = _utc_now
    plain_texts: dict[tuple[Language, str], str] = field(default_factory=dict, repr=False)
    """Texts without values, as they were looked up: a page of a list says the same few words many times."""

    def text(self, language: Language, key: str, **values: Any) -> str:
        if values:
            return self.texts.text(language, key, **values)
        if (known := self.plain_texts.get((language, key))) is None:
            known = self.plain_texts[language, key] = self.texts.text(language, key)
        return known

    @property
    def zone(self) -> ZoneInfo:
        return cast(ZoneInfo, self.settings.AGENCY_TIME_ZONE)


@dataclass
class Visitor:
    """Who asks for this page. `visit` is the random value of a cookie that forms are tied to before log-in."""

    language: Language
    session: Session | None = None
    had_session: bool = False
    visit: str | None = None
    language_chosen: bool = False
    """By the address of this very request."""
    language_known: bool = False
    """By this request, an earlier one, or the settings of the browser."""


def portal() -> Portal:
    return cast(Portal, current_app.extensions[EXTENSION])


def visitor() -> Visitor:
    """Of the current request; made before any page runs."""
    return cast(Visitor, g.visitor)


def text(key: str, /, **values: Any) -> str:
    """A text of the catalogue in the visitor's language."""
    return portal().text(visitor().language, key, **values)


def signed_in() -> Session:
    """The session of a page that only they can reach who have one."""
    session = visitor().session
    assert session is not None
    return session
