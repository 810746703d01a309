"""A database server for tests: roles that may do only what they should, and data that outlives a crash."""

from __future__ import annotations

import os

import psycopg2
import pytest

from workbench.postgres import EmbeddedPostgres


def connect(url: str):
    conn = psycopg2.connect(url.replace("+psycopg2", ""))
    conn.autocommit = True
    return conn


def run(url: str, statement: str):
    conn = connect(url)
    try:
        with conn.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None
    finally:
        conn.close()


@pytest.fixture(scope="module")
def urls(postgres):
    return postgres.create_database("ledger")


def test_the_owner_makes_tables_and_the_service_only_reaches_what_it_was_granted(urls):
    owner, app = urls
    run(owner, "CREATE TABLE entries (cents int); INSERT INTO entries VALUES (5)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        run(app, "SELECT * FROM entries")
    run(owner, "GRANT SELECT ON entries TO ledger_app")
    assert run(app, "SELECT * FROM entries") == [(5,)]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        run(app, "CREATE TABLE mine (x int)")


def test_a_service_cannot_reach_another_services_database(postgres, urls):
    postgres.create_database("other")
    server, _, _ = urls[1].rpartition("/")
    with pytest.raises(psycopg2.OperationalError, match="permission denied"):
        run(f"{server}/other", "SELECT 1")


def test_asking_again_gives_the_same_database(postgres, urls):
    assert postgres.create_database("ledger") == urls


def test_a_name_that_is_no_identifier_is_refused(postgres):
    with pytest.raises(ValueError):
        postgres.create_database('x"; DROP DATABASE ledger; --')


def test_what_was_committed_is_there_after_kill_9_and_under_the_same_address(postgres):
    owner, _ = postgres.create_database("crashed")
    run(owner, "CREATE TABLE kept (x int)")
    waiting = connect(owner)
    postgres.kill()
    with pytest.raises(psycopg2.OperationalError), waiting.cursor() as cursor:
        cursor.execute("SELECT 1")
    postgres.start()
    assert run(owner, "SELECT * FROM kept") == []
    postgres.stop()
    assert not postgres.alive
    postgres.start()
    assert run(owner, "SELECT * FROM kept") == []


def test_commits_are_durable_and_there_are_connections_enough(postgres):
    settings = {name: run(postgres.admin_url(), f"SHOW {name}")[0][0]
                for name in ("fsync", "full_page_writes", "synchronous_commit", "max_connections")}
    assert settings == {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on",
                        "max_connections": "300"}


@pytest.mark.skipif(os.geteuid() != 0, reason="it runs as another user only where we are root")
def test_it_starts_again_after_a_folder_above_it_was_closed_to_its_user(tmp_path):
    above = tmp_path / "above"
    server = EmbeddedPostgres(above / "postgres")
    try:
        server.start()
        server.stop()
        above.chmod(0o700)
        server.start()
        assert server.alive
    finally:
        server.close()
