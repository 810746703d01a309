"""The pages of the portal, one module each."""

from gateway.api import docs
from gateway.web.pages import (
    change_pin,
    dates,
    help,
    home,
    leaving,
    log_in,
    my_cases,
    my_information,
    my_payments,
    my_profile,
    other_party,
    overview,
    own_pin,
    payment_files,
    policies,
    request_pin,
    session,
    statements,
)

PAGES = (home.pages, log_in.pages, change_pin.pages, request_pin.pages, overview.pages, my_payments.pages,
         payment_files.pages, statements.pages, my_cases.pages, dates.pages, my_profile.pages, my_information.pages,
         other_party.pages, own_pin.pages, session.pages, help.pages, policies.pages, docs.pages, leaving.pages)
