"""kill -9 in every import and run, at random: run again, the books are those of a twin that nobody killed."""

import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass

import pytest

from eventkit.testing.processes import Process, wait_until
from payments import parties

KILLS = int(os.environ.get("CC_KILLS", "6"))
CASES = 100 + 4 * KILLS  # many more batches than kills, in every step
BATCH = ("--batch", "5")


@dataclass
class Step:
    """A command that changes the books."""

    name: str
    arguments: tuple[str, ...]


@pytest.fixture(scope="module")
def amqp_url(rabbitmq):
    return rabbitmq.new_vhost()


@pytest.fixture
def steps(tmp_path, csv_text):
    """Money comes before its orders, so it waits; half of it is of joint returns, so it waits again."""
    def file(kind, rows):
        path = tmp_path / f"{kind}.csv"
        path.write_text(csv_text(kind, *rows))
        return path

    numbers = range(CASES)
    collections = file("collections", [
        f"SDU,{n},{payor(n)},{case(n)},{130 + n % 9}.{n % 10}1,2024-03-04,2024-03-04,"
        f"{'FEDERAL_TAX,EFT,true' if n % 2 else 'INCOME_WITHHOLDING,EFT'}" for n in numbers])
    orders = file("orders", [f"COURT,{n},{case(n)},O{n},CHILD,CHILD,{100 + n % 7}.00,MONTHLY,2024-01-01"
                             for n in numbers])
    return [Step("import collections", ("import", "collections", str(collections), *BATCH)),
            Step("import orders", ("import", "orders", str(orders), *BATCH)),
            Step("run charges", ("run", "charges", "--month", "2024-04", *BATCH)),
            Step("run distribution", ("run", "distribution", *BATCH)),
            Step("run interest", ("run", "interest", "--through", "2024-06", *BATCH)),
            Step("release holds", ("release", "holds", "--on", "2024-10-01", *BATCH))]


def case(n):
    return f"C{n:04}"


def payor(n):
    return f"{2_000_000_000 + n}"


@pytest.fixture
def start_over(database, empty, case_event, participant_event):
    """Nothing in the books, everybody known."""

    def again():
        empty()
        told = [participant_event(n, payor(n)) for n in range(CASES)]
        told += [case_event(n, case(n), [payor(n)], [f"{3_000_000_000 + n}"]) for n in range(CASES)]
        with database.engine.begin() as conn:
            parties.apply(conn, told)

    return again


@pytest.fixture
def books(database):
    """What the books come to: every account, how often everything happened, and what is left to do."""
    return lambda: (
        database.rows("SELECT account, sum(cents) FROM journal_lines GROUP BY account ORDER BY account"),
        database.rows("SELECT name, count(*), count(DISTINCT stream) FROM events GROUP BY name ORDER BY name"),
        database.rows("SELECT type, count(*) FROM outbox GROUP BY type ORDER BY type"),
        database.rows("SELECT case_id, next_charge, to_check, interest_checked FROM account_work ORDER BY case_id"),
        database.rows("SELECT receipt_id, hold, reason, cents FROM open_holds ORDER BY receipt_id, hold"))


@pytest.mark.timeout(1800)
def test_runs_that_are_killed_and_run_again_come_to_the_same(
        database, amqp_url, steps, start_over, books, tmp_path, differences):
    settings = {"DATABASE_URL": database.app_url, "AMQP_URL": amqp_url, "HEALTH_PORT": "0"}
    start_over()
    for step in steps:
        finish(step, settings)
    twin = books()
    happened = {name: count for name, count, _ in twin[1]}
    assert happened["HoldReleased"] == 2 * CASES, "all once, and two shares of each joint return"

    start_over()
    chance, hit = random.Random(os.environ.get("CC_SEED", "7")), 0
    for number, step in enumerate(steps):
        kills = KILLS // len(steps) + (number < KILLS % len(steps))
        hit += sum(killed(step, settings, database, chance, tmp_path / "log") for _ in range(kills))
        finish(step, settings)
    assert hit >= KILLS * 0.6, "the kills came too late to mean anything"
    assert books() == twin
    assert differences() == []


def killed(step, settings, database, chance, log):
    """Whether the process was in the midst of its work when it was killed."""
    before = database.number("SELECT count(*) FROM events")
    with Process("payments", *step.arguments, settings=settings, log=log) as process:
        wait_until(lambda: database.number("SELECT count(*) FROM events") > before or not process.alive, within=60)
        time.sleep(chance.uniform(0, 0.05))  # how far it comes is the point; nothing waits for this
        was_alive = process.alive
        process.kill()
    return was_alive


def finish(step, settings):
    done = subprocess.run([sys.executable, "-m", "payments", *step.arguments], env={**os.environ, **settings},
                          capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, f"{step.name}: {done.stdout}{done.stderr}"
