"""What is owed on a case, from the events that change it: sums by kind and due date, terms, and what is paid ahead."""

from __future__ import annotations

from collections.abc import Sequence

from eventkit.public import Envelope
from gateway.view.folding import Row
from gateway.view.folding_groups import Group
from gateway.view.tables import NO_DUE


def changes(event: Envelope) -> Sequence[Row]:
    """Not why it changed: that a part was compromised, or whose it is, is not told."""
    return [{"case_id": event.data["case_id"], "kind": change["kind"], "what": change["what"],
             "due": change["due"] or NO_DUE.isoformat(), "cents": change["cents"]} for change in event.data["changes"]]


def obligation(event: Envelope) -> Row:
    data = event.data
    return {"case_id": data["case_id"], "obligation_id": data["obligation_id"], "effective_on": data["effective_on"],
            "kind": data["kind"], "monthly_cents": data["monthly_cents"], "ends_on": data["ends_on"]}


def liquidation(event: Envelope) -> Row:
    data = event.data
    return {"case_id": data["case_id"], "effective_on": data["effective_on"], "monthly_cents": data["monthly_cents"]}


# Money for a coming month is credited at once, or, for families with assistance, when that month comes. A balance must
# not tell which, so what waits for its month counts as paid ahead meanwhile.


def distributed(rows: Group, event: Envelope) -> Group:
    found = dict(rows)
    for share in event.data["shares"]:
        if share["hold"] == "futures":
            found[share["case_id"]] = _more(event, found, share["case_id"], share["amount_cents"])
    return found


def released(rows: Group, event: Envelope) -> Group:
    case_id = event.data["case_id"]
    if event.data["reason"] != "futures" or case_id not in rows:
        return rows
    less = _more(event, rows, case_id, -event.data["amount_cents"])
    others = {other: row for other, row in rows.items() if other != case_id}
    return {**others, case_id: less} if less["amount_cents"] > 0 else others


def taken_back(_rows: Group, _event: Envelope) -> Group:
    return {}


def _more(event: Envelope, rows: Group, case_id: str, cents: int) -> Row:
    before = rows[case_id]["amount_cents"] if case_id in rows else 0
    return {"receipt_id": event.data["receipt_id"], "case_id": case_id, "amount_cents": before + cents}
