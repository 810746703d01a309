"""A portal that is served: gunicorn over a database of its own, with customers who are logged in."""

from __future__ import annotations

import os
import shutil
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, make_url, text

from bench.parts import Parts
from eventkit.crypto import Keyring, generate_key, generate_sealing_pair
from eventkit.secret import Secret
from eventkit.testing.processes import Process, wait_until
from gateway.definition import definition
from gateway.sessions import Beginning, Sessions
from servicekit.migrations import upgrade
from servicekit.process import make_engine
from workbench.ports import free_port

SECRET = "a secret of the benchmarks, long enough for anyone"
SHOWN_KEYS = generate_key("s1")
SHOWN = Keyring.parse(SHOWN_KEYS)
"""What `cases` would encrypt with, of which the portal shows."""


@dataclass(frozen=True)
class Portal:
    """A database with customers who are logged in, and the settings of a gateway over it."""

    environment: dict[str, str]
    tokens: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.environment['PUBLIC_PORT']}"


def portal(parts: Parts, name: str, fill: Callable[[Connection], object], sessions: Sequence[Beginning]) -> Portal:
    """Over a fresh database that `fill` writes the view into; a token for each of the sessions."""
    owner_url, app_url = parts.postgres.create_database(name)
    role = make_url(app_url).username
    assert role
    upgrade(definition.migrations, owner_url, role)
    owner, engine = make_engine(owner_url), make_engine(app_url)
    with owner.begin() as conn:
        fill(conn)
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("VACUUM ANALYZE"))
    owner.dispose()
    begun, now = Sessions(Secret(SECRET)), datetime.now(UTC)
    with engine.begin() as conn:
        tokens = [begun.begin(conn, session, now).token.reveal() for session in sessions]
    engine.dispose()
    return Portal({"DATABASE_URL": app_url, "AMQP_URL": parts.rabbitmq.new_vhost(), "HEALTH_PORT": "0",
                   "PUBLIC_PORT": str(free_port()), "SECRET_KEY": SECRET, "SECURE_COOKIES": "false",
                   "AUTH_PUBLIC_KEY": generate_sealing_pair("a1")[1],
                   "CASES_PUBLIC_KEY": generate_sealing_pair("c1")[1], "SHOWN_KEYS": SHOWN_KEYS}, tokens)


@contextmanager
def serving(parts: Parts, of: Portal) -> Iterator[None]:
    with Process("gateway", "web", settings=of.environment, log=parts.folder / "web.log"):
        wait_until(lambda: _answers(of), within=60)
        yield


def _answers(of: Portal) -> bool:
    try:
        with urllib.request.urlopen(of.address, timeout=10) as answer:
            return int(answer.status) == 200
    except OSError:
        return False


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
