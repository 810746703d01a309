"""The portal as it is met: My Payments with 24 months of rows, 25 of them shown, by gunicorn over PostgreSQL.

Views a second and how long they take, with the load and the database on the same machine; bytes and requests of a view
in Chromium; and a profile that says where the time of a view goes. Views a second are worth what the machine is quiet;
bytes and the profile's counts are the same on any.

BENCH_SECONDS (10) of load; BENCH_CUSTOMERS (200).
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench import served
from bench.parts import Parts, Row, percentiles
from bench.served import Portal, chromium
from gateway.definition import definition
from gateway.sessions import Beginning
from gateway.web.portal import EXTENSION
from gateway.wiring import make_app
from servicekit.settings import load

SECONDS = float(os.environ.get("BENCH_SECONDS", "10"))
CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "200"))
CONNECTIONS = 8
PAGE = "/my-payments/made-by-me"
WEEKS = 104
"""Payments a customer: 24 months of wages withheld."""
PROFILED = 200
DJANGO = (133.0, 115.0)
"""Views a second and p99 in milliseconds of a Django page of the same content on two cores (the project's figures)."""

_ROWS = (
    """INSERT INTO view.cases (viewer_id, case_id, role, court_case_number, status, opened_on, version)
       SELECT 'p' || n, 'c' || n, 'payor', 'FL-' || n, 'open', '2020-01-01', 1 FROM generate_series(1, :people) n""",
    """INSERT INTO view.payments_made (receipt_id, viewer_id, received_on, posted_on, amount_cents, source, method,
                                      status, paid, waiting, steps, version)
       SELECT 'SDU:' || p || '-' || w, 'p' || p, current_date - 7 * w, current_date - 7 * w, cents,
              'INCOME_WITHHOLDING', 'EFT', 'applied', parts, '[]', jsonb_build_array(
                  jsonb_build_object('code', 'received', 'on', current_date - 7 * w, 'amount_cents', cents),
                  jsonb_build_object('code', 'paid', 'parts', parts),
                  jsonb_build_object('code', 'order.principal_first')), 3
       FROM generate_series(1, :people) p, generate_series(0, :weeks - 1) w,
            LATERAL (SELECT 20000 + p * 7 + w AS cents) a,
            LATERAL (SELECT jsonb_build_array(
                jsonb_build_object('case_id', 'c' || p, 'debt', 'CURRENT', 'kind', 'CHILD',
                                   'due', date_trunc('month', current_date - 7 * w)::date, 'amount_cents', 15000),
                jsonb_build_object('case_id', 'c' || p, 'debt', 'ARREARS', 'kind', 'CHILD', 'due', '2022-03-01',
                                   'amount_cents', cents - 15000)) AS parts) b""",
    "INSERT INTO view.freshness (publisher, as_of, position) VALUES ('payments', now(), 1)",
)


def run(parts: Parts) -> Iterator[Row]:
    portal = served.portal(parts, "bench_portal", _fill,
                           [Beginning(f"p{n}", "full", 0, "en") for n in range(1, CUSTOMERS + 1)])
    with served.serving(parts, portal):
        _load(portal, 2)  # the caches of a process that has just begun
        yield from _views(_load(portal, SECONDS))
        yield from _weights(portal)
    yield from _profile(portal)


def _fill(conn: Connection) -> None:
    for rows in _ROWS:
        conn.execute(text(rows), {"people": CUSTOMERS, "weeks": WEEKS})


def _load(portal: Portal, seconds: float) -> dict[str, Any]:
    requests = [f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nCookie: cc_session={token}\r\n\r\n"
                for token in portal.tokens]
    command = [sys.executable, str(Path(__file__).with_name("knocking.py")), "127.0.0.1",
               portal.environment["PUBLIC_PORT"], str(CONNECTIONS), str(seconds)]
    done = subprocess.run(command, input=json.dumps(requests), check=True, capture_output=True, text=True,
                          timeout=seconds + 60)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _views(found: dict[str, Any]) -> Iterator[Row]:
    views = len(found["taken"]) / found["seconds"]
    p50, p99 = percentiles(found["taken"])
    what = f"My Payments, {WEEKS} rows, 25 shown, {CONNECTIONS} connections"
    yield Row(f"{what}: views", views, "/s", "a Django page", views / DJANGO[0], "≥ 330/s")
    yield Row(f"{what}: p50", p50, "ms")
    yield Row(f"{what}: p99", p99, "ms", "a Django page", p99 / DJANGO[1], "≤ 60 ms")
    yield Row(f"{what}: bytes of an answer", found["bytes"] / len(found["taken"]), "B")


def _weights(portal: Portal) -> Iterator[Row]:
    """What travels, headers too, as Chromium counts it; nothing where there is none."""
    with _chromium() as browser:
        if browser is None:
            return
        context = browser.new_context(base_url=portal.address)
        context.add_cookies([{"name": "cc_session", "value": portal.tokens[0], "url": portal.address}])
        page = context.new_page()
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        sizes: list[float] = []
        network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        for view, bytes_aim, requests_aim in (("first", "≤ 100 kB", "≤ 10"), ("repeat", "≤ 20 kB", "")):
            sizes.clear()
            page.goto(PAGE, wait_until="networkidle")
            yield Row(f"{view} view in Chromium, bytes", sum(sizes) / 1000, "kB", aim=bytes_aim)
            yield Row(f"{view} view in Chromium, requests", sum(size > 0 for size in sizes), "", aim=requests_aim)


@contextmanager
def _chromium() -> Iterator[Any]:
    program = chromium()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if program is None:
        yield None
        return
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-quic"])
        yield browser
        browser.close()


def _profile(portal: Portal) -> Iterator[Row]:
    """One thread, no sockets: the own time of each package a view, and how many calls and queries it takes."""
    settings = load(definition.all_settings(), portal.environment)
    app = make_app(settings)
    engine = app.extensions[EXTENSION].reading
    queries = [0]
    _count_queries(engine, queries)
    environs = [EnvironBuilder(path=PAGE, headers={"Cookie": f"cc_session={token}", "Accept-Encoding": "gzip"}
                               ).get_environ() for token in portal.tokens[:PROFILED]]
    for environ in environs[:20]:
        run_wsgi_app(app, dict(environ), buffered=True)
    queries[0] = 0
    profile = cProfile.Profile()
    profile.enable()
    for environ in environs:
        run_wsgi_app(app, dict(environ), buffered=True)
    profile.disable()
    if folder := os.environ.get("BENCH_PROFILE"):
        profile.dump_stats(folder)
    yield Row("profile: queries a view", queries[0] / len(environs), "")
    stats: dict[tuple[str, int, str], Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    calls, own = sum(entry[1] for entry in stats.values()), Counter[str]()
    for (file, _line, name), entry in stats.items():
        own[_package(file, name)] += entry[2]
    yield Row("profile: calls a view", calls / len(environs), "")
    total = sum(own.values())
    for package, seconds in own.most_common(12):
        yield Row(f"profile: {package}", seconds / len(environs) * 1000, "ms", "the whole view", seconds / total)
    engine.dispose()


def _count_queries(engine: Any, queries: list[int]) -> None:
    from sqlalchemy import event

    def counted(*_: object) -> None:
        queries[0] += 1

    event.listen(engine, "before_cursor_execute", counted)


def _package(file: str, name: str) -> str:
    """`site-packages/x/...` is x; what is built in is told by the function where it takes long."""
    if "site-packages" in file:
        return Path(file.split("site-packages/")[1]).parts[0].removesuffix(".py")
    if file == "~":
        known = {"execute": "psycopg2: waiting for PostgreSQL", "commit": "psycopg2: commit", "compress": "zlib",
                 "rollback": "psycopg2: rollback"}
        return next((told for word, told in known.items() if f"'{word}'" in name), "built in")
    parts = Path(file).parts
    return next((part for part in ("gateway", "eventkit", "servicekit") if part in parts), "templates"
                if file.endswith(".html") or file == "<template>" else "the standard library")
