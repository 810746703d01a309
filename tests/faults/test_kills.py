"""kill -9 of anything at random moments under an import: nothing lost, nothing doubled, the books balance."""

from __future__ import annotations

import os
import random
import sys
import time

import pytest
from people import CASE, PEOPLE, collection
from suite import Suite, write_csv

from eventkit.testing.processes import Process, wait_until

KILLS = int(os.environ.get("CC_KILLS", "8"))
LINES = int(os.environ.get("CC_LINES", "2000"))
# Small batches, so that the import lasts as long as the killing does.
BATCH = max(1, LINES // (KILLS * 100))
SEED = int(os.environ.get("CC_SEED", "20261124"))


@pytest.fixture
def suite(postgres, rabbitmq, tmp_path):
    suite = Suite(postgres, rabbitmq, tmp_path, f"faults{os.getpid()}")
    suite.migrate()
    try:
        suite.start(split=True)
        people = write_csv(tmp_path / "participants.csv", [person.row() for person in PEOPLE])
        suite.run("cases", "import", "participants", str(people))
        suite.run("cases", "import", "cases", str(write_csv(tmp_path / "cases.csv", [CASE])))
        suite.wait_until_settled()
        yield suite
    finally:
        suite.stop()


class Importing:
    """The import of one file, started again whenever it ends badly, as an operator would."""

    def __init__(self, suite: Suite, path) -> None:
        arguments = ("import", "collections", str(path), "--batch", str(BATCH))
        self.process = Process("payments", *arguments, settings=suite.settings("payments"),
                               log=suite.folder / "import.log")
        self.finished = False

    def go_on(self) -> None:
        if self.finished or self.process.alive:
            return
        if self.process._child is not None and self.process._child.returncode == 0:
            self.finished = True
        else:
            self.process.start()


def test_kill_minus_nine_of_anything_loses_nothing(suite, postgres, rabbitmq, tmp_path):
    rows = [collection(n, 1000 + n % 997, f"2026-{1 + n % 9:02}-{1 + n % 28:02}") for n in range(1, LINES + 1)]
    total = sum(1000 + n % 997 for n in range(1, LINES + 1))
    importing = Importing(suite, write_csv(tmp_path / "collections.csv", rows))
    importing.go_on()
    chance = random.Random(SEED)
    victims = [*suite.processes, "postgres", "rabbitmq", "import"]
    under_way = 0
    for number in range(KILLS):
        time.sleep(chance.uniform(0.1, 0.8))  # the moment is random on purpose; nothing waits for it
        _kill(suite, postgres, rabbitmq, importing, chance.choice(victims))
        importing.go_on()
        under_way += not importing.finished
        print(f"kill {number + 1}/{KILLS}, importing: {not importing.finished}", file=sys.stderr)
    assert under_way > KILLS / 2, "the import ended too early to be killed under"
    wait_until(lambda: importing.go_on() or importing.finished, within=600, every=0.1)
    wait_until(lambda: all(suite.ready(name) for name in suite.processes), within=120, every=0.2)
    suite.wait_until_settled(within=300)

    received = "FROM events WHERE name = 'CollectionReceived'"
    assert suite.scalar("payments", f"SELECT count(DISTINCT stream) {received}") == LINES
    assert suite.scalar("payments", f"SELECT count(*) {received}") == LINES
    assert suite.scalar("gateway", "SELECT count(*) FROM view.payments_made") == LINES
    assert suite.scalar("gateway", "SELECT sum(amount_cents) FROM view.payments_made") == total
    for listener in ("auth", "payments", "notifications", "gateway"):
        assert suite.scalar(listener, "SELECT count(*) FROM parked") == 0
    suite.run("payments", "verify")
    suite.run("gateway", "rebuild")  # exits with an error where the rebuilt view differs from the live one


def _kill(suite: Suite, postgres, rabbitmq, importing: Importing, victim: str) -> None:
    if victim == "import":
        importing.process.kill()
    elif victim == "postgres":
        postgres.kill()
        postgres.start()
    elif victim == "rabbitmq":
        rabbitmq.kill()
        rabbitmq.start()
    else:
        service, role = victim.split(".")
        suite.processes[victim].kill()
        suite.launch(service, role)
