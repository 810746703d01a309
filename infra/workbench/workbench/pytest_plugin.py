"""pytest fixtures for real parts: containers where a Docker engine has the images, else embedded ones.

CC_PARTS=containers or embedded decides instead of `auto`; POSTGRES_IMAGE and RABBITMQ_IMAGE name the images. With
pytest-xdist each worker has parts of its own.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from workbench.containers import ContainerPostgres, ContainerRabbit
    from workbench.postgres import EmbeddedPostgres
    from workbench.rabbitmq import EmbeddedRabbit

CHOICES = ("auto", "containers", "embedded")


@cache
def chosen_parts() -> str:
    """`containers` or `embedded`; asked only when a test needs a part, for asking the engine takes a moment.

    Raises pytest.UsageError for any other word in CC_PARTS.
    """
    wanted = os.environ.get("CC_PARTS", "auto")
    if wanted not in CHOICES:
        raise pytest.UsageError(f"CC_PARTS must be one of {', '.join(CHOICES)}")
    if wanted == "auto":
        from workbench.containers import available

        return "containers" if available() else "embedded"
    return wanted


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres | ContainerPostgres]:
    """A PostgreSQL server: `create_database(name) -> (owner URL, app URL)`, `admin_url()`, `kill`, `start`, `stop`."""
    part: EmbeddedPostgres | ContainerPostgres
    if chosen_parts() == "containers":
        from workbench.containers import ContainerPostgres

        part = ContainerPostgres()
    else:
        from workbench.postgres import EmbeddedPostgres

        part = EmbeddedPostgres(_directory("postgres"))
    try:
        part.start()
        yield part
    finally:
        part.close()


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[EmbeddedRabbit | ContainerRabbit]:
    """A RabbitMQ node: `new_vhost() -> AMQP URL`, `amqp_url`, `management`, `kill`, `start`, `stop`."""
    part: EmbeddedRabbit | ContainerRabbit
    if chosen_parts() == "containers":
        from workbench.containers import ContainerRabbit

        part = ContainerRabbit()
    else:
        from workbench.rabbitmq import EmbeddedRabbit

        part = EmbeddedRabbit(_directory("rabbitmq"))
    try:
        part.start()
        yield part
    finally:
        part.close()


def _directory(name: str) -> Path:
    """Not pytest's own, which keeps the last three sessions: a server's files are large."""
    return Path(tempfile.mkdtemp(prefix=f"{name}-"))
