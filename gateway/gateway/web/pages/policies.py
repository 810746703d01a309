"""What people may count on: their privacy, that the site works for everybody, and help for who is in danger."""

from flask import render_template

from gateway.web import cookies
from gateway.web.access import Access, Pages

pages = Pages("policies", __name__)
LINES = (("violence", "1-800-799-7233"), ("violence_tty", "1-800-787-3224"), ("violence_text", "88788"),
         ("assault", "1-800-656-4673"), ("child", "1-800-422-4453"), ("crisis", "988"))
"""National lines of the United States; the agency's own settings do not change them."""
COOKIES = ((cookies.SESSION, "session", "until_logout"), (cookies.VISIT, "visit", "until_closed"),
           (cookies.LANGUAGE, "language", "until_year"), (cookies.DRAFT, "draft", "until_day"),
           (cookies.LEFT, "left", "until_back"))


@pages.page("/privacy", Access.PUBLIC)
def privacy() -> str:
    return render_template("privacy.html", cookies=COOKIES, name_of=cookies.name_of)


@pages.page("/accessibility", Access.PUBLIC)
def accessibility() -> str:
    return render_template("accessibility.html")


@pages.page("/safety", Access.PUBLIC)
def safety() -> str:
    return render_template("safety.html", lines=LINES)
