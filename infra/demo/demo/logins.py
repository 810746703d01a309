"""Who to show the system with: a payor in English, a payee in Spanish, and one who is both; each with much to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from demo.caseload import Case
from demo.families import aid_of
from demo.habits import habit_of
from demo.paying import Receipt
from demo.people import Participant


@dataclass(frozen=True)
class Login:
    """Somebody to show the system with; their address is valid, so a PIN letter reaches them."""

    key: str
    participant_id: str
    language: str
    roles: tuple[str, ...]


def logins(people: Sequence[Participant], cases: Sequence[Case], receipts: Sequence[Receipt]) -> list[Login]:
    made = Counter(r.payor_id for r in receipts)
    payee_of = {case.case_id: case.payee_id for case in cases}
    sent = Counter(payee_of[r.case_id] for r in receipts if r.case_id)
    reachable = [p for p in people if p.address_valid and p.ssn]
    payors = {c.payor_id for c in cases if habit_of(c.payor_id) != "nothing"}
    payees = {c.payee_id for c in cases if not (aid := aid_of(c.payee_id)) or aid.ended_on}

    def login(key: str, roles: tuple[str, ...], language: str | None, seen: Counter[str], wanted: set[str]) -> Login:
        who = max((p for p in reachable if p.participant_id in wanted and language in (None, p.language)),
                  key=lambda p: (seen[p.participant_id], p.participant_id))
        return Login(key, who.participant_id, who.language, roles)

    least = Counter({p: min(made[p], sent[p]) for p in payors & payees})
    return [login("payor_en", ("payor",), "en", made, payors - {c.payee_id for c in cases}),
            login("payee_es", ("payee",), "es", sent, payees - payors),
            login("both", ("payor", "payee"), None, least, payors & payees)]
