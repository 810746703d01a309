"""The demo system of this checkout: its parts, its processes, and what each of them is told."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from workbench import keys
from workbench.children import Child
from workbench.docker_rabbit import DockerRabbit
from workbench.errors import CannotRun
from workbench.installing import ensure_rabbitmq
from workbench.plan import MIGRATING, PORTAL, PROGRAMS, SERVICES, settings_for
from workbench.ports import LOOPBACK, free_port
from workbench.postgres import EmbeddedPostgres
from workbench.processes import Keeper, Process
from workbench.rabbitmq import EmbeddedRabbit
from workbench.several import Several, written
from workbench.steps import Steps

PREFERRED_PORT = 8000
PREFERRED_AGENCY_PORT = 8090
PREFERRED_FASTAGI_PORT = 4573
READY_SECONDS = 120.0
AGENT_NUMBER = "tel:+15555550100"
"""Where callers of the demonstration are transferred in office hours; nobody has this number."""
# What a program may see of ours besides its settings.
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "SSL_CERT_FILE")


class House:
    """Everything that runs, with all its files under `place`."""

    def __init__(self, place: Path, steps: Steps) -> None:
        self.place = place
        self.logs = place / "logs"
        self.letters = place / "letters"
        self.agency_token = place / "agency-token"
        self._steps = steps
        self.postgres = EmbeddedPostgres(place / "postgres")
        self.rabbitmq: EmbeddedRabbit | DockerRabbit = EmbeddedRabbit(place / "rabbitmq")
        self.keeper = Keeper([], steps.warn)
        self.secrets: dict[str, str] = {}
        self.port = 0
        self.agency_port = 0
        self.fastagi_port = 0
        self._databases: dict[str, tuple[str, str]] = {}

    @property
    def address(self) -> str:
        """Of the portal."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def agency_address(self) -> str:
        """Of the API for the agency's own systems."""
        return f"http://{LOOPBACK}:{self.agency_port}/agency/v1"

    def prepare(self) -> None:
        """Folders and secrets."""
        self.place.mkdir(parents=True, exist_ok=True)
        for folder in (self.logs, self.letters, self.place / "health"):
            folder.mkdir(mode=0o700, exist_ok=True)
        self.secrets = keys.load_or_make(self.place / "secrets.env")
        self.port = free_port(PREFERRED_PORT)
        self.agency_port = free_port(PREFERRED_AGENCY_PORT)
        self.fastagi_port = free_port(PREFERRED_FASTAGI_PORT)

    def start_parts(self) -> None:
        """The database server and the broker start side by side; migrations run while the broker still starts."""
        with self._steps.step("RabbitMQ is there"):
            if os.environ.get("CC_PARTS") == "containers" or not ensure_rabbitmq():
                self.rabbitmq = DockerRabbit(self.place / "rabbitmq-container")
                self.rabbitmq.fetch()
        self.rabbitmq.launch()
        with self._steps.step("PostgreSQL"):
            self.postgres.start()
            self._databases = {service: self.postgres.create_database(service) for service in SERVICES}
        with self._steps.step("migrations"):
            self._migrate()
        with self._steps.step("RabbitMQ"):
            self.rabbitmq.wait()

    def start_programs(self) -> None:
        """All processes of the suite, until each says that it is ready. Raises CannotRun."""
        self.keeper = Keeper([self._process(program.name, program.service, program.arguments)
                              for program in PROGRAMS], self._steps.warn)
        with self._steps.step(f"{len(PROGRAMS)} processes ready") as notes:
            self.keeper.start()
            self._until_ready()
            notes.append(f"(logs: {self.logs})")

    def tend(self) -> None:
        """Starts again whatever has ended."""
        for part in (self.postgres, self.rabbitmq):
            if not part.alive:
                self._steps.warn(f"{type(part).__name__} ended; starting it again")
                part.launch()
                part.wait()
        self.keeper.tend()

    def stop(self) -> None:
        """In the order that loses nothing: the processes drain, then the broker, then the database server."""
        self.keeper.stop()
        self.rabbitmq.stop()
        self.postgres.stop()

    def command(self, service: str, *arguments: str) -> str:
        """Runs a command of a service to its end and returns what it printed. Raises CannotRun."""
        return self.commands(service, [(service, *arguments)]).through(1)

    def commands(self, service: str, todo: Sequence[Sequence[str]]) -> Several:
        """Begins several, one after the other, each being the words behind `python -m` and told what the service is
        told."""
        log, file = self.logs / f"{service}-commands.log", self.place / f"{service}-commands.json"
        return Several(written(todo, file), log, self.environment(service), self.tend)

    def environment(self, service: str, owner: bool = False) -> dict[str, str]:
        """All that a process of this service is told, and nothing else; `owner` adds what migrations need."""
        values = {**self.secrets, **self._addresses(service)}
        further = MIGRATING if owner else ()
        return {**_inherited(), "PYTHONUNBUFFERED": "1", **settings_for(service, values, further)}

    def _addresses(self, service: str) -> Mapping[str, str]:
        owner_url, app_url = self._databases[service]
        return {
            "DATABASE_URL": app_url, "DATABASE_OWNER_URL": owner_url, "DATABASE_APP_ROLE": f"{service}_app",
            "AMQP_URL": self.rabbitmq.amqp_url, "HEALTH_PORT": "0", "HEALTH_PORT_FILE": "", "LOG_LEVEL": "INFO",
            "LETTERS_DIR": str(self.letters), "PRINT_EVERY_SECONDS": "2",
            "PUBLIC_PORT": str(self.port), "AGENCY_PORT": str(self.agency_port), "SECURE_COOKIES": "false",
            "AGENT_NUMBER": AGENT_NUMBER, "FASTAGI_PORT": str(self.fastagi_port),
        }

    def _process(self, name: str, service: str, arguments: tuple[str, ...]) -> Process:
        port_file = self.place / "health" / f"{name}.port"
        environment = {**self.environment(service), "HEALTH_PORT_FILE": str(port_file)}
        page = f"{self.address}/" if name == PORTAL else ""
        return Process(name, (sys.executable, *arguments), environment, self.logs / f"{name}.log", port_file, page)

    def _migrate(self) -> None:
        """All services at once."""
        log = self.logs / "migrations.log"
        running = {service: Child((sys.executable, "-m", service, "migrate"), log, self.environment(service, True))
                   for service in SERVICES}
        while any(child.alive for child in running.values()):
            time.sleep(0.05)
        failed = [service for service, child in running.items() if child.exit_code()]
        if failed:
            raise CannotRun(f"the migrations of {', '.join(failed)} failed; see {log}\n{log.read_text()[-1500:]}")

    def _until_ready(self) -> None:
        """All at the same moment: one that was ready and crashed is not."""
        deadline = time.monotonic() + READY_SECONDS
        waiting = self.keeper.processes
        while waiting:
            self.keeper.tend()
            waiting = [process for process in waiting if not process.ready()]
            if not waiting:
                waiting = [process for process in self.keeper.processes if not process.ready()]
            if time.monotonic() > deadline:
                names = ", ".join(process.name for process in waiting)
                raise CannotRun(f"not ready: {names}; their logs are in {self.logs}")
            time.sleep(0.1)


def _inherited() -> dict[str, str]:
    return {name: os.environ[name] for name in INHERITED if name in os.environ}
