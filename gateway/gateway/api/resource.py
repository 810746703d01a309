"""How an endpoint is made: its rule, who may ask, what it takes and what it says, all in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final, TypeVar

from flask_smorest import Blueprint
from marshmallow import Schema

from gateway.api import PREFIX
from gateway.api.fields import Asked, Parser
from gateway.api.problems import PROBLEMS
from gateway.api.reach import Reach
from gateway.web.access import Access, grant

View = TypeVar("View", bound=Callable[..., Any])
_ALWAYS: Final = ("invalid", "unexpected", "down")
_OF_REACH: Final = {
    Reach.ANYONE: (), Reach.LOGGED_IN: ("log_in_first", "session_expired"),
    Reach.OWN_PIN: ("log_in_first", "session_expired", "must_change_pin"),
    Reach.TEMPORARY_PIN: ("log_in_first", "session_expired", "has_own_pin"),
}
_OF_BODY: Final = ("bad_json", "too_large", "not_json")
_OF_PLACE: Final = ("not_found",)


class Resource(Blueprint):  # type: ignore[misc]
    """Endpoints that belong together; one small file each in `resources/`."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, import_name: str, about: str) -> None:
        super().__init__(f"api_{name}", import_name, url_prefix=PREFIX, description=about)

    def endpoint(self, method: str, rule: str, reach: Reach, says: type[Schema] | None, *, status: int = 200,
                 asked: type[Asked] | None = None, body: type[Schema] | None = None,
                 problems: tuple[str, ...] = (), place: Mapping[str, str] | None = None) -> Callable[[View], View]:
        """Registers the view, which is given what `asked` and `body` name, in that order.

        `place`: what stands for the names in `rule`, described.
        `problems`: those of its own; what follows from the rule and the body is added. The first line of the
        docstring is the summary in the document, the rest its description.
        """

        def register(view: View) -> View:
            met = (*_ALWAYS, *_OF_REACH[reach], *(_OF_BODY if body else ()), *(_OF_PLACE if place else ()), *problems)
            act: Callable[..., Any] = view
            if body:
                act = self.arguments(body, location="json")(act)
            act = self.arguments(asked or Asked, location="query")(act if asked else _without_first(act))
            act = self.response(status, says, description="Done." if says is None else "The answer.")(act)
            act = self.doc(operationId=f"{self.name.removeprefix('api_')}_{view.__name__}",
                           security=[] if reach is Reach.ANYONE else [{"session": []}],
                           **{"x-reach": reach.value}, responses=_refusals(met))(act)
            grant(act, Access.APP)
            act.__dict__.update(reach=reach, provide_automatic_options=False)
            self.route(rule, methods=[method], endpoint=view.__name__, parameters=[
                {"in": "path", "name": name, "description": about} for name, about in (place or {}).items()])(act)
            return view

        return register


def _without_first(act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def ask(_asked: Any, *rest: Any, **named: Any) -> Any:
        return act(*rest, **named)

    return ask


def _refusals(names: tuple[str, ...]) -> dict[int, dict[str, Any]]:
    """By status, the names of the problems that have it; `document.py` says the rest."""
    found: dict[int, dict[str, Any]] = {}
    for name in dict.fromkeys(names):
        found.setdefault(PROBLEMS[name], {"x-problems": []})["x-problems"].append(name)
    return found
