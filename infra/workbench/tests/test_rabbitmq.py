"""A broker for tests: virtual hosts that do not meet, messages that outlive a crash, nothing open to the network."""

from __future__ import annotations

import shutil

import psutil
import pytest
from kombu import Connection
from kombu.exceptions import OperationalError

from workbench.docker_rabbit import DockerRabbit
from workbench.pytest_plugin import chosen_parts
from workbench.rabbitmq import RabbitError


def put(url: str, name: str, body: str) -> None:
    """Until the broker has confirmed it: what it has not may be lost."""
    with Connection(url, transport_options={"confirm_publish": True}) as connection:
        queue = connection.SimpleQueue(name)
        queue.put(body)
        queue.close()


def get(url: str, name: str) -> str:
    with Connection(url) as connection:
        queue = connection.SimpleQueue(name)
        message = queue.get(timeout=10)
        message.ack()
        queue.close()
        return message.payload


def depth(url: str, name: str) -> int:
    with Connection(url) as connection:
        return connection.SimpleQueue(name).qsize()


def test_each_virtual_host_is_fresh(rabbitmq):
    first, second = rabbitmq.new_vhost(), rabbitmq.new_vhost()
    put(first, "letters", "one")
    assert depth(first, "letters") == 1
    assert depth(second, "letters") == 0


def test_persistent_messages_are_there_after_kill_9_and_after_a_clean_stop(rabbitmq):
    url = rabbitmq.new_vhost()
    put(url, "kept", "before the crash")
    rabbitmq.kill()
    with pytest.raises((OperationalError, OSError)), Connection(url, connect_timeout=2) as connection:
        connection.ensure_connection(max_retries=1, interval_start=0)
    rabbitmq.start()
    assert get(url, "kept") == "before the crash"
    put(url, "kept", "before the stop")
    rabbitmq.stop()
    rabbitmq.start()
    assert get(url, "kept") == "before the stop"


def test_the_private_node_listens_on_loopback_only(rabbitmq):
    if not hasattr(rabbitmq, "pid"):
        pytest.skip("a container has a network of its own")
    node = psutil.Process(rabbitmq.pid)
    listening = {connection.laddr.ip for process in (node, *node.children(recursive=True))
                 for connection in process.net_connections("tcp") if connection.status == psutil.CONN_LISTEN}
    assert listening == {"127.0.0.1"}


@pytest.fixture
def demo_broker(tmp_path):
    """The one that `make run` takes where no RabbitMQ is installed."""
    if chosen_parts() != "containers":
        pytest.skip("the parts are embedded ones")
    broker = DockerRabbit(tmp_path / "rabbitmq")
    yield broker
    broker.stop()
    broker.forget()


def test_the_container_of_make_run_keeps_what_it_has_until_its_folder_is_forgotten(demo_broker, tmp_path):
    demo_broker.fetch()
    demo_broker.launch()
    demo_broker.wait()
    put(demo_broker.amqp_url, "kept", "before the stop")
    demo_broker.stop()
    assert not demo_broker.alive
    demo_broker.launch()
    demo_broker.wait()
    assert get(demo_broker.amqp_url, "kept") == "before the stop"
    put(demo_broker.amqp_url, "kept", "before the folder was forgotten")
    demo_broker.stop()

    shutil.rmtree(tmp_path / "rabbitmq")
    demo_broker.launch()
    demo_broker.wait()
    assert depth(demo_broker.amqp_url, "kept") == 0


def test_an_image_that_cannot_be_had_is_named(tmp_path, monkeypatch):
    if chosen_parts() != "containers":
        pytest.skip("the parts are embedded ones")
    monkeypatch.setenv("RABBITMQ_IMAGE", "localhost:1/not-there:1")
    with pytest.raises(RabbitError, match="localhost:1/not-there:1"):
        DockerRabbit(tmp_path).fetch()
