"""A telephone: SIPp calls, waits, presses keys and hangs up, after a scenario that is written for each call.

Two traps are seen to here. SIPp sends keys as payload type 96, whatever was agreed on, so that is what is offered. And
a key takes 400 ms (200 on, 200 off): the next ones would cut it short if nothing waited for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).parent / "sipp"
KEY_MILLISECONDS = 400
AGENTS_PORT = 5070
AGENTS_FILE = "agent.messages"


@dataclass(frozen=True)
class Press:
    """After so many seconds these keys."""

    after_seconds: float
    keys: str


@dataclass(frozen=True)
class Read:
    """Text telephones: so many lines are waited for."""

    lines: int


Act = Press | Read


def scenario(acts: Sequence[Act], then_seconds: float, *, hangs_up: bool = True) -> str:
    """Keys and waiting, and at the end a hang-up: the caller's, or else the other side's is waited for."""
    done = "".join(map(_act, acts)) + _pause(then_seconds * 1000)
    end = (TEMPLATES / ("hang_up.xml" if hangs_up else "hung_up.xml")).read_text()
    return Template((TEMPLATES / "call.xml").read_text()).substitute(acts=done, end=end)


def telephone(folder: Path, number: str, acts: Sequence[Act], then_seconds: float, place: int, *,
              hangs_up: bool = True) -> list[str]:
    """The command of a telephone; `place` tells it from others that call at the same time."""
    written = folder / f"call{place}.xml"
    written.write_text(scenario(acts, then_seconds, hangs_up=hangs_up))
    return ["sipp", "-sf", str(written), "-s", number, "-i", "127.0.0.1", "-p", str(5100 + place), "-mp",
            str(media_port(place)), "-m", "1", "-nostdin", "-timeout", "300", "-timeout_error",
            "-trace_err", "-error_file", str(folder / f"call{place}.errors"),
            "-trace_msg", "-message_file", str(folder / f"call{place}.messages"), "127.0.0.1:5060"]


def agents_telephone(folder: Path) -> list[str]:
    """The command of a telephone that answers one call, and writes down what it was told."""
    return ["sipp", "-sn", "uas", "-i", "127.0.0.1", "-p", str(AGENTS_PORT), "-mp", str(media_port(90)), "-m", "1",
            "-nostdin", "-timeout", "120", "-timeout_error", "-trace_msg", "-message_file", str(folder / AGENTS_FILE)]


def media_port(place: int) -> int:
    return 6000 + 4 * place


def _act(act: Act) -> str:
    if isinstance(act, Read):
        return (TEMPLATES / "read_line.xml").read_text() * act.lines
    keyed = f'  <nop><action><exec play_dtmf="{act.keys}"/></action></nop>\n'
    return _pause(act.after_seconds * 1000) + keyed + _pause(KEY_MILLISECONDS * len(act.keys))


def _pause(milliseconds: float) -> str:
    return f'  <pause milliseconds="{max(1, round(milliseconds))}"/>\n'
