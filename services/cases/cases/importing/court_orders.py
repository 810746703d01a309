"""The agency's file of court orders: each line is the whole of what is on file of one, without its amounts."""

from __future__ import annotations

from collections.abc import Sequence

from cases.dates_index import store_orders
from cases.domain.court_order import Details, RecordOrder, court_order
from cases.importing.batches import decide_lines
from cases.importing.columns import MayBeEmpty, identifier
from cases.importing.references import not_on_file
from cases.importing.refusals import ANOTHER_CASE, SUPERSEDED
from cases.local_time import day_of
from cases.shown_events import INSURANCE, ORDER_TYPES
from eventkit.unit import Unit
from feedkit.columns import boolean, digits, iso_date, one_of, text
from feedkit.feed import Answer, Column, Line, Refused

COLUMNS = (
    Column("order_id", identifier),
    Column("case_id", digits(6, 20)),
    Column("court", text(120)),
    MayBeEmpty("court_case_number", text(60)),
    Column("type", one_of(*ORDER_TYPES)),
    Column("filed_on", iso_date),
    Column("effective_on", iso_date),
    Column("health_insurance", one_of(*INSURANCE)),
    Column("income_withholding", boolean),
)
REFUSALS = {
    "superseded": SUPERSEDED,
    "another_case": ANOTHER_CASE,
    "filed_in_the_future": Refused("filed_on", "is after today", "send the order once it is filed"),
    "type_cannot_follow": Refused("type", "cannot follow the type on file", "leave out a line that is old"),
}


def take(unit: Unit, lines: Sequence[Line]) -> Sequence[Answer]:
    wrong = not_on_file(unit, lines, lambda line: (), "")
    return decide_lines(unit, court_order, lines, wrong, lambda good: [_command(unit, line) for line in good],
                        store_orders, REFUSALS)


def _command(unit: Unit, line: Line) -> tuple[str, RecordOrder]:
    values = dict(line.values)
    order_id = values.pop("order_id")
    return order_id, RecordOrder(order_id, Details(**values), day_of(unit.now))
