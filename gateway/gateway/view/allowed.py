"""The allow-lists: which fields of which public event reach which row. What is not copied here is not in the view.

Pure functions from an event to a row. Nothing is taken over as a whole (`**data`), so a field that a publisher adds
tomorrow stays out until somebody decides here who may see it.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventkit.public import Envelope
from gateway.view.folding import Row

# That a refund was a federal one is federal tax information: the view does not know which tax authority paid.
_SOURCES = {"FEDERAL_TAX": "TAX_REFUND", "STATE_TAX": "TAX_REFUND"}


def collection_received(event: Envelope) -> Row:
    data = event.data
    return {
        "receipt_id": data["receipt_id"], "viewer_id": data.get("payor_id"),
        "received_on": data["received_on"], "posted_on": data["posted_on"], "amount_cents": data["amount_cents"],
        "source": _SOURCES.get(data["source"], data["source"]), "method": data["method"], "status": "received",
        "applied": [], "held_reason": None, "reversed_on": None, "reversal_reason": None,
    }


def collection_applied(row: Row, event: Envelope) -> Row:
    """A payment that was held because nobody knew whose it was is now its payor's."""
    parts = [{"case_id": part["case_id"], "kind": part["kind"], "amount_cents": part["amount_cents"]}
             for part in event.data["applied"]]
    return {"viewer_id": event.data["payor_id"], "applied": parts, "held_reason": None,
            "status": "reversed" if row["status"] == "reversed" else "applied"}


def collection_held(row: Row, event: Envelope) -> Row:
    return {"viewer_id": event.data.get("payor_id"), "held_reason": event.data["reason"],
            "status": "reversed" if row["status"] == "reversed" else "held"}


def collection_reversed(_row: Row, event: Envelope) -> Row:
    """The payment stays visible to whom it was credited to, with what became of it."""
    return {"status": "reversed", "reversed_on": event.data["reversed_on"], "reversal_reason": event.data["reason"]}


def disbursement_issued(event: Envelope) -> Row:
    """Never who paid, for whom he works, where it came from, or the payee's bank."""
    data = event.data
    return {"disbursement_id": data["disbursement_id"], "viewer_id": data["payee_id"], "case_id": data["case_id"],
            "issued_on": data["issued_on"], "amount_cents": data["amount_cents"], "method": data["method"],
            "status": data["status"], "status_on": None}


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
    return {"viewer_id": event.data["participant_id"], "sessions_valid_from": 0}


def pin_changed(_row: Row, event: Envelope) -> Row:
    """Ends every session that was begun with the PIN before."""
    return {"sessions_valid_from": event.version}


def account_locked(_row: Row, event: Envelope) -> Row:
    """Without an end the account is disabled, and its sessions with it. A lock that ends is somebody's guesses: those
    must not throw its owner out."""
    return {} if event.data["until"] else {"sessions_valid_from": event.version}


def account_touched(_row: Row, _event: Envelope) -> Row:
    """Only the version: whoever waits for a command to be seen here must see it."""
    return {}


def _each_once(parties: Sequence[Row]) -> list[Row]:
    """The same person named twice in a case is one viewer."""
    return list({party["participant_id"]: party for party in parties}.values())
