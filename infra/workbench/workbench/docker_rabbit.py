"""A RabbitMQ container for `make run` where no RabbitMQ is installed, or where CC_PARTS=containers asks for it.

Its data stays in a volume. The volume and the password belong together (RabbitMQ takes a password only when it starts
on an empty one): so a folder without a password, new or emptied by `make clean`, starts with an empty volume.
"""

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
        self._image = os.environ.get("RABBITMQ_IMAGE", IMAGE)
        self.log = self._directory / "rabbitmq.log"

    @property
    def amqp_url(self) -> str:
        return f"amqp://{USER}:{self._password()}@{LOOPBACK}:{self._port}/%2F"

    @property
    def alive(self) -> bool:
        return self._client is not None and self._client.alive

    def fetch(self) -> None:
        """The image, where it is not there yet: that may take longer than we wait for a node. Raises RabbitError."""
        if not _docker("image", "inspect", self._image)[0]:
            done, printed = _docker("pull", "-q", self._image)
            if not done:
                raise RabbitError(f"docker pull {self._image} failed (RABBITMQ_IMAGE names another): {printed}")

    def launch(self) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        self._port = self._port or free_port()
        self._remove()
        if not self._password_file.exists():
            self.forget()
            self._make_password()
        self._client = Child(
            ["docker", "run", "--rm", "--init", "--name", self._name, "--hostname", "rabbit",
             "-p", f"{LOOPBACK}:{self._port}:5672", "-v", f"{self._name}:/var/lib/rabbitmq",
             "-e", "RABBITMQ_DEFAULT_USER", "-e", "RABBITMQ_DEFAULT_PASS", self._image],
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

    def forget(self) -> None:
        """The data too. `make clean` does the same with the volume whose name it finds here."""
        self._remove()
        _docker("volume", "rm", "-f", self._name)

    def _remove(self) -> None:
        """One that a killed client left behind; the data is in a volume and stays."""
        _docker("rm", "-f", self._name)

    @property
    def _password_file(self) -> Path:
        return self._directory / "password"

    def _make_password(self) -> None:
        (self._directory / "volume").write_text(self._name)
        self._password_file.touch(0o600)
        self._password_file.write_text(secrets.token_hex(16))

    def _password(self) -> str:
        return self._password_file.read_text()


def _docker(*arguments: str) -> tuple[bool, str]:
    """Whether it went well, and what was printed."""
    try:
        done = subprocess.run(["docker", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
    except OSError as error:
        return False, str(error)
    return done.returncode == 0, done.stdout.strip()
