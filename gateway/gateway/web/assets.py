"""Style sheet, scripts and pictures, under addresses made of their content, so that browsers keep them for a year.

The sheet is ours and that of the U.S. Web Design System, which `gateway/styles/compile.py` compiles to `static/uswds`.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request

from gateway.web.access import Access, grant

TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
         "png": "image/png"}
STYLE, SYSTEM, OUR_LOGO = "portal.css", "uswds.css", "icon.svg"
KEPT = "public, max-age=31536000, immutable"


class StyleNotCompiled(Exception):
    """The portal does not start without its sheet; says what makes it."""


@dataclass(frozen=True)
class Asset:
    content: bytes
    packed: bytes
    version: str


def install(app: Flask, theme: Mapping[str, str] | None, logo: Path | None = None) -> None:
    """`theme` gives other values to the custom properties of css/00-base.css: another state's colors; and its logo."""
    folder = files(__package__) / "static"
    assets = {entry.name: _asset(entry.read_bytes()) for place in (folder, folder / "uswds") if place.is_dir()
              for entry in place.iterdir() if entry.is_file() and entry.name.rpartition(".")[2] in TYPES}
    if SYSTEM not in assets:
        raise StyleNotCompiled("web/static/uswds is not there: infra/bootstrap, or gateway/styles/compile.py")
    shown = f"logo{logo.suffix}" if logo else OUR_LOGO
    if logo:
        assets[shown] = _asset(logo.read_bytes())
    sheet = _pictures_named(_style(folder / "css", assets.pop(SYSTEM).content), assets)
    assets[STYLE] = _asset(sheet + _override(theme))

    def asset(version: str, name: str) -> Response:
        found = assets.get(name)
        if found is None or found.version != version:
            abort(404)
        packed = request.accept_encodings["gzip"] > 0
        response = Response(found.packed if packed else found.content, content_type=TYPES[name.rpartition(".")[2]])
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = KEPT
        return response

    grant(asset, Access.MACHINE)
    blueprint = Blueprint("assets", __name__)
    blueprint.add_url_rule("/static/<version>/<name>", "asset", asset)
    app.register_blueprint(blueprint)
    app.jinja_env.globals["logo"] = shown
    app.jinja_env.globals["asset"] = lambda name: f"/static/{assets[name].version}/{name}"


def _style(folder: Traversable, system: bytes) -> bytes:
    """One sheet, so that a page asks for one file: what all is drawn with, the system's components, then ours."""
    parts = sorted((part for part in folder.iterdir() if part.name.endswith(".css")), key=lambda part: part.name)
    first, *ours = (part.read_bytes() for part in parts)
    return b"".join((first, system, *ours))


def _pictures_named(sheet: bytes, assets: Mapping[str, Asset]) -> bytes:
    """The sheet with its pictures under their own addresses."""
    def address(found: re.Match[bytes]) -> bytes:
        name = found.group(1).decode()
        return f'url("/static/{assets[name].version}/{name}")'.encode()
    return re.sub(rb'url\("([\w.-]+)"\)', address, sheet)


def _asset(content: bytes) -> Asset:
    return Asset(content, gzip.compress(content, 9, mtime=0), hashlib.sha256(content).hexdigest()[:16])


def _override(theme: Mapping[str, str] | None) -> bytes:
    if not theme:
        return b""
    return (":root{" + ";".join(f"--{name}:{value}" for name, value in theme.items()) + "}").encode()
