"""What is stored and what is published keeps its shape."""

from datetime import UTC, date, datetime
from pathlib import Path

from cases.catalog import catalog
from cases.domain.appointment import AppointmentConfirmed, AppointmentRecorded, RescheduleAsked
from cases.domain.appointment import Details as AppointmentDetails
from cases.domain.case import CaseChanged, CaseOpened, Party
from cases.domain.case import Details as CaseDetails
from cases.domain.participant_events import ParticipantChanged, ParticipantRegistered
from cases.domain.profile import Details
from cases.domain.protected import Protected
from cases.domain.registry import registry
from cases.domain.request import Details as RequestDetails
from cases.domain.request import RequestAnswered, RequestContentRead, RequestReceived, RequestTakenUp
from cases.publishing import PUBLISHED
from servicekit.contracts import check

CONTRACTS = Path(__file__).parent.parent / "contracts"

DETAILS = {"language": "es", "name": {"value": "k1.AA", "mark": "k1.0a"}, "address": None, "address_valid": False,
           "address_self_changed_on": "2026-11-01", "email": None, "ssn": {"value": "a1.BB", "mark": "k1.0b"}}
CASE = {"county": "06001", "court_case_number": None, "status": "open", "opened_on": "2024-02-01",
        "parties": [{"participant_id": "0123456789", "role": "payor"}]}
APPOINTMENT = {"participant_id": "0123456789", "case_id": None, "type": "interview", "status": "confirmed",
               "starts_at": "2026-12-03T17:30:00+00:00", "minutes": 45, "place": {"value": "s1.PP", "mark": "s1.0c"},
               "link": None, "attendance_required": True, "bring": ["photo_id"], "language": "es"}
_APPOINTMENT = AppointmentDetails("0123456789", None, "interview", "confirmed",
                                  datetime(2026, 12, 3, 17, 30, tzinfo=UTC), 45, Protected("s1.PP", "s1.0c"), None,
                                  True, ("photo_id",), "es")
_DETAILS = Details("es", Protected("k1.AA", "k1.0a"), None, False, date(2026, 11, 1), None,
                   Protected("a1.BB", "k1.0b"))
_CASE = CaseDetails("06001", None, "open", date(2024, 2, 1), (Party("0123456789", "payor"),))
REQUEST = {"kind": "reschedule", "participant_id": "0123456789", "case_id": None, "appointment_id": "A1",
           "received_at": "2026-11-24T20:00:00+00:00", "safety_concern": False, "status": "answered",
           "taken_by": "ines", "answer": "rescheduled", "message": {"value": "s1.MM", "mark": "s1.0d"},
           "answered_on": "2026-11-25"}
_REQUEST = RequestDetails("reschedule", "0123456789", None, "A1", datetime(2026, 11, 24, 20, tzinfo=UTC), False,
                          "answered", "ines", "rescheduled", Protected("s1.MM", "s1.0d"), date(2026, 11, 25))
STORED = {
    ("ParticipantRegistered", 1): ({"participant_id": "0123456789", "details": DETAILS},
                                   ParticipantRegistered("0123456789", _DETAILS)),
    ("ParticipantChanged", 1): ({"participant_id": "0123456789", "details": DETAILS, "changed": ["ssn"]},
                                ParticipantChanged("0123456789", _DETAILS, ("ssn",))),
    ("CaseOpened", 1): ({"case_id": "1", "details": CASE}, CaseOpened("1", _CASE)),
    ("CaseChanged", 1): ({"case_id": "1", "details": CASE, "changed": ["parties"], "left": [],
                          "joined": [{"participant_id": "0123456789", "role": "payor"}]},
                         CaseChanged("1", _CASE, ("parties",), (Party("0123456789", "payor"),), ())),
    ("AppointmentRecorded", 1): ({"appointment_id": "A1", "details": APPOINTMENT, "said": "scheduled"},
                                 AppointmentRecorded("A1", _APPOINTMENT, "scheduled")),
    ("AppointmentConfirmed", 1): ({"appointment_id": "A1", "details": APPOINTMENT},
                                  AppointmentConfirmed("A1", _APPOINTMENT)),
    ("RescheduleAsked", 1): ({"appointment_id": "A1", "details": APPOINTMENT}, RescheduleAsked("A1", _APPOINTMENT)),
    ("RequestReceived", 1): ({"confirmation": "CC-7K3M-9QPX", "details": REQUEST, "content": "r1.CC"},
                             RequestReceived("CC-7K3M-9QPX", _REQUEST, "r1.CC")),
    ("RequestTakenUp", 1): ({"confirmation": "CC-7K3M-9QPX", "details": REQUEST},
                            RequestTakenUp("CC-7K3M-9QPX", _REQUEST)),
    ("RequestAnswered", 1): ({"confirmation": "CC-7K3M-9QPX", "details": REQUEST, "operator": "ines"},
                             RequestAnswered("CC-7K3M-9QPX", _REQUEST, "ines")),
    ("RequestContentRead", 1): ({"confirmation": "CC-7K3M-9QPX", "operator": "ines"},
                                RequestContentRead("CC-7K3M-9QPX", "ines")),
}


def test_every_version_of_an_event_that_was_ever_stored_is_read():
    for (name, version), (data, event) in STORED.items():
        assert registry.decode(name, version, data) == event


def test_what_is_stored_now_has_a_fixture():
    assert set(registry.names()) <= set(STORED)
    for (name, version), (data, event) in STORED.items():
        assert registry.encode(event) == (name, version, data)


def test_every_event_is_published_or_said_not_to_be():
    assert {kind.__name__ for kind in PUBLISHED} == {name for name, _ in registry.names()}


def test_the_contract_files_are_what_the_code_says_and_released_ones_do_not_change():
    assert check(catalog, CONTRACTS) == []
