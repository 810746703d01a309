"""A RabbitMQ container for `make run` where no RabbitMQ is installed; its data stays in a volume."""

from __future__ import annotations

import hashlib
import os
import secrets
import subprocess
import time
from pathlib import Path

from workbench.answering import broker_answers
from workbench.children import Child
from workbench.ports import LOOPBACK, free_port
from workbench.rabbitmq import READY_SECONDS, USER, RabbitError

IMAGE = "rabbitmq:3.13-management"


class DockerRabbit:
    """The same few verbs as an embedded node. The client stays in the foreground: when it is ended, so is the node."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory.resolve()
        self._name = f"customer-connect-{hashlib.sha256(str(self._directory).encode()).hexdigest()[:10]}"
        self._port = 0
        self._client: Child | None = None
        self.log = self._directory / "rabbitmq.log"

    @property
    def amqp_url(self) -> str:
        return f"amqp://{USER}:{self._password()}@{LOOPBACK}:{self._port}/%2F"

    @property
    def alive(self) -> bool:
        return self._client is not None and self._client.alive

    def launch(self) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        self._port = self._port or free_port()
        self._remove()
        self._client = Child(
            ["docker", "run", "--rm", "--init", "--name", self._name, "--hostname", "rabbit",
             "-p", f"{LOOPBACK}:{self._port}:5672", "-v", f"{self._name}:/var/lib/rabbitmq",
             "-e", "RABBITMQ_DEFAULT_USER", "-e", "RABBITMQ_DEFAULT_PASS", os.environ.get("RABBITMQ_IMAGE", IMAGE)],
            self.log, {**os.environ, "RABBITMQ_DEFAULT_USER": USER, "RABBITMQ_DEFAULT_PASS": self._password()})

    def wait(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not broker_answers(self.amqp_url):
            if not self.alive or time.monotonic() > deadline:
                raise RabbitError(f"RabbitMQ did not start; see {self.log}")
            time.sleep(0.2)

    def stop(self) -> None:
        if self._client:
            self._client.stop()
        self._remove()

    def _remove(self) -> None:
        """One that a killed client left behind; the data is in a volume and stays."""
        subprocess.run(["docker", "rm", "-f", self._name], capture_output=True, stdin=subprocess.DEVNULL)

    def _password(self) -> str:
        place = self._directory / "password"
        if not place.exists():
            place.touch(0o600)
            place.write_text(secrets.token_hex(16))
        return place.read_text()

