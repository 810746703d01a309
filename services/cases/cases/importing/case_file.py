"""The agency's file of cases: each line is the whole of what is on file of one, with its parties."""

from __future__ import annotations

from collections.abc import Sequence

from cases.domain.case import Dependents, RecordCase, case
from cases.importing.batches import Take, decide_lines
from cases.importing.columns import UNSAID, MayBeEmpty, Newer, NewerStated, said
from cases.importing.dependents import NOBODY, Guardian, dependents
from cases.index import known_dependents, on_file, store_cases
from cases.protection import protected_among
from cases.shown_events import ASSISTANCE, CASE_STATUSES, FUNCTIONS
from eventkit.unit import Unit
from feedkit.columns import digits, iso_date, list_of, one_of, text
from feedkit.feed import Answer, Column, Line, Refused

COLUMNS = (
    Column("case_id", digits(6, 20)),
    Column("county", digits(5, 5)),
    MayBeEmpty("court_case_number", text(60)),
    Column("status", one_of(*CASE_STATUSES)),
    Column("opened_on", iso_date),
    MayBeEmpty("payor_ids", list_of(digits(10, 15))),
    MayBeEmpty("payee_ids", list_of(digits(10, 15))),
    NewerStated("function", one_of(*FUNCTIONS)),
    NewerStated("assistance", one_of(*ASSISTANCE)),
    Newer("lcsa", digits(5, 5)),
    Newer("closed_on", iso_date),
    Newer("dependents", dependents),
)
MAY_BE_UNSAID = ("function", "assistance", "lcsa", "closed_on")
REFUSALS = {
    "no_parties": Refused("payor_ids", "is empty, and so is payee_ids", "name at least one participant"),
    "in_both_roles": Refused("payee_ids", "names somebody who is in payor_ids too", "give each person one role"),
    "opened_in_the_future": Refused("opened_on", "is after today", "send the case once it is opened"),
    "pending_again": Refused("status", "is pending, though the case was open before", "leave out a line that is old"),
    "not_closed": Refused("closed_on", "is given, though the case is not closed", "leave it empty, or close the case"),
    "closed_when_it_cannot_be": Refused("closed_on", "is after today, or before the case was opened",
                                        "give the day the case was closed"),
}
UNKNOWN = ("names a participant who is not on file", "import the participant first, then this line again")


def taking(guardian: Guardian) -> Take:
    """Lines of cases into decisions and the index."""

    def take(unit: Unit, lines: Sequence[Line]) -> Sequence[Answer]:
        wrong = _with_unknown_people(unit, lines)
        return decide_lines(unit, case, lines, wrong, lambda good: _commands(unit, guardian, good), store_cases,
                            REFUSALS)

    return take


def _with_unknown_people(unit: Unit, lines: Sequence[Line]) -> dict[int, Refused]:
    known = on_file(unit.conn, [who for line in lines for who in (*_payors(line), *_payees(line))])
    wrong = {}
    for line in lines:
        for column, named in (("payee_ids", _payees(line)), ("payor_ids", _payors(line))):
            if not known.issuperset(named):
                wrong[line.number] = Refused(column, *UNKNOWN)
    return wrong


def _commands(unit: Unit, guardian: Guardian, lines: Sequence[Line]) -> list[tuple[str, RecordCase]]:
    """Events are read before the table: what is taken over from it is then never older than they are."""
    ids = [line.values["case_id"] for line in lines]
    protected = protected_among(unit.conn, [who for line in lines for who in (*_payors(line), *_payees(line))])
    unit.preload(case, ids)
    known = known_dependents(unit.conn, ids)
    return [(case_id, _command(unit, line, _dependents(guardian, line, known.get(case_id)), protected))
            for case_id, line in zip(ids, lines, strict=True)]


def _dependents(guardian: Guardian, line: Line, known: Dependents | None) -> Dependents | None:
    """A file without that column leaves them as they are; a case that is told in full has at least an empty list."""
    told = line.values["dependents"]
    if told is UNSAID and (known or line.values["function"] is UNSAID):
        return known
    return guardian.protect(line.values["case_id"], said(told) or NOBODY, known)


def _command(unit: Unit, line: Line, children: Dependents | None, protected: set[str]) -> RecordCase:
    values = line.values
    return RecordCase(
        case_id=values["case_id"],
        county=values["county"],
        court_case_number=values["court_case_number"],
        status=values["status"],
        opened_on=values["opened_on"],
        payors=_payors(line),
        payees=_payees(line),
        today=unit.now.date(),
        **{field: said(values[field]) for field in MAY_BE_UNSAID},
        dependents=children,
        party_protected=not protected.isdisjoint((*_payors(line), *_payees(line))),
        unsaid=frozenset(field for field in MAY_BE_UNSAID if values[field] is UNSAID),
    )


def _payors(line: Line) -> tuple[str, ...]:
    return line.values["payor_ids"] or ()


def _payees(line: Line) -> tuple[str, ...]:
    return line.values["payee_ids"] or ()
