"""The allow-lists: which fields of which public event reach which row. What is not copied here is not in the view.

Pure functions from an event to a row. Nothing is taken over as a whole (`**data`), so a field that a publisher adds
tomorrow stays out until somebody decides here who may see it. Payments received have modules of their own: what the
payor may see is in payor_side.py, what the family may see in family_side.py, what both may see is in owed.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eventkit.public import Envelope
from gateway.view.folding import Row


def disbursement_issued(event: Envelope) -> Row:
    """Never who paid, for whom he works, where it came from, or the payee's bank. A refund is made of nothing but what
    was paid too much."""
    data = event.data
    lots = data["lots"] if data["payee_type"] == "family" else ()
    return {"disbursement_id": data["disbursement_id"], "viewer_id": data["payee_id"], "case_id": data["case_id"],
            "payee_type": data["payee_type"], "issued_on": data["issued_on"], "amount_cents": data["amount_cents"],
            "method": data["method"], "status": data["status"], "status_on": None, "parts": _made_of(lots),
            "ahead_cents": data["ahead_cents"] if data["payee_type"] == "family" else 0}


def disbursement_status_changed(_row: Row, event: Envelope) -> Row:
    return {"status": event.data["status"], "status_on": event.data["on"]}


def participant(event: Envelope) -> Row:
    """Name, address and e-mail are sealed in the event and stay there."""
    return {"viewer_id": event.data["participant_id"], "language": event.data["language"]}


def case(event: Envelope) -> Sequence[Row]:
    """One row for each party, with that party's own role; not the county, which may give away where one lives."""
    data = event.data
    return [{"viewer_id": party["participant_id"], "case_id": data["case_id"], "role": party["role"],
             "court_case_number": data.get("court_case_number"), "status": data["status"],
             "opened_on": data["opened_on"]} for party in _each_once(data["parties"])]


def account_opened(event: Envelope) -> Row:
    return {"viewer_id": event.data["participant_id"], "sessions_valid_from": 0, "pin_changed_at": None,
            "pin_changed_by": None}


def pin_changed(_row: Row, event: Envelope) -> Row:
    """Ends every session that was begun with the PIN before; its owner is told when and where it was changed."""
    channel = event.data["channel"]
    return {"sessions_valid_from": event.version, "pin_changed_at": event.data["changed_at"],
            "pin_changed_by": channel if channel in CHANNELS else "other"}


def account_locked(_row: Row, event: Envelope) -> Row:
    """Without an end the account is disabled, and its sessions with it. A lock that ends is somebody's guesses: those
    must not throw its owner out."""
    return {} if event.data["until"] else {"sessions_valid_from": event.version}


def account_touched(_row: Row, _event: Envelope) -> Row:
    """Only the version: whoever waits for a command to be seen here must see it."""
    return {}


CHANNELS = ("web", "phone")
_PARTS = {"CURRENT": "current", "ARREARS": "past_due", "INTEREST": "interest", "FUTURE": "ahead"}
PARTS = (*_PARTS.values(), "pass_through", "other")
"""What a payment to a family can be made of."""


def _made_of(lots: Iterable[Mapping[str, Any]]) -> list[Row]:
    found: dict[tuple[str, str], int] = {}
    for lot in lots:
        part = "pass_through" if lot["to"] == "PASS_THROUGH" else _PARTS.get(lot["debt"], "other")
        found[lot["received_on"], part] = found.get((lot["received_on"], part), 0) + lot["amount_cents"]
    ordered = sorted(found.items(), key=lambda item: (item[0][0], PARTS.index(item[0][1])))
    return [{"part": part, "received_on": on, "amount_cents": cents} for (on, part), cents in ordered]


def _each_once(parties: Sequence[Row]) -> list[Row]:
    """The same person named twice in a case is one viewer."""
    return list({party["participant_id"]: party for party in parties}.values())
