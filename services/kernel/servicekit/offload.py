"""Work that holds the CPU: off the event loop where there is one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


def is_patched() -> bool:
    """Whether eventlet has taken over this process."""
    if "eventlet" not in sys.modules:
        return False
    from eventlet.patcher import is_monkey_patched

    return bool(is_monkey_patched("thread"))


def offload(work: Callable[..., T], *arguments: Any) -> T:
    """Runs CPU-bound work in a real thread under eventlet, so that heartbeats and others go on; else directly."""
    if not is_patched():
        return work(*arguments)
    from eventlet import tpool

    result: T = tpool.execute(work, *arguments)
    return result
