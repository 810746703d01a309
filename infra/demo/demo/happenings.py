"""What happens beside payments: money is found to be somebody's, a payout waits, a family agrees to pay back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from demo.caseload import Case
from demo.chance import chance, weighted
from demo.months import months_between
from demo.paying import Receipt
from demo.workdays import at_or_after


@dataclass(frozen=True)
class Identification:
    """Whose a receipt is, that nobody could place."""

    receipt: Receipt
    payor_id: str
    case_id: str
    on: date


@dataclass(frozen=True)
class Hold:
    """Payouts of a case wait from a day on, or (`what` is resume) no longer."""

    source_id: str
    case_id: str
    what: str
    reason: str
    on: date


@dataclass(frozen=True)
class Consent:
    """A family signed that a part of later payments may be kept for what it was paid too much."""

    source_id: str
    case_id: str
    on: date


def identifications(receipts: Iterable[Receipt], cases: Sequence[Case], until: date) -> Iterator[Identification]:
    """Of half of them, two to six weeks later."""
    open_cases = [case for case in cases if not case.closed_on]
    for receipt in receipts:
        rng = chance("identified", receipt.source_id)
        case = rng.choice(open_cases)
        on = at_or_after(receipt.posted_on + timedelta(days=rng.randrange(14, 42)))
        if not receipt.payor_id and rng.random() < 0.5 and on <= until:
            yield Identification(receipt, case.payor_id, case.case_id, on)


def holds(cases: Sequence[Case], since: date, until: date) -> Iterator[Hold]:
    """Every other month one, for five to ten weeks."""
    open_cases = [case for case in cases if not case.closed_on]
    for month in months_between(since, until):
        rng = chance("hold", month)
        case, reason = rng.choice(open_cases), weighted(rng, [("dispute", 0.7), ("payee_unknown", 0.3)])
        begun = at_or_after(month + timedelta(days=rng.randrange(20)))
        ended = at_or_after(begun + timedelta(days=rng.randrange(35, 70)))
        if rng.random() < 0.5 and begun <= until:
            yield Hold(f"H{month:%y%m}", case.case_id, "hold", reason, begun)
            if ended <= until:
                yield Hold(f"R{month:%y%m}", case.case_id, "resume", reason, ended)


def consents(receipts: Iterable[Receipt], until: date) -> Iterator[Consent]:
    """By two of three families whose payor's check came back after they had been paid."""
    for receipt in receipts:
        rng = chance("consent", receipt.source_id)
        if receipt.returned_on and receipt.came_back_late and rng.random() < 0.66:
            on = at_or_after(receipt.returned_on + timedelta(days=rng.randrange(10, 30)))
            if on <= until:
                yield Consent(f"C{receipt.source_id}", receipt.case_id, on)
