"""The newest payment of each of a viewer's cases: made in it, sent for it, received for it.

One indexed look per case and list, whatever the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, cast, func, select, true
from sqlalchemy.dialects.postgresql import JSONB

from gateway.view import payment_rows
from gateway.view.choosing import KEYS, Kind
from gateway.view.payment_rows import Made, Received, Sent
from gateway.view.tables import cases, family_payments, payments_made, payments_sent


@dataclass(frozen=True)
class LastPayments:
    """By case id; `unapplied` is the newest payment by the viewer that is in no case: it waits, or went back."""

    made: Mapping[str, Made]
    sent: Mapping[str, Sent]
    received: Mapping[str, Received]
    unapplied: Made | None


def last_payments(conn: Connection, viewer_id: str) -> LastPayments:
    made = {case_id: payment_rows.made(row) for case_id, row in _newest(conn, viewer_id, "made").items()}
    sent = {case_id: payment_rows.sent(row) for case_id, row in _newest(conn, viewer_id, "sent").items()}
    received = {case_id: payment_rows.received(row) for case_id, row in _newest(conn, viewer_id, "received").items()}
    return LastPayments(made, sent, received, _unapplied(conn, viewer_id))


def _newest(conn: Connection, viewer_id: str, kind: Kind) -> Mapping[str, RowMapping]:
    _, on, reference = KEYS[kind]
    each = _of_case(viewer_id, kind).order_by(on.desc(), reference.desc()).limit(1).lateral("each")
    query = select(cases.c.case_id.label("of_case"), *each.c).select_from(cases.join(each, true())).where(
        cases.c.viewer_id == viewer_id, cases.c.role == ("payor" if kind == "made" else "payee"))
    return {row["of_case"]: row for row in conn.execute(query).mappings()}


def _of_case(viewer_id: str, kind: Kind) -> Select[Any]:
    if kind == "made":
        of_case = func.jsonb_build_array(func.jsonb_build_object("case_id", cases.c.case_id))
        return select(payments_made).where(payments_made.c.viewer_id == viewer_id,
                                           payments_made.c.paid.op("@>")(of_case))
    if kind == "sent":
        return select(payments_sent).where(payments_sent.c.viewer_id == viewer_id,
                                           payments_sent.c.case_id == cases.c.case_id)
    return select(family_payments).where(family_payments.c.case_id == cases.c.case_id)


def _unapplied(conn: Connection, viewer_id: str) -> Made | None:
    query = select(payments_made).where(
        payments_made.c.viewer_id == viewer_id, payments_made.c.paid == cast([], JSONB),
        payments_made.c.status != "reversed")
    row = conn.execute(query.order_by(payments_made.c.received_on.desc()).limit(1)).mappings().one_or_none()
    return payment_rows.made(row) if row else None
