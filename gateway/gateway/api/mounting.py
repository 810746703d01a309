"""Puts the API into the application: its endpoints, and the document of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, Response
from flask_smorest import Api

from gateway.api import PREFIX, document
from gateway.api.reach import Reach
from gateway.api.resources import RESOURCES
from gateway.catalogue import Catalogue
from gateway.web.access import Access, grant
from gateway.web.portal import EXTENSION

DOCUMENT = "openapi"


class _Api(Api):  # type: ignore[misc]
    DEFAULT_ERROR_RESPONSE_NAME = None  # every problem is named where it can happen


def install(app: Flask) -> None:
    app.extensions[DOCUMENT] = mount(app, app.extensions[EXTENSION].texts)
    _serve_document(app)


def mount(app: Flask, texts: Catalogue) -> dict[str, Any]:
    """The endpoints into the application; returns the document of them."""
    app.config.update(API_TITLE=document.TITLE, API_VERSION=document.VERSION, OPENAPI_VERSION=document.OPENAPI)
    api = _Api(app, spec_kwargs={"info": {"description": document.ABOUT}})
    document.begin(api)
    for resource in RESOURCES:
        api.register_blueprint(resource)
    return document.finished(api.spec.to_dict(), texts)


def written(found: Mapping[str, Any]) -> str:
    """The document as it is served and kept in `contracts/`."""
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _serve_document(app: Flask) -> None:
    content = written(app.extensions[DOCUMENT])

    def openapi() -> Response:
        return Response(content, content_type="application/json")

    grant(openapi, Access.APP)
    openapi.__dict__.update(reach=Reach.ANYONE, provide_automatic_options=False)
    blueprint = Blueprint("api_document", __name__)
    blueprint.add_url_rule(f"{PREFIX}/openapi.json", "openapi", openapi)
    app.register_blueprint(blueprint)
