"""A root folder with an Asterisk that speaks, made once by debootstrap: the releases of the day lack the package.

CC_TELEPHONE_ROOT names the folder to make it in; else it is one under the system's folder for temporary files.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

SUITE = "sid"
PACKAGES = ("asterisk", "asterisk-modules", "asterisk-core-sounds-en-wav", "espeak-ng", "sox")
TOOLS = ("debootstrap", "sipp", "sox", "unshare", "nsenter", "ip", "chroot")
COMPLETE, CONTENTS = "complete", " ".join((SUITE, *PACKAGES))
SECONDS = 240
"""For each of two steps: a slow mirror is a reason to leave these tests out, not to fail them."""


class NotToBeHad(Exception):
    """Why there is no telephone system on this machine."""


def made_root() -> Path:
    """The folder, made if it is not there yet. Raises NotToBeHad."""
    if os.getuid():
        raise NotToBeHad("a root folder and a network namespace take root")
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        raise NotToBeHad(f"not installed: {', '.join(missing)} (packages debootstrap, sip-tester, sox)")
    folder = Path(os.environ.get("CC_TELEPHONE_ROOT") or Path(tempfile.gettempdir()) / f"cc-telephone-{os.getuid()}")
    if not _is_complete(folder):
        _make(folder)
    if folder.stat().st_uid != os.getuid():  # a name anybody can guess, and what is in it will be run as root
        raise NotToBeHad("the root folder is somebody else's")
    return folder


def _is_complete(folder: Path) -> bool:
    return (folder / COMPLETE).exists() and (folder / COMPLETE).read_text() == CONTENTS


def _make(folder: Path) -> None:
    """In a draft beside it, so that nobody finds half of it."""
    draft = folder.with_name(f"{folder.name}.{os.getpid()}")
    try:
        _run("debootstrap", "--variant=minbase", SUITE, str(draft), _mirror())
        shutil.copy("/etc/resolv.conf", draft / "etc/resolv.conf")
        install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES)
        _run("chroot", str(draft), "env", "DEBIAN_FRONTEND=noninteractive", *install)
        _run("chroot", str(draft), "apt-get", "clean")
        (draft / "dev/shm").mkdir(exist_ok=True)
        (draft / COMPLETE).write_text(CONTENTS)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _mirror() -> str:
    """Where this machine's own apt gets Debian from."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Component: main",
             "Origin: Debian"]
    found = subprocess.run(asked, capture_output=True, text=True).stdout.split()
    plain = [address for address in found if "security" not in address]
    if not plain:
        raise NotToBeHad("apt has no sources of Debian here")
    return plain[0]


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise NotToBeHad(f"{command[0]} took more than {SECONDS} seconds") from None
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()
        raise NotToBeHad(f"{command[0]} failed: {said[-1] if said else done.returncode}")
