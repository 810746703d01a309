"""A database per service with two roles: one that owns the tables, one that the service works as."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, field

import psycopg2
from psycopg2 import sql

_NAME = re.compile(r"[a-z][a-z0-9_]{0,50}")


@dataclass(frozen=True)
class Server:
    """Where a PostgreSQL server listens, and its superuser."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)

    def url(self, database: str = "postgres", user: str | None = None, password: str | None = None) -> str:
        """For SQLAlchemy, the driver named."""
        return (f"postgresql+psycopg2://{user or self.user}:{password or self.password}"
                f"@{self.host}:{self.port}/{database}")

    def connect(self, database: str = "postgres") -> psycopg2.extensions.connection:
        """As superuser, in autocommit."""
        conn = psycopg2.connect(host=self.host, port=self.port, user=self.user, password=self.password,
                                dbname=database, connect_timeout=5)
        conn.autocommit = True
        return conn

    def password_of(self, role: str) -> str:
        """Derived, so that nothing more need be kept: the same role has the same password on the same server."""
        return hmac.new(self.password.encode(), role.encode(), hashlib.sha256).hexdigest()[:32]


def create_service_database(server: Server, name: str) -> tuple[str, str]:
    """(owner URL, app URL) of database `name`, made if it is not there.

    `<name>_owner` owns the database and its schema public; `<name>_app` may connect and use the schema, and gets
    everything else from migrations. Raises ValueError for a name that is no plain identifier.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a database name: {name!r}")
    owner, app = f"{name}_owner", f"{name}_app"
    conn = server.connect()
    try:
        with conn.cursor() as cursor:
            _create_role(cursor, owner, server.password_of(owner))
            _create_role(cursor, app, server.password_of(app))
            created = _create_database(cursor, name, owner)
    finally:
        conn.close()
    if created:
        _hand_over(server, name, owner, app)
    return (server.url(name, owner, server.password_of(owner)), server.url(name, app, server.password_of(app)))


def _create_role(cursor: psycopg2.extensions.cursor, role: str, password: str) -> None:
    cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone() is None:
        cursor.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD %s").format(sql.Identifier(role)), [password])


def _create_database(cursor: psycopg2.extensions.cursor, name: str, owner: str) -> bool:
    cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
    if cursor.fetchone() is not None:
        return False
    cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(owner)))
    return True


def _hand_over(server: Server, name: str, owner: str, app: str) -> None:
    conn = server.connect(name)
    try:
        with conn.cursor() as cursor:
            for statement in (
                "REVOKE ALL ON DATABASE {name} FROM PUBLIC",
                "GRANT CONNECT ON DATABASE {name} TO {app}",
                "ALTER SCHEMA public OWNER TO {owner}",
                "REVOKE ALL ON SCHEMA public FROM PUBLIC",
                "GRANT USAGE ON SCHEMA public TO {app}",
            ):
                cursor.execute(sql.SQL(statement).format(
                    name=sql.Identifier(name), owner=sql.Identifier(owner), app=sql.Identifier(app)))
    finally:
        conn.close()
