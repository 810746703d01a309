"""Real parts for the tests of cases: a migrated database, keys, and the agency's files."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, make_url, text

from cases.importing import appointments, case_file, court_orders, hearings, participants
from cases.importing.batches import Take, take_in
from cases.keys import keys_of
from cases.rotation import Rings
from cases.service import definition
from demo.agency import build
from demo.files import write
from eventkit.application import Application
from eventkit.crypto import Keyring, Opener, generate_key, generate_sealing_pair
from feedkit.feed import Column, Report
from servicekit.migrations import upgrade
from servicekit.process import make_engine
from servicekit.settings import load

FOR_SERVICES = {f"cases.{name}.v1" for name in ("participant_registered", "participant_changed", "case_opened",
                                                "case_changed")}
_numbers = itertools.count(1)

PERSON = {"participant_id": "0123456789", "ssn": "900010001", "first_name": "Ana", "last_name": "Paz",
          "language": "es", "line1": "1 Example St", "line2": "", "city": "Pretend", "state": "CA", "zip": "92901",
          "address_valid": "true", "email": "ana@example.org"}
OTHER = PERSON | {"participant_id": "9876543210", "ssn": "", "first_name": "Ben", "last_name": "Roe",
                  "language": "en", "email": ""}
CASE = {"case_id": "200000000001", "county": "06001", "court_case_number": "FL-1", "status": "open",
        "opened_on": "2024-02-01", "payor_ids": OTHER["participant_id"], "payee_ids": PERSON["participant_id"]}


@dataclass
class Service:
    """The cases service on a database of its own, imports run in this process."""

    owner_url: str
    app_url: str
    keys: str
    shown_keys: str
    report_keys: str
    private_key: str
    public_key: str
    own_private_key: str
    own_public_key: str
    engine: Engine
    owner: Engine

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.app_url, "DATABASE_OWNER_URL": self.owner_url,
                "DATABASE_APP_ROLE": str(make_url(self.app_url).username), "PERSONAL_KEYS": self.keys,
                "SHOWN_KEYS": self.shown_keys, "REPORT_KEYS": self.report_keys,
                "CASES_PRIVATE_KEYS": self.own_private_key, "AUTH_PUBLIC_KEY": self.public_key,
                "AMQP_URL": "amqp://nobody@127.0.0.1:1/"}

    @property
    def keyring(self) -> Keyring:
        return Keyring.parse(self.keys)

    @property
    def shown(self) -> Keyring:
        return Keyring.parse(self.shown_keys)

    @property
    def rings(self) -> Rings:
        return Rings(self.keyring, self.shown, Keyring.parse(self.report_keys))

    @property
    def auth(self) -> Opener:
        return Opener.parse(self.private_key)

    @property
    def app(self) -> Application:
        app = Application("cases", self.engine, definition.registry, definition.publish)
        app.settings = load(definition.all_settings(), self.environment)
        return app

    def participants(self, path: Path, **options: Any) -> Report:
        keys = keys_of(self.app.settings)
        return self._take_in(path, participants.COLUMNS, participants.taking(keys.protector, keys.showing), options)

    def cases(self, path: Path, **options: Any) -> Report:
        return self._take_in(path, case_file.COLUMNS, case_file.taking(keys_of(self.app.settings).guardian), options)

    def court_orders(self, path: Path, **options: Any) -> Report:
        return self._take_in(path, court_orders.COLUMNS, court_orders.take, options)

    def hearings(self, path: Path, **options: Any) -> Report:
        return self._take_in(path, hearings.COLUMNS, hearings.take, options)

    def appointments(self, path: Path, **options: Any) -> Report:
        take = appointments.taking(keys_of(self.app.settings).whereabouts)
        return self._take_in(path, appointments.COLUMNS, take, options)

    def _take_in(self, path: Path, columns: tuple[Column, ...], take: Take, options: dict[str, Any]) -> Report:
        return take_in(self.app, path, columns, take, import_id="a-test", show_progress=False, **options)

    def rows(self, query: str) -> list[dict[str, Any]]:
        with self.owner.begin() as conn:
            return [dict(row) for row in conn.execute(text(query)).mappings()]

    def published(self) -> list[tuple[str, dict[str, Any]]]:
        return [(row["type"], row["data"]) for row in self.rows("SELECT type, data FROM outbox ORDER BY id")]

    def for_services(self) -> list[tuple[str, dict[str, Any]]]:
        """What other services decide with."""
        return [(kind, data) for kind, data in self.published() if kind in FOR_SERVICES]

    def shown_to_customers(self, name: str) -> list[dict[str, Any]]:
        """The data of each event of this name."""
        return [data for kind, data in self.published() if kind == f"cases.{name}.v1"]

    def dump(self) -> str:
        """Every cell of every table, as text."""
        tables = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return "\n".join(row["row"] for table in tables
                         for row in self.rows(f'SELECT t::text AS row FROM "{table["tablename"]}" t'))


@pytest.fixture
def service(postgres) -> Iterator[Service]:
    owner_url, app_url = postgres.create_database(f"cases{next(_numbers)}")
    private, public = generate_sealing_pair("a1")
    own_private, own_public = generate_sealing_pair("c1")
    upgrade(definition.migrations, owner_url, str(make_url(app_url).username))
    found = Service(owner_url, app_url, generate_key("k1"), generate_key("s1"), generate_key("r1"), private,
                    public, own_private, own_public, make_engine(app_url), make_engine(owner_url))
    yield found
    found.engine.dispose()
    found.owner.dispose()


class Files:
    """Files with the given records."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def csv(self, *records: Mapping[str, str], name: str = "file.csv") -> Path:
        path = self._folder / name
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(records[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(records)
        return path

    def ndjson(self, *records: Mapping[str, Any]) -> Path:
        path = self._folder / "file.ndjson"
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        return path


@pytest.fixture
def files(tmp_path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def with_people(service, files) -> Service:
    """Ana and Ben are on file."""
    service.participants(files.csv(PERSON, OTHER, name="people.csv"))
    return service


@pytest.fixture
def ana() -> dict[str, str]:
    return dict(PERSON)


@pytest.fixture
def ben() -> dict[str, str]:
    return dict(OTHER)


@pytest.fixture
def their_case() -> dict[str, str]:
    """Ben pays, Ana is paid."""
    return dict(CASE)


@pytest.fixture
def rejects_of() -> Callable[[Path], list[dict[str, str]]]:
    def read(path: Path) -> list[dict[str, str]]:
        with path.with_name(f"{path.name}.rejects.csv").open(encoding="utf-8") as lines:
            return list(csv.DictReader(lines))

    return read


@pytest.fixture(scope="session")
def agency(tmp_path_factory) -> Path:
    """The files of the synthetic agency."""
    folder = tmp_path_factory.mktemp("agency")
    write(build(date(2026, 11, 20), participants=320), folder)
    return folder
