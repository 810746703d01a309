"""Help: questions people ask, the words we use, and how to reach us and the local offices."""

from flask import render_template, request

from gateway.web.access import Access, Pages
from gateway.web.portal import portal, visitor

pages = Pages("help", __name__)
LONGEST_COUNTY = 60
QUESTIONS = ("less", "when", "month", "wrong", "pin", "locked", "reach", "other")
"""What people ask an agency most, the most frequent first."""
TERMS = ("participant_id", "pin", "current_support", "past_due", "interest", "withholding", "sdu", "hold",
         "pass_through", "adjustment", "lcsa", "hearing", "parentage", "facilitator")


@pages.page("/help", Access.PUBLIC)
def show() -> str:
    return render_template("help.html", questions=QUESTIONS, terms=TERMS)


@pages.page("/contact", Access.PUBLIC)
def contact() -> str:
    return render_template("contact.html")


@pages.page("/offices", Access.PUBLIC)
def offices() -> str:
    county = request.args.get("county", "").strip()[:LONGEST_COUNTY]
    language = visitor().language
    return render_template("offices.html", county=county, language=language,
                           offices=portal().offices.named(county, language))
