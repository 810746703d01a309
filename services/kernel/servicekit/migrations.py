"""Running a service's Alembic migrations, which live inside its package."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from eventkit.tables import grant
from servicekit.process import make_engine

# Two operators, or two pods, may start at once: one migrates, the other waits and finds nothing to do.
_LOCK = 5_143_260_001


def upgrade(folder: Path, owner_url: str, app_role: str) -> None:
    """Brings the database to the newest migration, in one transaction a step; safe to run again."""
    config = _config(folder)
    with make_engine(owner_url).connect() as conn:
        conn.execute(text("SET lock_timeout = 0"))  # for as long as the other one takes
        conn.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        conn.execute(text("RESET lock_timeout"))
        conn.commit()
        config.attributes["connection"] = conn
        config.attributes["app_role"] = app_role
        try:
            command.upgrade(config, "head")
            grant(conn, "SELECT", "alembic_version", app_role)  # readiness compares it with the code's head
            conn.commit()
        finally:
            conn.rollback()
            conn.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
            conn.commit()


def current(conn: Connection) -> str | None:
    return MigrationContext.configure(conn).get_current_revision()


def head(folder: Path) -> str | None:
    return ScriptDirectory.from_config(_config(folder)).get_current_head()


def run_env() -> None:
    """What a service's migrations/env.py calls: the connection comes from `upgrade`."""
    from alembic import context

    connection = context.config.attributes["connection"]
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


def app_role() -> str:
    """For use in a migration: the role to grant to."""
    from alembic import context

    role: str = context.config.attributes["app_role"]
    return role


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config
