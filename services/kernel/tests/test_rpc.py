"""RPC through a real broker: answers, refusals, time limits, and a broker that restarts under the client."""

import threading

import pytest

from eventkit.decider import Rejected
from eventkit.rpc_client import RpcClient, RpcFailed, RpcTimeout, RpcUnavailable
from eventkit.source import RpcSource
from eventkit.testing.processes import Process, wait_until
from eventkit.testing.sample import add


@pytest.fixture
def settings(database, amqp_url):
    return {"DATABASE_URL": database.app_url, "AMQP_URL": amqp_url, "HEALTH_PORT": "0"}


@pytest.fixture
def service(settings, tmp_path):
    with Process("servicekit.testing.till", "rpc", settings=settings, log=tmp_path / "rpc.log") as process:
        yield process


@pytest.fixture
def client(amqp_url, service):
    client = RpcClient(amqp_url, timeout=5)
    wait_until(lambda: _answers(client))
    yield client
    client.close()


def _answers(client):
    try:
        return client.query("till", "slow", {"seconds": 0}, timeout=2)
    except (RpcUnavailable, RpcTimeout):
        return False


def _add(client, amount=1, **more):
    body = {"till": "a", "amount": amount}
    return client.command("till", "add", body, actor="tester", channel="test", **more)


def test_a_command_is_answered_with_its_result_and_where_it_stands(client):
    reply = _add(client, 5)
    assert reply.result == {"total": 5}
    assert (reply.stream, reply.version) == ("till-a", 1)


def test_the_same_command_id_gives_the_same_reply(client):
    assert _add(client, 5, command_id="c1") == _add(client, 5, command_id="c1")
    assert _add(client, 1).result == {"total": 6}


def test_a_refusal_comes_back_as_one(client):
    with pytest.raises(Rejected) as refused:
        _add(client, -1)
    assert (refused.value.code, refused.value.details) == ("not_positive", {"amount": -1})


def test_a_bad_body_names_the_fields_and_not_their_values(client):
    with pytest.raises(Rejected) as refused:
        client.command("till", "add", {"till": "a", "amount": "s3cret"}, actor="t", channel="test")
    assert (refused.value.code, refused.value.details) == ("invalid", {"fields": "amount"})


def test_an_error_carries_an_incident_number_and_nobodys_data(client, service):
    with pytest.raises(RpcFailed) as failed:
        client.command("till", "fail", {"till": "ana-maria", "amount": 1}, actor="t", channel="test")
    assert failed.value.incident
    assert "ana-maria" not in str(failed.value)
    wait_until(lambda: failed.value.incident in service.log.read_text())
    assert "ana-maria" not in service.log.read_text()


def test_a_slow_answer_ends_at_the_time_limit_and_the_next_call_works(client):
    with pytest.raises(RpcTimeout):
        client.query("till", "slow", {"seconds": 3}, timeout=0.3)
    assert client.query("till", "slow", {"seconds": 0})["slept"] == 0


def test_a_service_that_does_not_exist_is_said_at_once(client):
    with pytest.raises(RpcUnavailable):
        client.query("nobody", "slow", {"seconds": 0})


def test_many_threads_share_the_pool(client):
    results = []
    threads = [threading.Thread(target=lambda: results.append(_add(client).result["total"])) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == list(range(1, 21))


def test_a_gap_is_filled_over_rpc(client, app, database, amqp_url):
    for _ in range(5):
        add(app, "a")
    with database.engine.begin() as conn:
        from eventkit.outbox import give_positions

        give_positions(conn, "till", 100)
    source = RpcSource(client)
    assert source.last_position("till") == 5
    assert [e.position for e in source.events_after("till", 2, limit=2)] == [3, 4]


def test_a_broker_that_restarts_costs_time_and_no_command(client, rabbitmq):
    _add(client)
    rabbitmq.stop()
    with pytest.raises((RpcUnavailable, RpcTimeout)):
        _add(client, timeout=0.5)
    rabbitmq.start()
    wait_until(lambda: _answers(client), within=60)
    before = _add(client, command_id="after").result
    assert _add(client, command_id="after").result == before


def test_a_broker_that_ends_while_an_answer_is_made_costs_no_service(client, rabbitmq, tmp_path):
    """The answer cannot be sent. nameko's container gives up then, and hears nothing for good."""
    with pytest.raises((RpcUnavailable, RpcTimeout)):
        client.query("till", "slow", {"seconds": 5}, timeout=1)
    rabbitmq.kill()  # in an instant: a stop may take until the answer is sent
    try:
        wait_until(lambda: "OperationalError" in (tmp_path / "rpc.log").read_text(), within=60)
    finally:
        rabbitmq.start()
    wait_until(lambda: _answers(client), within=60)


def test_the_service_ends_cleanly_on_sigterm(client, service):
    assert service.terminate(within=20) == 0
