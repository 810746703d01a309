"""Values planted in the agency's files and in what customers type are looked for everywhere, and nowhere in clear."""

from __future__ import annotations

import json
import uuid

import pytest

from cases.catalog import catalog
from cases.confidentiality import CLEAR, ENCRYPTED, MASKED, OLD_CONTACT, RULES, SELF, SERVICES
from eventkit.broker import StreamReader
from eventkit.crypto import CannotDecrypt, seal
from eventkit.decider import Rejected
from eventkit.relay import Relay
from eventkit.rpc_client import RpcClient, RpcFailed, RpcUnavailable
from eventkit.testing.processes import Process, wait_until

pytestmark = pytest.mark.timeout(240)

CANARY = {"participant_id": "0123456789", "ssn": "900417341", "first_name": "Canariña", "last_name": "Zeisiglund",
          "language": "es", "line1": "417 Kanarienvogel Blvd", "line2": "Apt Pinzón", "city": "Serinusburg",
          "state": "XQ", "zip": "92917-4173", "address_valid": "true", "email": "canarina.z@birds.example.org",
          "phone_home": "805-555-4171", "phone_mobile": "(805) 555-4172", "phone_work": "805 555 4173",
          "employer_name": "Volierenbau Gimpel", "employer_phone": "805.555.4174", "employer_city": "Girlitzheim",
          "protected": "true", "email_notices": "true"}
OTHER = CANARY | {"participant_id": "9876543210", "ssn": "", "protected": "false"}
CASE = {"case_id": "200000000001", "county": "06001", "court_case_number": "FL-1", "status": "open",
        "opened_on": "2024-02-01", "payor_ids": OTHER["participant_id"], "payee_ids": CANARY["participant_id"],
        "function": "locate", "assistance": "current", "lcsa": "06417", "closed_on": "",
        "dependents": "Kükenia Zeisiglund 2015-04-17; Nestor Zeisiglund 2012-07-14"}
APPOINTMENT = {"appointment_id": "A-1", "participant_id": CANARY["participant_id"], "case_id": "", "type": "virtual",
               "status": "scheduled", "starts_at": "2098-04-17T09:30", "minutes": "45", "place": "Zimmer Stieglitz",
               "link": "https://meet.example.org/stieglitz417", "attendance_required": "true", "bring": "",
               "language": "es"}
TYPED = {"address": {"line1": "418 Wellensittich Ave", "line2": "", "city": "Sittichdorf", "state": "CA",
                     "zip": "93041"},
         "phone_home": "8055554181", "email": "wellensittich@birds.example.net",
         "employer": {"name": "Kakadu Cafe", "phone": "8055554182", "city": "Arahausen"}}
# long enough, or marked off, so that an encrypted value does not hold one by accident
WORDS = ("900417341", "900-41-7341", "canari", "zeisiglund", "kanarienvogel", "417 kan", "pinzón", "serinus", '"xq"',
         ",xq,", "92917-4173", "canarina.z", "birds.example", "8055554171", "555-4171", "8055554172", "555-4172",
         "8055554173", "555 4173", "8055554174", "555.4174", "volieren", "gimpel", "girlitz", "küken", "nestor",
         "2015-04-17", "2012-07-14", "stieglitz", "wellensittich", "sittichdorf", "8055554181", "8055554182", "kakadu",
         "arahausen", "418 w")
# A mask may say the city; nothing else of the above.
SHOWN_WORDS = set(WORDS) - {"serinus", "sittichdorf"}
# Each of these is refused, and holds something personal where it does.
BROKEN = ({"ssn": "90041734199"}, {"ssn": "900417341x"}, {"last_name": "Zeisiglund\x07"}, {"language": "Canariña"},
          {"zip": "92917 4173"}, {"state": "Serinusburg"}, {"email": "canarina.z"}, {"line1": ""},
          {"address_valid": "Kanarienvogel"}, {"participant_id": "900417341"}, {"first_name": "Canariña" * 20},
          {"last_name": "Zeisiglund, Canariña", "city": ""}, {"phone_home": "805-555-41711"},
          {"phone_mobile": "Kanarienvogel"}, {"employer_name": ""}, {"employer_phone": "Gimpel"},
          {"protected": "Zeisiglund"}, {"email_notices": "canarina.z"})
BROKEN_CASES = ({"dependents": "Kükenia Zeisiglund"}, {"dependents": "Nestor 2012-07-41"}, {"function": "Nestor"})
BROKEN_APPOINTMENTS = ({"link": "http://stieglitz"}, {"place": "Stieglitz" * 40}, {"bring": "Stieglitz"})
BROKEN_TYPED = ({"phone_home": "Wellensittich"}, {"email": "wellensittich"}, {"Kakadu": "Arahausen"},
                {"address": TYPED["address"] | {"zip": "Sittichdorf"}}, {"language": "Kakadu"}, ["Kakadu"],
                {"employer": {"name": "", "city": "Arahausen"}})


@pytest.fixture
def said(service, files, tmp_path, rabbitmq):
    """Everything that came of imports and commands: tables, the broker's stream, logs, reject files, replies."""
    amqp_url = rabbitmq.new_vhost()
    settings = service.environment | {"AMQP_URL": amqp_url, "LOG_LEVEL": "DEBUG"}
    run = Runner(settings, tmp_path)
    people = files.csv(CANARY, OTHER, *_broken(CANARY, "participant_id", BROKEN), name="people.csv")
    people.write_bytes(people.read_bytes() + b'0000000099,900417341,"Canari\xf1a,Zeisiglund\n')
    run("participants", people)
    run("participants", files.csv({key: value for key, value in CANARY.items() if key != "ssn"}, name="unusable.csv"))
    run("participants", files.csv({value: value for value in CANARY.values()}, name="heading.csv"))
    run("participants", files.csv(CANARY | {"line2": "Apt Pinzón 2"}, name="changed.csv"))
    run("cases", files.csv(CASE, *_broken(CASE, "case_id", BROKEN_CASES), name="cases.csv"))
    run("appointments", files.csv(APPOINTMENT, *_broken(APPOINTMENT, "appointment_id", BROKEN_APPOINTMENTS),
                                  name="appointments.csv"))
    replies = _commands(service, settings, run.log("rpc"))
    stream = _through_the_broker(service, amqp_url)
    rejects = {path.name: path.read_text() for path in tmp_path.glob("*.rejects.csv")}
    assert {name: len(text.splitlines()) for name, text in rejects.items()} == {
        "people.csv.rejects.csv": len(BROKEN) + 2, "cases.csv.rejects.csv": len(BROKEN_CASES) + 1,
        "appointments.csv.rejects.csv": len(BROKEN_APPOINTMENTS) + 1}, "each broken line was told of"
    return {"logs": run.logs(), "rejects": "".join(rejects.values()), "stream": stream, "dump": service.dump(),
            "replies": replies}


def test_nothing_personal_is_anywhere_in_clear_and_what_is_published_keeps_to_the_table(said, service):
    for place, text in said.items():
        assert text, place
        for word in WORDS:
            assert word not in text.casefold(), f"{word!r} is in the {place}"
    _the_search_would_find_what_is_there(said)
    _protection_is_not_told(service)
    _what_is_published_can_be_read_by_those_it_is_for(service)


def _the_search_would_find_what_is_there(said):
    assert CANARY["participant_id"] in said["dump"] and CANARY["participant_id"] in said["stream"]
    assert "is not an e-mail address" in said["rejects"] and "is not a phone number" in said["rejects"]
    assert "lacks the column" in said["logs"]
    assert "not_a_phone" in said["replies"] and "CC-" in said["replies"]


def _protection_is_not_told(service):
    """Neither the flag, nor the local agency of somebody who is protected, to those who show it."""
    for kind, data in service.published():
        assert "protected" not in json.dumps(data), kind
    assert [told["lcsa"] for told in service.shown_to_customers("case_details_changed")] == [None]
    assert "06417" not in json.dumps([data for _, data in service.published()])


def _what_is_published_can_be_read_by_those_it_is_for(service):
    for kind, data in service.published():
        for field, (audience, form) in RULES[kind.split(".")[1]].items():
            if not field.endswith(("_enc", "_sealed")):
                assert form is CLEAR
            elif data[field] is not None:
                by_services, by_gateway = _opens(service.keyring, data, field), _opens(service.shown, data, field)
                assert (by_services is not None) == (form is ENCRYPTED), f"{kind} {field}"
                assert form is not ENCRYPTED or (by_gateway is None and audience in (SERVICES, OLD_CONTACT))
                if form is MASKED:
                    assert not [word for word in SHOWN_WORDS if word in by_gateway.casefold()], f"{kind} {field}"


def _opens(keyring, data, field):
    """The text of a field, None where the ring does not open it under any context that there is."""
    owners = [str(value) for value in (data.get("participant_id"), data.get("case_id")) if value]
    ends = (field.removesuffix("_enc").removeprefix("old_"), "shown", "dependents", "appointment", "answer")
    for context in (f"{owner}|{end}" for owner in owners for end in ends):
        try:
            return keyring.decrypt(data[field], context).decode()
        except CannotDecrypt:
            continue
    return None


def test_the_table_says_of_each_field_of_each_event_who_is_told():
    assert {event.name: set(event.shape().fields) for event in catalog.events()} == {
        name: set(fields) for name, fields in RULES.items()}


def test_what_identifies_or_finds_somebody_never_leaves_in_clear_for_customers():
    finds = ("address", "email", "phone", "employer", "name", "ssn", "place", "link", "protected")
    for name, fields in RULES.items():
        for field, (_, form) in fields.items():
            told = any(word in field for word in finds) and field not in (
                "address_valid", "old_address_valid", "address_self_changed_on", "court_address", "email_notices")
            assert not told or form is not CLEAR, f"{name} {field}"
    assert RULES["hearing_changed"]["attendance"] == (SELF, CLEAR)


def test_an_error_in_the_middle_of_an_import_says_nothing_personal(service, files, tmp_path):
    with service.owner.begin() as conn:
        conn.exec_driver_sql("ALTER TABLE participants ADD CHECK (participant_id <> '0123456789')")
    log = tmp_path / "failed.log"
    with Process("cases", "import", "participants", str(files.csv(CANARY)), settings=service.environment,
                 log=log) as process:
        assert process.wait(60) == 2
    text = log.read_text()
    assert "refused the batch" in text and "Traceback" not in text
    assert not any(word in text.casefold() for word in WORDS)


class Runner:
    """Runs imports as processes and keeps what they say."""

    def __init__(self, settings, folder):
        self._settings = settings
        self._folder = folder
        self._logs = []

    def __call__(self, kind, path):
        with Process("cases", "import", kind, str(path), settings=self._settings, log=self.log(path.stem)) as process:
            process.wait(60)

    def log(self, name):
        self._logs.append(self._folder / f"{name}.log")
        return self._logs[-1]

    def logs(self):
        return "".join(log.read_text() for log in self._logs)


def _broken(good, key, changes):
    digits = len(good[key])
    return [good | {key: f"{number:0{digits}d}"} | change for number, change in enumerate(changes, 10)]


def _commands(service, settings, log):
    """Good and broken commands to the running service, an error inside it, and all it answers."""
    client, replies = RpcClient(settings["AMQP_URL"], timeout=20), []
    with Process("cases", "rpc", settings=settings, log=log):
        for changes in (*BROKEN_TYPED, TYPED):
            replies.append(_update(client, service, changes))
        with service.owner.begin() as conn:
            conn.exec_driver_sql("ALTER TABLE participants ADD CHECK (email_enc IS NOT NULL) NOT VALID")
        replies.append(_update(client, service, {"email": None, "phone_home": "8055554172"}))
    client.close()
    assert "internal" in replies[-1], "an error inside"
    return "\n".join(replies)


def _update(client, service, changes):
    command_id = str(uuid.uuid4())
    sealed = seal(service.own_public_key, json.dumps(changes).encode(), f"cases|changes|{command_id}")
    body = {"participant_id": CANARY["participant_id"], "changes_sealed": sealed}

    def ask():
        try:
            reply = client.command("cases", "update_contact", body, actor=body["participant_id"], channel="web",
                                   command_id=command_id)
            return json.dumps(reply.to_dict())
        except Rejected as refusal:
            return f"{refusal.code} {refusal.details}"
        except RpcFailed as error:
            return f"{error!r} internal"
        except RpcUnavailable:
            return None

    answers = []
    wait_until(lambda: answers.append(ask()) or answers[-1], within=60)
    return answers[-1]


def _through_the_broker(service, amqp_url):
    relay = Relay(service.engine, "cases", amqp_url)
    while relay.step():
        pass
    reader = StreamReader(amqp_url, "cases", 0)
    messages, told = [], len(service.published())
    while len(messages) < told:
        messages += reader.batch(100, wait=0.5)
    reader.close()
    return "".join(str(message) for message in messages)
