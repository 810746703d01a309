"""A file of collections, whole path: read, distributed by the rules, posted, published, on the page; sizes compared."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from suite import Suite

from bench.parts import Parts, Row
from eventkit.testing.processes import wait_until

SIZES = [int(size) for size in os.environ.get("BENCH_FILES", "2000,10000").split(",")]
A_CASE = 10
"""Collections a case and file: what ten months bring."""


def run(parts: Parts) -> Iterator[Row]:
    folder = parts.folder / "files"
    folder.mkdir()
    suite = Suite(parts.postgres, parts.rabbitmq, folder, "files")
    suite.migrate()
    try:
        suite.start()
        caseload(suite, folder, max(SIZES) // A_CASE)
        for number, size in enumerate(SIZES):
            yield from whole_path(suite, folder, number, size)
    finally:
        suite.stop()


def caseload(suite: Suite, folder: Path, count: int) -> None:
    """So many cases, each with a payor, a family and an order of $430 a month."""
    people = ([person, f"900{person[-6:]}", named(case), "B", "en", "1 Main St", "", "Town", "CA", "93001", "true", ""]
              for case in range(count) for person in (payor(case), _payee(case)))
    _write(folder / "participants.csv", "participant_id,ssn,first_name,last_name,language,line1,line2,city,state,zip,"
           "address_valid,email", people)
    _write(folder / "cases.csv", "case_id,county,court_case_number,status,opened_on,payor_ids,payee_ids",
           ([_case(n), "06111", "", "open", "2020-01-01", payor(n), _payee(n)] for n in range(count)))
    _write(folder / "orders.csv", "source_system,source_id,case_id,order_id,obligation_id,kind,amount,frequency,"
           "effective_on", (["BENCH", str(n), _case(n), "o", "c", "CHILD", "430.00", "MONTHLY", "2026-01-01"]
                            for n in range(count)))
    for service, kind in (("cases", "participants"), ("cases", "cases"), ("payments", "orders")):
        suite.run(service, "import", kind, str(folder / f"{kind}.csv"))
    suite.wait_until_settled(within=1200)


def named(case: int) -> str:
    """A first name for the people of a case, of letters alone: each has one of their own."""
    return "Q" + "".join(chr(ord("a") + case // 26**place % 26) for place in range(4))


def whole_path(suite: Suite, folder: Path, number: int, size: int) -> Iterator[Row]:
    path = folder / f"collections{number}.csv"
    _write(path, "source_system,source_id,payor_id,case_id,amount,received_on,posted_on,source,method",
           (["SDU", f"{number}-{n}", payor(n % (size // A_CASE)), "", f"{100 + n % 300}.{n % 100:02}",
             f"2026-{1 + n // (size // A_CASE):02}-{1 + n % 28:02}", "2026-11-01", "INCOME_WITHHOLDING", "EFT"]
            for n in range(size)))
    began = time.monotonic()
    peak = _import(suite, path)
    imported = time.monotonic() - began
    query = f"SELECT count(*) FROM view.payments_made WHERE receipt_id LIKE 'SDU:{number}-%' AND status = 'applied'"
    wait_until(lambda: suite.scalar("gateway", query) >= size, within=3600, every=0.5)
    whole = time.monotonic() - began
    yield Row(f"{size:,} collections: distributed and posted", size / imported, "lines/s")
    yield Row(f"{size:,} collections: whole path to the view", whole, "s", aim="100,000 in ≤ 300 s")
    yield Row(f"{size:,} collections: memory of the import, peak", peak / 2**20, "MiB", aim="flat")


def _import(suite: Suite, path: Path) -> int:
    child = psutil.Popen([sys.executable, "-m", "payments", "import", "collections", str(path)],
                         env={**os.environ, **suite.settings("payments")}, stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    peak = 0
    while child.poll() is None:
        try:
            peak = max(peak, child.memory_info().rss)
        except psutil.NoSuchProcess:
            break
        time.sleep(0.1)
    assert child.wait() == 0, path
    return peak


def _write(path: Path, header: str, rows: Iterator[list[str]]) -> None:
    with path.open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def _case(number: int) -> str:
    return f"{300_000_000_000 + number}"


def payor(case: int) -> str:
    return f"{1_500_000_000 + 2 * case}"


def _payee(case: int) -> str:
    return f"{1_500_000_001 + 2 * case}"
