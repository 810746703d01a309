"""The agency's file of appointments: each line is the whole of what is on file of one person's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cases.dates_index import known_places, store_appointments
from cases.domain.appointment import Details, RecordAppointment, appointment
from cases.domain.protected import Protected
from cases.importing.batches import Take, decide_lines
from cases.importing.columns import MayBeEmpty, identifier, local_time, minutes, personal
from cases.importing.references import not_on_file
from cases.importing.refusals import STATUS_CANNOT_FOLLOW, SUPERSEDED
from cases.showing import Whereabouts
from cases.shown_events import APPOINTMENT_STATUSES, APPOINTMENT_TYPES, BRING
from eventkit.unit import Unit
from feedkit.columns import Unusable, boolean, digits, list_of, one_of, text
from feedkit.feed import Answer, Column, Line, Refused

_text = text(500)


def link(cell: str) -> str:
    """Of a meeting on line: a secure address, with nothing in it that a page would have to fear."""
    if not cell.startswith("https://") or any(sign.isspace() or sign in "\"'<>\\" for sign in cell):
        raise Unusable("is not a secure link", "give it as https://...")
    return str(_text(cell))


COLUMNS = (
    Column("appointment_id", identifier),
    Column("participant_id", digits(10, 15)),
    MayBeEmpty("case_id", digits(6, 20)),
    Column("type", one_of(*APPOINTMENT_TYPES)),
    Column("status", one_of(*APPOINTMENT_STATUSES)),
    Column("starts_at", local_time),
    Column("minutes", minutes),
    MayBeEmpty("place", personal(text(200))),
    MayBeEmpty("link", personal(link)),
    Column("attendance_required", boolean),
    MayBeEmpty("bring", list_of(one_of(*BRING))),
    Column("language", one_of("en", "es")),
)
REFUSALS = {
    "superseded": SUPERSEDED,
    "status_cannot_follow": STATUS_CANNOT_FOLLOW,
    "another_person": Refused("participant_id", "is another person than before", "send it under a new id"),
}


def taking(whereabouts: Whereabouts) -> Take:
    def take(unit: Unit, lines: Sequence[Line]) -> Sequence[Answer]:
        wrong = not_on_file(unit, lines, lambda line: (line.values["participant_id"],), "participant_id")
        return decide_lines(unit, appointment, lines, wrong, lambda good: _commands(unit, whereabouts, good),
                            store_appointments, REFUSALS)

    return take


def _commands(unit: Unit, whereabouts: Whereabouts, lines: Sequence[Line]) -> list[tuple[str, RecordAppointment]]:
    known = known_places(unit.conn, [line.values["appointment_id"] for line in lines])
    return [_command(whereabouts, line, known.get(line.values["appointment_id"], {})) for line in lines]


def _command(whereabouts: Whereabouts, line: Line, known: Mapping[str, Protected]) -> tuple[str, RecordAppointment]:
    values = dict(line.values)
    appointment_id, who = values.pop("appointment_id"), values["participant_id"]
    for field in ("place", "link"):
        values[field] = whereabouts.protect(who, field, values[field], known.get(field))
    values["bring"] = tuple(sorted(set(values["bring"] or ()), key=BRING.index))
    return appointment_id, RecordAppointment(appointment_id, Details(**values))
