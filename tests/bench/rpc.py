"""An RPC command of ours, with its commit, against a bare nameko echo with nameko's own client."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.parts import Parts, Row, percentiles
from eventkit.rpc_client import RpcClient, RpcError
from eventkit.testing.processes import Process, wait_until

CALLS = 300


def run(parts: Parts) -> Iterator[Row]:
    engine, settings = parts.till()
    engine.dispose()
    amqp_url = settings["AMQP_URL"]
    with Process("servicekit.testing.till", "rpc", settings=settings, log=parts.folder / "rpc.log"):
        client = RpcClient(amqp_url)
        wait_until(lambda: _answers(client))
        command = [_timed(lambda n=n: client.command("till", "add", {"till": str(n % 50), "amount": 1}, actor="bench",
                                                     channel="bench")) for n in range(CALLS)]
        query = [_timed(lambda: client.query("till", "last_position", {})) for _ in range(CALLS)]
        client.close()
    echo = _bare_nameko(amqp_url)
    for name, times in (("a command with its commit", command), ("a query", query)):
        p50, p99 = percentiles(times)
        yield Row(f"RPC, {name}, p50", p50, "ms", "bare nameko echo", p50 / echo[0],
                  "≤ 2x" if name.startswith("a command") else "")
        yield Row(f"RPC, {name}, p99", p99, "ms", "bare nameko echo", p99 / echo[1])
    yield Row("RPC, bare nameko echo, p50", echo[0], "ms")


def _bare_nameko(amqp_url: str) -> tuple[float, float]:
    script = Path(__file__).with_name("nameko_echo.py")
    done = subprocess.run([sys.executable, str(script), amqp_url, str(CALLS)], check=True, capture_output=True,
                          text=True, timeout=120)
    return percentiles([float(line) for line in done.stdout.split()])


def _answers(client: RpcClient) -> bool:
    try:
        return bool(client.query("till", "last_position", {}, timeout=2))
    except RpcError:
        return False


def _timed(call: object) -> float:
    began = time.perf_counter()
    call()  # type: ignore[operator]
    return time.perf_counter() - began
