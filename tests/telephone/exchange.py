"""The telephone system of the tests: an Asterisk in its root and network, set up as an agency's own would be."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from telephone.network import Network

from eventkit.testing.processes import wait_until

OURS = Path(__file__).parent / "asterisk"
AGENCYS = Path(__file__).parents[2] / "infra/docs/phone/asterisk"
"""The files an agency copies; nothing in them is changed for the tests."""
SOUNDS = "/var/lib/asterisk/customer-line"
FOLDERS = ("etc", "run", "log", "spool", "db")


class Exchange:
    """`home` is its folder, inside of the root; `start` returns when it takes calls."""

    def __init__(self, root: Path, network: Network, name: str) -> None:
        self._root, self._network = root, network
        self._folder = Path("/var/tmp") / name
        self.home = root / self._folder.relative_to("/")

    def start(self) -> Exchange:
        self._configure()
        log = (self.home / "log/console").open("wb")
        self._process = self._network.start(self._network.inside(*self._asterisk("-f")), log)
        wait_until(lambda: "fully booted" in self.command("core waitfullybooted"), within=60, every=0.2)
        return self

    def command(self, words: str) -> str:
        """Of its console."""
        done = subprocess.run(self._network.inside(*self._asterisk("-rx", words)), capture_output=True, text=True)
        return done.stdout

    def calls(self) -> int:
        return int(next(line for line in self.command("core show channels count").splitlines()
                        if "active call" in line).split()[0])

    def logs(self) -> str:
        return "".join(path.read_text(errors="replace") for path in (self.home / "log").rglob("*") if path.is_file())

    def spoken_files(self) -> list[str]:
        """What was said to callers and still lies about."""
        return sorted(path.name for path in (self._root / "dev/shm").iterdir())

    def forget(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)

    def _record(self) -> None:
        """What the dialplan says by itself."""
        shutil.copy(AGENCYS / "record", self.home / "etc")
        subprocess.run(["chroot", str(self._root), "sh", f"{self._folder}/etc/record", SOUNDS], check=True,
                       capture_output=True)

    def _asterisk(self, *arguments: str) -> tuple[str, ...]:
        return ("chroot", str(self._root), "asterisk", "-C", f"{self._folder}/etc/asterisk.conf", *arguments)

    def _configure(self) -> None:
        for name in FOLDERS:
            (self.home / name).mkdir(parents=True)
        for path in (*OURS.glob("*.conf"), *AGENCYS.glob("*.conf")):
            shutil.copy(path, self.home / "etc")
        [modules] = (self._root / "usr/lib").glob("*/asterisk/modules")
        self._record()
        main = self.home / "etc/asterisk.conf"
        within = Path("/") / modules.relative_to(self._root)
        main.write_text(main.read_text().format(folder=self._folder, modules=within))
