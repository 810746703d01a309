"""The composed suite is the suite of `make run`: the same processes, each with its own settings."""

from __future__ import annotations

from pathlib import Path

import yaml

from workbench.plan import PROGRAMS, SERVICES

COMPOSE = Path(__file__).parents[2] / "containers" / "compose.yaml"


def test_every_process_is_there_with_its_own_settings():
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    assert set(services) == {"postgres", "rabbitmq", *(f"{name}-migrate" for name in SERVICES),
                             *(program.name for program in PROGRAMS)}
    for program in PROGRAMS:
        assert services[program.name]["command"] == [program.role]
        assert services[program.name]["env_file"] == f"env/{program.service}.env"
        assert services[program.name]["read_only"] is True
