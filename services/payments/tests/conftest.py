"""Real parts for the tests of payments: a migrated database, known participants and cases, and files to take in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect, make_url, select, text

from eventkit.application import Application
from eventkit.public import Envelope
from eventkit.tables import outbox
from feedkit.feed import Report, run_feed
from payments import parties
from payments.definition import definition
from payments.domain.disbursement import disbursement
from payments.domain.receipt import receipt
from payments.domain.words import registry
from payments.imports.kinds import BY_NAME
from payments.imports.taking_in import take_in
from payments.ledger.verify import verify
from payments.publishing import publish
from servicekit.migrations import upgrade
from servicekit.process import make_engine

PAYOR, OTHER_PAYOR, PAYEE, BUSY_PAYOR = "1000000001", "1000000002", "1000000003", "1000000004"

FEEDS = BY_NAME
"""Every kind of file, by name."""


@dataclass
class Database:
    owner_url: str
    app_url: str
    owner: Engine
    engine: Engine
    beyond_rules: Engine
    """The superuser with all triggers off: for emptying tables, and for tampering."""

    @property
    def app_role(self) -> str:
        role = make_url(self.app_url).username
        assert role
        return role

    def rows(self, query: str) -> list[tuple]:
        with self.engine.connect() as conn:
            return [tuple(row) for row in conn.execute(text(query))]

    def number(self, query: str) -> int:
        return int(self.rows(query)[0][0])


@pytest.fixture(scope="session")
def migrated(postgres) -> Iterator[Database]:
    owner_url, app_url = postgres.create_database("payments")
    superuser = make_url(postgres.admin_url()).set(database="payments")
    beyond_rules = create_engine(superuser, connect_args={"options": "-c session_replication_role=replica"})
    engines = [make_engine(owner_url), make_engine(app_url, pool=5), beyond_rules]
    found = Database(owner_url, app_url, *engines)
    upgrade(definition.migrations, owner_url, found.app_role)
    yield found
    for engine in engines:
        engine.dispose()


@pytest.fixture
def database(migrated: Database) -> Database:
    """Migrated and empty."""
    _empty(migrated)
    return migrated


@pytest.fixture
def empty(database: Database) -> Callable[[], None]:
    """For properties: everything away again."""
    return lambda: _empty(database)


def _empty(database: Database) -> None:
    """The journal can be emptied by nobody but a superuser with the triggers off."""
    with database.beyond_rules.begin() as conn:
        public = [name for name in inspect(conn).get_table_names("public") if name != "alembic_version"]
        names = [*public, *(table.fullname for table in parties.tables.sorted_tables)]
        conn.execute(text(f"TRUNCATE {', '.join(names)} RESTART IDENTITY"))


@pytest.fixture
def app(database: Database) -> Application:
    return Application("payments", database.engine, registry, publish)


def told(position: int, type_: str, data: dict) -> Envelope:
    """A public event of cases, as it arrives."""
    subject = data.get("case_id") or data["participant_id"]
    return Envelope(f"event-{position}", "/cases", f"cases.{type_}.v1", subject, datetime(2026, 1, 1, tzinfo=UTC),
                    position, subject, 1, "c", "c", data)


def registered(position: int, participant_id: str) -> Envelope:
    return told(position, "participant_registered", {"participant_id": participant_id, "language": "en"})


def opened(position: int, case_id: str, payors: Iterable[str], payees: Iterable[str], *, status: str = "open",
           type_: str = "case_opened") -> Envelope:
    people = [{"participant_id": who, "role": "payor"} for who in payors]
    people += [{"participant_id": who, "role": "payee"} for who in payees]
    return told(position, type_, {"case_id": case_id, "county": "06037", "status": status,
                                  "opened_on": "2020-01-01", "parties": people})


@pytest.fixture
def known(database: Database) -> None:
    _tell(database)


@pytest.fixture
def known_again(database: Database) -> Callable[[], None]:
    return lambda: _tell(database)


def _tell(database: Database) -> None:
    """One payor with one open case 2001 and a closed one 2002, one with two open cases 2003 and 2004; one payee."""
    events = [registered(n, who) for n, who in enumerate((PAYOR, OTHER_PAYOR, PAYEE, BUSY_PAYOR), start=1)]
    events += [opened(5, "2001", [PAYOR], [PAYEE]), opened(6, "2002", [PAYOR], [PAYEE], status="closed"),
               opened(7, "2003", [BUSY_PAYOR], [PAYEE]), opened(8, "2004", [BUSY_PAYOR], [PAYEE]),
               opened(9, "2005", [PAYOR, OTHER_PAYOR], [PAYEE], status="closed")]
    with database.engine.begin() as conn:
        parties.apply(conn, events)


TakeIn = Callable[..., Report]


@pytest.fixture
def take(app: Application, tmp_path: Path) -> TakeIn:
    """take("collections", line, ...): writes the lines below a header to a file and takes it in. The header names every
    column of the kind; cells left out at the end of a line are empty."""

    def run(feed: str, *rows: str, batch: int = 500, dry_run: bool = False, content: bytes | None = None,
            name: str = "feed.csv") -> Report:
        reading = FEEDS[feed]
        path = tmp_path / name
        path.write_bytes(content if content is not None else csv_of(feed, *rows).encode())
        return run_feed(path, reading.names, take_in(app, reading, dry_run=dry_run), batch=batch, show_progress=False,
                        feed=reading.open(path))

    return run


@pytest.fixture
def taken(take: TakeIn) -> Callable[..., tuple[int, int, int]]:
    """Like `take`, and gives how many lines were (applied, unchanged, rejected)."""

    def run(feed: str, *rows: str, **options: Any) -> tuple[int, int, int]:
        report = take(feed, *rows, **options)
        return report.applied, report.unchanged, report.rejected

    return run


_FINGERPRINT = """
    SELECT md5(string_agg(row_to_json(f)::text, '' ORDER BY feed, line_key)) FROM feed_lines f
    UNION ALL SELECT md5(string_agg(row_to_json(a)::text, '' ORDER BY case_id)) FROM account_work a
    UNION ALL SELECT md5(string_agg(row_to_json(h)::text, '' ORDER BY receipt_id, hold)) FROM open_holds h
    UNION ALL SELECT md5(string_agg(row_to_json(p)::text, '' ORDER BY payout_id)) FROM payouts p
    UNION ALL
    SELECT md5(string_agg(row_to_json(e)::text, '' ORDER BY id)) FROM events e
    UNION ALL SELECT md5(string_agg(row_to_json(o)::text, '' ORDER BY id)) FROM outbox o
    UNION ALL SELECT md5(string_agg(row_to_json(j)::text, '' ORDER BY entry_id)) FROM journal_entries j
    UNION ALL SELECT md5(string_agg(row_to_json(l)::text, '' ORDER BY entry_id, line)) FROM journal_lines l
"""


@pytest.fixture
def state(database: Database, known: None) -> Callable[[], list[tuple]]:
    """Everything the database holds of money, as one value."""
    return lambda: database.rows(_FINGERPRINT)


def header_of(feed: str) -> str:
    return ",".join(column.name for column in FEEDS[feed].names)


def csv_of(feed: str, *rows: str) -> str:
    header = header_of(feed)
    padded = (row + "," * (header.count(",") - row.count(",")) for row in rows)
    return "\n".join((header, *padded, ""))


@pytest.fixture
def csv_text() -> Callable[..., str]:
    """csv_text("collections", line, ...): what `take` writes into its file."""
    return csv_of


@pytest.fixture
def owing(known: None, take: TakeIn) -> None:
    """Orders for the open cases, so that what comes in has something to pay: 100.00 of child support a month since
    January 2026."""
    report = take("orders", *(order(case) for case in ("2001", "2003", "2004")))
    assert report.applied == 3


@pytest.fixture
def rejects(tmp_path: Path) -> Callable[[], list[tuple[str, ...]]]:
    """The lines of the reject file: (line, column, reason, what to do)."""
    import csv

    def read() -> list[tuple[str, ...]]:
        path = next(tmp_path.glob("*.rejects.csv"), None)
        return [tuple(row) for row in csv.reader(path.open())][1:] if path else []

    return read


@pytest.fixture
def differences(database: Database) -> Callable[[], list[str]]:
    """What `verify` finds wrong with the books."""

    def check() -> list[str]:
        with database.engine.connect().execution_options(isolation_level="REPEATABLE READ") as conn:
            return [f"{check.name}: {difference}" for check in verify(conn, registry, (receipt, disbursement))
                    for difference in check.differences]

    return check


@pytest.fixture
def published(database: Database) -> Callable[[], list[tuple[str, dict]]]:
    """What went into the outbox: (type, data), in order."""

    def read() -> list[tuple[str, dict]]:
        with database.engine.connect() as conn:
            rows = conn.execute(select(outbox.c.type, outbox.c.data).order_by(outbox.c.id))
            return [(row.type, row.data) for row in rows]

    return read


def collection(number: int = 1, *, payor: str = PAYOR, case: str = "2001", amount: str = "100.00",
               on: date = date(2026, 3, 2)) -> str:
    return f"SDU,{number},{payor},{case},{amount},{on},{on},INCOME_WITHHOLDING,EFT"


@pytest.fixture
def line() -> Callable[..., str]:
    """A good line of a collections file, with whatever a test wants different."""
    return collection


@pytest.fixture
def case_event() -> Callable[..., Envelope]:
    return opened


@pytest.fixture
def other_event() -> Envelope:
    return told(1, "hearing_set", {"case_id": "7", "participant_id": PAYOR})


@pytest.fixture
def participant_event() -> Callable[..., Envelope]:
    return registered


def order(case: str = "2001", *, amount: str = "100.00", kind: str = "CHILD", since: str = "2026-01-01",
          number: str | None = None) -> str:
    """A line of an orders file; the obligation is named by its case and kind."""
    return f"COURT,{number or f'{case}-{kind}-{since}'},{case},O-{case},{case}-{kind},{kind},{amount},MONTHLY,{since}"


@pytest.fixture
def order_line() -> Callable[..., str]:
    return order
