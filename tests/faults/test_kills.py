"""kill -9 of anything at random moments under imports and runs: nothing lost, nothing doubled, the books balance."""

from __future__ import annotations

import os
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from people import CASE, PAYOR, collection, disbursement, order
from suite import Suite, write_csv

from eventkit.testing.processes import Process, wait_until

KILLS = int(os.environ.get("CC_KILLS", "8"))
LINES = int(os.environ.get("CC_LINES", "2000"))
CASES = 40
# Small batches, so that the import lasts as long as the killing does.
BATCH = max(1, LINES // (KILLS * 100))
SEED = int(os.environ.get("CC_SEED", "20261124"))


@dataclass(frozen=True)
class Family:
    """A case of its own, with who pays in it and who is paid."""

    number: int

    @property
    def payor(self) -> str:
        return f"20000{self.number:05}"

    @property
    def payee(self) -> str:
        return f"30000{self.number:05}"

    @property
    def case_id(self) -> str:
        return f"06300{self.number:05}"

    def people(self) -> list[dict[str, object]]:
        return [{**PAYOR.row(), "participant_id": self.payor, "ssn": f"9002{self.number:05}", "email": ""},
                {**PAYOR.row(), "participant_id": self.payee, "ssn": f"9003{self.number:05}", "email": ""}]

    def case(self) -> dict[str, object]:
        return {**CASE, "case_id": self.case_id, "payor_ids": self.payor, "payee_ids": self.payee}


FAMILIES = [Family(number) for number in range(CASES)]


@pytest.fixture
def suite(postgres, rabbitmq, tmp_path):
    suite = Suite(postgres, rabbitmq, tmp_path, f"faults{os.getpid()}")
    suite.migrate()
    try:
        suite.start(split=True)
        people = [person for family in FAMILIES for person in family.people()]
        suite.run("cases", "import", "participants", str(write_csv(tmp_path / "participants.csv", people)))
        cases = write_csv(tmp_path / "cases.csv", [family.case() for family in FAMILIES])
        suite.run("cases", "import", "cases", str(cases))
        suite.wait_until_settled()
        # somebody pays ahead, somebody is behind: every month has something to charge, to credit and to bear interest
        orders = [order(family.case_id, 20_000 + 5_000 * (n % 20), "2026-01-01") for n, family in enumerate(FAMILIES)]
        suite.run("payments", "import", "orders", str(write_csv(tmp_path / "orders.csv", orders)))
        yield suite
    finally:
        suite.stop()


class Working:
    """Imports and runs, one after the other, each started again whenever it ends badly, as an operator would."""

    def __init__(self, suite: Suite, todo: list[tuple[str, ...]]) -> None:
        self._suite = suite
        self._todo = todo
        self.process = self._next()
        self.finished = False

    def go_on(self) -> None:
        if self.finished or self.process.alive:
            return
        if self.process._child is not None and self.process._child.returncode == 0:
            self.finished = not self._todo
            self.process = self.process if self.finished else self._next()
        if not self.finished:
            self.process.start()

    def _next(self) -> Process:
        return Process("payments", *self._todo.pop(0), settings=self._suite.settings("payments"),
                       log=self._suite.folder / "work.log")


def _lines() -> list[dict[str, object]]:
    return [collection(n, 1000 + n % 997, f"2026-{1 + n % 9:02}-{1 + n % 28:02}", payor=FAMILIES[n % CASES].payor,
                       case_id=FAMILIES[n % CASES].case_id) for n in range(1, LINES + 1)]


def _todo(folder: Path) -> list[tuple[str, ...]]:
    """What came in, what fell due and what it bore, and what was sent of it."""
    sent = [disbursement(n, 15_000, "2026-10-15", payee=family.payee, case_id=family.case_id)
            for n, family in enumerate(FAMILIES)]
    return [("import", "collections", str(write_csv(folder / "collections.csv", _lines())), "--batch", str(BATCH)),
            ("run", "charges", "--month", "2026-10", "--batch", "5"),
            ("run", "interest", "--through", "2026-09", "--batch", "5"),
            ("import", "disbursements", str(write_csv(folder / "disbursements.csv", sent)), "--batch", "5")]


def test_kill_minus_nine_of_anything_loses_nothing(suite, postgres, rabbitmq, tmp_path):
    working = Working(suite, _todo(tmp_path))
    working.go_on()
    chance = random.Random(SEED)
    victims = [*suite.processes, "postgres", "rabbitmq", "work"]
    under_way = 0
    for number in range(KILLS):
        time.sleep(chance.uniform(0.1, 0.8))  # the moment is random on purpose; nothing waits for it
        _kill(suite, postgres, rabbitmq, working, chance.choice(victims))
        working.go_on()
        under_way += not working.finished
        print(f"kill {number + 1}/{KILLS}, working: {not working.finished}", file=sys.stderr)
    assert under_way > KILLS / 2, "the work ended too early to be killed under"
    wait_until(lambda: working.go_on() or working.finished, within=600, every=0.1)
    wait_until(lambda: all(suite.ready(name) for name in suite.processes), within=120, every=0.2)
    suite.wait_until_settled(within=300)
    _nothing_is_lost_or_doubled(suite)
    for listener in ("auth", "payments", "notifications", "gateway"):
        assert suite.scalar(listener, "SELECT count(*) FROM parked") == 0
    suite.run("payments", "verify")
    suite.run("gateway", "rebuild")  # exits with an error where the rebuilt view differs from the live one


def _nothing_is_lost_or_doubled(suite: Suite) -> None:
    cents = sum(1000 + n % 997 for n in range(1, LINES + 1))
    for name in ("CollectionReceived", "CollectionDistributed"):
        assert suite.scalar("payments", "SELECT count(DISTINCT stream) FROM events WHERE name = :name",
                            name=name) == LINES
        assert suite.scalar("payments", "SELECT count(*) FROM events WHERE name = :name", name=name) == LINES
    charged = "SELECT count(*) FROM events WHERE name = 'ChargePosted'"
    assert suite.scalar("payments", charged) == 10 * CASES, "January to October, each month once"
    drawn = "SELECT count(*) FROM events WHERE name = 'LotsDrawn'"
    assert suite.scalar("payments", drawn) == CASES
    assert suite.scalar("gateway", "SELECT count(*) FROM view.payments_made") == LINES
    assert suite.scalar("gateway", "SELECT sum(amount_cents) FROM view.payments_made") == cents
    assert suite.scalar("gateway", "SELECT sum(amount_cents) FROM view.payments_sent") == 15_000 * CASES


def _kill(suite: Suite, postgres, rabbitmq, working: Working, victim: str) -> None:
    if victim == "work":
        working.process.kill()
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
