"""The pages of the portal, one module each."""

from gateway.web.pages import (
    change_pin,
    help,
    home,
    leaving,
    log_in,
    my_payments,
    own_pin,
    policies,
    request_pin,
    session,
)

PAGES = (
    home.pages, log_in.pages, change_pin.pages, request_pin.pages, my_payments.pages, own_pin.pages, session.pages,
    help.pages, policies.pages, leaving.pages,
)
