"""The pages of the portal, one module each."""

from gateway.web.pages import change_pin, home, leaving, log_in, my_payments, overview, payment_files, request_pin

PAGES = (home.pages, log_in.pages, change_pin.pages, request_pin.pages, overview.pages,
         my_payments.pages, payment_files.pages, leaving.pages)
