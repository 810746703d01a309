"""The allow-lists of what `cases` tells of profiles, cases, dates and requests: from an event to rows, field by field.

As in allowed.py nothing is taken over as a whole: what a publisher adds tomorrow stays out until somebody decides here.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventkit.public import Envelope
from gateway.view.folding import Row


def profile(event: Envelope) -> Row:
    data = event.data
    return {"viewer_id": data["participant_id"], "shown_enc": data["shown_enc"], "language": data["language"],
            "address_valid": data["address_valid"], "email_notices": data["email_notices"],
            "changed_on": data["changed_on"], "changed_by": data["changed_by"], "stream": event.stream}


def details(event: Envelope) -> Row:
    """Everything but the assistance, which is told to one side only."""
    data = event.data
    return {"case_id": data["case_id"], "court_case_number": data["court_case_number"], "status": data["status"],
            "function": data["function"], "lcsa": data["lcsa"], "opened_on": data["opened_on"],
            "closed_on": data["closed_on"], "dependents_enc": data["dependents_enc"]}


def assistance(event: Envelope) -> Row:
    return {"case_id": event.data["case_id"], "assistance": event.data["assistance"]}


def order(event: Envelope) -> Row:
    data = event.data
    return {"case_id": data["case_id"], "order_id": data["order_id"], "court": data["court"],
            "court_case_number": data["court_case_number"], "type": data["type"], "filed_on": data["filed_on"],
            "effective_on": data["effective_on"], "health_insurance": data["health_insurance"],
            "income_withholding": data["income_withholding"], "version": event.version}


def hearing(event: Envelope) -> Row:
    """The court's date, which is public; who attends it how is not here."""
    data = event.data
    return {"hearing_id": data["hearing_id"], "case_id": data["case_id"], "type": data["type"],
            "status": data["status"], "starts_at": data["starts_at"], "minutes": data["minutes"],
            "court": data["court"], "department": data["department"], "court_address": data["court_address"]}


def attendance(event: Envelope) -> Sequence[Row]:
    """One row for each person, for that person."""
    each_once = {of["participant_id"]: of["mode"] for of in event.data["attendance"]}
    return [{"viewer_id": viewer_id, "hearing_id": event.data["hearing_id"], "mode": mode}
            for viewer_id, mode in each_once.items()]


def appointment(event: Envelope) -> Row:
    data = event.data
    return {"appointment_id": data["appointment_id"], "viewer_id": data["participant_id"], "case_id": data["case_id"],
            "type": data["type"], "status": data["status"], "starts_at": data["starts_at"],
            "minutes": data["minutes"], "place_enc": data["place_enc"], "link_enc": data["link_enc"],
            "attendance_required": data["attendance_required"], "bring": list(data["bring"]),
            "language": data["language"], "stream": event.stream}


def request(event: Envelope) -> Row:
    data = event.data
    return {"confirmation": data["confirmation"], "viewer_id": data["participant_id"], "kind": data["kind"],
            "case_id": data["case_id"], "appointment_id": data["appointment_id"], "received_at": data["received_at"],
            "status": data["status"], "answer": data["answer"], "answer_enc": data["answer_enc"],
            "answered_on": data["answered_on"], "stream": event.stream}
