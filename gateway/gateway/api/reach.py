"""Who may ask an endpoint. Each is registered together with its rule; the application does not start without one."""

from __future__ import annotations

from enum import Enum

from flask import Flask

from gateway.api import asks_as_app
from gateway.web.access import Access, NoAccessRule


class Reach(Enum):
    ANYONE = "anyone"
    LOGGED_IN = "logged_in"
    """Who has a session, whatever the PIN."""
    OWN_PIN = "own_pin"
    """Who is logged in, the PIN being their own."""
    TEMPORARY_PIN = "temporary_pin"
    """Who has logged in with a temporary PIN, and may do nothing but change it or leave."""


def reaches(app: Flask) -> dict[str, Reach]:
    """The rule of each endpoint. Raises NoAccessRule, also for a page that stands where only an app is answered."""
    found = {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        is_of_api = getattr(view, "access", None) is Access.APP
        reach = getattr(view, "reach", None)
        if is_of_api != asks_as_app(rule.rule) or (is_of_api and not isinstance(reach, Reach)):
            raise NoAccessRule(rule.endpoint)
        if isinstance(reach, Reach):
            found[rule.endpoint] = reach
    return found
