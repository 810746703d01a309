"""Whether a server really answers, asked the way its clients will ask."""

from __future__ import annotations

from kombu.connection import Connection


def broker_answers(amqp_url: str) -> bool:
    """An AMQP connection, log-in included, not just an open port."""
    try:
        with Connection(amqp_url, connect_timeout=5) as connection:  # type: ignore[no-untyped-call]
            connection.connect()
    except Exception:
        return False
    return True
