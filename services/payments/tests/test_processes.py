"""The service as processes: imports killed at random, books proved, receipts explained over RPC."""

import os
import random
import subprocess
import sys
import time

import pytest
from sqlalchemy import text

from eventkit.decider import Rejected
from eventkit.rpc_client import RpcClient, RpcError
from eventkit.testing.processes import Process, wait_until

KILLS = int(os.environ.get("CC_KILLS", "8"))
LINES = 2000
COLLECTIONS = "source_system,source_id,payor_id,case_id,amount,received_on,posted_on,source,method"


@pytest.fixture(scope="module")
def amqp_url(rabbitmq):
    return rabbitmq.new_vhost()


@pytest.fixture
def settings(database, known, amqp_url):
    return {"DATABASE_URL": database.app_url, "AMQP_URL": amqp_url, "HEALTH_PORT": "0"}


@pytest.fixture
def payments(settings):
    """Runs `python -m payments ...` to its end: (exit code, what it printed)."""

    def run(*arguments):
        done = subprocess.run([sys.executable, "-m", "payments", *arguments], env={**os.environ, **settings},
                              capture_output=True, text=True, timeout=120, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.fixture
def file_of(tmp_path, line):
    def write(count, *further):
        path = tmp_path / "collections.csv"
        rows = [line(n, amount=f"{100 + n % 7}.0{n % 10}") for n in range(count)]
        path.write_text("\n".join([COLLECTIONS, *rows, *further, ""]))
        return path

    return write


def test_an_import_killed_at_random_and_run_again_loses_and_doubles_nothing(
        database, settings, payments, file_of, tmp_path, differences):
    file, chance, hit = file_of(LINES), random.Random(11), 0
    importing = Process("payments", "import", "collections", str(file), "--batch", "20", settings=settings,
                        log=tmp_path / "log")
    for _ in range(KILLS):
        before = database.number("SELECT count(*) FROM events")
        with importing:
            wait_until(lambda before=before: database.number("SELECT count(*) FROM events") > before
                       or not importing.alive, within=60)
            time.sleep(chance.uniform(0, 0.1))
            hit += importing.alive
            importing.kill()
    assert hit >= KILLS // 2, "the kills came too late to mean anything"
    code, said = payments("import", "collections", str(file))
    assert code == 0, said
    assert f"{LINES} lines: " in said
    total = sum((100 + n % 7) * 100 + n % 10 for n in range(LINES))
    assert database.rows("SELECT count(*), count(DISTINCT stream), sum((data->>'amount_cents')::bigint) FROM events "
                         "WHERE name = 'CollectionReceived'") == [(LINES, LINES, total)]
    assert database.number("SELECT count(*) FROM outbox") == 2 * LINES
    assert database.number("SELECT sum(cents) FROM journal_lines WHERE account = 'A:SDU_CASH'") == total
    assert differences() == []


def test_two_imports_of_one_file_at_once_take_each_line_in_once(database, settings, file_of, tmp_path, differences):
    file = file_of(600)
    both = [Process("payments", "import", "collections", str(file), "--batch", "20", "--rejects",
                    str(tmp_path / f"{n}.rejects.csv"), settings=settings, log=tmp_path / "log") for n in range(2)]
    for process in both:
        process.start()
    codes = [process.wait(120) for process in both]
    assert codes == [0, 0], (tmp_path / "log").read_text()
    assert database.number("SELECT count(*) FROM events WHERE name = 'CollectionReceived'") == 600
    assert differences() == []


class TestCommands:
    def test_right_books_are_proved(self, payments, file_of):
        payments("import", "collections", str(file_of(3)))
        code, said = payments("verify")
        assert code == 0, said
        assert "A:SDU_CASH" in said
        assert "agrees   the journal is the fold of events" in said

    def test_wrong_books_are_told_and_end_with_an_exit_code(self, database, payments, file_of):
        payments("import", "collections", str(file_of(3)))
        with database.beyond_rules.begin() as conn:
            conn.execute(text("UPDATE journal_lines SET cents = cents + 1 WHERE account = 'A:SDU_CASH'"))
        code, said = payments("verify")
        assert code == 1
        assert "differs  every entry balances" in said

    def test_a_receipt_is_explained(self, payments, file_of):
        payments("import", "collections", str(file_of(1)))
        code, said = payments("explain", "SDU:0")
        assert code == 0, said
        assert "CollectionHeld" in said, "nothing is ordered on the case yet"
        assert "Dr A:SDU_CASH" in said
        assert payments("explain", "SDU:none")[0] == 1

    def test_a_rebuild_says_what_it_needs(self, payments):
        code, said = payments("rebuild")
        assert code == 2
        assert "DATABASE_OWNER_URL" in said

    def test_a_file_that_cannot_be_used_ends_with_an_exit_code(self, payments, tmp_path):
        (tmp_path / "x.csv").write_text("a,b\n1,2\n")
        code, said = payments("import", "collections", str(tmp_path / "x.csv"))
        assert code == 2
        assert "lacks the columns source_system" in said

    def test_rejected_lines_end_with_an_exit_code_and_the_others_are_in(self, database, payments, file_of, line):
        code, said = payments("import", "collections", str(file_of(3, line(9, case="9999"))))
        assert code == 1
        assert "3 applied, 0 unchanged, 1 rejected" in said
        assert database.number("SELECT count(*) FROM events") == 6

    def test_the_settings_are_told_without_secrets(self, payments):
        code, said = payments("settings")
        assert code == 0
        assert "DATABASE_URL" in said


def test_a_receipt_can_be_asked_for_over_rpc_and_its_events_get_positions(
        settings, payments, file_of, tmp_path, amqp_url):
    payments("import", "collections", str(file_of(2)))
    client = RpcClient(amqp_url, timeout=10)
    with (Process("payments", "rpc", settings=settings, log=tmp_path / "rpc"),
          Process("payments", "worker", settings=settings, log=tmp_path / "worker")):
        wait_until(lambda: _last_position(client) == 4, within=90)
        told = client.query("payments", "receipt", {"receipt_id": "SDU:1"})
        assert [step["event"] for step in told["steps"]] == ["CollectionReceived", "CollectionHeld"]
        assert told["steps"][0]["entries"][0]["lines"] == [
            {"account": "A:SDU_CASH", "cents": 10101}, {"account": "L:UNDISTRIBUTED:-:new", "cents": -10101}]
        with pytest.raises(Rejected, match="unknown_receipt"):
            client.query("payments", "receipt", {"receipt_id": "SDU:none"})
    client.close()


def _last_position(client):
    try:
        return client.query("payments", "last_position", {})["position"]
    except RpcError:
        return None
