"""After everything else of the journey: no PIN, SSN, name or address in any log, event, queue, metric or error.

Runs last (its name says so), so that it searches what all the other tests left behind; logs are at debug level.
"""

from __future__ import annotations

import json
import re

import pytest
from people import PEOPLE, TOLD
from sqlalchemy import text
from suite import ALL, SERVICES

from eventkit.broker import StreamReader

PINS = {"483916", "617294", "730284", "905173", "905174", "905175", "905176", "905177"}
TYPED = {value for told in TOLD.values() for value in (told.phone, told.employer)}


@pytest.fixture(scope="module")
def canaries() -> set[str]:
    return PINS.union(*(person.canaries() for person in PEOPLE), TYPED)


def _found(canaries: set[str], where: str) -> set[str]:
    """Figures by themselves: among the digits of a hash or of a microsecond, six of them come up by chance."""
    return {canary for canary in canaries if canary in where and (not canary.isdigit() or _alone(canary, where))}


def _alone(figures: str, where: str) -> bool:
    return re.search(rf"(?<![0-9A-Za-z.+/]){figures}(?![0-9A-Za-z+/])", where) is not None


def test_the_search_finds_what_is_there(agency, canaries):
    participants = (agency.folder / "participants.csv").read_text()
    assert _found(canaries, participants) == canaries - PINS - TYPED


@pytest.mark.parametrize(("where", "found"), [
    ('{"pin": "730284"}', True), ("pin=730284&x", True), ("[730284]", True), ("entered 730284.", True),
    ("2026-11-30T17:26:40.730284+00:00", False), ("5f730284ab", False), ("Zm730284+/=", False)])
def test_figures_are_found_by_themselves(where, found):
    assert bool(_found({"730284"}, where)) is found


def test_no_log_of_any_process(agency, canaries):
    ids = {person.participant_id for person in PEOPLE}
    logs = agency.logs()
    assert logs["cases.agency.log"], "the agency's API is one of them"
    for name, log in logs.items():
        assert _found(canaries | ids, log) == set(), name


@pytest.mark.parametrize("service", ALL)
def test_no_table_of_any_service(agency, canaries, service):
    """Every column of every table as text; what is encrypted is encrypted."""
    engine = agency.owner_engine(service)
    with engine.connect() as conn:
        tables = conn.execute(text("SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = "
                                   "'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')")).all()
        assert tables
        for schema, table in tables:
            rows = conn.execute(text(f'SELECT row_to_json(t)::text FROM "{schema}"."{table}" t')).scalars()
            assert _found(canaries, "\n".join(rows)) == set(), f"{schema}.{table}"
    engine.dispose()


@pytest.mark.parametrize("service", SERVICES)
def test_no_message_of_any_stream(agency, canaries, service):
    reader = StreamReader(agency.amqp_url, service, None)
    bodies = "\n".join(json.dumps(message.body, ensure_ascii=False) for message in reader.batch(10_000, wait=2))
    reader.close()
    assert agency.scalar(service, "SELECT count(*) FROM outbox") == 0 or bodies
    assert _found(canaries, bodies) == set()


def test_no_metric_and_no_health_page(agency, canaries):
    for name in agency.processes:
        for path in ("/metrics", "/readyz", "/healthz"):
            assert _found(canaries, agency.health(name, path)) == set(), name


def test_no_reject_file(agency, canaries):
    broken = agency.folder / "broken.csv"
    lines = (agency.folder / "participants.csv").read_text().splitlines()
    broken.write_text("\n".join([lines[0], *(line.replace(",true", ",perhaps") for line in lines[1:])]) + "\n")
    done = agency.run("cases", "import", "participants", str(broken), check=False)
    rejects = agency.folder / "broken.csv.rejects.csv"
    assert rejects.exists()
    assert _found(canaries, rejects.read_text() + done.stdout + done.stderr) == set()
