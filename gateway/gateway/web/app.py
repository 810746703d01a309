"""Makes the Flask application out of its parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from gateway.api import bearer, mounting
from gateway.web import access, assets, errors, headers, journal, packing, visits, when, words
from gateway.web.access import Access
from gateway.web.pages import PAGES
from gateway.web.portal import EXTENSION, Portal
from gateway.web.turns import Turns, in_turns

View = Callable[..., Any]
LARGEST_FORM = 16 * 1024


def create_app(parts: Portal, phone: Blueprint | None = None) -> Flask:
    """The portal, and the phone's routes where given. Raises NoAccessRule where a route has no access rule."""
    app = Flask(__name__, static_folder=None, template_folder="templates")
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_FORM, MAX_FORM_MEMORY_SIZE=LARGEST_FORM)
    app.url_map.merge_slashes = False  # it redirects, to whatever host the request names
    app.extensions[EXTENSION] = parts
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    words.install(app, parts)
    when.install(app)
    assets.install(app, parts.settings.THEME_COLORS, parts.settings.LOGO_FILE)
    for page in PAGES:
        app.register_blueprint(page)
    mounting.install(app)
    if phone is not None:
        _mount(app, phone)
    errors.install(app)
    packing.install(app)
    # Flask runs what comes after a page in the reverse order of its registration: the journal is last
    journal.install(app)
    headers.install(app, secure=parts.settings.SECURE_COOKIES)
    visits.install(app, access.rules(app))
    bearer.install(app)
    turns = Turns(parts.settings.WEB_PAGES_AT_ONCE)
    app.wsgi_app = in_turns(app.wsgi_app, turns)  # type: ignore[method-assign, assignment]
    if proxies := parts.settings.TRUSTED_PROXIES:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    return app


def _mount(app: Flask, phone: Blueprint) -> None:
    """A telephone platform is no browser: it has neither cookies nor our forms."""
    before = set(app.view_functions)
    app.register_blueprint(phone)
    for endpoint in set(app.view_functions) - before:
        app.view_functions[endpoint] = _for_machines(app.view_functions[endpoint])


def _for_machines(view: View) -> View:
    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    access.grant(answer, Access.MACHINE)
    return answer
