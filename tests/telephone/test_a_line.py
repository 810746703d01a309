"""A real call while there is no gateway: the dialplan that agencies copy says so itself, in both languages."""

from __future__ import annotations

import re

from telephone.calling import Line
from telephone.exchange import AGENCYS
from telephone.hearing import OTHER

NUMBER = "18669013212"
NEVER_SAID = {"en-us": "Please call again on Monday and ask for the manager of the office.",
              "es-419": "Para escuchar sus pagos otra vez, oprima el número tres ahora."}


def sorry() -> dict[str, str]:
    """What the dialplan says when the gateway was not reached, by voice."""
    return dict(re.findall(r'^record sorry-\w+ (\S+) "(.*)"', (AGENCYS / "record").read_text(), re.MULTILINE))


def test_the_caller_is_told_that_there_is_no_gateway(line: Line) -> None:
    heard = line.call(NUMBER, [], 1, hangs_up=False).ended().heard
    english, spanish = (line.found(heard, voice, text) for voice, text in sorry().items())
    assert english.was_said and spanish.was_said, (english, spanish)
    assert english.at_seconds < spanish.at_seconds
    for voice, text in NEVER_SAID.items():
        assert line.found(heard, voice, text).likeness < OTHER
