"""The pages of the portal, one module each."""

from gateway.api import docs
from gateway.web.pages import (
    change_pin,
    dates,
    home,
    leaving,
    log_in,
    my_cases,
    my_information,
    my_payments,
    my_profile,
    other_party,
    request_pin,
)

PAGES = (home.pages, log_in.pages, change_pin.pages, request_pin.pages, my_payments.pages, my_cases.pages, dates.pages,
         my_profile.pages, my_information.pages, other_party.pages, leaving.pages, docs.pages)
