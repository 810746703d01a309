"""What participants change themselves: sealed on its way, in effect at once, told to the old contact."""

from __future__ import annotations

import json
import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from cases.keys import keys_of
from cases.requests.desk import Desk
from cases.self_service import commands
from eventkit.application import Request
from eventkit.crypto import generate_sealing_pair, seal
from eventkit.decider import Rejected

NEW_ADDRESS = {"line1": "22 New St", "line2": "", "city": "Elsewhere", "state": "CA", "zip": "93033"}


@pytest.fixture
def ask(with_people, ana):
    """Sends a command as the gateway does; the reply, or Rejected."""

    def send(name, body, actor=None, command_id=None):
        handler = getattr(commands, name)
        actor = actor or body["participant_id"]
        request = Request(name, body, command_id or str(uuid.uuid4()), actor, "phone")
        keys = keys_of(with_people.app.settings)
        extra = () if name == "confirm_appointment" else (keys,)
        return with_people.app.handle(request, lambda unit, given: handler(unit, *extra, given))

    return send


@pytest.fixture
def update(with_people, ask, ana):
    def send(changes, command_id=None, **options):
        command_id = command_id or str(uuid.uuid4())
        sealed = seal(with_people.own_public_key, json.dumps(changes).encode(), f"cases|changes|{command_id}")
        return ask("update_contact", {"participant_id": ana["participant_id"], "changes_sealed": sealed},
                   command_id=command_id, **options)

    return send


def shown(service, data):
    return json.loads(service.shown.decrypt(data["shown_enc"], f"{data['participant_id']}|shown"))


def test_a_new_address_counts_at_once_and_for_everybody(with_people, update, ana):
    who = ana["participant_id"]
    reply = update({"address": NEW_ADDRESS})
    assert re.fullmatch(r"CC-[A-Z0-9]{4}-[A-Z0-9]{4}", reply.result["confirmation"])
    assert reply.result["changed"] == ["address"]
    assert reply.stream == f"participant-{who}" and reply.version == 2
    kind, data = with_people.for_services()[-1]
    assert kind == "cases.participant_changed.v1"
    assert json.loads(with_people.keyring.decrypt(data["address_enc"], f"{who}|address")) == NEW_ADDRESS
    assert data["address_self_changed_on"] and data["address_valid"]
    profile = with_people.shown_to_customers("profile_changed")[-1]
    assert profile["changed_by"] == "self"
    assert shown(with_people, profile)["address"] == "2••• ••••• St, Elsewhere, CA 930••"


def test_the_old_contact_is_told_and_not_the_new_one(with_people, update, ana):
    who = ana["participant_id"]
    reply = update({"address": NEW_ADDRESS, "email": "new@example.org", "language": "en"})
    [told] = with_people.shown_to_customers("contact_changed")
    assert (told["confirmation"], told["channel"]) == (reply.result["confirmation"], "phone")
    assert told["changed"] == ["address", "email", "language"]
    assert with_people.keyring.decrypt(told["old_email_enc"], f"{who}|email") == b"ana@example.org"
    assert b"1 Example St" in with_people.keyring.decrypt(told["old_address_enc"], f"{who}|address")
    assert told["old_address_valid"] is True


@pytest.mark.parametrize("changes", [{"language": "en"}, {"employer": {"name": "Bakery", "phone": "", "city": ""}}])
def test_nobody_is_written_to_for_a_language_or_an_employer(with_people, update, changes):
    update(changes)
    assert with_people.shown_to_customers("contact_changed") == []
    assert with_people.shown_to_customers("profile_changed")[-1]["changed_by"] == "self"


def test_the_agencys_file_of_that_night_undoes_nothing(with_people, update, files, ana, ben):
    update({"address": NEW_ADDRESS, "phone_mobile": "(805) 555-0142", "email": None})
    before = with_people.rows("SELECT * FROM participants ORDER BY 1")
    report = with_people.participants(files.csv(ana, ben))
    assert report.unchanged == 2
    assert with_people.rows("SELECT * FROM participants ORDER BY 1") == before
    with_people.participants(files.csv(ana | {"line1": "3 Third St"}, ben))
    _, data = with_people.for_services()[-1]
    assert b"3 Third St" in with_people.keyring.decrypt(data["address_enc"], f"{ana['participant_id']}|address")
    assert data["email_enc"] is None and data["address_self_changed_on"] is None


def test_what_is_typed_is_kept_as_the_agency_would_write_it(with_people, update, ana):
    update({"phone_home": "+1 805.555.0142", "phone_work": "", "email": " ana.paz@example.org ",
            "employer": {"name": " Walnut  Bakery", "phone": "805-555-0143", "city": "Oxnard"}})
    [row] = with_people.rows(f"SELECT * FROM participants WHERE participant_id = '{ana['participant_id']}'")
    opened = {field: with_people.keyring.decrypt(row[f"{field}_enc"], f"{ana['participant_id']}|{field}").decode()
              for field in ("phone_home", "email", "employer")}
    assert opened == {"phone_home": "8055550142", "email": "ana.paz@example.org",
                      "employer": '{"name":"Walnut Bakery","phone":"8055550143","city":"Oxnard"}'}
    assert shown(with_people, {"participant_id": ana["participant_id"], "shown_enc": row["shown_enc"]}) == {
        "name": "A••• P•••", "address": "1••• ••••• St, Pretend, CA 929••", "phone_home": "•••-•••-0142",
        "phone_mobile": None, "phone_work": None, "email": "a•••@e•••.org", "employer": "W•••"}


@pytest.mark.parametrize("changes, field, why", [
    ({"phone_home": "805 555 014"}, "phone_home", "not_a_phone"),
    ({"phone_work": "911"}, "phone_work", "not_a_phone"),
    ({"phone_mobile": "0055550142"}, "phone_mobile", "not_a_phone"),
    ({"phone_mobile": "8059110142"}, "phone_mobile", "not_a_phone"),
    ({"phone_mobile": 8055550142}, "phone_mobile", "not_text"),
    ({"email": "ana.example.org"}, "email", "not_an_email"),
    ({"email": "a@example.org\r\nBcc: b@example.org"}, "email", "control_characters"),
    ({"email": "\ud800@example.org"}, "email", "control_characters"),
    ({"address": None}, "address", "incomplete"),
    ({"address": "1 Some St"}, "address", "incomplete"),
    ({"address": NEW_ADDRESS | {"country": "US"}}, "address", "incomplete"),
    ({"address": NEW_ADDRESS | {"line1": " "}}, "address.line1", "missing"),
    ({"address": NEW_ADDRESS | {"line1": "x" * 101}}, "address.line1", "too_long"),
    ({"address": NEW_ADDRESS | {"city": "New\nYork"}}, "address.city", "control_characters"),
    ({"address": NEW_ADDRESS | {"state": "XQ"}}, "address.state", "not_a_state"),
    ({"address": NEW_ADDRESS | {"zip": "9303"}}, "address.zip", "not_a_zip"),
    ({"employer": {"phone": "8055550142"}}, "employer.name", "missing"),
    ({"employer": {"name": "B", "phone": "12"}}, "employer.phone", "not_a_phone"),
    ({"language": "fr"}, "language", "not_a_language"),
    ({"language": ["en"]}, "language", "not_a_language"),
    ({"ssn": "900010009"}, "changes", "unknown_field"),
    ([], "changes", "unreadable"),
])
def test_what_cannot_be_kept_is_refused_by_field_and_nothing_of_it_is_kept(with_people, update, changes, field, why):
    before = with_people.dump()
    with pytest.raises(Rejected) as refusal:
        update(changes)
    assert (refusal.value.code, refusal.value.details) == ("invalid", {"field": field, "why": why})
    assert with_people.dump() == before


@pytest.mark.parametrize("key, context", [("own", "cases|changes|another-command"), ("own", "cases|report|{}"),
                                          ("another", "cases|changes|{}")])
def test_what_was_sealed_for_something_else_is_not_opened(with_people, ask, ana, key, context):
    command_id = str(uuid.uuid4())
    public = with_people.own_public_key if key == "own" else generate_sealing_pair("c1")[1]
    sealed = seal(public, b'{"language": "en"}', context.format(command_id))
    with pytest.raises(Rejected, match="invalid"):
        ask("update_contact", {"participant_id": ana["participant_id"], "changes_sealed": sealed},
            command_id=command_id)


def test_nobody_changes_anything_of_somebody_else(with_people, ask, update, ben):
    with pytest.raises(Rejected, match="unknown_participant"):
        update({"language": "en"}, actor=ben["participant_id"])
    for name, body in (("set_preferences", {"language": "en", "email_notices": True}), ("update_contact", {})):
        with pytest.raises(Rejected, match="unknown_participant"):
            ask(name, {"participant_id": "5555555555", **body})


def test_the_same_command_twice_is_done_once(with_people, update):
    first = update({"address": NEW_ADDRESS}, command_id="a-command")
    before = with_people.dump()
    with pytest.raises(Rejected, match="command_reused"):
        update({"address": NEW_ADDRESS}, command_id="a-command")  # sealed anew: another body
    assert with_people.dump() == before and first.ok
    with pytest.raises(Rejected, match="nothing_changed"):
        update({"address": NEW_ADDRESS})


def test_a_command_that_is_delivered_again_has_its_first_answer(with_people, ask, ana):
    sealed = seal(with_people.own_public_key, b'{"language": "en"}', "cases|changes|a-command")
    body = {"participant_id": ana["participant_id"], "changes_sealed": sealed}
    assert ask("update_contact", body, command_id="a-command") == ask("update_contact", body, command_id="a-command")


def test_preferences_are_shown_and_another_language_is_told_to_all(with_people, ask, ana):
    reply = ask("set_preferences", {"participant_id": ana["participant_id"], "language": "en", "email_notices": True})
    assert reply.version == 2
    profile = with_people.shown_to_customers("profile_changed")[-1]
    assert (profile["language"], profile["email_notices"], profile["changed_by"]) == ("en", True, "self")
    assert with_people.for_services()[-1][1]["language"] == "en"
    ask("set_preferences", {"participant_id": ana["participant_id"], "language": "en", "email_notices": False})
    assert len([kind for kind, _ in with_people.for_services() if "changed" in kind]) == 1


def test_the_agency_hears_of_other_preferences_under_the_number_that_the_customer_has(with_people, ask, ana):
    mine = {"participant_id": ana["participant_id"], "language": "en", "email_notices": False}
    number = ask("set_preferences", mine).result["confirmation"]
    (heard,) = with_people.shown_to_customers("request_changed")
    assert (heard["confirmation"], heard["kind"], heard["status"]) == (number, "contact_update", "received")
    desk = Desk(with_people.app, keys_of(with_people.app.settings).safe, "test")
    assert desk.read(number, "operator").said == {"language": "en"}
    assert ask("set_preferences", mine).result == {}, "what is so already is no news"
    assert len(with_people.shown_to_customers("request_changed")) == 1


@pytest.fixture
def with_appointment(with_people, files, ana):
    starts = datetime.now(UTC) + timedelta(days=9)
    with_people.appointments(files.csv({
        "appointment_id": "A-1", "participant_id": ana["participant_id"], "case_id": "", "type": "interview",
        "status": "scheduled", "starts_at": starts.strftime("%Y-%m-%dT%H:%M:00Z"), "minutes": "45",
        "place": "Room 7, 1 Agency Plaza", "link": "", "attendance_required": "true", "bring": "photo_id",
        "language": "es"}))
    return with_people


def test_an_appointment_is_confirmed_by_its_own_person(with_appointment, ask, ana, ben):
    mine = {"participant_id": ana["participant_id"], "appointment_id": "A-1"}
    assert ask("confirm_appointment", mine).result == {}
    assert ask("confirm_appointment", mine).ok
    assert [data["status"] for data in with_appointment.shown_to_customers("appointment_changed")] == [
        "scheduled", "confirmed"]
    assert with_appointment.rows("SELECT status, version FROM appointments") == [{"status": "confirmed", "version": 2}]
    for stranger in (mine | {"participant_id": ben["participant_id"]}, mine | {"appointment_id": "A-2"}):
        with pytest.raises(Rejected, match="unknown_appointment"):
            ask("confirm_appointment", stranger)
    with pytest.raises(Rejected, match="unknown_appointment"):
        ask("confirm_appointment", mine, actor=ben["participant_id"])


def test_the_day_of_a_change_is_the_day_it_is_here(with_people, ask, ana):
    evening = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # still the twentieth in Los Angeles
    app = with_people.app
    app.clock = lambda: evening
    body = {"participant_id": ana["participant_id"], "language": "en", "email_notices": False}
    app.handle(Request("set_preferences", body, "c", ana["participant_id"], "web"),
               lambda unit, given: commands.set_preferences(unit, keys_of(app.settings), given))
    assert with_people.shown_to_customers("profile_changed")[-1]["changed_on"] == date(2026, 11, 20).isoformat()
