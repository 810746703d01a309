"""The whole suite, running, with a small agency's files taken in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from people import BEHINDS_CASE, CALLER, CALLERS_CASE, CASE, FEE, ORDERS, PEOPLE, STRANGER, collection, disbursement
from suite import Suite, write_csv, write_ndjson


@pytest.fixture(scope="session")
def agency(postgres, rabbitmq, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    """Everything running, three cases and their payments imported, distributed and visible."""
    suite = Suite(postgres, rabbitmq, tmp_path_factory.mktemp("agency"), "agency")
    suite.migrate()
    try:
        suite.start()
        take_in(suite, suite.folder)
        yield suite
    finally:
        suite.stop()


def take_in(suite: Suite, folder: Path) -> None:
    suite.run("cases", "import", "participants", str(write_csv(folder / "participants.csv", [p.row() for p in PEOPLE])))
    suite.run("cases", "import", "cases", str(write_csv(folder / "cases.csv", [CASE, CALLERS_CASE, BEHINDS_CASE])))
    suite.run("payments", "import", "orders", str(write_csv(folder / "orders.csv", ORDERS)))
    callers = str(CALLERS_CASE["case_id"])
    collections = [collection(1, 45012, "2026-09-01"), collection(2, 45012, "2026-10-01"),
                   collection(3, 123456, "2026-11-03", "OTHER", "CARD"),
                   collection(4, 123456 + FEE, "2026-11-03", payor=STRANGER.participant_id, case_id=callers)]
    suite.run("payments", "import", "collections", str(write_csv(folder / "collections.csv", collections)))
    sent = [disbursement(1, 45012, "2026-09-03"), disbursement(2, 123456 - FEE, "2026-11-05", "check"),
            disbursement(3, 123456, "2026-11-05", "card", CALLER.participant_id, callers)]
    suite.run("payments", "import", "disbursements", str(write_ndjson(folder / "disbursements.ndjson", sent)))
    suite.wait_until_settled()
