"""Whether what a line names is on file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from cases.index import cases_on_file, on_file
from eventkit.unit import Unit
from feedkit.feed import Line, Refused

NO_CASE = ("names a case that is not on file", "import the case first, then this line again")
NO_PARTICIPANT = ("names a participant who is not on file", "import the participant first, then this line again")

People = Callable[[Line], Collection[str]]


def not_on_file(unit: Unit, lines: Sequence[Line], people: People, column: str) -> dict[int, Refused]:
    """Lines whose case, or one of whose `people` (named in `column`), is not on file."""
    cases = cases_on_file(unit.conn, [line.values["case_id"] for line in lines if line.values["case_id"]])
    known = on_file(unit.conn, [who for line in lines for who in people(line)])
    wrong = {}
    for line in lines:
        if line.values["case_id"] and line.values["case_id"] not in cases:
            wrong[line.number] = Refused("case_id", *NO_CASE)
        elif not known.issuperset(people(line)):
            wrong[line.number] = Refused(column, *NO_PARTICIPANT)
    return wrong
