"""The agency's file of cases: each line is the whole of what is on file of one, with its parties."""

from __future__ import annotations

from collections.abc import Sequence

from cases.domain.case import RecordCase, case
from cases.importing.batches import answer
from cases.importing.columns import MayBeEmpty
from cases.index import on_file, store_cases
from eventkit.decider import Rejected
from eventkit.unit import Unit
from feedkit.columns import digits, iso_date, list_of, one_of, text
from feedkit.feed import Answer, Column, Line, Refused

COLUMNS = (
    Column("case_id", digits(6, 20)),
    Column("county", digits(5, 5)),
    MayBeEmpty("court_case_number", text(60)),
    Column("status", one_of("open", "closed")),
    Column("opened_on", iso_date),
    MayBeEmpty("payor_ids", list_of(digits(10, 15))),
    MayBeEmpty("payee_ids", list_of(digits(10, 15))),
)
REFUSALS = {
    "no_parties": Refused("payor_ids", "is empty, and so is payee_ids", "name at least one participant"),
    "in_both_roles": Refused("payee_ids", "names somebody who is in payor_ids too", "give each person one role"),
    "opened_in_the_future": Refused("opened_on", "is after today", "send the case once it is opened"),
}
UNKNOWN = ("names a participant who is not on file", "import the participant first, then this line again")


def take(unit: Unit, lines: Sequence[Line]) -> Sequence[Answer]:
    """Lines of cases into decisions and the index."""
    wrong = _with_unknown_people(unit, lines)
    good = [line for line in lines if line.number not in wrong]
    outcomes = unit.decide_many(case, [(line.values["case_id"], _command(unit, line)) for line in good])
    decided = list(zip(good, outcomes, strict=True))
    store_cases(unit.conn, {
        line.values["case_id"]: (outcome.version, outcome.state.details)
        for line, outcome in decided if not isinstance(outcome, Rejected) and outcome.events})
    answers = {line.number: answer(outcome, REFUSALS) for line, outcome in decided}
    return [wrong.get(line.number) or answers[line.number] for line in lines]


def _with_unknown_people(unit: Unit, lines: Sequence[Line]) -> dict[int, Refused]:
    known = on_file(unit.conn, [who for line in lines for who in (*_payors(line), *_payees(line))])
    wrong = {}
    for line in lines:
        for column, named in (("payee_ids", _payees(line)), ("payor_ids", _payors(line))):
            if not known.issuperset(named):
                wrong[line.number] = Refused(column, *UNKNOWN)
    return wrong


def _command(unit: Unit, line: Line) -> RecordCase:
    return RecordCase(
        case_id=line.values["case_id"],
        county=line.values["county"],
        court_case_number=line.values["court_case_number"],
        status=line.values["status"],
        opened_on=line.values["opened_on"],
        payors=_payors(line),
        payees=_payees(line),
        today=unit.now.date(),
    )


def _payors(line: Line) -> tuple[str, ...]:
    return line.values["payor_ids"] or ()


def _payees(line: Line) -> tuple[str, ...]:
    return line.values["payee_ids"] or ()
