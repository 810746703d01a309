"""Free TCP ports on the loopback interface."""

from __future__ import annotations

import random
import socket

LOOPBACK = "127.0.0.1"
FOR_SERVERS = range(15_000, 32_000)
"""Below the ports that systems give to connections going out: one of these would take the port of a server that is
being started again, and keep it as long as a pool keeps its connection."""
TRIES = 50


def free_port(preferred: int = 0) -> int:
    """The preferred port if it is free, else any free one for servers. Raises OSError where none was found."""
    wanted = [preferred] if preferred else []
    for port in wanted + random.sample(FOR_SERVERS, TRIES):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port on the loopback interface")


def answers(port: int, within: float = 0.2) -> bool:
    """Whether somebody accepts connections on the port."""
    with socket.socket() as probe:
        probe.settimeout(within)
        return probe.connect_ex((LOOPBACK, port)) == 0
