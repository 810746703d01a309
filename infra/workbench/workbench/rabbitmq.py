"""A private RabbitMQ node, as the current user, beside any other node of the machine."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from workbench.answering import broker_answers
from workbench.children import Child
from workbench.management import Management
from workbench.ports import LOOPBACK, answers, free_port

USER = "customer_connect"
NODE = "customer-connect@localhost"
READY_SECONDS = 120.0
# Debian's wrapper in /usr/sbin changes the user; the script behind it does not.
SERVERS = ("/usr/lib/rabbitmq/bin/rabbitmq-server", "/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server",
           "/usr/local/opt/rabbitmq/sbin/rabbitmq-server", "/home/linuxbrew/.linuxbrew/sbin/rabbitmq-server")


class RabbitError(RuntimeError):
    """The node is not installed or did not start; says what to do or where its log is."""


@dataclass(frozen=True)
class Ports:
    amqp: int = 0
    management: int = 0
    distribution: int = 0
    epmd: int = 0

    def now(self) -> Ports:
        """These where they are still free, other free ones where not."""
        return Ports(free_port(self.amqp), free_port(self.management), free_port(self.distribution),
                     free_port(self.epmd))


class EmbeddedRabbit:
    """A node whose files are all in `directory`; its ports stay the same over restarts of the node."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory.resolve()
        self.log = self.directory / "rabbitmq.log"
        self._ports: Ports | None = None
        self._node: Child | None = None
        self._epmd: Child | None = None

    @property
    def ports(self) -> Ports:
        if self._ports is None:
            raise RabbitError("the node was not started yet")
        return self._ports

    @property
    def amqp_url(self) -> str:
        return self.url("%2F")

    def url(self, vhost: str) -> str:
        return f"amqp://{USER}:{self._password()}@{LOOPBACK}:{self.ports.amqp}/{vhost}"

    @property
    def management(self) -> Management:
        return Management(LOOPBACK, self.ports.management, USER, self._password())

    @property
    def alive(self) -> bool:
        return self._node is not None and self._node.alive

    @property
    def pid(self) -> int | None:
        return self._node.pid if self._node else None

    def new_vhost(self) -> str:
        """The URL of a fresh, empty virtual host (15 ms; `rabbitmqctl` takes a second)."""
        name = f"v{uuid.uuid4().hex[:12]}"
        self.management.new_vhost(name)
        return self.url(name)

    def start(self) -> None:
        """Makes the configuration, starts, and waits until the node takes AMQP connections."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Starts without waiting."""
        if self.alive:
            return
        script = server()
        for folder in ("mnesia", "log", "conf.d", "home", "generated"):
            (self.directory / folder).mkdir(parents=True, exist_ok=True)
        if self._ports is None:
            self._ports = self._choose_ports()
        self._configure()
        self._start_epmd()
        self._node = Child([str(script)], self.log, self._environment(), directory=self.directory)

    def wait(self, within: float = READY_SECONDS) -> None:
        """Until a real AMQP connection and the management interface answer."""
        deadline = time.monotonic() + within
        while not self._ready():
            if not self.alive or time.monotonic() > deadline:
                raise RabbitError(f"RabbitMQ did not start; see {self.log} and {self.directory / 'log'}")
            time.sleep(0.1)

    def stop(self) -> None:
        """A clean end of the node and of its name server."""
        for child in (self._node, self._epmd):
            if child:
                child.stop(within=30)

    def kill(self) -> None:
        """kill -9 of the node; its files stay as they are."""
        if self._node:
            self._node.kill()

    def close(self) -> None:
        """Ends it for good, and takes its files away."""
        self.kill()
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def _ready(self) -> bool:
        if not answers(self.ports.amqp) or not answers(self.ports.management):
            return False
        return broker_answers(self.amqp_url) and self.management.answers()

    def _start_epmd(self) -> None:
        """Our own in the foreground: the one that a node starts by itself outlives it."""
        program = shutil.which("epmd")
        if program and not (self._epmd and self._epmd.alive):
            self._epmd = Child([program, "-address", LOOPBACK, "-port", str(self.ports.epmd)], self.log,
                               self._environment(), directory=self.directory)

    def _configure(self) -> None:
        _write_private(self.directory / "rabbitmq.conf", "\n".join((
            f"listeners.tcp.1 = {LOOPBACK}:{self.ports.amqp}",
            f"management.tcp.ip = {LOOPBACK}",
            f"management.tcp.port = {self.ports.management}",
            f"default_user = {USER}",
            f"default_pass = {self._password()}",
            "log.console = false",
            "log.file = node.log",
            "log.file.level = info",
            "disk_free_limit.absolute = 50MB",
            "vm_memory_high_watermark.relative = 0.3",
            "",
        )))
        (self.directory / "enabled_plugins").write_text("[rabbitmq_management].\n")
        (self.directory / "empty").write_text("")
        cookie = self.directory / "home" / ".erlang.cookie"
        if not cookie.exists():
            _write_private(cookie, secrets.token_hex(20))

    def _environment(self) -> dict[str, str]:
        here = self.directory
        return {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8", "HOME": str(here / "home"),
            "ERL_EPMD_ADDRESS": LOOPBACK, "ERL_EPMD_PORT": str(self.ports.epmd),
            # The data is kept under the node's name: so the name never changes, and the epmd is a private one.
            "RABBITMQ_NODENAME": NODE, "RABBITMQ_DIST_PORT": str(self.ports.distribution),
            "RABBITMQ_MNESIA_BASE": str(here / "mnesia"), "RABBITMQ_LOG_BASE": str(here / "log"),
            "RABBITMQ_CONFIG_FILE": str(here / "rabbitmq.conf"), "RABBITMQ_CONFIG_FILES": str(here / "conf.d"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(here / "none.config"),
            "RABBITMQ_CONF_ENV_FILE": str(here / "empty"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(here / "generated"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(here / "enabled_plugins"),
            # Loopback only; and schedulers that sleep when idle instead of spinning: the cores are shared.
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS":
                "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none",
        }

    def _password(self) -> str:
        place = self.directory / "password"
        if not place.exists():
            _write_private(place, secrets.token_hex(16))
        return place.read_text()

    def _choose_ports(self) -> Ports:
        known = self.directory / "ports.json"
        ports = Ports(**json.loads(known.read_text()) if known.exists() else {}).now()
        known.write_text(json.dumps(asdict(ports)))
        return ports


def server() -> Path:
    """The start script of an installed RabbitMQ. Raises RabbitError that says how to get one."""
    for place in (os.environ.get("RABBITMQ_SERVER", ""), *SERVERS, shutil.which("rabbitmq-server") or ""):
        if place and Path(place).is_file():
            return Path(place)
    raise RabbitError("RabbitMQ is not installed: apt-get install rabbitmq-server, or brew install rabbitmq, "
                      "or start a Docker engine")


def _write_private(place: Path, text: str) -> None:
    place.touch(0o600)
    place.write_text(text)
