"""Before every request: which caller is it by the token, may they, and do they not ask too often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, current_app, g, request

from cases.agency.problems import Refusal
from cases.agency.throttle import knock
from cases.agency.tokens import Caller, caller_of
from cases.requests.desk import Desk

EXTENSION = "agency"
ANYONE = "anyone"  # in place of a scope: the document of the API, which says nothing of anybody


class NoScope(Exception):
    """An endpoint that says nothing of who may use it: the application does not start with it."""


@dataclass(frozen=True)
class Parts:
    desk: Desk
    per_minute: int


def parts() -> Parts:
    return cast(Parts, current_app.extensions[EXTENSION])


def caller() -> Caller:
    return cast(Caller, g.caller)


def scope_of(view: Any) -> str | None:
    return getattr(view, "scope", None)


def install(app: Flask) -> None:
    """Raises NoScope."""
    scopes = {endpoint: scope_of(view) for endpoint, view in app.view_functions.items()}
    if missing := [endpoint for endpoint, scope in scopes.items() if scope is None]:
        raise NoScope(", ".join(missing))

    def arrive() -> None:
        """Somebody without a token learns nothing of what is there: not which addresses, not which methods."""
        needed = scopes.get(request.endpoint or "")
        if needed == ANYONE:
            return
        g.caller = _recognised()
        if needed is not None and needed not in g.caller.scopes:
            raise Refusal("missing_scope")

    app.before_request(arrive)


def _recognised() -> Caller:
    said = request.authorization
    token = (said.token or "") if said is not None and said.type == "bearer" else ""
    app = parts().desk.app
    with app.engine.begin() as conn:
        found = caller_of(conn, token)
        client = f"token|{found.name}" if found else f"address|{request.remote_addr}"
        wait = knock(conn, client, parts().per_minute, app.clock())
    if wait:
        raise Refusal("too_many", wait)
    if found is None:
        raise Refusal("not_accepted" if "Authorization" in request.headers else "no_token")
    return found
