"""The states in which there is much of everything, and words that nobody can break."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ..facts import Facts, share
from ..web.parts import NOBODY, PAYEE
from .agency import Agency
from .reaching import Reach, logged_in, opened, sent

CASES = [f"L{number}" for number in range(12)]
WORD = "Bartholomäusfeuerwehrhauptmannswitwenrentenauszahlungsstellenvorsteheramtsgericht"[:80]
"""80 characters without a break, as a name, an address or an e-mail address may be typed."""
NUMBER = "23STFL00012345-CONSOLIDATED-0"
COURT = f"Superior Court of California, County of Los Angeles, {WORD}"
ANSWER = f"We looked at what you sent us. {WORD} " + "Please send us a copy of both sides of the paper. " * 37
assert len(ANSWER) <= 2000 < len(ANSWER) + 60


def _pays_in_many_cases(facts: Facts) -> None:
    """All of one payment goes to twelve cases."""
    for number, case in enumerate(CASES):
        facts.case(case, [NOBODY], [PAYEE], f"{NUMBER}{number}")
        facts.details(case, *((f"{WORD[:20]}. {child}.", 2010 + child) for child in range(6)),
                      court_case_number=f"{NUMBER}{number}", assistance="former", lcsa="06111")
        facts.obligation(case, 1_234_567)
        facts.debt(case, ("principal", "2026-02-01", 98_765_432), ("interest", None, 12_345_678))
        facts.statement(case, [NOBODY], previous=98_765_432, charges={"CHILD": 1_234_567})
    facts.received("L1", NOBODY, 12 * 1_234_567)
    facts.distributed("L1", NOBODY, *(share(case, 1_234_567) for case in CASES))
    for order in range(5):
        facts.order("L0", f"LO{order}", filed_on=f"202{order}-03-01")


def _has_many_dates(facts: Facts) -> None:
    day = datetime.fromisoformat("2026-11-20T18:00:00+00:00")
    for number in range(12):
        at = (day + timedelta(days=number)).isoformat()
        facts.appointment(f"LA{number}", NOBODY, "L0", at, place=f"{WORD}, Los Angeles", bring=(
            "photo_id", "pay_stubs", "child"), link=f"https://video.example/{WORD}" if number % 2 else None)
        facts.hearing(f"LH{number}", "L1", at, **{f"p{NOBODY}": "in_person"})
    for number in range(12):
        facts.hearing(f"LP{number}", "L1", (day - timedelta(days=60 + number)).isoformat(), "held")
    last = facts.told[-1].data
    facts.tell("cases", "hearing_changed", "hearing-LH0", **last | {
        "hearing_id": "LH0", "status": "set", "starts_at": day.isoformat(), "court": COURT, "department": WORD,
        "court_address": f"{WORD} {WORD}"})


def _is_written_of_at_length(facts: Facts) -> None:
    facts.profile(NOBODY, name=f"{WORD} {WORD}", address=f"{WORD}, {WORD}, CA 90012", phone_mobile="•••-•••-0142",
                  phone_home="•••-•••-0143", phone_work="•••-•••-0144", email=f"{WORD[:60]}@{WORD}.example",
                  employer=f"{WORD} & {WORD}", address_valid=False)
    for number in range(12):
        facts.request(f"CC-LLLL-{2222 + number}", NOBODY, "reschedule" if number % 2 else "contact_update", "L0",
                      status="answered", answer="need_more", said=ANSWER)


def _much(reach: Reach) -> Reach:
    def reach_it(page: Any, agency: Agency) -> None:
        for has in (_pays_in_many_cases, _has_many_dates, _is_written_of_at_length):
            has(agency.facts)
        reach(page, agency)

    return reach_it


OF_MUCH: dict[str, Reach] = {f"{name}_much": _much(reach) for name, reach in {
    "overview": logged_in(NOBODY, "/overview"),
    "cases": logged_in(NOBODY, "/my-cases"),
    "case": logged_in(NOBODY, "/my-cases/L0"),
    "dates": logged_in(NOBODY, "/dates"),
    "dates_confirmed": sent(NOBODY, "/dates", button=".do form button"),
    "another_time_wrong": sent(NOBODY, "/dates/appointments/LA0/another-time", times="", reason=WORD * 12),
    "profile": logged_in(NOBODY, "/my-profile"),
    "update_address": sent(NOBODY, "/my-profile/update/address", line1=WORD, line2=WORD, city=WORD, zip="930"),
    "update_phones": sent(NOBODY, "/my-profile/update/phones", phone_home=WORD[:20]),
    "update_email": sent(NOBODY, "/my-profile/update/email", email=f"{WORD}@{WORD}"),
    "update_employer": sent(NOBODY, "/my-profile/update/employer", employer_name=WORD, employer_phone=WORD[:20]),
    "requests": logged_in(NOBODY, "/my-profile/requests"),
    "other_party": sent(NOBODY, "/my-profile/other-party", names_aliases=WORD, employer=WORD, phone=WORD[:20]),
    "payments_made": opened(NOBODY, "/my-payments/made-by-me"),
    "payments_made_chosen": logged_in(NOBODY, "/my-payments/made-by-me?case=L11"),
    "payments_received": logged_in(PAYEE, "/my-payments/received-for-my-case"),
    "balances": logged_in(NOBODY, "/my-payments/balances"),
    "statements": logged_in(NOBODY, "/my-payments/statements"),
    "statement": logged_in(NOBODY, "/my-payments/statements/L0/2026-10"),
}.items()}
"""Of a customer with twelve cases, as many dates and answers, and names that fill a line of a letter."""
