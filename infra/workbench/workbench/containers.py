"""The same parts as containers, where a Docker engine answers; image names come from the environment."""

from __future__ import annotations

import os
import secrets
import subprocess
import time
import uuid
from collections.abc import Callable
from typing import Any

import psycopg2

from workbench.answering import broker_answers
from workbench.databases import Server, create_service_database
from workbench.management import Management
from workbench.ports import LOOPBACK, free_port

POSTGRES_IMAGE = "postgres:17"
RABBITMQ_IMAGE = "rabbitmq:3.13-management"
RYUK_IMAGE = os.environ.get("RYUK_CONTAINER_IMAGE", "testcontainers/ryuk:0.8.1")
READY_SECONDS = 180.0


class ContainerError(RuntimeError):
    """The container started but what is in it does not answer."""


def available() -> bool:
    """Whether a Docker engine answers and has our images or can get them."""
    return _docker("info", within=10) and _has(_postgres_image()) and _has(_rabbitmq_image())


def _postgres_image() -> str:
    return os.environ.get("POSTGRES_IMAGE", POSTGRES_IMAGE)


def _rabbitmq_image() -> str:
    return os.environ.get("RABBITMQ_IMAGE", RABBITMQ_IMAGE)


def _has(image: str) -> bool:
    return _docker("image", "inspect", image, within=10) or _docker("pull", "-q", image, within=300)


def _docker(*arguments: str, within: float) -> bool:
    try:
        return subprocess.run(["docker", *arguments], capture_output=True, timeout=within,
                              stdin=subprocess.DEVNULL).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


class _Container:
    """What both do alike; host ports are fixed, for Docker gives others after a restart."""

    def __init__(self, image: str, ports: dict[int, int], environment: dict[str, str], **options: Any) -> None:
        _clear_up_as_we_can()
        from testcontainers.core.container import DockerContainer

        self._container = DockerContainer(image).with_envs(**environment).with_kwargs(**options)
        for inside, outside in ports.items():
            self._container.with_bind_ports(inside, outside)
        self._made = False

    def start(self) -> None:
        """Makes it or starts it again, and waits until it answers."""
        if self._made:
            self._container.get_wrapped_container().start()
        else:
            self._container.start()
            self._made = True
        _wait(self._answers, f"{type(self).__name__} does not answer")

    def stop(self) -> None:
        self._container.get_wrapped_container().stop(timeout=15)

    def kill(self) -> None:
        """kill -9; its files stay as they are."""
        self._container.get_wrapped_container().kill()
        _wait(lambda: not self.alive, "the container does not end")

    def close(self) -> None:
        """Ends it for good, and takes its files away."""
        if self._made:
            self._container.stop(force=True, delete_volume=True)

    @property
    def alive(self) -> bool:
        wrapped = self._container.get_wrapped_container()
        wrapped.reload()
        return bool(wrapped.status == "running")

    def _answers(self) -> bool:
        raise AssertionError("each part says how it answers")


class ContainerPostgres(_Container):
    def __init__(self) -> None:
        self.server = Server(LOOPBACK, free_port(), "postgres", secrets.token_hex(16))
        environment = {"POSTGRES_PASSWORD": self.server.password, "POSTGRES_INITDB_ARGS": "--no-locale --encoding=UTF8"}
        super().__init__(_postgres_image(), {5432: self.server.port}, environment)
        self._container.with_command("postgres -c max_connections=300 -c timezone=UTC")

    def create_database(self, name: str) -> tuple[str, str]:
        """(owner URL, app URL); see databases.create_service_database."""
        return create_service_database(self.server, name)

    def admin_url(self) -> str:
        """As superuser, who may do what no service may."""
        return self.server.url()

    def _answers(self) -> bool:
        try:
            self.server.connect().close()
        except psycopg2.OperationalError:
            return False
        return True


class ContainerRabbit(_Container):
    def __init__(self) -> None:
        self.port = free_port()
        self.management = Management(LOOPBACK, free_port(), "customer_connect", secrets.token_hex(16))
        environment = {"RABBITMQ_DEFAULT_USER": self.management.user, "RABBITMQ_DEFAULT_PASS": self.management.password}
        # The node keeps its data under its host's name.
        super().__init__(_rabbitmq_image(),
                         {5672: self.port, 15672: self.management.port}, environment, hostname="rabbit")

    @property
    def amqp_url(self) -> str:
        return self.url("%2F")

    def url(self, vhost: str) -> str:
        return f"amqp://{self.management.user}:{self.management.password}@{LOOPBACK}:{self.port}/{vhost}"

    def new_vhost(self) -> str:
        """The URL of a fresh, empty virtual host."""
        name = f"v{uuid.uuid4().hex[:12]}"
        self.management.new_vhost(name)
        return self.url(name)

    def _answers(self) -> bool:
        return broker_answers(self.amqp_url) and self.management.answers()


def _clear_up_as_we_can() -> None:
    """testcontainers' reaper removes what a killed test leaves; where its image cannot be had we do without."""
    if "TESTCONTAINERS_RYUK_DISABLED" not in os.environ and not _has(RYUK_IMAGE):
        os.environ["TESTCONTAINERS_RYUK_DISABLED"] = "true"


def _wait(condition: Callable[[], bool], problem: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise ContainerError(problem)
        time.sleep(0.1)
