"""The role `fastagi`: answers the calls of an Asterisk until SIGTERM, then lets those that go on come to an end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from gateway.definition import definition
from gateway.phone.adapters.fastagi import FastAgi
from gateway.phone.switchboard import Switchboard
from servicekit.health import start_health
from servicekit.logs import configure, get_logger
from servicekit.process import DRAIN_SECONDS, make_engine, stop_on_signals
from servicekit.settings import Settings

log = get_logger()
WAITING = 64
"""Calls whose turn is waited for at one time; the others, all but these, wait for a key or speak."""
WITH_PATIENCE = WAITING // 2
"""Of these, so many may wait for a log-in as long as it takes: the others are for turns that only read."""


def serve(settings: Settings, make: Callable[[], Switchboard]) -> None:
    """Ready without the broker, as the portal is: whoever calls then is told so."""
    configure(definition.name, "fastagi", settings.LOG_LEVEL)
    readiness = definition.readiness(make_engine(settings.DATABASE_URL, pool=1), settings)
    del readiness["broker"]
    line = FastAgi(make(), settings.FASTAGI_SAY, settings.FASTAGI_PEERS, ThreadPoolExecutor(WAITING, "call"))

    def ready(port: int) -> None:
        start_health(settings.HEALTH_HOST, settings.HEALTH_PORT, readiness)
        log.info("ready", host=settings.FASTAGI_HOST, port=port)

    async def until_stopped() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()

        def end() -> None:
            loop.call_soon_threadsafe(stop.set)

        stop_on_signals(end)
        await line.serve(settings.FASTAGI_HOST, settings.FASTAGI_PORT, stop, DRAIN_SECONDS, ready)

    asyncio.run(until_stopped())
