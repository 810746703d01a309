"""What customers report of the other party, and wish of an appointment: in, under a number, and never out again."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest

from cases.requests.confirmation import normalized
from eventkit.crypto import generate_sealing_pair, seal
from eventkit.decider import Rejected
from eventkit.secret import Secret

REPORT = {"names_aliases": "Benny Roe", "birth_date": "1984-03", "ssn": "900-01-7777", "address": "somewhere in Fresno",
          "phone": "555-0199", "email": "ben@example.net", "employer": "a garage\non Main St", "occupation": "mechanic",
          "vehicle": "blue truck", "property": "a boat", "relatives": "his sister in Reno",
          "incarceration_benefits": "none I know of", "other": "works nights", "source": "a neighbor",
          "safety_concern": True}
KEPT = REPORT | {"ssn": "900017777"}
WISH = {"reason": "I work that day", "times": "Fridays"}


def refused(call, *arguments, **options):
    with pytest.raises(Rejected) as refusal:
        call(*arguments, **options)
    return refusal.value.code, refusal.value.details


def test_all_that_may_be_reported_is_for_the_agency_under_a_number(office, report, desk, ana, their_case):
    reply = report(REPORT)
    number = reply.result["confirmation"]
    assert reply.result == {"confirmation": normalized(number)}
    assert (reply.stream, reply.version) == (f"request-{number}", 1)
    [row] = office.rows("SELECT * FROM requests")
    assert (row["kind"], row["participant_id"], row["case_id"]) == (
        "other_party_report", ana["participant_id"], their_case["case_id"])
    assert (row["status"], row["safety_concern"]) == ("received", True)
    assert desk.read(number, "ines").said == KEPT


def test_the_reporter_is_told_that_it_is_there_and_nothing_else(office, report, ana, their_case):
    number = report(REPORT).result["confirmation"]
    [told] = office.shown_to_customers("request_changed")
    assert told.pop("received_at")
    assert told == {"confirmation": number, "participant_id": ana["participant_id"], "kind": "other_party_report",
                    "case_id": their_case["case_id"], "appointment_id": None, "status": "received", "answer": None,
                    "answer_enc": None, "answered_on": None}


def test_a_report_changes_nothing_of_what_is_on_file_of_the_other_party(office, report):
    before = office.rows("SELECT * FROM participants ORDER BY 1"), len(office.for_services())
    report(REPORT)
    assert (office.rows("SELECT * FROM participants ORDER BY 1"), len(office.for_services())) == before


def test_the_same_command_again_is_one_report(office, report, ask):
    command_id = str(uuid.uuid4())
    body = {"participant_id": "0123456789", "case_id": "200000000001", "report_sealed": seal(
        office.own_public_key, json.dumps(REPORT).encode(), f"cases|report|{command_id}")}
    first, again = (ask("report_other_party", body, command_id=command_id) for _ in range(2))
    assert first.result == again.result
    assert office.rows("SELECT count(*) AS n FROM requests") == [{"n": 1}]


def test_a_case_of_others_and_none_at_all_are_the_same(office, report, files, ben):
    office.participants(files.csv(ben | {"participant_id": "5555555555"}, ben, name="more.csv"))
    theirs = refused(report, REPORT, who="5555555555")
    assert theirs == refused(report, REPORT, case_id="299999999999") == ("unknown_case", {})
    assert refused(report, REPORT, actor="9876543210") == ("unknown_case", {}), "nobody reports in another's name"
    assert refused(report, {"ssn": "x"}, case_id="299999999999") == ("unknown_case", {})
    assert office.rows("SELECT count(*) AS n FROM requests") == [{"n": 0}]


def test_that_somebody_may_be_in_danger_is_enough(office, report):
    report({"safety_concern": True})
    assert office.rows("SELECT safety_concern FROM requests") == [{"safety_concern": True}]


def test_what_cannot_be_reported_is_refused_and_leaves_nothing(office, report):
    assert refused(report, {"source": "a neighbor"}) == ("nothing_reported", {})
    assert refused(report, {"ssn": "12345"}) == ("invalid", {"field": "ssn", "why": "not_an_ssn"})
    assert office.rows("SELECT count(*) AS n FROM requests") == [{"n": 0}]


def test_what_was_sealed_to_somebody_else_or_for_another_command_is_not_opened(office, ask, ana, their_case):
    command_id = str(uuid.uuid4())
    body = {"participant_id": ana["participant_id"], "case_id": their_case["case_id"]}
    _, strangers_key = generate_sealing_pair("c1")
    said = json.dumps(REPORT).encode()
    for sealed in (seal(strangers_key, said, f"cases|report|{command_id}"),
                   seal(office.own_public_key, said, "cases|report|another"),
                   seal(office.own_public_key, said, f"cases|wish|{command_id}"),
                   seal(office.own_public_key, b"[1]", f"cases|report|{command_id}"),
                   seal(office.own_public_key, b"\xff", f"cases|report|{command_id}"), "c1.xx", ""):
        refusal = refused(ask, "report_other_party", body | {"report_sealed": sealed}, command_id=command_id)
        assert refusal == ("invalid", {"field": "report", "why": "unreadable"})


def test_a_wish_tells_the_appointment_and_the_agency(office, wish, desk, ana, their_case, an_appointment):
    reply = wish(WISH)
    number = reply.result["confirmation"]
    assert (reply.stream, reply.version) == (f"request-{number}", 1), "the appointment is told before"
    assert office.rows("SELECT status FROM appointments") == [{"status": "reschedule_requested"}]
    assert office.shown_to_customers("appointment_changed")[-1]["status"] == "reschedule_requested"
    [told] = office.shown_to_customers("request_changed")
    assert (told["kind"], told["appointment_id"], told["case_id"]) == (
        "reschedule", an_appointment["appointment_id"], their_case["case_id"])
    assert desk.read(number, "ines").said == WISH


def test_a_wish_without_words_is_one(office, wish, desk):
    assert desk.read(wish({}).result["confirmation"], "ines").said == {}


def test_an_appointment_of_others_and_none_at_all_are_the_same(office, wish, ben):
    theirs = refused(wish, WISH, who=ben["participant_id"])
    assert theirs == refused(wish, WISH, which="A999") == ("unknown_appointment", {})
    assert refused(wish, WISH, actor=ben["participant_id"]) == ("unknown_appointment", {})
    assert office.rows("SELECT count(*) AS n FROM requests") == [{"n": 0}]


def test_what_is_over_is_not_moved(office, wish, files, an_appointment):
    office.appointments(files.csv(an_appointment | {"status": "cancelled"}, name="cancelled.csv"))
    assert refused(wish, WISH) == ("not_open", {})


def test_a_wish_that_cannot_be_leaves_the_appointment(office, wish):
    assert refused(wish, {"times": 3}) == ("invalid", {"field": "times", "why": "not_text"})
    assert office.rows("SELECT status FROM appointments") == [{"status": "scheduled"}]


def test_the_answer_is_for_who_asked_alone(office, wish, desk, ana):
    number = wish(WISH).result["confirmation"]
    desk.take_up(number, "ines")
    assert office.shown_to_customers("request_changed")[-1]["status"] == "in_review"
    desk.answer(number, "ines", "rescheduled", Secret("El viernes 11,\r\na las 9. "))
    told = office.shown_to_customers("request_changed")[-1]
    assert (told["status"], told["answer"]) == ("answered", "rescheduled") and told["answered_on"]
    assert office.shown.decrypt(told["answer_enc"], f"{ana['participant_id']}|answer").decode() == (
        "El viernes 11,\na las 9.")
    assert "ines" not in json.dumps(office.published())


def test_answering_again_is_nothing_or_refused(office, wish, desk):
    number = wish(WISH).result["confirmation"]
    desk.answer(number, "ines", "rescheduled", Secret("Friday at 9."))
    desk.answer(number, "ines", "rescheduled", Secret("  Friday at 9.\n"))
    assert refused(desk.answer, number, "ines", "rescheduled", Secret("Monday at 9."))[0] == "answered_already"
    assert refused(desk.answer, number, "ines", "not_possible", None)[0] == "answered_already"
    assert len(office.shown_to_customers("request_changed")) == 2


def test_a_message_that_cannot_be_shown_is_not_sent(wish, desk):
    number = wish(WISH).result["confirmation"]
    for message, why in (("x" * 2001, "too_long"), ("a\x07b", "control_characters")):
        refusal = refused(desk.answer, number, "ines", "need_more", Secret(message))
        assert refusal == ("invalid", {"field": "message", "why": why})


def test_every_look_is_on_record_with_the_operators_name(office, wish, desk):
    number = wish(WISH).result["confirmation"]
    desk.read(number, "omar")
    looks = office.rows("SELECT data, metadata FROM events WHERE name = 'RequestContentRead'")
    assert [(look["data"], look["metadata"]["actor"]) for look in looks] == [
        ({"confirmation": number, "operator": "omar"}, "omar")]
    assert len(office.shown_to_customers("request_changed")) == 1, "nobody else hears of it"


def test_a_look_at_what_cannot_be_opened_is_not_on_record(office, wish, desk):
    number = wish(WISH).result["confirmation"]
    with office.owner.begin() as conn:
        conn.exec_driver_sql("UPDATE requests SET content_enc = 'r0.AAAA'")
    with pytest.raises(Exception, match="unknown key"):
        desk.read(number, "ines")
    assert office.rows("SELECT count(*) AS n FROM events WHERE name = 'RequestContentRead'") == [{"n": 0}]


def test_two_at_once_never_have_one_number(office, report):
    given = {report({"other": f"number {number}"}).result["confirmation"] for number in range(25)}
    assert len(given) == 25


def test_what_came_first_is_due_first(office, report):
    report({"other": "x"})
    [row] = office.rows("SELECT due_on, received_at AT TIME ZONE 'America/Los_Angeles' AS came FROM requests")
    assert timedelta(3) <= row["due_on"] - row["came"].date() <= timedelta(5)
