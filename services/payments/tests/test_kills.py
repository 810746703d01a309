"""kill -9 in every import and run, at random: run again, the books are those of a twin that nobody killed."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from eventkit.testing.processes import Process, wait_until
from payments import parties
from payments.imports.kinds import BY_NAME

from .nacha_files import Entry, content, nacha

KILLS = int(os.environ.get("CC_KILLS", "6"))
CASES = 100 + 4 * KILLS  # many more batches than kills, in every step
BATCH = ("--batch", "5")


@dataclass
class Step:
    """A command that changes the books, or writes a file."""

    name: str
    arguments: tuple[str, ...]
    writes: Path | None = None


@pytest.fixture(scope="module")
def amqp_url(rabbitmq):
    return rabbitmq.new_vhost()


@pytest.fixture
def steps(tmp_path, csv_text):
    """Every kind of file and every run. Money comes before its orders, so it waits; half of it is of joint returns, so
    it waits again; some is nobody's at first."""
    def taken_in(kind, *rows, file=None):
        path = tmp_path / f"{file or kind}.csv"
        path.write_text(csv_text(kind, *(row(n) for n in range(CASES) for row in rows)))
        return Step(f"import {kind}", ("import", kind, str(path), *BATCH))

    def run(*arguments):
        return Step(" ".join(arguments[:2]), (*arguments, *BATCH))

    bank = tmp_path / "bank.ach"
    bank.write_bytes(content(nacha([Entry(case(n), 2_000 + n) for n in range(CASES)], effective="240306")))
    payouts = tmp_path / "payouts.csv"
    return [
        taken_in("assistance", lambda n: f"AG,{n},{case(n)},started,2024-03-01,CASH_AID,1" if n % 3 == 0
                 else f"AG,{n},{case(n)},paid,2024-03-01,,,150.00"),
        taken_in("collections",
                 lambda n: f"SDU,{n},{payor(n)},{case(n)},{130 + n % 9}.{n % 10}1,2024-03-04,2024-03-04,"
                           f"{'FEDERAL_TAX,EFT,true' if n % 2 else 'INCOME_WITHHOLDING,EFT'}",
                 lambda n: f"SDU,U{n},,,{20 + n % 7}.00,2024-03-05,2024-03-05,OTHER,CHECK,"),
        Step("import nacha", ("import", "nacha", str(bank), *BATCH)),
        taken_in("orders", lambda n: f"COURT,{n},{case(n)},O{n},CHILD,CHILD,{100 + n % 7}.00,MONTHLY,2024-01-01"),
        taken_in("charges", lambda n: f"OLD,{n},{case(n)},judgment,JUDGMENT,2019-06-01,90.00,principal"),
        taken_in("liquidations", lambda n: f"COURT,L{n},{case(n)},25.00,2024-02-01"),
        run("run", "charges", "--month", "2024-04"),
        run("run", "distribution"),
        taken_in("identifications", lambda n: f"SDU,U{n},{payor(n)},"),
        taken_in("holds", lambda n: f"CSE,{n},{case(n)},hold,dispute,2024-04-03"),
        run("run", "interest", "--through", "2024-06"),
        taken_in("holds", lambda n: f"CSE,R{n},{case(n)},resume,dispute,2024-04-09", file="resumed"),
        taken_in("consents", lambda n: f"CSE,{n},{case(n)},form of 2024-04-10,2024-04-10,25"),
        Step("run payouts", ("run", "payouts", str(payouts), "--through", "2024-04-12"), payouts),
        taken_in("disbursements",
                 lambda n: f"SDU,D{n},{payee(n)},{case(n)},20.00,2024-04-12,check,issued,",
                 lambda n: f"SDU,E{n},{payee(n)},{case(n)},5.00,2024-04-12,check,returned,2024-04-20"),
        taken_in("reversals", lambda n: f"SDU,U{n},2024-05-02,NSF"),
        taken_in("corrections", lambda n: f"CSE,{n},{case(n)},direct_payment,1.00,2024-05-10"),
        taken_in("reallocations", lambda n: f"SDU,{n},{case(n)}"),
        run("release", "holds", "--on", "2024-10-01"),
        run("run", "statements", "--month", "2024-04"),
    ]


def case(n):
    return f"C{n:04}"


def payor(n):
    return f"{2_000_000_000 + n}"


def payee(n):
    return f"{3_000_000_000 + n}"


@pytest.fixture
def start_over(database, empty, case_event, participant_event):
    """Nothing in the books, everybody known."""

    def again():
        empty()
        told = [participant_event(n, who(n)) for n in range(CASES) for who in (payor, payee)]
        told += [case_event(n, case(n), [payor(n)], [payee(n)]) for n in range(CASES)]
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
        before = database.number("SELECT count(*) FROM events")
        finish(step, settings)
        assert step.writes or database.number("SELECT count(*) FROM events") > before, f"{step.name} does nothing"
    twin = books(), written(steps)
    assert all(len(text.splitlines()) > CASES for text in twin[1]), "each case is told of"
    assert {step.name for step in steps} >= {f"import {name}" for name in BY_NAME}, "every kind of file"

    start_over()
    chance, hit = random.Random(os.environ.get("CC_SEED", "7")), 0
    victims = Counter(kill % len(steps) for kill in range(KILLS - KILLS % len(steps)))
    victims.update(chance.sample(range(len(steps)), KILLS % len(steps)))
    for number, step in enumerate(steps):
        hit += sum(killed(step, settings, database, chance, tmp_path / "log") for _ in range(victims[number]))
        finish(step, settings)
    assert hit >= KILLS * 0.6, "the kills came too late to mean anything"
    assert (books(), written(steps)) == twin
    assert differences() == []


def written(steps):
    return [step.writes.read_text() for step in steps if step.writes]


def killed(step, settings, database, chance, log):
    """Whether the process was in the midst of its work when it was killed."""
    before = database.number("SELECT count(*) FROM events")
    with Process("payments", *step.arguments, settings=settings, log=log) as process:
        begun = step.writes and step.writes.with_name(f"{step.writes.name}.part")
        wait_until(lambda: not process.alive or (
            begun.exists() if begun else database.number("SELECT count(*) FROM events") > before), within=60)
        time.sleep(chance.uniform(0, 0.05))  # how far it comes is the point; nothing waits for this
        was_alive = process.alive
        process.kill()
    return was_alive


def finish(step, settings):
    done = subprocess.run([sys.executable, "-m", "payments", *step.arguments], env={**os.environ, **settings},
                          capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, f"{step.name}: {done.stdout}{done.stderr}"
