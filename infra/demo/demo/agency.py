"""The whole synthetic agency on a given day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from demo.caseload import EPOCH, Case, make_cases
from demo.families import AidLine, aid_lines, aid_of
from demo.habits import habit_of
from demo.happenings import Consent, Hold, Identification, consents, holds, identifications
from demo.months import month_of
from demo.orders import Judgment, Order, judgment_of, orders_of
from demo.paying import Receipt, receipts_of, unattributed
from demo.people import Participant, make_participants

PARTICIPANTS = 240
HISTORY = timedelta(days=730)


@dataclass(frozen=True)
class Login:
    """Somebody to show the system with; their address is valid, so a PIN letter reaches them."""

    key: str
    participant_id: str
    language: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Agency:
    """What it knows from `since` to `until`; lists are in the order of their days."""

    since: date
    until: date
    participants: list[Participant]
    cases: list[Case]
    orders: list[Order]
    judgments: list[Judgment]
    aid: list[AidLine]
    receipts: list[Receipt]
    identifications: list[Identification]
    holds: list[Hold]
    consents: list[Consent]


def build(as_of: date, participants: int = PARTICIPANTS) -> Agency:
    """People and cases are the same for every day; the money is that of the two years up to `as_of`, from the first of
    a month on.

    Raises ValueError for a day before the first one the agency can be asked about.
    """
    if as_of < EPOCH:
        raise ValueError(f"the synthetic agency can be written for {EPOCH} and later days")
    people = make_participants(participants)
    cases, since = make_cases(people), month_of(as_of - HISTORY)
    receipts = [receipt for case in cases for receipt in receipts_of(case, since, as_of)]
    receipts += unattributed(_in_most_cases(cases), since, as_of)
    receipts.sort(key=lambda r: (r.posted_on, r.source_id))
    return Agency(since, as_of, people, cases, *_debts(cases, since, as_of), receipts,
                  sorted(identifications(receipts, cases, as_of), key=lambda i: (i.on, i.receipt.source_id)),
                  sorted(holds(cases, since, as_of), key=lambda h: (h.on, h.source_id)),
                  sorted(consents(receipts, as_of), key=lambda c: (c.on, c.source_id)))


def _debts(cases: list[Case], since: date, until: date) -> tuple[list[Order], list[Judgment], list[AidLine]]:
    families = Counter(case.payee_id for case in cases)
    orders = [order for case in cases for order in orders_of(case, since, until)]
    judgments = [found for case in cases if (found := judgment_of(case)) and found.due_on <= until]
    aid = [line for case in cases for line in aid_lines(case, families[case.payee_id], until)]
    return orders, judgments, aid


def logins(agency: Agency) -> list[Login]:
    """A payor in English, a payee in Spanish, and one who is both; each with much to see."""
    made = Counter(r.payor_id for r in agency.receipts)
    payee_of = {case.case_id: case.payee_id for case in agency.cases}
    sent = Counter(payee_of[r.case_id] for r in agency.receipts if r.case_id)
    reachable = [p for p in agency.participants if p.address_valid and p.ssn]
    payors = {c.payor_id for c in agency.cases if habit_of(c.payor_id) != "nothing"}
    payees = {c.payee_id for c in agency.cases if not (aid := aid_of(c.payee_id)) or aid.ended_on}

    def login(key: str, roles: tuple[str, ...], language: str | None, seen: Counter[str], wanted: set[str]) -> Login:
        who = max((p for p in reachable if p.participant_id in wanted and language in (None, p.language)),
                  key=lambda p: (seen[p.participant_id], p.participant_id))
        return Login(key, who.participant_id, who.language, roles)

    least = Counter({p: min(made[p], sent[p]) for p in payors & payees})
    return [login("payor_en", ("payor",), "en", made, payors - {c.payee_id for c in agency.cases}),
            login("payee_es", ("payee",), "es", sent, payees - payors),
            login("both", ("payor", "payee"), None, least, payors & payees)]


def _in_most_cases(cases: list[Case]) -> str:
    counts = Counter(case.payor_id for case in cases)
    return max(counts, key=lambda payor: (counts[payor], payor))
