"""Logging out, and the quick exit for who must not be seen here."""

from contextlib import suppress

from flask import make_response, redirect, render_template, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as AnyResponse

from gateway.web import cookies
from gateway.web.access import Access, Pages
from gateway.web.portal import portal
from gateway.web.visits import end_session

pages = Pages("leaving", __name__)
EMPTY_CACHE = '"cache"'


@pages.page("/log-out", Access.PUBLIC, "POST")
def log_out() -> AnyResponse:
    end_session()
    response = redirect(url_for("leaving.logged_out"), 303)
    response.headers["Clear-Site-Data"] = EMPTY_CACHE
    return response


@pages.page("/logged-out", Access.PUBLIC)
def logged_out() -> str:
    return render_template("logged_out.html")


@pages.page("/leave", Access.PUBLIC)
def leave() -> AnyResponse:
    """Away at once, logged out. A link, for a form may not lead to another site; it can do no more than end things.

    Whatever happens, the visitor gets away.
    """
    response = make_response(redirect(portal().settings.QUICK_EXIT_URL, 303))
    if request.headers.get("Sec-Fetch-Site") != "cross-site":
        with suppress(SQLAlchemyError):
            end_session()
        cookies.leave(response)
        response.headers["Clear-Site-Data"] = EMPTY_CACHE
    return response
