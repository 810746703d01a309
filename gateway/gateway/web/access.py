"""Who may open a page. Every route is registered together with its rule; the portal does not start without one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, TypeVar

from flask import Blueprint, Flask

View = TypeVar("View", bound=Callable[..., Any])


class Access(Enum):
    PUBLIC = "public"
    """Anyone."""
    SESSION = "session"
    """Who is logged in, the PIN being their own."""
    MUST_CHANGE = "must_change"
    """Who has logged in with a temporary PIN, and may do nothing but change it."""
    MACHINE = "machine"
    """No person at all: files, and telephone platforms. No cookies, no forms."""
    APP = "app"
    """An app, by the JSON API, which has rules of its own (`gateway.api.reach`). No cookies, no forms."""


class Pages(Blueprint):
    """A blueprint of one page, or of a few that belong together."""

    def page(self, rule: str, access: Access, *methods: str, keeps: Sequence[str] = (),
             quiet: bool = False) -> Callable[[View], View]:
        """Registers the view at `rule` with its access rule; GET if no methods are named.

        `keeps`: fields of a form that are kept when the session ends (see keeping.py); never PINs or SSNs.
        `quiet`: asked by a script, not by a person: the session does not live longer for it.
        """

        def register(view: View) -> View:
            grant(view, access)
            view.__dict__.update(keeps=tuple(keeps), quiet=quiet)
            self.add_url_rule(rule, view_func=view, methods=methods or ("GET",))
            return view

        return register


def grant(view: Callable[..., Any], access: Access) -> None:
    view.__dict__["access"] = access


def keeps(view: Callable[..., Any] | None) -> tuple[str, ...]:
    """The fields of the form that are kept when the session ends."""
    return tuple(getattr(view, "keeps", ()))


def is_quiet(view: Callable[..., Any] | None) -> bool:
    return bool(getattr(view, "quiet", False))


class NoAccessRule(Exception):
    """A route that nobody said who may open."""


def rules(app: Flask) -> dict[str, Access]:
    """The access rule of each endpoint. Raises NoAccessRule."""
    found = {}
    for endpoint, view in app.view_functions.items():
        access = getattr(view, "access", None)
        if not isinstance(access, Access):
            raise NoAccessRule(endpoint)
        found[endpoint] = access
    return found
