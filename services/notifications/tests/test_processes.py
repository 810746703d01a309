"""The service as operators run it: migrate, the worker on a schedule, print-batch by hand, and what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from eventkit.broker import StreamPublisher, StreamReader
from eventkit.rpc_client import RpcClient
from eventkit.testing.processes import Process, wait_until
from notifications.definition import definition
from notifications.letters.sender import sender_of
from notifications.mailing.mailer import Mailer
from servicekit.settings import load

pytestmark = pytest.mark.timeout(180)
ANA = "1000000001"


@pytest.fixture
def amqp_url(rabbitmq) -> str:
    return rabbitmq.new_vhost()


@pytest.fixture
def started(new_service, amqp_url, tmp_path):
    """A role of the service in a process of its own; the clock of the test is the real one then."""
    service = new_service()
    service.clock.now = datetime.now(UTC)
    running = []

    def start(role: str, *arguments: str, **settings: str) -> Process:
        process = Process("notifications", role, *arguments, log=tmp_path / f"{role}.log",
                          settings=service.environment | {"AMQP_URL": amqp_url} | settings)
        running.append(process.start())
        return process

    start.service = service
    yield start
    for process in running:
        if process.alive:
            process.kill()


class Others:
    """cases and auth, as far as this service can tell: events in their streams."""

    def __init__(self, service, amqp_url: str) -> None:
        self._service = service
        self._amqp_url = amqp_url
        self._positions: dict[str, int] = {}

    def publish(self, type_: str, data: dict, stream: str) -> None:
        publisher = type_.partition(".")[0]
        position = self._positions[publisher] = self._positions.get(publisher, 0) + 1
        envelope = self._service.envelope(type_, data, stream)
        body = type(envelope)(**(vars(envelope) | {"position": position})).to_json()
        stream_publisher = StreamPublisher(self._amqp_url, publisher)
        stream_publisher.publish([(position, type_, body)])
        stream_publisher.close()


def test_from_the_others_events_to_a_letter_and_back(started, amqp_url):
    service = started.service
    others = Others(service, amqp_url)
    worker = started("worker", PRINT_EVERY_SECONDS="0.2")
    heard = Heard(amqp_url)
    heard.wait_for("notifications.print_key_announced.v1")

    others.publish("auth.temporary_pin_issued.v1", service.pin_issued("l-1", ANA), ANA)  # in no order
    others.publish("cases.participant_registered.v1", service.person(ANA), ANA)

    printed = heard.wait_for("notifications.letter_printed.v1")
    assert printed["letter_id"] == "l-1" and printed["participant_id"] == ANA
    assert service.pins_on_disk() == [("l-1", service.pins["l-1"])]
    assert worker.terminate() == 0
    said = worker.log.read_text()
    assert "batch_made" in said
    for canary in ("Canary", "Ñandú", ANA, service.pins["l-1"]):
        assert canary not in said


class Heard:
    """Reads the service's public stream from its beginning."""

    def __init__(self, amqp_url: str) -> None:
        self._reader = StreamReader(amqp_url, "notifications", None)

    def wait_for(self, type_: str, within: float = 60) -> dict:
        found: list[dict] = []

        def arrived() -> bool:
            found.extend(m.body["data"] for m in self._reader.batch(100, wait=0.1) if m.body["type"] == type_)
            return bool(found)

        wait_until(arrived, within)
        return found[0]


def test_from_a_changed_contact_to_a_letter_and_an_email_to_the_old_one(started, amqp_url, new_mail_server):
    service, server = started.service, new_mail_server()
    others = Others(service, amqp_url)
    worker = started("worker", PRINT_EVERY_SECONDS="0.2", SMTP_URL=f"smtp://127.0.0.1:{server.port}",
                     MAIL_FROM="notices@agency.example")
    others.publish("cases.participant_changed.v1", service.person(ANA), ANA)
    others.publish("cases.contact_changed.v1", service.contact_changed(ANA), ANA)
    printed = Heard(amqp_url).wait_for("notifications.letter_printed.v1")
    assert printed["template"] == "contact_changed"
    wait_until(lambda: service.rows("SELECT * FROM events WHERE name = 'MailSent'"), 60)
    [(_, to, _)] = server.received
    assert to == ["former@example.org"]
    assert worker.terminate() == 0
    said = worker.log.read_text()
    [line] = [json.loads(line) for line in said.splitlines() if "email_sent" in line]
    assert line["mail_id"] != "[redacted]"
    for canary in ("Canary", "Ñandú", "Former", "former@", "canary@", ANA, "CC-7K3M"):
        assert canary not in said


def test_a_worker_without_a_mail_server_says_so_once_and_prints_all_the_same(started, amqp_url):
    service = started.service
    others = Others(service, amqp_url)
    worker = started("worker", PRINT_EVERY_SECONDS="0.2")
    others.publish("cases.contact_changed.v1", service.contact_changed(ANA), ANA)
    Heard(amqp_url).wait_for("notifications.letter_printed.v1")
    assert worker.terminate() == 0
    [line] = [json.loads(line) for line in worker.log.read_text().splitlines() if "email_off" in line]
    assert (line["level"], line["name"]) == ("warning", "SMTP_URL, MAIL_FROM")
    assert service.rows("SELECT * FROM outgoing_mail") == []


def test_operators_see_what_was_given_up_and_have_it_tried_anew(started, new_mail_server):
    service, server = started.service, new_mail_server()
    settings = {"SMTP_URL": f"smtp://127.0.0.1:{server.port}", "MAIL_FROM": "notices@agency.example"}
    service.settings = load(definition.all_settings(), service.environment | settings)
    service.tell("cases.contact_changed.v1", service.contact_changed(ANA), ANA)
    server.answers["RCPT"] = "550 no such user"
    Mailer(service.app, service.keyring, sender_of(service.settings), service.settings.SMTP_URL,
           service.settings.MAIL_FROM).send_due()
    [row] = service.rows("SELECT mail_id FROM outgoing_mail WHERE next_try_at IS NULL")
    shown = started("mail", "list")
    assert shown.wait(60) == 0
    assert row["mail_id"] in shown.log.read_text() and "refused" in shown.log.read_text()
    assert "former@" not in shown.log.read_text()
    assert started("mail", "retry", row["mail_id"], "--operator", "kim").wait(60) == 0
    assert service.rows("SELECT * FROM outgoing_mail WHERE next_try_at IS NULL") == []
    again = started("mail", "discard", row["mail_id"], "--operator", "kim")
    assert again.wait(60) == 1 and "not_given_up" in again.log.read_text()


def test_without_a_schedule_letters_wait_for_the_command(started, amqp_url, tmp_path):
    service = started.service
    others = Others(service, amqp_url)
    worker = started("worker")
    Heard(amqp_url).wait_for("notifications.print_key_announced.v1")
    others.publish("cases.participant_registered.v1", service.person(ANA), ANA)
    others.publish("auth.temporary_pin_issued.v1", service.pin_issued("l-1", ANA), ANA)
    wait_until(lambda: service.rows("SELECT * FROM spool") and service.rows("SELECT * FROM address_book"))
    assert service.batches() == []

    by_hand = started("print-batch")
    assert by_hand.wait(60) == 0
    assert "1 letters (0 rejected, 0 wait on)" in by_hand.log.read_text()
    assert service.pins_on_disk() == [("l-1", service.pins["l-1"])]
    assert started("print-batch").wait(60) == 0
    assert "no letters wait" in by_hand.log.read_text()
    assert worker.terminate() == 0


def test_it_answers_for_its_events_over_rpc(started, amqp_url):
    service = started.service
    started("relay")
    started("rpc")
    service.press().ensure_key()
    client = RpcClient(amqp_url)

    def answered() -> bool:
        try:
            return client.query("notifications", "last_position", {}, timeout=5)["position"] == 1
        except Exception:
            return False

    wait_until(answered, 60)
    [event] = client.query("notifications", "events_after", {"position": 0})["events"]
    assert event["type"] == "notifications.print_key_announced.v1"
    assert event["data"]["print_key_id"] == service.current_key()[0]


def test_wrong_settings_are_told_all_at_once_and_no_key_is_shown(started):
    process = started("worker", PERSONAL_KEYS="k1:notbase64!", LETTERS_DIR="", AGENCY_TIME_ZONE="Moon/Base",
                      PRINT_BATCH_MAX="0", PRINT_EVERY_SECONDS="-1")
    assert process.wait(60) == 2
    said = process.log.read_text()
    assert "PERSONAL_KEYS" in said and "LETTERS_DIR is not set" in said and "AGENCY_TIME_ZONE must be the name" in said
    assert "PRINT_BATCH_MAX must be a whole number" in said and "PRINT_EVERY_SECONDS must be a number" in said
    assert "notbase64" not in said
