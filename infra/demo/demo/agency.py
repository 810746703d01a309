"""The whole synthetic agency on a given day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from demo.caseload import EPOCH, Case, make_cases
from demo.paying import Receipt, habit_of, receipts_of, unattributed
from demo.people import Participant, make_participants
from demo.sending import Disbursement, sent_for

PARTICIPANTS = 320
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
    participants: list[Participant]
    cases: list[Case]
    receipts: list[Receipt]
    disbursements: list[Disbursement]


def build(as_of: date, participants: int = PARTICIPANTS) -> Agency:
    """People and cases are the same for every day; receipts are those of the two years up to `as_of`.

    Raises ValueError for a day before the first one the agency can be asked about.
    """
    if as_of < EPOCH:
        raise ValueError(f"the synthetic agency can be written for {EPOCH} and later days")
    people = make_participants(participants)
    cases = make_cases(people)
    since = as_of - HISTORY
    pairs = [(receipt, case) for case in cases for receipt in receipts_of(case, since, as_of)]
    receipts = [receipt for receipt, _ in pairs] + list(unattributed(_in_most_cases(cases), since, as_of))
    sent = [found for receipt, case in pairs if (found := sent_for(receipt, case, as_of))]
    return Agency(people, cases, sorted(receipts, key=lambda r: (r.posted_on, r.source_id)),
                  sorted(sent, key=lambda d: (d.issued_on, d.source_id)))


def logins(agency: Agency) -> list[Login]:
    """A payor in English, a payee in Spanish, and one who is both; each with much to see."""
    made = Counter(r.payor_id for r in agency.receipts)
    sent = Counter(d.payee_id for d in agency.disbursements)
    reachable = [p for p in agency.participants if p.address_valid and p.ssn]
    payors = {c.payor_id for c in agency.cases if habit_of(c.payor_id) != "nothing"}
    payees = {c.payee_id for c in agency.cases}

    def login(key: str, roles: tuple[str, ...], language: str | None, seen: Counter[str], wanted: set[str]) -> Login:
        who = max((p for p in reachable if p.participant_id in wanted and language in (None, p.language)),
                  key=lambda p: (seen[p.participant_id], p.participant_id))
        return Login(key, who.participant_id, who.language, roles)

    least = Counter({p: min(made[p], sent[p]) for p in payors & payees})
    return [login("payor_en", ("payor",), "en", made, payors - payees),
            login("payee_es", ("payee",), "es", sent, payees - payors),
            login("both", ("payor", "payee"), None, least, payors & payees)]


def _in_most_cases(cases: list[Case]) -> str:
    counts = Counter(case.payor_id for case in cases)
    return max(counts, key=lambda payor: (counts[payor], payor))
