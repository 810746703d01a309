"""A database that ran the first version is brought to today's form, and what it holds is read as before."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from cases.rotation import left
from cases.service import definition
from cases.tables import metadata
from eventkit.tables import create_kernel_tables, grant
from servicekit.migrations import upgrade

# The tables that the first migration made, and a participant and a case as they were stored then.
FIRST = (
    "CREATE TABLE participants (participant_id TEXT NOT NULL, version INTEGER NOT NULL, language TEXT NOT NULL, "
    "name_enc TEXT NOT NULL, address_enc TEXT, address_valid BOOLEAN NOT NULL, address_self_changed_on DATE, "
    "email_enc TEXT, ssn_sealed TEXT, marks JSONB NOT NULL, "
    "updated_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL, PRIMARY KEY (participant_id))",
    "CREATE TABLE cases (case_id TEXT NOT NULL, version INTEGER NOT NULL, county TEXT NOT NULL, "
    "court_case_number TEXT, status TEXT NOT NULL, opened_on DATE NOT NULL, "
    "updated_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL, PRIMARY KEY (case_id), "
    "CHECK (status IN ('open', 'closed')))",
    "CREATE TABLE case_parties (case_id TEXT NOT NULL, participant_id TEXT NOT NULL, role TEXT NOT NULL, "
    "PRIMARY KEY (case_id, participant_id), CHECK (role IN ('payor', 'payee')), "
    "FOREIGN KEY(case_id) REFERENCES cases (case_id), "
    "FOREIGN KEY(participant_id) REFERENCES participants (participant_id))",
    "CREATE INDEX case_parties_participant ON case_parties (participant_id)",
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
    "INSERT INTO alembic_version VALUES ('0001')",
)


@pytest.fixture
def of_the_first_version(service, postgres, files, ana, ben, their_case) -> Iterator[None]:
    """The same database as the first version left it: without what came later, in tables and in events."""
    service.participants(files.csv(ana, ben, name="people.csv"))
    service.cases(files.csv(their_case, name="cases.csv"))
    owner_url, app_url = postgres.create_database(f"{make_url(service.owner_url).database}_first")
    role = str(make_url(app_url).username)
    with create_engine(owner_url).begin() as conn:
        create_kernel_tables(conn, role)
        for statement in FIRST:
            conn.execute(text(statement))
        for table, rights in (("participants", "SELECT, INSERT, UPDATE"), ("cases", "SELECT, INSERT, UPDATE"),
                              ("case_parties", "SELECT, INSERT, DELETE")):
            grant(conn, rights, table, role)
        for table in ("events", "participants", "cases", "case_parties"):
            _copy(service, conn, table)
    service.owner_url, service.app_url = owner_url, app_url
    service.owner, service.engine = create_engine(owner_url), create_engine(app_url)
    yield
    service.owner.dispose()
    service.engine.dispose()


def _copy(service, conn, table):
    known = {column["name"] for column in inspect(conn).get_columns(table)} - {"id"}
    for row in service.rows(f"SELECT * FROM {table}"):
        values = {name: value for name, value in row.items() if name in known}
        if table == "events":
            values["data"], values["schema_version"] = json.dumps(_as_then(values["data"])), 1
            values["metadata"] = json.dumps(values["metadata"])
        if "marks" in values:
            values["marks"] = json.dumps(values["marks"])
        conn.execute(text(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(f':{n}' for n in values)})"),
                     values)


def _as_then(data):
    fields = ("language", "name", "address", "address_valid", "address_self_changed_on", "email", "ssn", "county",
              "court_case_number", "status", "opened_on", "parties")
    return data | {"details": {name: value for name, value in data["details"].items() if name in fields}}


def test_it_goes_on_where_it_was(of_the_first_version, service, files, ana, ben, their_case):
    role = str(make_url(service.app_url).username)
    upgrade(definition.migrations, service.owner_url, role)
    upgrade(definition.migrations, service.owner_url, role)
    assert service.cases(files.csv(their_case, name="cases.csv")).unchanged == 1
    assert service.published() == []
    people = files.csv(ana, ben, name="people.csv")
    assert service.participants(people).applied == 2, "each gets the profile they did not have"
    assert {kind for kind, _ in service.published()} == {"cases.profile_changed.v1"}
    assert service.participants(people).unchanged == 2
    assert left(service.engine, service.rings) == 0
    service.cases(files.csv(their_case | {"status": "reopened"}, name="cases.csv"))
    assert service.rows("SELECT status FROM cases") == [{"status": "reopened"}]


def test_both_ways_end_in_the_tables_that_the_code_knows(of_the_first_version, service, postgres):
    upgrade(definition.migrations, service.owner_url, str(make_url(service.app_url).username))
    fresh, app = postgres.create_database(f"{make_url(service.owner_url).database}_fresh")
    upgrade(definition.migrations, fresh, str(make_url(app).username))
    wanted, app = postgres.create_database(f"{make_url(service.owner_url).database}_wanted")
    with create_engine(wanted).begin() as conn:
        metadata.create_all(conn)
    assert _form(service.owner_url) == _form(fresh) == _form(wanted)


def _form(url):
    """Columns, keys, checks and indexes of this service's own tables."""
    seen = inspect(create_engine(url))
    return {table: ({column["name"]: (str(column["type"]), column["nullable"], column["default"])
                     for column in seen.get_columns(table)},
                    seen.get_pk_constraint(table)["constrained_columns"],
                    sorted((key["constrained_columns"], key["referred_table"]) for key in seen.get_foreign_keys(table)),
                    sorted((check["name"], check["sqltext"]) for check in seen.get_check_constraints(table)),
                    sorted((index["name"], index["column_names"]) for index in seen.get_indexes(table)))
            for table in metadata.tables}
