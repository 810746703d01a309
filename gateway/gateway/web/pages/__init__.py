"""The pages of the portal, one module each."""

from gateway.api import docs
from gateway.web.pages import change_pin, home, leaving, log_in, my_payments, request_pin

PAGES = (home.pages, log_in.pages, change_pin.pages, request_pin.pages, my_payments.pages, leaving.pages, docs.pages)
