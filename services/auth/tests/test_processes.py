"""The service as operators run it, with a real broker: from others' events to a log-in, nothing secret in clear."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from eventkit.broker import StreamPublisher, StreamReader, connect
from eventkit.crypto import seal
from eventkit.decider import Rejected
from eventkit.public import Envelope
from eventkit.rpc_client import RpcClient, RpcTimeout, RpcUnavailable
from eventkit.testing.processes import Process, wait_until

pytestmark = pytest.mark.timeout(240)

ANA, SSN = "0471962583", "900471836"
# Long enough not to turn up by chance among times and hashes.
PIN, NEXT_PIN, WRONG_PIN, UNKNOWN = "830275194627", "517306928431", "640198273512", "900000471555"


@pytest.fixture
def amqp_url(rabbitmq) -> str:
    return rabbitmq.new_vhost()


@pytest.fixture
def spy(amqp_url):
    """Everything that RPC says in the broker, requests and replies; read at once, for requests do not keep."""
    connection = connect(amqp_url)
    channel = connection.channel()
    channel.exchange_declare("nameko-rpc", "topic", durable=True, auto_delete=False)
    channel.queue_declare("spy", durable=True, auto_delete=False)
    for key in ("auth.*", "*"):  # ours, and all replies
        channel.queue_bind("spy", "nameko-rpc", key)
    heard: list[str] = []
    channel.basic_consume("spy", no_ack=True, callback=lambda message: heard.append(str(message.body)))
    stop = threading.Event()

    def listen() -> None:
        while not stop.is_set():
            with suppress(TimeoutError):
                connection.drain_events(timeout=0.1)

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield heard
    stop.set()
    thread.join(10)
    connection.close()


class Running:
    """The rpc and worker roles, the publishers they listen to, and a client like the gateway's."""

    def __init__(self, auth, amqp_url, folder) -> None:
        self.auth, self.amqp_url = auth, amqp_url
        auth.environment |= {"AMQP_URL": amqp_url}
        self.processes = [Process("auth", role, settings=auth.environment, log=folder / f"{role}.log").start()
                          for role in ("rpc", "worker")]
        self.client = RpcClient(amqp_url, timeout=20)
        self._positions: dict[str, int] = {}
        wait_until(self._answers, within=60)

    def _answers(self) -> bool:
        try:
            return self.client.query("auth", "last_position", {}, timeout=2)["position"] >= 0
        except (RpcUnavailable, RpcTimeout):
            return False

    def publish(self, kind: str, stream: str, **data) -> None:
        publisher = kind.partition(".")[0]
        position = self._positions[publisher] = self._positions.get(publisher, 0) + 1
        envelope = Envelope(f"{publisher}-{position}", f"/{publisher}", kind, stream, datetime.now(UTC), position,
                            stream, position, "correlation", "cause", data)
        stream_publisher = StreamPublisher(self.amqp_url, publisher)
        stream_publisher.publish([(position, kind, envelope.to_json())])
        stream_publisher.close()

    def register_ana(self) -> None:
        sealed = seal(self.auth.public_key, SSN.encode(), f"{ANA}|ssn")
        self.publish("cases.participant_registered.v1", f"participant-{ANA}", participant_id=ANA, language="es",
                     name_enc="k1.AA", address_enc="k1.BB", address_valid=True, address_self_changed_on=None,
                     email_enc=None, ssn_sealed=sealed)

    def announce_key(self) -> None:
        self.publish("notifications.print_key_announced.v1", "print_key-k9", print_key_id="k9",
                     public_key=self.auth.printer.new_key("k9"))

    def log_in(self, identifier: str, pin: str, proof: str = "proof"):
        command_id, seal = self.auth.command()
        return self._command("log_in", command_id, identifier_sealed=seal(identifier, "identifier"),
                             pin_sealed=seal(pin, "pin"), proof_sealed=seal(proof, "proof"))

    def change_pin(self, new: str, proof: str | None = None, current: str | None = None):
        command_id, seal = self.auth.command()
        return self._command("change_pin", command_id, participant_id=ANA, new_pin_sealed=seal(new, "pin"),
                             proof_sealed=proof and seal(proof, "proof"),
                             current_pin_sealed=current and seal(current, "pin"))

    def request_pin(self, identifier: str):
        command_id, seal = self.auth.command()
        return self._command("request_pin", command_id, identifier_sealed=seal(identifier, "identifier"))

    def _command(self, name: str, command_id: str, **body):
        return self.client.command("auth", name, body, actor="anonymous", channel="web", command_id=command_id)

    def in_the_stream(self) -> list[dict]:
        reader = StreamReader(self.amqp_url, "auth", None)
        try:
            return [message.body for message in reader.batch(1000, wait=2)]
        finally:
            reader.close()

    def letter(self) -> dict:
        def found() -> list[dict]:
            return [body["data"] for body in self.in_the_stream() if body["type"] == "auth.temporary_pin_issued.v1"]

        wait_until(found, within=60)
        return found()[-1]

    def logs(self) -> str:
        return "\n".join(process.log.read_text() for process in self.processes)


@pytest.fixture
def empty_auth(auth):
    """Nobody has told this service anything yet."""
    with auth.owner.begin() as conn:
        for table in ("events", "snapshots", "outbox", "login_index", "print_keys", "checkpoints"):
            conn.exec_driver_sql(f"DELETE FROM {table}")
    return auth


@pytest.fixture
def running(empty_auth, amqp_url, spy, tmp_path):
    found = Running(empty_auth, amqp_url, tmp_path)
    yield found
    found.client.close()
    for process in found.processes:
        if process.alive:
            process.kill()


def test_from_the_others_events_to_a_pin_of_ones_own_with_nothing_secret_in_clear(running, spy):
    running.register_ana()
    wait_until(lambda: running.auth.published("account_opened"), within=60)
    running.request_pin(SSN)
    running.request_pin(UNKNOWN)
    running.announce_key()  # the request has waited for it
    letter = running.letter()
    temporary = running.auth.printer.open(letter)

    reply = running.log_in(ANA, temporary, proof="canary-proof-of-the-session")
    assert reply.result == {"participant_id": ANA, "must_change": True}
    with pytest.raises(Rejected, match="pin_too_weak"):
        running.change_pin(SSN, proof="canary-proof-of-the-session")
    assert running.change_pin(PIN, proof="canary-proof-of-the-session").ok
    assert running.log_in(SSN, PIN).result == {"participant_id": ANA, "must_change": False}
    assert running.change_pin(NEXT_PIN, current=PIN).ok
    for identifier, pin in ((ANA, temporary), (UNKNOWN, NEXT_PIN), ("nonsense", WRONG_PIN), *[(ANA, WRONG_PIN)] * 5):
        with pytest.raises(Rejected) as refused:
            running.log_in(identifier, pin)
        assert (refused.value.code, refused.value.details) == ("not_accepted", {})
    with pytest.raises(Rejected, match="invalid"):
        running.client.command("auth", "log_in", {"pin_sealed": PIN}, actor="anonymous", channel="web")

    wait_until(lambda: "auth.account_locked.v1" in {body["type"] for body in running.in_the_stream()}, within=60)
    assert [process.terminate() for process in running.processes] == [0, 0]
    _nothing_in_clear(running, "\n".join(spy), temporary)


def _nothing_in_clear(running, rpc: str, temporary: str) -> None:
    places = {"tables": running.auth.dump(), "stream": json.dumps(running.in_the_stream()), "rpc": rpc,
              "logs": running.logs()}
    assert ANA in places["tables"] and ANA in places["stream"], "the search finds what is there"
    assert places["rpc"].count("pin_sealed") > 10 and "must_change" in places["rpc"]
    assert "ready" in places["logs"]
    # This one request we sent in clear ourselves, to see that a refused body is not repeated by anybody.
    assert places["rpc"].count(PIN) == 1
    places["rpc"] = places["rpc"].replace(PIN, "")
    canaries = (temporary, PIN, NEXT_PIN, WRONG_PIN, SSN, f"{SSN[:3]}-{SSN[3:5]}-{SSN[5:]}", UNKNOWN,
                "canary-proof-of-the-session")
    for canary in canaries:
        for form in (canary, base64.b64encode(canary.encode()).decode().rstrip("="), canary.encode().hex()):
            assert [name for name, text in places.items() if form in text] == []


def test_operators_disable_and_unlock_on_record_and_see_no_pin(running):
    running.register_ana()
    running.announce_key()
    wait_until(lambda: running.auth.published("account_opened"), within=60)

    assert _operate(running, "unlock", ANA).returncode == 1, "it is not locked"
    assert _operate(running, "disable", "0999999999").returncode == 1, "it is nobody's"
    assert _operate(running, "disable", ANA).returncode == 0
    running.request_pin(ANA)
    wait_until(lambda: "PinRequestRefused" in running.auth.events(f"account-{ANA}"), within=60)
    said = _operate(running, "unlock", ANA)
    assert "letter" in said.stdout
    temporary = running.auth.printer.open(running.letter())
    assert temporary not in said.stdout + said.stderr
    assert running.log_in(ANA, temporary).result["must_change"]

    acts = running.auth.rows("SELECT name, data, metadata->>'actor' AS actor FROM events "
                             "WHERE name IN ('AccountDisabled', 'AccountUnlocked') ORDER BY id")
    assert [(act["name"], act["actor"]) for act in acts] == [("AccountDisabled", "operator:kim"),
                                                             ("AccountUnlocked", "operator:kim")]
    assert acts[0]["data"] == {"operator": "kim", "reason": "called from #"}


def _operate(running, act: str, participant_id: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "auth", "accounts", act, participant_id, "--operator", "kim",
                           "--reason", "called from 555 010 2030"], env=running.auth.environment,
                          capture_output=True, text=True, timeout=60, check=False)
