"""Help: questions people ask, the words we use, and how to reach us."""

from flask import render_template

from gateway.web.access import Access, Pages

pages = Pages("help", __name__)
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
