"""Before a file of money: what the cases service has published must be known here, so that files may follow at once."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import Engine

from eventkit.rpc_client import RpcError
from eventkit.source import EventSource
from eventkit.subscriber import Subscriber
from eventkit.subscription import CheckpointMoved, GapNotFilled, Subscription, read_checkpoint

SETTLED_SECONDS = 0.5


def catch_up(engine: Engine, subscription: Subscription, source: EventSource, say: Callable[[str], None],
             within: float = 30) -> bool:
    """Waits until the subscription stands where its publisher does, and the publisher gives no further positions.

    A worker that runs does the catching up; where none moves, it is done here. False, after saying so, where the
    publisher does not answer or the time is over: lines that name somebody unknown will then be rejected.
    """
    publisher, deadline = subscription.publisher, time.monotonic() + within
    seen, here, told = -1, -1, False
    while True:
        try:
            last = source.last_position(publisher)
        except RpcError:
            say(f"{publisher} does not answer: going on with what is known of it")
            return False
        before, here = here, _position(engine, subscription)
        if here >= last == seen:
            return True
        if time.monotonic() > deadline:
            say(f"{publisher} is not caught up with after {within:.0f} s: {here} of {last} events")
            return False
        if here < last:
            if not told:
                say(f"waiting for {publisher}: {here} of {last} events")
                told = True
            if here == before:
                _fill(engine, subscription, source)
        seen = last
        time.sleep(SETTLED_SECONDS)


def _position(engine: Engine, subscription: Subscription) -> int:
    with engine.begin() as conn:
        return read_checkpoint(conn, subscription.name, subscription.publisher).position


def _fill(engine: Engine, subscription: Subscription, source: EventSource) -> None:
    """Safe beside a running worker: only one of two can move the checkpoint."""
    try:
        Subscriber(engine, subscription, "", source).catch_up()
    except (CheckpointMoved, GapNotFilled, RpcError):
        return
