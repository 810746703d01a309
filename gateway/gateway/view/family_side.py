"""What a family may see of a payment that was received for its case: how much, and where it went.

Never how it was paid, by whom, where, or the number of the receipt. Why a tax refund is held may only be told as "may
be subject to adjustment", and then without a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from eventkit.public import Envelope
from gateway.view.folding import Row
from gateway.view.folding_groups import Group
from gateway.view.steps import Step, step, without

_TO = {"FAMILY": "family", "PASS_THROUGH": "pass_through", "GOVERNMENT": "kept", "FEE": "fee", "RECOUPED": "recouped",
       "HELD": "held"}
DESTINATIONS = (*_TO.values(), "ahead", "other")
HOLDS = ("may_be_adjusted", "futures", "dispute", "payee_unknown")
PAID_OUT = ("family", "pass_through")


def distributed(rows: Group, event: Envelope) -> Group:
    """A row for each case; a fee that the payor owes is no support, and no business of the family."""
    cases: dict[str, list[Mapping[str, Any]]] = {}
    for share in event.data["shares"]:
        if share["debt"] != "NOTHING" and share["kind"] != "FEE":
            cases.setdefault(share["case_id"], []).append(share)
    return {**rows, **{case_id: _with(rows.get(case_id), case_id, shares, event) for case_id, shares in cases.items()}}


def released(rows: Group, event: Envelope) -> Group:
    """Held money went on: to the family, or (without a destination) to be distributed in the month it was for."""
    data = event.data
    if (row := rows.get(data["case_id"] or "")) is None:
        return rows
    to = _TO.get(data["to"] or "")
    went = without(row["went"], data["amount_cents"], to="held", hold=_hold(data["reason"]))
    if to in PAID_OUT:
        went = _merged([*went, _piece(to, data["amount_cents"])])
    code = f"released.{to}" if to in PAID_OUT else "released.month"
    done = step(code, on=data["on"], amount_cents=data["amount_cents"])
    return {**rows, data["case_id"]: {**row, "went": went, "steps": [*row["steps"], done]}}


def undone(rows: Group, event: Envelope) -> Group:
    """It was another case's; if some of it is for this one, a distribution follows."""
    on = event.data["on"]
    return {case_id: {**row, "went": [], "taken_back_on": on, "steps": [*row["steps"], step("undone", on=on)]}
            for case_id, row in rows.items()}


def reversed_(rows: Group, event: Envelope) -> Group:
    """That it was taken back, not why: the reason may tell of the payor's bank."""
    on = event.data["reversed_on"]
    return {case_id: {**row, "taken_back_on": on, "steps": [*row["steps"], step("reversed", on=on)]}
            for case_id, row in rows.items()}


def _with(row: Row | None, case_id: str, shares: Sequence[Mapping[str, Any]], event: Envelope) -> Row:
    data = event.data
    row = row or _begun(case_id, event)
    pieces = _merged(_piece_of(share) for share in shares)
    went = _merged([*row["went"], *pieces])
    cents = sum(piece["amount_cents"] for piece in went)
    came = [] if data["applied_on"] != data["received_on"] else [
        step("received", on=data["received_on"], amount_cents=sum(piece["amount_cents"] for piece in pieces))]
    return {**row, "amount_cents": cents, "went": went, "taken_back_on": None,
            "steps": [*row["steps"], *came, *map(_step_of, pieces)]}


def _begun(case_id: str, event: Envelope) -> Row:
    receipt_id = event.data["receipt_id"]
    return {"receipt_id": receipt_id, "case_id": case_id, "reference": _reference(receipt_id, case_id),
            "received_on": event.data["received_on"], "went": [], "taken_back_on": None, "steps": []}


def _reference(receipt_id: str, case_id: str) -> str:
    """Stands for the row in addresses of pages, where the number of the receipt must not be."""
    return sha256(f"{receipt_id}\n{case_id}".encode()).hexdigest()[:20]


def _piece_of(share: Mapping[str, Any]) -> Row:
    to = _TO.get(share["to"], "other")
    if to == "held":
        hold = _hold(share["hold"])
        return _piece(to, share["amount_cents"], hold, share["until"] if hold == "futures" else None)
    return _piece("ahead" if to == "family" and share["debt"] == "FUTURE" else to, share["amount_cents"])


def _piece(to: str, cents: int, hold: str | None = None, until: str | None = None) -> Row:
    return {"to": to, "hold": hold, "until": until, "amount_cents": cents}


def _hold(reason: str | None) -> str:
    return reason if reason in HOLDS else "other"


def _step_of(piece: Row) -> Step:
    if piece["to"] != "held":
        return step(f"to.{piece['to']}", amount_cents=piece["amount_cents"])
    until = {"until": piece["until"]} if piece["until"] else {}
    return step(f"held.{piece['hold']}", amount_cents=piece["amount_cents"], **until)


def _merged(pieces: Iterable[Row]) -> list[Row]:
    found: dict[tuple[Any, ...], int] = {}
    for piece in pieces:
        key = (piece["to"], piece["hold"], piece["until"])
        found[key] = found.get(key, 0) + piece["amount_cents"]
    ordered = sorted(found.items(), key=lambda item: (DESTINATIONS.index(item[0][0]), item[0][1] or "",
                                                      item[0][2] or ""))
    return [_piece(to, cents, hold, until) for (to, hold, until), cents in ordered]
