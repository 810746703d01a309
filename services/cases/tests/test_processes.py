"""The service as operators run it: migrate, import, kill, import again, and the events on their way."""

from __future__ import annotations

import threading

import pytest

from eventkit.rpc_client import RpcClient
from eventkit.source import RpcSource
from eventkit.subscriber import Subscriber
from eventkit.subscription import Subscription
from eventkit.testing.processes import Process, wait_until

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def run(service, tmp_path):
    """Runs a command to its end; gives the exit code and all it said."""

    def to_the_end(*arguments, **settings):
        log = tmp_path / f"{'-'.join(map(str, arguments[:2]))}.log"
        log.unlink(missing_ok=True)
        with Process("cases", *map(str, arguments), settings=service.environment | settings, log=log) as process:
            code = process.wait(120)
        return code, log.read_text(encoding="utf-8")

    return to_the_end


def test_files_come_in_by_the_command_line_and_the_exit_code_tells(run, service, agency, files, ana):
    assert run("migrate")[0] == 0
    code, said = run("import", "participants", agency / "participants.csv")
    assert code == 0 and "320 applied" in said
    assert run("import", "cases", agency / "cases.csv")[0] == 0
    code, said = run("import", "participants", files.csv(ana, ana | {"participant_id": "x"}))
    assert code == 1 and "1 applied, 0 unchanged, 1 rejected" in said
    code, said = run("import", "participants", files.csv({"participant_id": "1"}, name="other.csv"))
    assert code == 2 and "lacks the columns" in said
    assert run("import", "cases", "not-there.csv")[0] == 2
    code, said = run("import", "participants", "--dry-run", files.csv(ana | {"city": "New"}, name="next.csv"))
    assert code == 0 and "nothing applied (dry run)" in said


def test_settings_that_are_wrong_are_named_and_not_shown(run):
    code, said = run("settings", PERSONAL_KEYS="k1:bm90IDMyIGJ5dGVz", AUTH_PUBLIC_KEY="a1:???")
    assert "bm90IDMyIGJ5dGVz" not in said
    code, said = run("rotate-keys", PERSONAL_KEYS="k1:bm90IDMyIGJ5dGVz", AUTH_PUBLIC_KEY="a1:???")
    assert code == 2
    assert "PERSONAL_KEYS" in said and "AUTH_PUBLIC_KEY" in said
    assert "bm90IDMyIGJ5dGVz" not in said and "???" not in said


def test_keys_are_rotated_and_profiles_shown_anew_by_the_command_line(run, service, agency):
    run("import", "participants", agency / "participants.csv")
    code, said = run("show-profiles")
    assert code == 0 and "320" in said
    keys = f"k2:{'A' * 43}=,{service.keys}"
    code, said = run("rotate-keys", PERSONAL_KEYS=keys)
    assert code == 0 and "320" in said
    assert {row["key"] for row in service.rows(
        "SELECT DISTINCT split_part(name_enc, '.', 1) AS key FROM participants")} == {"k2"}
    code, said = run("rotate-keys", PERSONAL_KEYS=f"k3:{'A' * 43}=")
    assert code == 1 and "lacks" in said


def test_an_import_that_is_killed_and_run_again_ends_as_if_it_had_not_been(service, tmp_path):
    path = tmp_path / "people.csv"
    wanted = _many_people(path, 3000)
    process = Process("cases", "import", "participants", str(path), settings=service.environment,
                      log=tmp_path / "killed.log")
    with process:
        wait_until(lambda: service.rows("SELECT count(*) AS n FROM participants")[0]["n"] > 0)
        process.kill()
    first = service.rows("SELECT count(*) AS n FROM participants")[0]["n"]
    assert first % 500 == 0, "a batch is there as a whole or not at all"
    assert 0 < first < 3000, "the kill came in the middle"
    report = service.participants(path)
    assert report.applied + report.unchanged == 3000 and report.applied <= 3000 - first
    assert {row["participant_id"] for row in service.rows("SELECT participant_id FROM participants")} == wanted
    assert service.rows("SELECT count(*) AS n, max(version) AS v FROM events") == [{"n": 3000, "v": 1}]
    assert service.rows("SELECT count(*) AS n FROM outbox WHERE type LIKE '%registered%'") == [{"n": 3000}]


def test_two_imports_of_one_file_at_the_same_time_are_one(service, tmp_path):
    path = tmp_path / "people.csv"
    _many_people(path, 2000)

    def start(name):
        arguments = ("import", "participants", str(path), "--rejects", str(tmp_path / f"{name}.rejects.csv"))
        return Process("cases", *arguments, settings=service.environment, log=tmp_path / f"{name}.log")

    with start("one") as one, start("two") as two:
        assert (one.wait(120), two.wait(120)) == (0, 0)
    assert service.rows("SELECT count(*) AS n, max(version) AS v FROM events") == [{"n": 2000, "v": 1}]
    assert service.rows("SELECT count(*) AS n FROM outbox WHERE type LIKE '%registered%'") == [{"n": 2000}]


def test_what_is_imported_reaches_a_subscriber_through_the_broker(service, agency, rabbitmq, postgres, tmp_path):
    amqp_url = rabbitmq.new_vhost()
    settings = service.environment | {"AMQP_URL": amqp_url}
    service.participants(agency / "participants.csv")
    heard = []
    with (Process("cases", "worker", settings=settings, log=tmp_path / "worker.log"),
          Process("cases", "rpc", settings=settings, log=tmp_path / "rpc.log"),
          _subscriber(service, amqp_url, heard)):
        wait_until(lambda: len(heard) == 2 * 320, within=60)  # for services, and the profile that is shown
        service.cases(agency / "cases.csv")
        cases = service.rows("SELECT count(*) AS n FROM cases")[0]["n"]
        wait_until(lambda: len(heard) == 2 * (320 + cases), within=60)  # likewise
    assert [envelope.position for envelope in heard] == list(range(1, len(heard) + 1))
    assert {envelope.type for envelope in heard} == {
        "cases.participant_registered.v1", "cases.profile_changed.v1", "cases.case_opened.v1",
        "cases.case_details_changed.v1"}


class _subscriber:
    """A subscriber of its own, its checkpoint kept in this service's database for want of another."""

    def __init__(self, service, amqp_url, heard):
        def apply(_conn, envelopes):
            heard.extend(envelopes)

        self._stop = threading.Event()
        source = RpcSource(RpcClient(amqp_url))
        subscriber = Subscriber(service.engine, Subscription("test", "cases", apply), amqp_url, source)
        self._thread = threading.Thread(target=subscriber.run, args=(self._stop,), daemon=True)

    def __enter__(self):
        self._thread.start()

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join(20)


def _many_people(path, count):
    from demo.files import write_rows
    from demo.rows import PARTICIPANTS

    rows = [(f"{number:010d}", "", "Ana", f"Paz {number}", "es", "1 Example St", "", "Pretend", "CA", "92901", "true",
             f"ana{number}@example.org") for number in range(count)]
    write_rows(path, PARTICIPANTS[:len(rows[0])], rows)
    return {row[0] for row in rows}
