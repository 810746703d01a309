"""The states of cases, dates, the profile and what is reported."""

from __future__ import annotations

from ..web.parts import BOTH, NOBODY, PAYEE, PAYOR
from .reaching import Reach, logged_in, sent, too_many_today

OF_CASES: dict[str, Reach] = {
    "cases": logged_in(BOTH, "/my-cases"),
    "cases_empty": logged_in(NOBODY, "/my-cases"),
    "case_payor": logged_in(BOTH, "/my-cases/C1"),
    "case_payee": logged_in(PAYEE, "/my-cases/C1"),
    "case_closed": logged_in(PAYOR, "/my-cases/C3"),
    "dates": logged_in(BOTH, "/dates"),
    "dates_payee": logged_in(PAYEE, "/dates"),
    "dates_cancelled": logged_in(PAYOR, "/dates"),
    "dates_empty": logged_in(NOBODY, "/dates"),
    "dates_confirmed": sent(BOTH, "/dates", button=".do form button"),
    "another_time": logged_in(BOTH, "/dates/appointments/A1/another-time"),
    "another_time_wrong": sent(BOTH, "/dates/appointments/A1/another-time", reason="x"),
    "another_time_asked": sent(BOTH, "/dates/appointments/A1/another-time", times="Mondays"),
    "profile": logged_in(BOTH, "/my-profile"),
    "profile_bad_address": logged_in(PAYOR, "/my-profile"),
    "profile_empty": logged_in(NOBODY, "/my-profile"),
    "update_address": logged_in(BOTH, "/my-profile/update/address"),
    "update_address_wrong": sent(BOTH, "/my-profile/update/address", city="Oxnard", state="XX", zip="930"),
    "update_phones": logged_in(BOTH, "/my-profile/update/phones"),
    "update_email_wrong": sent(BOTH, "/my-profile/update/email", email="x@y.example", remove_email="on"),
    "update_employer": logged_in(BOTH, "/my-profile/update/employer"),
    "update_preferences": logged_in(BOTH, "/my-profile/update/preferences"),
    "update_done": sent(BOTH, "/my-profile/update/phones", phone_home="805 555 0142"),
    "changes_too_many_today": too_many_today("/my-profile/update/email", email="x@mail.example"),
    "reports_too_many_today": too_many_today("/my-profile/other-party", employer="Acme"),
    "requests": logged_in(BOTH, "/my-profile/requests"),
    "requests_empty": logged_in(NOBODY, "/my-profile/requests"),
    "other_party": logged_in(BOTH, "/my-profile/other-party"),
    "other_party_one_case": logged_in(PAYEE, "/my-profile/other-party"),
    "other_party_wrong": sent(BOTH, "/my-profile/other-party", ssn="900-00", birth_month="13", phone="12"),
    "other_party_done": sent(PAYEE, "/my-profile/other-party", employer="Acme", ssn="900 12 3456"),
}
