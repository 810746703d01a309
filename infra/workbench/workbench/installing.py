"""Gets RabbitMQ onto the machine where it is not: from the system's packages, else as a container."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.rabbitmq import RabbitError, server


def ensure_rabbitmq() -> bool:
    """True when a RabbitMQ is installed afterwards; False when only a Docker engine can give one.

    Raises RabbitError that says what to install where there is no way.
    """
    try:
        server()
        return True
    except RabbitError as error:
        if shutil.which("apt-get") and os.geteuid() == 0:
            _apt("rabbitmq-server")
        elif sys.platform == "darwin" and shutil.which("brew"):
            _run(["brew", "install", "rabbitmq"])
        elif shutil.which("docker") and _run(["docker", "info"], check=False):
            return False
        else:
            raise error from None
    server()
    return True


def _apt(*packages: str) -> None:
    with _no_service_starts():
        _run(["apt-get", "update", "-qq"])
        _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])


@contextmanager
def _no_service_starts() -> Iterator[None]:
    """Debian's packages start their services when installed, unless this script says no."""
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()


def _run(command: list[str], check: bool = True) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    if check and done.returncode:
        raise RabbitError(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}")
    return done.returncode == 0
