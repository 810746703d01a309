"""The whole suite: a file to the view, posted to visible at a steady load, the view rebuilt, memory of each process."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from sqlalchemy import text
from suite import Suite

from bench import files
from bench.parts import Parts, Row, percentiles
from eventkit.rpc_client import RpcClient
from eventkit.source import RpcSource
from eventkit.testing.processes import wait_until
from feedkit.reader import Line
from servicekit.process import make_engine
from servicekit.settings import load

LINES = int(os.environ.get("BENCH_LINES", "10000"))
STEADY, SECONDS = 100, 10


def run(parts: Parts) -> Iterator[Row]:
    folder = parts.folder / "whole"
    folder.mkdir()
    suite = Suite(parts.postgres, parts.rabbitmq, folder, "whole")
    suite.migrate()
    try:
        suite.start()
        files.caseload(suite, folder, LINES // files.A_CASE)
        yield from files.whole_path(suite, folder, 0, LINES)
        yield from _steady(suite)
        yield from _rebuild(suite)
        yield from _memory(suite)
    finally:
        suite.stop()


def _steady(suite: Suite) -> Iterator[Row]:
    """One payment a transaction at a steady rate; when is each on the page?"""
    from payments.definition import definition
    from payments.imports.money_in import Collections
    from payments.imports.taking_in import take_in

    app = definition.application(load(definition.all_settings(), suite.settings("payments")))
    apply = take_in(app, Collections())
    count = STEADY * SECONDS
    posted, visible = {}, {}
    stop = threading.Event()
    view = make_engine(suite.databases["gateway"][1])
    query = text("SELECT count(*) FROM view.payments_made WHERE receipt_id LIKE '%STEADY%' AND status = 'applied'")

    def watch() -> None:
        while not stop.is_set():
            with view.begin() as conn:
                total = conn.execute(query).scalar_one()
            now = time.monotonic()
            for number in range(len(visible), total):
                visible[number] = now
            time.sleep(0.005)

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.monotonic()
    for number in range(count):
        row = {"source_system": "SDU", "source_id": f"STEADY{number}", "amount": "10.00", "received_on": "2026-11-05",
               "payor_id": files.payor(number % (LINES // files.A_CASE)), "posted_on": "2026-11-05",
               "source": "INCOME_WITHHOLDING", "method": "EFT"}
        values = {column.name: column.read(row.get(column.name, "")) for column in Collections.names}
        pause = began + number / STEADY - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        apply([Line(number, values)])
        posted[number] = time.monotonic()
    wait_until(lambda: len(visible) == count, within=60)
    stop.set()
    watcher.join()
    p50, p99 = percentiles([visible[n] - posted[n] for n in posted])
    yield Row(f"a payment posted to visible at {STEADY}/s, p50", p50, "ms", aim="≤ 50 ms")
    yield Row(f"a payment posted to visible at {STEADY}/s, p99", p99, "ms", aim="≤ 250 ms")


def _rebuild(suite: Suite) -> Iterator[Row]:
    from gateway.view.rebuild import rebuild

    settings = suite.settings("gateway")
    began = time.monotonic()
    source = RpcSource(RpcClient(suite.amqp_url))
    report = rebuild(settings["DATABASE_OWNER_URL"], settings["DATABASE_APP_ROLE"], source, lambda *_: None, swap=True)
    assert report.equal, "the rebuilt view differs from the live one"
    yield Row(f"view rebuilt from {report.events:,} events and compared", report.events / (time.monotonic() - began),
              "events/s", aim="≥ 10,000/s")


def _memory(suite: Suite) -> Iterator[Row]:
    for name, process in suite.processes.items():
        assert process._child is not None
        yield Row(f"memory of {name}, peak", _peak(process._child.pid), "MiB")


def _peak(pid: int) -> float:
    """The most a process and its children ever had resident (Linux keeps count)."""
    total = 0.0
    for process in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
        status = Path(f"/proc/{process.pid}/status")
        if status.exists():
            peak = next((line for line in status.read_text().splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
            total += int(peak.split()[1]) / 1024
        else:
            total += process.memory_info().rss / 2**20
    return total
