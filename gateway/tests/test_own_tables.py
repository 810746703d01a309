"""A database that was in use is brought to the newest form, and nobody is logged out by it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import make_url, text

from gateway.definition import definition
from servicekit.migrations import upgrade
from servicekit.process import make_engine


def test_sessions_live_through_the_migration(postgres: Any) -> None:
    owner_url, app_url = postgres.create_database("gateway_before_0005")
    app_role = make_url(app_url).username or ""
    upgrade(definition.migrations, owner_url, app_role)
    owner = make_engine(owner_url, pool=1)
    with owner.begin() as conn:
        for statement in ("ALTER TABLE sessions DROP COLUMN id, DROP COLUMN device", "DROP TABLE drafts",
                          "UPDATE alembic_version SET version_num = '0004'",
                          "INSERT INTO sessions (token_hash, participant_id, state, account_version, language,"
                          " created_at, seen_at) SELECT n, n, 'full', 1, 'es', now(), now()"
                          " FROM (VALUES ('1'), ('2')) v(n)"):
            conn.execute(text(statement))
    upgrade(definition.migrations, owner_url, app_role)
    app = make_engine(app_url, pool=1)
    with app.begin() as conn:
        rows = conn.execute(text("SELECT id, device FROM sessions")).all()
        assert len({row.id for row in rows}) == 2 and {row.device for row in rows} == {"computer"}
        conn.execute(text("INSERT INTO drafts VALUES ('1', 'form', 'sealed', now())"))
    for engine in (owner, app):
        engine.dispose()
