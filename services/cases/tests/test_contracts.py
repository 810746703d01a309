"""What is stored and what is published keeps its shape."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from cases.catalog import catalog
from cases.domain import court_order, hearing
from cases.domain.appointment import AppointmentConfirmed, AppointmentRecorded, RescheduleAsked
from cases.domain.appointment import Details as AppointmentDetails
from cases.domain.case import CaseChanged, CaseOpened, CaseProtectionChanged, Dependents, Party
from cases.domain.case import Details as CaseDetails
from cases.domain.participant_events import (
    ContactUpdated,
    OldContact,
    ParticipantChanged,
    ParticipantRegistered,
    PreferencesSet,
    ProfileShown,
)
from cases.domain.profile import Details, Said
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
_FULL = replace(_DETAILS, phone_home=Protected("k1.HH", "k1.0d"), phone_mobile=Protected("k1.MM", "k1.0e"),
                phone_work=Protected("k1.WW", "k1.0f"), employer=Protected("k1.EE", "k1.10"), protected=True,
                email_notices=True, shown="s1.SS")
FULL = DETAILS | {"phone_home": {"value": "k1.HH", "mark": "k1.0d"},
                  "phone_mobile": {"value": "k1.MM", "mark": "k1.0e"},
                  "phone_work": {"value": "k1.WW", "mark": "k1.0f"},
                  "employer": {"value": "k1.EE", "mark": "k1.10"},
                  "protected": True, "email_notices": True, "shown": "s1.SS"}
SAID = {"language": "es", "address_valid": True, "email_notices": False, "marks": {"name": "k1.0a"}}
_SAID = Said("es", True, False, {"name": "k1.0a"})
OLD = {"address": None, "address_valid": False, "email": {"value": "k1.OO", "mark": "k1.11"}}
_OLD = OldContact(None, False, Protected("k1.OO", "k1.11"))
_TOLD = replace(_CASE, status="closed", function="enforcement", assistance="never", lcsa="06037",
                closed_on=date(2026, 11, 2), party_protected=True,
                dependents=Dependents(Protected("k1.CC", "k1.12"), "s1.CC"))
TOLD = CASE | {"status": "closed", "function": "enforcement", "assistance": "never", "lcsa": "06037",
               "closed_on": "2026-11-02", "party_protected": True,
               "dependents": {"kept": {"value": "k1.CC", "mark": "k1.12"}, "shown": "s1.CC"}}
JOINED = [{"participant_id": "0123456789", "role": "payor"}]
_JOINED = (Party("0123456789", "payor"),)
ORDER = {"case_id": "1", "court": "Superior Court", "court_case_number": None, "type": "final",
         "filed_on": "2026-03-02", "effective_on": "2026-02-01", "health_insurance": "both", "income_withholding": True}
_ORDER = court_order.Details("1", "Superior Court", None, "final", date(2026, 3, 2), date(2026, 2, 1), "both", True)
HEARING = {"case_id": "1", "type": "review", "status": "set", "starts_at": "2026-12-03T17:30:00+00:00", "minutes": 30,
           "court": "Superior Court", "department": None, "court_address": "800 Example Ave",
           "attendance": [{"participant_id": "0123456789", "mode": "remote"}]}
_HEARING = hearing.Details("1", "review", "set", datetime(2026, 12, 3, 17, 30, tzinfo=UTC), 30, "Superior Court", None,
                           "800 Example Ave", (hearing.Attendance("0123456789", "remote"),))
WHO = {"participant_id": "0123456789"}
REQUEST = {"kind": "reschedule", "participant_id": "0123456789", "case_id": None, "appointment_id": "A1",
           "received_at": "2026-11-24T20:00:00+00:00", "safety_concern": False, "status": "answered",
           "taken_by": "ines", "answer": "rescheduled", "message": {"value": "s1.MM", "mark": "s1.0d"},
           "answered_on": "2026-11-25"}
_REQUEST = RequestDetails("reschedule", "0123456789", None, "A1", datetime(2026, 11, 24, 20, tzinfo=UTC), False,
                          "answered", "ines", "rescheduled", Protected("s1.MM", "s1.0d"), date(2026, 11, 25))

# As they were stored when each version was the newest; one that is not any more says what it is read as.
STORED = {
    ("ParticipantRegistered", 1): (WHO | {"details": DETAILS}, ParticipantRegistered("0123456789", _DETAILS)),
    ("ParticipantRegistered", 2): (WHO | {"details": FULL}, ParticipantRegistered("0123456789", _FULL)),
    ("ParticipantChanged", 1): (WHO | {"details": DETAILS, "changed": ["ssn"]},
                                ParticipantChanged("0123456789", _DETAILS, ("ssn",))),
    ("ParticipantChanged", 2): (WHO | {"details": FULL, "changed": ["ssn"], "said": SAID},
                                ParticipantChanged("0123456789", _FULL, ("ssn",), _SAID)),
    ("ContactUpdated", 1): (WHO | {"details": FULL, "changed": ["email"], "confirmation": "CC-7K3M-9QPX", "old": OLD},
                            ContactUpdated("0123456789", _FULL, ("email",), "CC-7K3M-9QPX", _OLD)),
    ("PreferencesSet", 1): (WHO | {"details": FULL, "changed": ["language"]},
                            PreferencesSet("0123456789", _FULL, ("language",))),
    ("ProfileShown", 1): (WHO | {"details": FULL}, ProfileShown("0123456789", _FULL)),
    ("CaseOpened", 1): ({"case_id": "1", "details": CASE}, CaseOpened("1", _CASE)),
    ("CaseOpened", 2): ({"case_id": "1", "details": TOLD}, CaseOpened("1", _TOLD)),
    ("CaseChanged", 1): ({"case_id": "1", "details": CASE, "changed": ["parties"], "left": [], "joined": JOINED},
                         CaseChanged("1", _CASE, ("parties",), _JOINED, ())),
    ("CaseChanged", 2): ({"case_id": "1", "details": TOLD, "changed": ["lcsa"], "left": [], "joined": JOINED},
                         CaseChanged("1", _TOLD, ("lcsa",), _JOINED, ())),
    ("CaseProtectionChanged", 1): ({"case_id": "1", "details": TOLD}, CaseProtectionChanged("1", _TOLD)),
    ("OrderRecorded", 1): ({"order_id": "O1", "details": ORDER}, court_order.OrderRecorded("O1", _ORDER)),
    ("HearingRecorded", 1): ({"hearing_id": "H1", "details": HEARING}, hearing.HearingRecorded("H1", _HEARING)),
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
    for name, version in registry.names():
        data, event = STORED[(name, version)]
        assert registry.encode(event) == (name, version, data)


def test_every_event_is_published_or_said_not_to_be():
    assert {kind.__name__ for kind in PUBLISHED} == {name for name, _ in registry.names()}


def test_the_contract_files_are_what_the_code_says_and_released_ones_do_not_change():
    assert check(catalog, CONTRACTS) == []
