"""Makes the Flask application of the agency's API."""

from __future__ import annotations

import time
import uuid
from typing import Any, Final

from flask import Blueprint, Flask, Response, g, json, request
from flask_smorest import Api
from werkzeug.middleware.proxy_fix import ProxyFix

from cases.agency import access, problems
from cases.agency.access import ANYONE, EXTENSION, Parts
from cases.agency.endpoints import endpoints
from cases.agency.shapes import Cursor, Problem
from servicekit.logs import bind_correlation, get_logger

log = get_logger()
LARGEST_BODY = 64 * 1024
ABOUT: Final = """What customers ask and report, for people and systems of the agency.

Tokens are made with `python -m cases agency-token create NAME`; send `Authorization: Bearer <token>`. Whatever changes
something takes an `Idempotency-Key`: sent again with the same body it is done once. What goes wrong is told as
`application/problem+json` (RFC 9457), with the field to mend. Nothing is to be cached."""
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}


class _Api(Api):  # type: ignore[misc]
    DEFAULT_ERROR_RESPONSE_NAME = None  # every problem is named where it can happen

    def _register_error_handlers(self) -> None:
        problems.install(self._app)


def create_app(parts: Parts, proxies: int = 0) -> Flask:
    """Raises NoScope where an endpoint does not say who may use it."""
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, API_TITLE="Customer Connect: the agency's side",
                      API_VERSION="1.0.0", OPENAPI_VERSION="3.1.0")
    app.url_map.merge_slashes = False  # it redirects, to whatever host the request names
    app.url_map.strict_slashes = False
    app.extensions[EXTENSION] = parts
    _journal(app)
    api = _Api(app, spec_kwargs={"info": {"description": ABOUT}})
    api.register_field(Cursor, "string", None)
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    api.spec.components.schema("Problem", schema=Problem)
    api.register_blueprint(endpoints)
    _serve_document(app, api.spec.to_dict())
    access.install(app)
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    return app


def _serve_document(app: Flask, document: dict[str, Any]) -> None:
    content = json.dumps(document)

    def openapi() -> Response:
        return Response(content, content_type="application/json")

    openapi.__dict__.update(scope=ANYONE, provide_automatic_options=False)
    served = Blueprint("document", __name__)
    served.add_url_rule("/agency/v1/openapi.json", "openapi", openapi)
    app.register_blueprint(served)


def _journal(app: Flask) -> None:
    """A line for each request: the route and not the address, which names a request; who, how it ended, how long."""

    def begin() -> None:
        g.began = time.perf_counter()
        bind_correlation(uuid.uuid4().hex)

    def note(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        route = request.url_rule.rule if request.url_rule else "(no such address)"
        operator = g.caller.name if "caller" in g else None
        log.info("request", method=request.method, path=route, status=response.status_code, operator=operator,
                 milliseconds=round((time.perf_counter() - g.began) * 1000, 1))
        return response

    app.before_request(begin)
    app.after_request(note)
