"""A macro of the portal's by itself, as a page in that language would have it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, g, render_template_string
from lxml import html

from gateway.web.portal import Visitor as Reader

from .wiring import faults

Render = Callable[..., html.HtmlElement]
IMPORT = ('{% import "parts.html" as parts with context %}'
          '{% import "fields.html" as fields with context %}')


@pytest.fixture
def render(app: Flask) -> Render:
    """A piece of a template, as a page in that language would have it."""

    def render_piece(piece: str, language: str = "en", **values: object) -> html.HtmlElement:
        with app.test_request_context("/"):
            g.visitor = Reader(language)  # type: ignore[arg-type]
            source = render_template_string(f"{IMPORT}<div>{piece}</div>", **values)
        assert faults(source) == []
        found: html.HtmlElement = html.fromstring(source)
        return found

    return render_piece
