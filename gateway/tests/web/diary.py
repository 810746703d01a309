"""A page of the tests' own: a form with a text that may be kept, and a PIN that may not."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template_string, request
from werkzeug.wrappers import Response as AnyResponse

from gateway.web import keeping
from gateway.web.access import Access, Pages

pages = Pages("diary", __name__)
FORM = """{% extends "base.html" %}{% block title %}PIN{% endblock %}
{% block main %}<h1>PIN</h1>
<form class="card" method="post" action="/diary" data-keeps="{{ keeps("diary.write") }}">{{ parts.token() }}
<label for="text">PIN</label><textarea id="text" name="text">{{ typed.text }}</textarea>
<label for="secret">PIN</label><input id="secret" name="secret" value="{{ typed.secret }}">
<button>PIN</button></form>{% endblock %}"""


@pages.page("/diary", Access.SESSION)
def form() -> Response:
    return make_response(render_template_string(FORM, typed=keeping.typed()))


@pages.page("/diary", Access.SESSION, "POST", keeps=("text",))
def write() -> AnyResponse:
    keeping.done()
    return redirect(f"/diary?wrote={len(request.form['text'])}", 303)
