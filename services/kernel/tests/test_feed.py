"""A feed is taken in by batches, survives what happens meanwhile, and can always be run again."""

import os
import signal

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from eventkit.store import Conflict
from feedkit import feed
from feedkit.columns import digits, text
from feedkit.feed import Applied, Column, FeedError, FeedStopped, Refused, Unchanged, feed_command, run_feed
from servicekit.process import make_engine

COLUMNS = [Column("id", digits(1, 9)), Column("name", text())]


class Register:
    """What a service does with lines: the new and the changed are applied, what it knows is unchanged."""

    def __init__(self):
        self.known = {}
        self.batches = []

    def __call__(self, lines):
        self.batches.append([line.number for line in lines])
        return [self.apply(line.values) for line in lines]

    def apply(self, values):
        if values["name"] == "nobody":
            return Refused("name", "is nobody", "give a name")
        if self.known.get(values["id"]) == values["name"]:
            return Unchanged()
        self.known[values["id"]] = values["name"]
        return Applied()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("id,name\n" + "".join(f"{number},Name{number}\n" for number in range(1, 11)))
    return path


@pytest.fixture
def rejects(file):
    return file.with_name("people.csv.rejects.csv")


def counts(report):
    return report.read, report.applied, report.unchanged, report.rejected


def test_all_lines_are_applied_in_batches_and_once(file):
    register = Register()
    assert counts(run_feed(file, COLUMNS, register, batch=4)) == (10, 10, 0, 0)
    assert [len(batch) for batch in register.batches] == [4, 4, 2]
    assert counts(run_feed(file, COLUMNS, register)) == (10, 0, 10, 0)


def test_lines_that_cannot_be_used_are_listed_and_the_others_go_in(file, rejects):
    file.write_text("id,name\n1,Ana\nx,Secretname\n2,nobody\n3,Bo\n")
    report = run_feed(file, COLUMNS, Register())
    assert counts(report) == (4, 2, 0, 2)
    assert report.rejects == rejects
    assert rejects.read_text().splitlines() == [
        "line,column,reason,what_to_do", "3,id,is not a number of the right length,give 1 to 9 digits",
        "4,name,is nobody,give a name"]


def test_a_corrected_file_leaves_no_reject_file(file, rejects):
    rejects.write_text("of yesterday")
    run_feed(file, COLUMNS, Register())
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_run_that_fails_leaves_the_earlier_reject_file_whole(file, rejects):
    rejects.write_text("of yesterday")

    def fail(_lines):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_feed(file, COLUMNS, fail)
    assert rejects.read_text() == "of yesterday"
    assert len(list(file.parent.iterdir())) == 2


def test_the_reject_file_is_never_the_feed_itself(file):
    before = file.read_text()
    with pytest.raises(FeedError, match="another"):
        run_feed(file, COLUMNS, Register(), rejects=file.parent / "." / file.name)
    assert file.read_text() == before


def test_a_dry_run_checks_and_applies_nothing(file):
    file.write_text("id,name\n1,Ana\nx,Bo\n")
    register = Register()
    report = run_feed(file, COLUMNS, register, dry_run=True)
    assert (register.batches, report.rejected) == ([], 1)
    assert "1 good, nothing applied (dry run)" in str(report)


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_ends_after_the_batch_and_the_next_run_goes_on(file, asked):
    register, before = Register(), signal.getsignal(asked)

    def stopped_in_the_second(lines):
        if register.batches:
            os.kill(os.getpid(), asked)
        return register(lines)

    with pytest.raises(FeedStopped, match=r"8 applied.*run the same file again"):
        run_feed(file, COLUMNS, stopped_in_the_second, batch=4)
    assert signal.getsignal(asked) is before
    assert counts(run_feed(file, COLUMNS, register)) == (10, 2, 8, 0)


def test_asked_twice_it_ends_at_once(file):
    def stopped_twice(_lines):
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        raise AssertionError("went on")

    with pytest.raises(KeyboardInterrupt):
        run_feed(file, COLUMNS, stopped_twice)


def test_a_conflict_with_other_work_is_tried_again(file):
    register, conflicts = Register(), [Conflict("person-1", 3)]

    def once_in_conflict(lines):
        if conflicts:
            raise conflicts.pop()
        return register(lines)

    assert counts(run_feed(file, COLUMNS, once_in_conflict)) == (10, 10, 0, 0)


def test_a_lost_connection_to_the_database_rejects_nothing(file, postgres):
    engine = make_engine(postgres.create_database("feedlost")[0])
    register, lost = Register(), []

    def lost_at_first(lines):
        with engine.begin() as conn:
            if not lost:
                lost.append(True)
                conn.execute(sql("SELECT pg_terminate_backend(pg_backend_pid())"))
            conn.execute(sql("SELECT 1"))
        return register(lines)

    assert counts(run_feed(file, COLUMNS, lost_at_first)) == (10, 10, 0, 0)
    engine.dispose()


def test_a_database_that_stays_away_ends_the_run_in_words(file, monkeypatch, capsys):
    monkeypatch.setattr(feed, "TRIES", 2)
    engine = make_engine("postgresql+psycopg2://user:hunter2@127.0.0.1:1/none")

    def apply(_lines):
        with engine.begin():
            raise AssertionError("connected")

    assert feed_command(file, COLUMNS, apply) == 2
    told = capsys.readouterr().err
    assert "lines 2 to 11: the database does not answer" in told
    assert "run the same file again" in told
    assert "hunter2" not in told


def test_a_batch_the_database_refuses_does_not_show_its_data(file, capsys):
    def refuse(_lines):
        raise IntegrityError("INSERT", {"name": "Name1"}, ValueError("Key (name)=(Name1) already exists"))

    assert feed_command(file, COLUMNS, refuse) == 2
    told = capsys.readouterr()
    assert "the database refused the batch" in told.err
    assert "Name1" not in told.err + told.out


def test_the_command_tells_what_came_of_it(file, capsys):
    assert feed_command(file, COLUMNS, Register()) == 0
    assert "people.csv: 10 lines: 10 applied, 0 unchanged, 0 rejected" in capsys.readouterr().out
    file.write_text("id,name,colour\n1,nobody,red\n")
    assert feed_command(file, COLUMNS, Register()) == 1
    assert "not used: the column colour" in capsys.readouterr().out
    assert feed_command(file.with_name("other.csv"), COLUMNS, Register()) == 2
    assert "other.csv cannot be read" in capsys.readouterr().err


def test_where_there_is_no_terminal_progress_is_a_line_each_tenth(file, capsys):
    file = file.rename(file.with_name("a[bold].csv"))
    run_feed(file, COLUMNS, Register(), batch=1)
    told = capsys.readouterr().err.splitlines()
    assert [line.split(" % ")[0] for line in told][-1] == "a[bold].csv: 100"
    assert 5 < len(told) <= 10
    run_feed(file, COLUMNS, Register(), show_progress=False)
    assert capsys.readouterr().err == ""
