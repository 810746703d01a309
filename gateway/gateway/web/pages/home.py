"""Home: what this is, what one needs to begin, and the numbers to call."""

from flask import render_template

from gateway.web.access import Access, Pages

pages = Pages("home", __name__)
BENEFITS = ("anytime", "pin", "information", "payments", "cases", "dates", "languages", "phone")
"""The six of the brochure in its order, and two of this portal."""


@pages.page("/", Access.PUBLIC)
def show() -> str:
    return render_template("home.html", benefits=BENEFITS)
