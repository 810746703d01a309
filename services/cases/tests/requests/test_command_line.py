"""The agency's side at a terminal: list, show, take, answer, export, and tokens for the API."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from rich.console import Console
from sqlalchemy import text
from typer.testing import CliRunner

from cases.agency import at_the_desk, token_command, words
from cases.cli import cli
from cases.requests import exporting
from eventkit.testing.processes import Process

pytestmark = pytest.mark.timeout(180)
WISH = {"reason": "=HYPERLINK(\"http://x\")", "times": "Fridays"}
EVIL = "blue truck [red]x[/red]"


@pytest.fixture
def run(office, monkeypatch):
    """Runs a command in this process; gives the exit code, what it said and what it complained about."""
    for module in (at_the_desk, token_command):
        monkeypatch.setattr(module, "configure", lambda *_: None)  # this process keeps its own logs

    def to_the_end(*arguments, given="", **settings):
        environment = {**office.environment, "CASES_OPERATOR": "ines", **settings}
        done = CliRunner().invoke(cli, arguments, input=given, env=environment)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.stdout, done.stderr

    return to_the_end


def test_a_caseworker_lists_looks_takes_up_and_answers(office, run, report, wish, ana):
    reported = report({"vehicle": EVIL, "safety_concern": True}).result["confirmation"]
    number = wish(WISH).result["confirmation"]
    with office.owner.begin() as conn:
        conn.execute(text("UPDATE requests SET due_on = '2026-01-05' WHERE confirmation = :it"), {"it": number})
    code, said, _ = run("requests", "list")
    assert code == 0
    assert said.index(number) < said.index(reported), "the first due first"
    assert re.search(rf"{number}.*OVERDUE", said) and re.search(rf"{reported}.*SAFETY", said)
    assert "truck" not in said
    assert number not in run("requests", "list", "--kind", "other_party_report")[1]
    assert reported not in run("requests", "list", "--overdue")[1]
    assert number not in run("requests", "list", "--safety")[1]
    assert number not in run("requests", "list", "--older-than", "1")[1]
    code, said, _ = run("requests", "show", reported.lower().replace("-", ""))
    assert code == 0 and "received by customer" in said and "truck" not in said
    code, said, _ = run("requests", "show", reported, "--content", "--operator", "omar")
    assert code == 0 and EVIL in said and "content looked at by omar" in said
    assert run("requests", "take", number)[0] == 0
    assert run("requests", "take", number, "--operator", "omar")[0] == 1
    code, said, _ = run("requests", "answer", number, "rescheduled", "--message-file", "-", given="El viernes.\n")
    assert code == 0 and number in said
    public = office.shown_to_customers("request_changed")[-1]
    assert office.shown.decrypt(public["answer_enc"], f"{ana['participant_id']}|answer").decode() == "El viernes."
    assert number not in run("requests", "list")[1]
    for arguments in (("--all",), ("--status", "answered")):
        assert number in run("requests", "list", *arguments)[1]
    looks = office.rows("SELECT metadata ->> 'actor' AS who, metadata ->> 'channel' AS how FROM events "
                        "WHERE name = 'RequestContentRead'")
    assert looks == [{"who": "omar", "how": "cli"}]


def test_a_narrow_terminal_cuts_nothing_off_that_is_named_on_the_phone(office, report, desk):
    number = report({"safety_concern": True}).result["confirmation"]
    console = Console(width=80, file=io.StringIO())
    console.print(words.listing([desk.find(number)], desk.today()))
    said = console.file.getvalue()
    assert all(word in said for word in (number, "0123456789", "received", "SAFETY")) and "…" not in said


def test_what_a_customer_wrote_is_no_command_to_a_terminal_and_no_markup():
    assert words.safe("[red]x[/red]\x1b[2J\u202e\n.").plain == "[red]x[/red]�[2J�\n."


def test_it_is_a_command_of_its_own(office, report, tmp_path):
    number = report({"vehicle": EVIL}).result["confirmation"]
    log = tmp_path / "show.log"
    with Process("cases", "requests", "show", number, "--content", "--operator", "ines", log=log,
                 settings=office.environment | {"LOG_LEVEL": "DEBUG"}) as process:
        assert process.wait(60) == 0
    assert EVIL in log.read_text() and "content looked at by ines" in log.read_text()
    with Process("cases", "requests", "take", "CC-3333-3333", "--operator", "ines", log=log,
                 settings=office.environment) as process:
        assert process.wait(60) == 1
    assert "there is no request" in log.read_text() and "Traceback" not in log.read_text()


def test_what_cannot_be_is_said_in_words(office, run, report):
    number = report({"other": "x"}).result["confirmation"]
    for arguments, exit_code, why in (
            (("requests", "show", number[:-1] + ("3" if number[-1] != "3" else "4")), 2, "no confirmation number"),
            (("requests", "show", "CC-3333-3333"), 1, "there is no request"),
            (("requests", "take", "CC-3333-3333"), 1, "there is no request"),
            (("requests", "answer", number, "need_more"), 1, "does not fit"),
            (("requests", "answer", number, "see_message"), 1, "needs a message"),
            (("requests", "answer", number, "done", "--message-file", "not-there"), 2, "cannot be read"),
            (("requests", "take", number, "--operator", "Ines Q."), 2, "account name")):
        code, said, complaint = run(*arguments)
        assert code == exit_code and why in " ".join(complaint.replace("│", "").split()), (arguments, complaint)
        assert "Traceback" not in said + complaint
    assert run("requests", "take", number, CASES_OPERATOR="")[0] == 2, "nobody acts without a name"
    assert run("requests", "show", number, "--content", REPORT_KEYS=f"r2:{'A' * 43}=")[0] == 1
    assert office.rows("SELECT 1 FROM events WHERE name = 'RequestContentRead'") == []


def test_an_export_goes_on_where_the_last_one_ended(office, run, report, wish, positions, tmp_path):
    first = report({"other": "x"}).result["confirmation"]
    second = wish(WISH).result["confirmation"]
    at = positions()
    folder = tmp_path / "exports"
    folder.mkdir()
    out = folder / "requests.csv"
    code, _, told = run("requests", "export", str(out))
    assert code == 0 and f"2 requests; the next export: --since {at}" in told
    assert out.stat().st_mode & 0o077 == 0 and [path.name for path in folder.iterdir()] == ["requests.csv"]
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [row["confirmation"] for row in rows] == [first, second]
    assert rows[0].keys() == set(exporting.COLUMNS) and rows[1]["appointment_id"] == "A-1"
    code, said, told = run("requests", "export", "-", "--since", str(at), "--format", "ndjson")
    assert (code, said) == (0, "") and f"0 requests; the next export: --since {at}" in told
    run("requests", "take", first)
    positions()
    code, said, told = run("requests", "export", "-", "--since", str(at), "--format", "ndjson")
    [record] = [json.loads(line) for line in said.splitlines()]
    assert (record["confirmation"], record["status"], record["taken_by"]) == (first, "in_review", "ines")
    assert record["position"] > at
    code, _, told = run("requests", "export", str(out), "--since", "9999")
    assert code == 1 and "beyond all that happened" in told
    assert len(list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))) == 2, "the file stays as it was"


def test_an_export_with_content_is_a_look_at_each(office, run, wish, positions, tmp_path):
    number = wish(WISH).result["confirmation"]
    positions()
    out = tmp_path / "out.ndjson"
    assert run("requests", "export", str(out), "--content", "--operator", "nightly-export")[0] == 0
    assert json.loads(out.read_text(encoding="utf-8"))["content"] == WISH
    assert [row["data"] for row in office.rows("SELECT data FROM events WHERE name = 'RequestContentRead'")] == [
        {"confirmation": number, "operator": "nightly-export"}]
    _, said, _ = run("requests", "export", "-", "--content")
    [row] = csv.DictReader(io.StringIO(said))
    assert json.loads(row["content"]) == WISH


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "|calc"])
def test_no_cell_is_a_formula(risky):
    record = dict.fromkeys(exporting.COLUMNS, "") | {"taken_by": risky, "position": 1}
    line = exporting.csv_lines(False)(record)
    [cells] = csv.reader(io.StringIO(line, newline=""))
    assert cells[exporting.COLUMNS.index("taken_by")] == f"'{risky}"


def test_a_token_is_made_listed_and_revoked(office, run):
    code, said, _ = run("agency-token", "create", "maria.lopez", "--scope", "read", "--scope", "answer")
    assert code == 0 and re.fullmatch(r"cca_[\w-]{43}\n", said)
    assert said.strip() not in office.dump()
    code, listing, _ = run("agency-token", "list")
    assert "maria.lopez" in listing and "read answer" in listing and said.strip() not in listing
    assert run("agency-token", "create", "maria.lopez", "--scope", "read")[0] == 1
    assert run("agency-token", "create", "Maria Lopez", "--scope", "read")[0] == 2
    assert run("agency-token", "create", "omar", "--scope", "everything")[0] == 2
    assert run("agency-token", "revoke", "maria.lopez")[0] == 0
    assert run("agency-token", "revoke", "maria.lopez")[0] == 1
