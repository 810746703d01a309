"""Pages that are only read are made one after another in each process, in the order they were asked for.

A page takes a few milliseconds of a processor, and Python's threads share one: four at once are each four times as
slow, and whoever came first may be served last. In turns all are served sooner, and the slowest much sooner. A turn is
a courtesy and no lock: whoever has waited for long goes on without one, so a page that hangs holds up nobody else for
good. What changes something may wait for other services, and takes no turn.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PATIENCE_SECONDS: Final = 0.25
"""Longer than any queue that the threads of a process can form of pages that do not hang."""


class Turns:
    """So many at once, the others in the order they came."""

    def __init__(self, at_once: int, patience: float = PATIENCE_SECONDS) -> None:
        self._free = at_once
        self._patience = patience
        self._waiting: deque[threading.Lock] = deque()
        self._guard = threading.Lock()

    @contextmanager
    def taken(self) -> Iterator[bool]:
        """Whether it is one's turn, or one goes on without."""
        mine = self._waited()
        try:
            yield mine
        finally:
            if mine:
                self._pass_on()

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def _waited(self) -> bool:
        with self._guard:
            if self._free:
                self._free -= 1
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        if turn.acquire(timeout=self._patience):
            return True
        with self._guard:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return False
        return True  # it came in this very moment

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


def in_turns(app: Wsgi, turns: Turns) -> Wsgi:
    """Files take no turn: a browser asks for them all at once, and they cost nothing."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ["PATH_INFO"].startswith("/static/"):
            return app(environ, start_response)
        with turns.taken():
            return app(environ, start_response)

    return answer
