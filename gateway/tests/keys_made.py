"""Texts whose keys are made while one reads or calls: for each place in the code that makes some, all it can put there.

The values come from the code's own constants, and where other services choose them, from the contracts of those.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, get_args

from gateway.api.problems import PROBLEMS
from gateway.api.reach import Reach
from gateway.catalogue import LANGUAGES
from gateway.phone.asking import TRIES
from gateway.phone.readout import SPOKEN_STATUSES
from gateway.phone.told import PaymentList
from gateway.sessions import Device
from gateway.view import allowed, payor_side, statement_sides
from gateway.view.choosing import Kind
from gateway.view.my_cases import ALLEGED
from gateway.view.my_dates import Appointment, Hearing
from gateway.web import asking
from gateway.web.my_contact import PHONES, SECTIONS
from gateway.web.pages.help import QUESTIONS, TERMS
from gateway.web.pages.home import BENEFITS
from gateway.web.pages.my_profile import PARTS
from gateway.web.pages.policies import COOKIES, LINES

from .web.matrix import ERRORS
from .web.test_stories import FAMILY_STEPS, GONE, HOLDS, PAYOR_STEPS

SERVICES = Path(__file__).parents[2] / "services"
OTHER = "other"


def of_contract(publisher: str, event: str, name: str) -> tuple[str, ...]:
    """What the field `name` of that event can be, wherever it is in it."""
    schema = json.loads((SERVICES / publisher / "contracts" / f"{event}.json").read_text())
    return tuple(value for value in _choices(schema, name) if value is not None)


def _choices(node: Any, name: str) -> list[str | None]:
    if not isinstance(node, dict | list):
        return []
    if isinstance(node, dict) and (of := node.get("properties", {}).get(name)):
        return list(of.get("enum") or of["items"]["enum"])
    return [one for child in (node.values() if isinstance(node, dict) else node) for one in _choices(child, name)]


WORSE_FOR_APPS = ("down", "not_found")
"""Errors of the pages that an app is told in words of its own; `not_accepted` has those of the log-in."""
OWN_PROBLEMS = {*PROBLEMS, *WORSE_FOR_APPS} - ({*ERRORS, "not_accepted"} - {*WORSE_FOR_APPS})
PIN_RULES = ("not_digits", "too_short", "too_long", "repeats", "run", "pattern", "own_number", "too_common", "reused")
"""Those that auth refuses a PIN by (`pin_rules.py` there, and `handlers.py`)."""
KINDS_OF_SUPPORT = ("child", "medical", "spousal", "judgment", "fee")
"""Those of payments (`words.py` there); the contracts leave open what there will be."""
MADE_STATUS = ("received", "held", "applied", "refunded", "reversed")
STANDINGS = (*of_contract("cases", "case_changed.v1", "role"), ALLEGED)
COMMANDS = ("confirm_appointment", "request_reschedule")
ADDRESS_NEEDS = ("line1", "city", "state", "zip")
BY_HAND = {*ERRORS, *MADE_STATUS, *COMMANDS, *ADDRESS_NEEDS}
"""What no constant of ours holds; a test holds that the code has these words."""
LISTS: tuple[str, ...] = get_args(Kind)
DATES = (Hearing.kind, Appointment.kind)
SENT_STATUS = of_contract("payments", "disbursement_issued.v2", "status")
SENT_METHOD = of_contract("payments", "disbursement_issued.v2", "method")

MADE: Mapping[str, Collection[str | tuple[str, ...]]] = {
    "api.docs.reach.*": [reach.value for reach in Reach],
    **dict.fromkeys(("api.problem.*.title", "api.problem.*.detail"), OWN_PROBLEMS),
    "away.*": ("auth",),
    "change_pin.weak.*": PIN_RULES,
    **dict.fromkeys(("dates.*.off", "dates.*.type", "dates.*.status"), DATES),
    **dict.fromkeys(("dates.done.*.seen", "dates.done.*.received"), COMMANDS),
    **dict.fromkeys(("error.*.title", "error.*.text", "error.*.do"), ERRORS),
    **dict.fromkeys(("chart.left_out.*", "files.name.*", "payments.*.title", "payments.*.intro",
                     "payments.*.empty.title", "payments.*.empty.text"), LISTS),
    "filters.*": asking.FILTERS, "filters.*.any": ("case", "how"), "filters.*.wrong": ("from", "to"),
    **dict.fromkeys(("help.q.*.ask", "help.q.*.answer"), QUESTIONS),
    **dict.fromkeys(("help.term.*", "help.term.*.means"), TERMS),
    "home.benefits.*": BENEFITS,
    "made.*": ("source", "method"),
    "overview.pin.*": (*allowed.CHANNELS, OTHER),
    "privacy.cookies.*": {word for _, *words in COOKIES for word in words},
    "profile.*": PHONES, "profile.language.*": LANGUAGES, "profile.part.*": PARTS,
    "safety.line.*": [name for name, _ in LINES],
    "update.heading.*": SECTIONS, "update.missing.*": ADDRESS_NEEDS,
    "where.device.*": get_args(Device),
}
"""What stands for the hole of a pattern that the code writes: a whole key, or the beginning of those below."""

SAID: Mapping[str, Collection[str]] = {
    "balances.role": (*of_contract("cases", "case_changed.v1", "role"), ALLEGED),
    **{f"dates.{kind}.{what}": of_contract("cases", f"{kind}_changed.v1", what)
       for kind in DATES for what in ("type", "status")},
    "dates.attend": of_contract("cases", "hearing_changed.v1", "mode"),
    "dates.bring": of_contract("cases", "appointment_changed.v1", "bring"),
    "kind": KINDS_OF_SUPPORT,
    "made.debt": ("current", "arrears", "arrears.many", "interest", "future"),
    "made.held": payor_side.WAITING, "made.reversed": payor_side.REVERSALS,
    "made.method": asking.METHODS, "made.source": asking.SOURCES,
    "made.status": MADE_STATUS, "made.step": PAYOR_STEPS,
    "my_case.assistance": of_contract("cases", "case_details_changed.v1", "assistance"),
    "my_case.insurance": of_contract("cases", "order_recorded.v1", "health_insurance"),
    "my_case.order": of_contract("cases", "order_recorded.v1", "type"),
    **dict.fromkeys(("my_case.status", "my_case.status_means"),
                    of_contract("cases", "case_details_changed.v1", "status")),
    **dict.fromkeys(("my_case.step", "my_case.step_means"),
                    of_contract("cases", "case_details_changed.v1", "function")),
    "overview.by": SENT_METHOD,
    "overview.made": ("received", "held", "refunded", "applied", "applied.part",
                      *(f"reversed.{reason}" for reason in (*payor_side.REVERSALS, OTHER))),
    "overview.sent": SENT_STATUS, "overview.unapplied": ("received", "held", "refunded"),
    "payments.terms.sent": SENT_STATUS,
    "received.step": FAMILY_STEPS, "received.went": GONE | HOLDS,
    "requests.answer": of_contract("cases", "request_changed.v1", "answer"),
    "requests.kind": of_contract("cases", "request_changed.v1", "kind"),
    "requests.status": of_contract("cases", "request_changed.v1", "status"),
    "sent.method": SENT_METHOD, "sent.status": SENT_STATUS, "sent.part": allowed.PARTS,
    "statements.reason": statement_sides.REASONS,
}
"""By the beginning that `said` and its like are given: every code that may come, beside `other`, which each has."""

ON_THE_PHONE: Mapping[str, Collection[str | tuple[str, ...]]] = {
    "balance.*": STANDINGS,
    "cases.*": STANDINGS,
    "dates.*": [f"{what}.{kind}" for what, event in (
        ("hearing", "hearing_changed.v1"), ("appointment", "appointment_changed.v1"))
        for kind in (*of_contract("cases", event, "type"), OTHER)],
    "weekday.*": [str(day) for day in range(7)],
    "payments.*.*": [(listing, place) for listing in get_args(PaymentList) for place in ("latest", "next")],
    "payments.row.*": SPOKEN_STATUSES,
    "trouble.*.*": [(how, str(time + 1)) for how in ("silence", "no_match") for time in range(TRIES)],
}
