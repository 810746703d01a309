"""eventlet takes over the rpc role alone, and work that holds the CPU does not hold up the others there."""

import subprocess
import sys

import pytest

from servicekit.offload import is_patched, offload

SCRIPT = """
import servicekit.patched
from servicekit.offload import is_patched, offload
import sys
print(is_patched(), "eventlet" in sys.modules)
"""
BUSY = SCRIPT + """
import eventlet
from eventlet.patcher import original
asleep = original("time").sleep  # holds this thread as a computation would
beats = []
def beat():
    while True:
        beats.append(1)
        eventlet.sleep(0.01)
eventlet.spawn(beat)
eventlet.sleep(0)
before = len(beats); asleep(0.3); print(len(beats) - before)
before = len(beats); offload(asleep, 0.3); print(len(beats) - before > 5)
try:
    offload(int, "x")
except ValueError:
    print("raises")
print(offload(divmod, 7, 2))
"""


def run(script, *arguments):
    found = subprocess.run([sys.executable, "-W", "error", "-c", script, *arguments], capture_output=True, text=True,
                           check=True)
    assert found.stderr == ""
    return found.stdout.splitlines()


@pytest.mark.parametrize(("arguments", "patched"), [
    (["rpc"], "True True"), (["worker"], "False False"), ([], "False False"), (["import", "rpc"], "False False")])
def test_only_the_rpc_role_is_patched(arguments, patched):
    assert run(SCRIPT, *arguments)[0] == patched


def test_offloaded_work_lets_heartbeats_through_and_gives_back_what_it_makes():
    assert run(BUSY, "rpc") == ["True True", "0", "True", "raises", "(3, 1)"]


def test_without_eventlet_the_work_is_just_done():
    assert not is_patched()
    assert offload(divmod, 7, 2) == (3, 1)
    with pytest.raises(ValueError, match="invalid literal"):
        offload(int, "x")
