"""Ends every child of a process that died without ending them itself; run as a script, with a pipe as its input.

The pipe carries one line per child: `+PID` when it starts, `-PID` when it has ended. The children write their own
`+` line before they become what they are, and the supervisor holds the only other writing end: so when the pipe
closes, the supervisor is gone and the list is complete. This works alike on Linux and macOS; PR_SET_PDEATHSIG
would not do, for it follows the starting thread and is lost when a child changes its user.
"""

from __future__ import annotations

import os
import signal
import sys
import time

# What each group is sent, and how long it then has. A PostgreSQL waits for its clients after SIGTERM, not after SIGINT.
STEPS = ((signal.SIGTERM, 5.0), (signal.SIGINT, 10.0), (signal.SIGKILL, 0.0))


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    end(remember())


def remember() -> list[int]:
    """The process groups still there when the pipe closes, the youngest first."""
    groups: list[int] = []
    for line in sys.stdin:
        sign, number = line[0], int(line[1:])
        if sign == "+":
            groups.append(number)
        elif number in groups:
            groups.remove(number)
    return groups[::-1]


def end(groups: list[int]) -> None:
    """Asks twice, then kills."""
    for number, patience in STEPS:
        deadline = time.monotonic() + patience
        groups = [group for group in groups if send(group, number)]
        while groups and time.monotonic() < deadline:
            time.sleep(0.1)
            groups = [group for group in groups if send(group, 0)]


def send(group: int, number: int) -> bool:
    """False when the group is no more."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if __name__ == "__main__":
    main()
