"""A FastAGI server in a thread, as the role runs it, for tests that call it over a real socket."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import Any

from gateway.phone.adapters.fastagi import FastAgi
from gateway.phone.callers.asterisk import Asterisk
from gateway.phone.peers import Peers
from gateway.phone.speaking import OURS, Speaking
from gateway.phone.switchboard import Switchboard

LOOPBACK = "127.0.0.1"
SPEAKING = Speaking.parse(OURS)


class ServedCalls:
    def __init__(self, board: Switchboard, peers: str = LOOPBACK, drain_seconds: float = 0.1,
                 speaking: Speaking = SPEAKING) -> None:
        self._work = ThreadPoolExecutor(16)
        self.line = FastAgi(board, speaking, Peers.parse(peers), self._work)
        self._drain_seconds = drain_seconds
        self._ports: SimpleQueue[int] = SimpleQueue()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    def __enter__(self) -> ServedCalls:
        return self.start()

    def __exit__(self, *_: object) -> None:
        if self._thread.is_alive():
            self.stop()
            self._thread.join(30)
        self._work.shutdown()

    def start(self) -> ServedCalls:
        """Once."""
        if self._thread.ident is None:
            self._thread.start()
            self.port = self._ports.get(timeout=10)
        return self

    def stop(self) -> None:
        with suppress(RuntimeError):  # it has ended
            self._loop.call_soon_threadsafe(self._stop.set)

    def call(self, **how: Any) -> Asterisk:
        return Asterisk(LOOPBACK, self.port, **how)

    async def _serve(self) -> None:
        self._stop, self._loop = asyncio.Event(), asyncio.get_running_loop()
        await self.line.serve(LOOPBACK, 0, self._stop, self._drain_seconds, self._ports.put)
