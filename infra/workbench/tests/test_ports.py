"""Ports for servers: free, the preferred one if it can be had, and never one that a connection going out may take."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from workbench.ports import LOOPBACK, free_port

GOING_OUT = Path("/proc/sys/net/ipv4/ip_local_port_range")


def test_the_preferred_port_is_given_where_it_is_free() -> None:
    port = free_port()
    assert free_port(port) == port


def test_a_port_that_is_taken_is_not_given() -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port(port) not in (port, 0)


@pytest.mark.skipif(not GOING_OUT.exists(), reason="only Linux says which ports it gives to connections going out")
def test_no_connection_that_goes_out_can_take_it() -> None:
    first, last = map(int, GOING_OUT.read_text().split())
    assert not any(first <= free_port() <= last for _ in range(20))
