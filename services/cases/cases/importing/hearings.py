"""The agency's file of hearings: each line is the whole of what is on file of one."""

from __future__ import annotations

from collections.abc import Sequence

from cases.dates_index import store_hearings
from cases.domain.hearing import Attendance, Details, RecordHearing, hearing
from cases.importing.batches import decide_lines
from cases.importing.columns import MayBeEmpty, identifier, local_time, minutes
from cases.importing.references import not_on_file
from cases.importing.refusals import ANOTHER_CASE, STATUS_CANNOT_FOLLOW, SUPERSEDED
from cases.shown_events import ATTENDANCE, HEARING_STATUSES, HEARING_TYPES
from eventkit.unit import Unit
from feedkit.columns import Unusable, digits, list_of, one_of, text
from feedkit.feed import Answer, Column, Line, Refused

_participant, _mode = digits(10, 15), one_of(*ATTENDANCE)


def attends(part: str) -> Attendance:
    """`<participant id>:remote`."""
    who, colon, mode = part.partition(":")
    if not colon:
        raise Unusable("is not a list of participants and how they attend", "write 0123456789:remote; ...")
    return Attendance(_participant(who.strip()), _mode(mode.strip()))


COLUMNS = (
    Column("hearing_id", identifier),
    Column("case_id", digits(6, 20)),
    Column("type", one_of(*HEARING_TYPES)),
    Column("status", one_of(*HEARING_STATUSES)),
    Column("starts_at", local_time),
    Column("minutes", minutes),
    Column("court", text(120)),
    MayBeEmpty("department", text(60)),
    Column("court_address", text(200)),
    MayBeEmpty("attendance", list_of(attends)),
)
REFUSALS = {
    "superseded": SUPERSEDED,
    "another_case": ANOTHER_CASE,
    "status_cannot_follow": STATUS_CANNOT_FOLLOW,
    "named_twice": Refused("attendance", "names somebody twice", "give each person one way to attend"),
}


def take(unit: Unit, lines: Sequence[Line]) -> Sequence[Answer]:
    wrong = not_on_file(unit, lines, lambda line: [each.participant_id for each in _attendance(line)], "attendance")
    return decide_lines(unit, hearing, lines, wrong, lambda good: [_command(line) for line in good], store_hearings,
                        REFUSALS)


def _command(line: Line) -> tuple[str, RecordHearing]:
    values = {**line.values, "attendance": _attendance(line)}
    hearing_id = values.pop("hearing_id")
    return hearing_id, RecordHearing(hearing_id, Details(**values))


def _attendance(line: Line) -> tuple[Attendance, ...]:
    return tuple(sorted(line.values["attendance"] or ()))
