"""A telephone system and its network, where they can be had; else these tests are left out with a word why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from telephone.calling import Line
from telephone.exchange import Exchange
from telephone.network import Network
from telephone.root import NotToBeHad, made_root


@pytest.fixture(scope="session")
def root() -> Path:
    try:
        return made_root()
    except NotToBeHad as why:
        pytest.skip(f"no real telephone calls: {why}")


@pytest.fixture(scope="session")
def network() -> Iterator[Network]:
    try:
        with Network() as network:
            yield network
    except OSError as why:
        pytest.skip(f"no real telephone calls: {why}")


@pytest.fixture(scope="session")
def line(root: Path, network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    folder = tmp_path_factory.mktemp("telephone")
    exchange = Exchange(root, network, folder.name)
    try:
        exchange.start()
        yield Line(root, network, exchange, folder).start()
    finally:
        exchange.forget()
