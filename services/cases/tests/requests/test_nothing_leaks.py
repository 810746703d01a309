"""Words planted in a report, a wish and an answer are looked for in everything that anybody else gets to see."""

from __future__ import annotations

import json
import urllib.request
import uuid

import pytest
from prometheus_client import generate_latest

from cases.agency import tokens
from cases.requests import clock
from eventkit.broker import StreamReader
from eventkit.crypto import seal
from eventkit.decider import Rejected
from eventkit.rpc_client import RpcClient
from eventkit.testing.processes import Process, wait_until
from workbench.ports import answers, free_port

pytestmark = pytest.mark.timeout(240)
REPORT = {"names_aliases": "Kanarino Zeisig", "birth_date": "1984-03-15", "ssn": "900-41-7341",
          "address": "417 Kanarienvogel Blvd", "phone": "(805) 555-4173", "email": "canary@birds.example.org",
          "employer": "Serinus Works", "occupation": "pinzonero", "vehicle": "plate 7CNR417", "property": "a jilguero",
          "relatives": "Tía Verdecilla", "incarceration_benefits": "pardillo wing", "other": "sings at dawn",
          "source": "vecina Lugana", "safety_concern": True}
WISH = {"reason": "piquituerto clinic", "times": "camachuelo days"}
WORDS = ("kanarin", "zeisig", "1984-03-15", "900-41-7341", "900417341", "kanarienvogel", "555-4173", "canary@birds",
         "serinus", "pinzonero", "7cnr417", "jilguero", "verdecilla", "pardillo", "sings at dawn", "lugana",
         "piquituerto", "camachuelo")
BROKEN = ({"ssn": "900417341x"}, {"birth_date": "1984-03-15x"}, {"email": "kanarienvogel"}, {"phone": "verdecilla"},
          {"other": "pardillo\x07"}, {"kanarienvogel": "x"}, {"vehicle": "7cnr417" * 40}, {"address": ["jilguero"]})
OPERATOR = "caseworker.quintanilla"
ANSWER = "Le esperamos el viernes en la mesa Gorrión."


@pytest.fixture
def said(office, ana, their_case, rabbitmq, tmp_path):
    """Everything that came of it, through the real processes at the most talkative level."""
    url = rabbitmq.new_vhost()
    port = free_port()
    settings = office.environment | {"AMQP_URL": url, "LOG_LEVEL": "DEBUG", "AGENCY_PORT": str(port),
                                     "HEALTH_PORT_FILE": str(tmp_path / "health")}
    with office.engine.begin() as conn:
        token = tokens.create(conn, OPERATOR, tokens.SCOPES).reveal()
    with (Process("cases", "rpc", settings=settings, log=tmp_path / "rpc.log"),
          Process("cases", "worker", settings=settings | {"HEALTH_PORT_FILE": str(tmp_path / "worker")},
                  log=tmp_path / "worker.log"),
          Process("cases", "agency", settings=settings | {"HEALTH_PORT_FILE": ""}, log=tmp_path / "agency.log")):
        replies = _through_the_broker(office, url, ana, their_case)
        wait_until(lambda: answers(port))
        listed = _asked(port, token, "/requests?limit=200")
        number = next(one["confirmation"] for one in json.loads(listed)["requests"] if one["kind"] == "reschedule")
        answered = _asked(port, token, f"/requests/{number}/answer", {"answer": "rescheduled", "message": ANSWER})
        wait_until(lambda: office.rows("SELECT 1 FROM outbox WHERE position IS NULL") == [])
        changed = _asked(port, token, "/requests/changed")
        metrics = [_http(f"http://127.0.0.1:{(tmp_path / name).read_text()}/metrics") for name in ("health", "worker")]
        stream = _stream(office, url)
    assert token not in office.dump()
    logs = "".join(path.read_text() for path in tmp_path.glob("*.log"))
    return {"replies": replies, "listed": listed, "changed": changed, "answered": answered,
            "metrics": "".join(metrics), "stream": stream, "logs": logs, "dump": office.dump()}


def test_nothing_of_it_is_anywhere_but_with_the_agency(office, said):
    """One run of all processes for all that is looked for in what they said."""
    _nothing_is_in_clear(said)
    _what_was_reported_is_encrypted_in_one_place(office, said)
    _nobody_of_the_agency_is_named_and_no_concern_is_told(said)
    _the_search_would_find_what_is_there(office, said)


def _nothing_is_in_clear(said):
    for place, text in said.items():
        assert text, place
        for word in (*WORDS, "gorrión", "gorri\\u00f3n"):
            assert word not in text.casefold(), f"{word!r} is in the {place}"


def _what_was_reported_is_encrypted_in_one_place(office, said):
    """In the first event, which stays here, and in the table: the agency's own API gives it out by itself alone."""
    contents = {row["content_enc"] for row in office.rows("SELECT content_enc FROM requests")}
    assert len(contents) == 2
    for place in ("stream", "replies", "listed", "changed", "answered", "logs", "metrics"):
        assert not any(content in said[place] for content in contents), place
    assert office.rows("SELECT DISTINCT name FROM events WHERE data ? 'content'") == [{"name": "RequestReceived"}]


def _nobody_of_the_agency_is_named_and_no_concern_is_told(said):
    assert OPERATOR not in said["stream"] + said["replies"]
    assert not any("safety" in said[place] for place in ("stream", "logs", "replies"))


def _the_search_would_find_what_is_there(office, said):
    for row in office.rows("SELECT confirmation FROM requests"):
        number = row["confirmation"]
        assert all(number in said[place] for place in ("stream", "dump", "replies", "listed", "changed"))
        assert number not in said["logs"], "a number leads to a person"
    assert "unreadable" in said["replies"] and "not_an_ssn" in said["replies"]
    assert "requests_overdue" in said["metrics"]
    assert OPERATOR in said["logs"] and "safety_concern" in said["listed"]


def test_the_figures_count_what_waits_and_what_waits_too_long(office, report):
    report({"other": "x"}), report({"other": "y"})
    with office.owner.begin() as conn:
        conn.exec_driver_sql("UPDATE requests SET due_on = '2026-01-05' WHERE confirmation = ("
                             "SELECT min(confirmation) FROM requests)")
    clock.measure(office.app)
    figures = generate_latest().decode()
    assert "requests_open 2.0" in figures and "requests_overdue 1.0" in figures
    with office.owner.begin() as conn:
        conn.exec_driver_sql("UPDATE requests SET status = 'in_review'")
    clock.measure(office.app)
    assert "requests_overdue 0.0" in generate_latest().decode(), "who took it up has acknowledged it"


def _through_the_broker(office, url, ana, their_case):
    client, who, told = RpcClient(url), ana["participant_id"], []

    def send(name, field, content, **body):
        command_id = uuid.uuid4().hex
        sealed = content if isinstance(content, str) else seal(
            office.own_public_key, json.dumps(content).encode(), f"cases|{field}|{command_id}")
        try:
            reply = client.command("cases", name, {"participant_id": who, f"{field}_sealed": sealed, **body}, actor=who,
                                   channel="web", command_id=command_id)
            told.append(str(reply))
        except Rejected as refusal:
            told.append(f"{refusal.code} {refusal.details}")

    wait_until(lambda: _answers(client))
    for report in (REPORT, *BROKEN, "c1.AAAA"):
        send("report_other_party", "report", report, case_id=their_case["case_id"])
    send("report_other_party", "report", REPORT, case_id="299999999999")
    for wish in (WISH, {"reason": "piquituerto\x07"}):
        send("request_reschedule", "wish", wish, appointment_id="A-1")
    return "\n".join(told)


def _answers(client):
    try:
        return client.query("cases", "last_position", {}) is not None
    except Exception:
        return False


def _stream(office, url):
    wanted = office.rows("SELECT max(position) AS p FROM outbox")[0]["p"]
    reader, messages = StreamReader(url, "cases", 0), []
    while len(messages) < wanted:
        messages += reader.batch(50, wait=0.5)
    reader.close()
    return "".join(str(message) for message in messages)


def _asked(port, token, path, body=None):
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex,
               "Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/agency/v1{path}", headers=headers,
                                     data=None if body is None else json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()


def _http(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()
