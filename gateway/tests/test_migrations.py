"""A database of before gets what is new: tables of cases and statements, heard from their first event; how a session is
carried."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, make_url, text

from gateway import own_tables
from gateway.definition import definition
from gateway.view import case_tables, statement_tables, tables
from gateway.view.projections import NAME
from servicekit.migrations import upgrade
from servicekit.process import make_engine

from .facts import Facts

BEFORE = "0002"
NEW = (case_tables.profiles, case_tables.case_details, case_tables.case_assistance, case_tables.orders,
       case_tables.hearings, case_tables.attendance, case_tables.appointments, case_tables.requests)


def heard(conn: Connection, *publishers: str) -> None:
    for publisher in publishers:
        conn.execute(text("INSERT INTO checkpoints (subscription, publisher, position) VALUES (:name, :publisher, 7)"),
                     {"name": NAME, "publisher": publisher})


def test_what_was_heard_of_cases_before_is_heard_again(postgres) -> None:
    owner_url, app_url = postgres.create_database("gatewaybefore")
    role = make_url(app_url).username
    assert role
    upgrade(definition.migrations, owner_url, role)
    owner = make_engine(owner_url)
    with owner.begin() as conn:
        for table in (*NEW, own_tables.submissions):
            table.drop(conn)
        conn.execute(text("UPDATE alembic_version SET version_num = :before"), {"before": BEFORE})
        conn.execute(tables.cases.insert().values(viewer_id="1000000001", case_id="C1", role="payor", status="open",
                                                  opened_on="2024-01-15", version=1))
        heard(conn, "cases", "notifications")
    upgrade(definition.migrations, owner_url, role)
    with owner.begin() as conn:
        assert conn.execute(tables.cases.select()).all() == []
        assert conn.execute(text("SELECT publisher FROM checkpoints")).scalars().all() == ["notifications"]
        assert {table.name for table in NEW} <= set(inspect(conn).get_table_names(schema=NAME))
    app = make_engine(app_url)
    Facts(app).profile("1000000001")
    with app.begin() as conn:
        assert len(conn.execute(case_tables.profiles.select()).all()) == 1
        conn.execute(own_tables.submissions.delete())
    for engine in (owner, app):
        engine.dispose()


def test_sessions_that_live_are_those_of_pages(postgres) -> None:
    owner_url, app_url = postgres.create_database("gatewaysessions")
    role = make_url(app_url).username
    assert role
    upgrade(definition.migrations, owner_url, role)
    owner = make_engine(owner_url)
    with owner.begin() as conn:
        conn.execute(text("ALTER TABLE sessions DROP COLUMN way"))
        conn.execute(text("UPDATE alembic_version SET version_num = '0005'"))
        conn.execute(text("INSERT INTO sessions (token_hash, id, device, participant_id, state, account_version, "
                          "language, created_at, seen_at) "
                          "VALUES ('h', 'i', 'phone', '1000000001', 'full', 1, 'en', now(), now())"))
    upgrade(definition.migrations, owner_url, role)
    with owner.begin() as conn:
        assert conn.execute(own_tables.sessions.select()).one().way == "page"
    owner.dispose()


def test_statements_are_heard_from_the_first_and_no_debt_counts_twice(postgres) -> None:
    owner_url, app_url = postgres.create_database("gatewaystatements")
    role = make_url(app_url).username
    assert role
    upgrade(definition.migrations, owner_url, role)
    owner, app = make_engine(owner_url), make_engine(app_url)
    with owner.begin() as conn:
        for table in (statement_tables.payor_statements, statement_tables.family_statements):
            table.drop(conn)
        conn.execute(text("UPDATE alembic_version SET version_num = '0006'"))
        conn.execute(tables.debts.insert().values(case_id="C1", kind="CHILD", what="principal", due="2026-10-01",
                                                  cents=100))
        heard(conn, "cases", "payments")
    upgrade(definition.migrations, owner_url, role)
    with owner.begin() as conn:
        assert conn.execute(tables.debts.select()).all() == []
        assert conn.execute(text("SELECT publisher FROM checkpoints")).scalars().all() == ["cases"]
    Facts(app).statement("C1", ["1000000001"])
    with app.begin() as conn:
        assert len(conn.execute(statement_tables.family_statements.select()).all()) == 1
    for engine in (owner, app):
        engine.dispose()
