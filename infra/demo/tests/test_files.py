"""The files: the same bytes for the same question, in the columns that the services import."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from datetime import date

import pytest

from demo import rows
from demo.load import collection_rows

AS_OF = "2026-11-20"


def run(*arguments, **environment):
    return subprocess.run([sys.executable, "-m", "demo", *map(str, arguments)], check=False, capture_output=True,
                          text=True, env={**os.environ, **environment})


def digests(folder):
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*.*"))}


def test_two_runs_write_the_same_bytes_whatever_the_hash_seed(tmp_path):
    first = run("write", tmp_path / "a", "--as-of", AS_OF, PYTHONHASHSEED="1")
    run("write", tmp_path / "b", "--as-of", AS_OF, PYTHONHASHSEED="2")
    assert first.returncode == 0, first.stderr
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert len(digests(tmp_path / "a")) > 25


COLUMNS = {"participants": rows.PARTICIPANTS, "cases": rows.CASES, "closed": rows.CASES, "orders": rows.ORDERS,
           "charges": rows.CHARGES, "liquidations": rows.LIQUIDATIONS, "assistance": rows.ASSISTANCE,
           "collections": rows.COLLECTIONS, "reversals": rows.REVERSALS, "returned": rows.REVERSALS,
           "identifications": rows.IDENTIFICATIONS,
           "holds": rows.HOLDS, "consents": rows.CONSENTS, "court-orders": rows.COURT_ORDERS,
           "hearings": rows.HEARINGS, "appointments": rows.APPOINTMENTS}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("agency")
    run("write", folder, "--as-of", AS_OF)
    return folder


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_each_file_has_its_columns_in_every_line(written, name):
    paths = list(written.rglob(f"{name}.csv"))
    assert paths
    for path in paths:
        with path.open(encoding="utf-8", newline="") as lines:
            header, *found = csv.reader(lines)
        assert tuple(header) == COLUMNS[name]
        assert found and all(len(row) == len(header) for row in found)


def test_columns_are_those_that_the_services_read():
    from payments.imports.kinds import BY_NAME

    for name, columns in COLUMNS.items():
        if name in BY_NAME:
            known = {column.name: column.required for column in BY_NAME[name].names}
            assert set(columns) <= set(known)
            assert set(columns) >= {column for column, required in known.items() if required}


def columns_of_cases():
    from cases.importing import appointments, case_file, court_orders, hearings, participants

    return {"participants": participants.COLUMNS, "cases": case_file.COLUMNS, "closed": case_file.COLUMNS,
            "court-orders": court_orders.COLUMNS, "hearings": hearings.COLUMNS, "appointments": appointments.COLUMNS}


@pytest.mark.parametrize("name", ["participants", "cases", "closed", "court-orders", "hearings", "appointments"])
def test_cases_can_read_every_cell_of_its_files(written, name):
    from feedkit.reader import Feed, Line

    columns = columns_of_cases()[name]
    assert COLUMNS[name] == tuple(rows_of(columns, COLUMNS[name])) and len(columns) == len(COLUMNS[name])
    lines = list(Feed(written / f"{name}.csv", columns))
    assert lines and all(isinstance(line, Line) for line in lines)


def rows_of(columns, wanted):
    known = {column.name for column in columns}
    return [name for name in wanted if name in known]


def test_a_case_is_told_open_before_its_money_and_closed_after_it(written):
    def told(name):
        with (written / name).open(encoding="utf-8", newline="") as lines:
            return {row["case_id"]: row for row in csv.DictReader(lines)}

    before, closed = told("cases.csv"), told("closed.csv")
    assert {row["status"] for row in before.values()} == {"open", "reopened", "pending"}
    for case_id, row in closed.items():
        opened = before[case_id]
        assert row["status"] == "closed" and opened["opened_on"] < row["closed_on"] <= AS_OF
        assert {**row, "status": "", "closed_on": ""} == {**opened, "status": "", "closed_on": ""}


INSTRUCTIONS = """source_system,source_id,payee_id,case_id,amount,issued_on,method,status,status_on,payee_type
"""


def told(count, day="2026-01-05"):
    lines = [f"CC,{day}-{n},10000{n % 50:05},20000{n:07},120.00,{day},direct_deposit,pending,{day},family"
             for n in range(count)]
    return INSTRUCTIONS + "\n".join(lines) + "\n"


def sent(tmp_path, text, as_of=AS_OF):
    (tmp_path / "told.csv").write_text(text)
    answer = run("send", tmp_path / "told.csv", tmp_path / "sent.csv", "--as-of", as_of)
    assert answer.returncode == 0, answer.stderr
    with (tmp_path / "sent.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_disbursement_unit_sends_what_it_is_told_and_reports_what_became_of_it(tmp_path):
    found = sent(tmp_path, told(3000))
    assert len(found) == 3000 and {row["amount"] for row in found} == {"120.00"}
    assert {row["method"] for row in found} == {"direct_deposit", "card", "check"}
    assert {row["status"] for row in found} == {"cleared", "returned", "stale", "stop_paid", "reissued"}
    assert sum(row["status"] == "cleared" for row in found) > 2800
    by_family = {}
    for row in found:
        assert by_family.setdefault(row["payee_id"], row["method"]) == row["method"], "a family is paid one way"
        assert row["issued_on"] <= row["status_on"] <= AS_OF


def test_what_is_told_for_a_day_to_come_is_pending_since_today(tmp_path):
    """A weekend's instructions are carried out on the business day after it; no page shows a day to come."""
    for day, as_of in (("2026-11-23", AS_OF), ("2026-11-21", "2026-11-21")):
        rows = sent(tmp_path, told(20, day=day), as_of)
        assert {(row["status"], row["issued_on"], row["status_on"]) for row in rows} == {("pending", as_of, as_of)}


def test_nothing_is_sent_on_a_holiday(tmp_path):
    assert {row["issued_on"] for row in sent(tmp_path, told(5, day="2025-12-25"))} == {"2025-12-26"}


def test_nothing_told_is_nothing_sent(tmp_path):
    assert sent(tmp_path, INSTRUCTIONS) == []


def test_names_keep_their_accents(tmp_path):
    run("write", tmp_path, "--as-of", AS_OF)
    assert "ñ" in (tmp_path / "participants.csv").read_text(encoding="utf-8")


def test_logins_name_three_people(tmp_path):
    run("write", tmp_path, "--as-of", AS_OF)
    assert set(json.loads((tmp_path / "logins.json").read_text())) == {"payor_en", "payee_es", "both"}


def test_a_day_too_early_is_refused_with_a_reason(tmp_path):
    answer = run("write", tmp_path, "--as-of", "2020-01-01")
    assert answer.returncode == 2 and "2026-01-01" in answer.stderr


def test_load_is_streamed_unique_and_refers_to_the_agency(tmp_path):
    run("write", tmp_path, "--as-of", AS_OF)
    run("collections", "--count", 5000, "--out", tmp_path / "load.csv", "--as-of", AS_OF)
    with (tmp_path / "cases.csv").open(encoding="utf-8") as lines:
        payor_of = {row["case_id"]: row["payor_ids"] for row in csv.DictReader(lines)}
    with (tmp_path / "load.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len({row["source_id"] for row in rows}) == 5000
    assert all(payor_of[row["case_id"]] == row["payor_id"] for row in rows)
    assert rows[-1]["received_on"] <= AS_OF


def test_load_is_made_line_by_line():
    rows = collection_rows(10**12, date(2026, 11, 20))
    assert next(rows)[1] == "L0000000001"
