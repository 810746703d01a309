"""A file of two gigabytes, most of it one endless line: told of in one reject line, in the memory of a small one."""

import csv
import json
import subprocess
import sys

GIGABYTE = 1 << 30

READ = """
import json, resource, sys
from pathlib import Path
from feedkit.feed import Applied, run_feed
from feedkit.columns import Column, digits, money

seen = []
def apply(lines):
    seen.extend(line.values["id"] for line in lines)
    return [Applied()] * len(lines)

before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
report = run_feed(Path(sys.argv[1]), [Column("id", digits(1, 9)), Column("amount", money)], apply, show_progress=False)
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps({"seen": seen, "rejected": report.rejected, "grown_kib": grown}))
"""


def test_two_gigabytes_cost_one_reject_line_and_little_memory(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.write(b"id,amount\n1,10.00\n")
        file.seek(2 * GIGABYTE)  # sparse: nothing but NUL bytes, and no line end in between
        file.write(b"\n2,20.00\n3,-5.00\n")
    command = [sys.executable, "-c", READ, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200, check=True)
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["seen"] == ["1", "2"]
    assert said["rejected"] == 2
    assert said["grown_kib"] < 60_000
    rejects = list(csv.DictReader((tmp_path / "huge.csv.rejects.csv").open()))
    assert [row["line"] for row in rejects] == ["3", "5"]
    assert "megabyte" in rejects[0]["reason"]
    assert "negative" in rejects[1]["reason"]
