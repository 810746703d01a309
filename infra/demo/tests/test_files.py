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

from demo.files import CASE_COLUMNS, COLLECTION_COLUMNS, DISBURSEMENT_COLUMNS, PARTICIPANT_COLUMNS
from demo.load import collection_rows

AS_OF = "2026-11-20"


def run(*arguments, **environment):
    return subprocess.run([sys.executable, "-m", "demo", *map(str, arguments)], check=False, capture_output=True,
                          text=True, env={**os.environ, **environment})


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_two_runs_write_the_same_bytes_whatever_the_hash_seed(tmp_path):
    first = run("write", tmp_path / "a", "--as-of", AS_OF, PYTHONHASHSEED="1")
    run("write", tmp_path / "b", "--as-of", AS_OF, PYTHONHASHSEED="2")
    assert first.returncode == 0, first.stderr
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert len(digests(tmp_path / "a")) == 6


@pytest.mark.parametrize("name, columns", [
    ("participants", PARTICIPANT_COLUMNS), ("cases", CASE_COLUMNS), ("collections", COLLECTION_COLUMNS),
    ("disbursements", DISBURSEMENT_COLUMNS)])
def test_each_file_has_its_columns_in_every_line(tmp_path, name, columns):
    run("write", tmp_path, "--as-of", AS_OF, "--participants", 40)
    with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    assert tuple(rows[0]) == columns
    assert len(rows) > 20 and all(len(row) == len(columns) for row in rows)


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
