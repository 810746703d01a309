"""The phone line with 200 calls at once: how long a turn takes, at the log-in and after it.

Every caller listens to what is said, at the pace it is spoken, and then keys: dial, ID, PIN, payments, balance, case,
goodbye, and dials again. All services run on the same machine as the callers. A second round has callers who know the
keys by heart and cut each prompt short: their log-ins alone (two Argon2 runs each) take one of two cores.

BENCH_CALLS (200); BENCH_PHONE_SECONDS (60), after as long for all to have dialled.
"""

from __future__ import annotations

import os
import random
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from journey.letters import print_letters
from pypdf import PdfReader
from suite import Suite

from bench import files
from bench.parts import Parts, Row, percentiles
from eventkit.rpc_client import RpcClient
from eventkit.secret import Secret
from gateway.credentials import Auth
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.callers.http import Fetch, Sent, over_http
from gateway.phone.callers.vxml import VxmlPlatform
from gateway.phone.speech import seconds

CALLS = int(os.environ.get("BENCH_CALLS", "200"))
SECONDS = float(os.environ.get("BENCH_PHONE_SECONDS", "60"))
PIN = "730284"
KEYS = ("1", "8", "2", "8", "3", "8", "8")
"""Payments, balance and case, each with the way back to the main menu, and goodbye."""
HASTY = 5
SECONDS_A_KEY = 0.4


@dataclass
class Clocked:
    """A platform's requests, timed; what is being done is named by who calls."""

    fetch: Fetch
    ani: str
    doing: str = "any other turn"
    taken: list[tuple[str, float]] = field(default_factory=list)

    def __call__(self, sent: Sent) -> tuple[int, bytes]:
        if sent.method == "GET":
            sent = replace(sent, fields={**sent.fields, "ani": self.ani})
        began = time.monotonic()
        answer = self.fetch(sent)
        self.taken.append((self.doing, time.monotonic() - began))
        return answer


def run(parts: Parts) -> Iterator[Row]:
    folder = parts.folder / "phone"
    folder.mkdir()
    suite = Suite(parts.postgres, parts.rabbitmq, folder, "phone")
    suite.migrate()
    try:
        suite.start()
        files.caseload(suite, folder, CALLS)
        for _ in files.whole_path(suite, folder, 0, CALLS * files.A_CASE):
            pass  # only for the payments to be there
        callers = [files.payor(number) for number in range(CALLS)]
        _choose_pins(suite, callers)
        yield from _round(suite, callers, "", 1)
        yield from _round(suite, callers, f", {HASTY} times as fast", HASTY)
    finally:
        suite.stop()


def _choose_pins(suite: Suite, callers: Sequence[str]) -> None:
    """Each by the letter, as in life; by telephone."""
    client = RpcClient(suite.amqp_url)
    auth = Auth(client, suite.keys["AUTH_PUBLIC_KEY"])
    for caller in callers:
        auth.request_pin(Secret(caller), "phone")
    client.close()
    pins = _pins(suite)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda caller: _choose(suite, caller, pins[caller]), callers))


def _pins(suite: Suite) -> Mapping[str, str]:
    """By caller: each letter has the name of who it is for."""
    pages: list[str] = []
    while letters := print_letters(suite):  # a batch has its most
        pages += [page.extract_text() for letter in letters for page in PdfReader(letter).pages]
    names = {files.named(number): files.payor(number) for number in range(CALLS)}
    found = {}
    for page in pages:
        joined = re.sub(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d)", "", page)
        pin = re.search(r"(?<![\w-])\d{8}(?![\w-])", joined)
        name = re.search(r"\bQ[a-z]{4}\b", page)
        if pin and name:
            found[names[name.group()]] = pin.group()
    assert len(found) == CALLS, f"{len(found)} letters for {CALLS} callers"
    return found


def _choose(suite: Suite, caller: str, temporary: str) -> None:
    phone = VirtualCaller(VxmlPlatform(Clocked(over_http(suite.address), caller))).dial()
    phone.press("1").press(f"{caller}#").press(f"{temporary}#").press(f"{PIN}#").press(f"{PIN}#").press("8")


def _round(suite: Suite, callers: Sequence[str], name: str, haste: float) -> Iterator[Row]:
    clocks = [Clocked(over_http(suite.address), caller) for caller in callers]
    began = time.monotonic()
    all_there, until = began + SECONDS / haste, began + SECONDS / haste + SECONDS
    threads = [threading.Thread(target=_calls, args=(clock, began + random.uniform(0, SECONDS / haste), until, haste))
               for clock in clocks]
    for thread in threads:
        thread.start()
    time.sleep(max(0.0, all_there - time.monotonic()))
    before = [len(clock.taken) for clock in clocks]
    for thread in threads:
        thread.join()
    taken = [turn for clock, start in zip(clocks, before, strict=True) for turn in clock.taken[start:]]
    yield Row(f"{len(callers)} calls at once{name}: turns", len(taken) / (until - all_there), "/s")
    for doing, aim in (("any other turn", "≤ 100 ms"), ("the log-in", "≤ 1,000 ms")):
        found = sorted(seconds for kind, seconds in taken if kind == doing)
        p50, p99 = percentiles(found)
        yield Row(f"{doing}{name}: p50", p50, "ms")
        yield Row(f"{doing}{name}: p95", found[int(len(found) * 0.95)] * 1000, "ms")
        yield Row(f"{doing}{name}: p99", p99, "ms", aim=aim if haste == 1 else "")


def _calls(clock: Clocked, begin: float, until: float, haste: float) -> None:
    time.sleep(max(0.0, begin - time.monotonic()))
    while time.monotonic() < until:
        phone = VirtualCaller(VxmlPlatform(clock)).dial()
        for keys in ("1", f"{clock.ani}#", f"{PIN}#", *KEYS):
            said = sum(seconds(heard.text) for heard in phone.heard) + SECONDS_A_KEY * len(keys)
            if time.monotonic() + said / haste > until:
                return
            time.sleep(said / haste)
            clock.doing = "the log-in" if keys == f"{PIN}#" else "any other turn"
            phone.press(keys)
