"""What caseworkers read in the terminal. Words of customers go in as they are: never as markup, never as commands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from cases.domain.request import ANSWERS
from cases.local_time import HERE
from cases.requests.desk import Content, Step
from cases.requests.index import is_overdue

REFUSALS = {
    "unknown_request": "there is no request with this confirmation number",
    "taken_by_another": "a colleague has taken this request up; it can be answered all the same",
    "answered_already": "this request is answered; what a customer was told is not changed",
    "answer_does_not_fit": "this answer does not fit this kind of request; `show` lists those that do",
    "position_not_given": "--since is beyond all that happened here: after a database was restored, begin again at 0",
    "message_missing": "this answer needs a message (--message-file)",
}
STEPS = {"received": "received", "taken_up": "taken up", "answered": "answered", "content_read": "content looked at"}


def listing(rows: Iterable[Any], today: Any) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("due", "number", "participant", "status"):
        table.add_column(name, no_wrap=True)
    for name in ("kind", "taken by", ""):
        table.add_column(name, overflow="fold")  # on a narrow terminal too, nothing is cut off
    for row in rows:
        late = is_overdue(row, today)
        table.add_row(Text(row.due_on.isoformat(), "bold red" if late else ""), row.confirmation,
                      safe(row.participant_id), row.status, row.kind, safe(row.taken_by or ""),
                      Text(_marks(row, late), "bold"))
    return table


def one(row: Any, today: Any, steps: Iterable[Step]) -> Table:
    table = Table(show_header=False, box=None)
    facts = {"number": row.confirmation, "kind": row.kind, "status": row.status, "due": row.due_on.isoformat(),
             "participant": row.participant_id, "case": row.case_id, "appointment": row.appointment_id,
             "taken by": row.taken_by, "answer": row.answer, "note": _marks(row, is_overdue(row, today)),
             "possible answers": ", ".join(ANSWERS[row.kind])}
    for name, value in facts.items():
        if value:
            table.add_row(name, safe(str(value)))
    for step in steps:
        table.add_row(f"{step.at.astimezone(HERE):%Y-%m-%d %H:%M}", f"{STEPS[step.what]} by {step.by or 'customer'}")
    return table


def content(found: Content) -> Table:
    table = Table(show_header=False, title="what was asked or reported (unverified)", box=None)
    for name, value in found.said.items():
        table.add_row(name, safe(str(value)))
    if found.message:
        table.add_row("our message", safe(found.message))
    return table


def safe(text: str) -> Text:
    """Without anything a terminal obeys."""
    return Text("".join(letter if letter == "\n" or unicodedata.category(letter)[0] != "C" else "�"
                        for letter in text))


def _marks(row: Any, late: bool) -> str:
    return " ".join(mark for mark in ("OVERDUE" if late else "", "SAFETY" if row.safety_concern else "") if mark)
