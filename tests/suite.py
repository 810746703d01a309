"""The whole suite as processes of its own, over real parts: what the journeys, faults and searches run against."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, make_url, text

from eventkit.testing.processes import Process, wait_until
from workbench.keys import load_or_make
from workbench.plan import MIGRATING, settings_for
from workbench.ports import free_port

SERVICES = ("cases", "auth", "payments", "notifications")
ALL = (*SERVICES, "gateway")


class Suite:
    """Databases, migrations and processes of everything; `folder` holds logs, letters and files."""

    def __init__(self, postgres: Any, rabbitmq: Any, folder: Path, name: str) -> None:
        self.postgres = postgres
        self.rabbitmq = rabbitmq
        self.folder = folder
        self.letters = folder / "letters"
        self.keys = load_or_make(folder / "secrets.env")
        self.amqp_url = rabbitmq.new_vhost()
        self.databases = {service: postgres.create_database(f"{name}_{service}") for service in ALL}
        self.processes: dict[str, Process] = {}
        self.port, self.agency_port = free_port(), free_port()
        self.letters.mkdir(parents=True, exist_ok=True)

    def settings(self, service: str) -> dict[str, str]:
        owner, app = self.databases[service]
        role = make_url(app).username
        assert role
        values = {"DATABASE_URL": app, "DATABASE_OWNER_URL": owner, "DATABASE_APP_ROLE": role,
                  "AMQP_URL": self.amqp_url, "HEALTH_PORT": "0", "HEALTH_PORT_FILE": "", "LOG_LEVEL": "DEBUG",
                  "LETTERS_DIR": str(self.letters), "PRINT_EVERY_SECONDS": "0", "PUBLIC_PORT": str(self.port),
                  "AGENCY_PORT": str(self.agency_port), "SECURE_COOKIES": "false", **self.keys}
        return settings_for(service, values, MIGRATING)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def agency_address(self) -> str:
        return f"http://127.0.0.1:{self.agency_port}/agency/v1"

    def migrate(self) -> None:
        with ThreadPoolExecutor(len(ALL)) as pool:
            list(pool.map(lambda service: self.run(service, "migrate"), ALL))

    def start(self, split: bool = False) -> Suite:
        """Starts everything; with `split`, relay and subscriptions as processes of their own, for fault tests."""
        for service in SERVICES:
            for role in ("rpc", "relay", "subscribe") if split else ("rpc", "worker"):
                self.launch(service, role)
        if not split:
            self.launch("cases", "agency")
        self.launch("gateway", "worker")
        self.launch("gateway", "web")
        for name, process in self.processes.items():
            wait_until(lambda name=name: self.ready(name), within=90)
            assert process.alive, f"{name} ended: {process.log.read_text()[-2000:]}"
        return self

    def launch(self, service: str, role: str) -> Process:
        name = f"{service}.{role}"
        settings = {**self.settings(service), "HEALTH_PORT_FILE": str(self.folder / f"{name}.port")}
        (self.folder / f"{name}.port").unlink(missing_ok=True)
        process = Process(service, role, settings=settings, log=self.folder / f"{name}.log")
        self.processes[name] = process
        return process.start()

    def ready(self, name: str) -> bool:
        """Whether the process's own /readyz says so."""
        process = self.processes[name]
        assert process.alive, f"{name} ended: {process.log.read_text()[-3000:]}"
        port = self.folder / f"{name}.port"
        return port.exists() and _status(f"http://127.0.0.1:{port.read_text().strip()}/readyz") == 200

    def health(self, name: str, path: str) -> str:
        port = (self.folder / f"{name}.port").read_text().strip()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return str(answer.read().decode())

    def stop(self, names: Iterable[str] | None = None) -> None:
        for name in list(names or self.processes):
            self.processes[name].kill()

    def run(self, service: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """A command of a service, as an operator runs it."""
        done = subprocess.run([sys.executable, "-m", service, *arguments], capture_output=True, text=True, timeout=600,
                              env={**os.environ, **self.settings(service)}, cwd=self.folder)
        (self.folder / "commands.log").open("a").write(done.stdout + done.stderr)
        assert not check or done.returncode == 0, f"{service} {arguments}: {done.stdout}{done.stderr}"
        return done

    def engine(self, service: str) -> Engine:
        return create_engine(self.databases[service][1])

    def owner_engine(self, service: str) -> Engine:
        return create_engine(self.databases[service][0])

    def scalar(self, service: str, query: str, **values: Any) -> Any:
        engine = self.engine(service)
        with closing(engine.connect()) as conn:
            found = conn.execute(text(query), values).scalar()
        engine.dispose()
        return found

    def settled(self) -> bool:
        """Whether every event of every service was taken in by everyone who listens."""
        for publisher in SERVICES:
            if self.scalar(publisher, "SELECT count(*) FROM outbox WHERE position IS NULL"):
                return False
            last = self.scalar(publisher, "SELECT coalesce(max(position), 0) FROM outbox")
            for listener in ALL:
                query = "SELECT count(*) FROM checkpoints WHERE publisher = :p AND position < :l"
                behind = self.scalar(listener, query, p=publisher, l=last)
                if behind:
                    return False
        return True

    def wait_until_settled(self, within: float = 60) -> None:
        wait_until(self.settled, within=within, every=0.1)

    def logs(self) -> dict[str, str]:
        return {path.name: path.read_text(errors="replace") for path in self.folder.glob("*.log")}


def write_csv(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    import csv

    listed = list(rows)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)
    return path


def write_ndjson(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0

