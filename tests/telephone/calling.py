"""Calls that are really placed, and what their telephones heard."""

from __future__ import annotations

import re
import subprocess
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from telephone.exchange import Exchange
from telephone.hearing import RATE, Found, find, sound, speech
from telephone.network import HERE, Network
from telephone.sipp import AGENTS_FILE, Act, agents_telephone, media_port, telephone

from eventkit.testing.processes import wait_until

VOICES = {"en": "en-us", "es": "es-419"}
"""Those of the gateway where PHONE_VOICE_EN and _ES name no others."""

_LINE = re.compile(r"^MESSAGE sip:.*?^CSeq: (\d+) MESSAGE$.*?\n\n(.*?)\n", re.DOTALL | re.MULTILINE)


@dataclass
class Telephone:
    """One call from its dialling to its end."""

    line: Line
    place: int
    process: subprocess.Popen[Any]

    def ended(self) -> Telephone:
        assert self.process.wait(300) == 0, self.line.said(self.place)
        return self

    @property
    def heard(self) -> array[int]:
        return sound(self.line.tape, media_port(self.place))

    @property
    def read(self) -> list[str]:
        """The lines of text that came, each once however often it was sent."""
        return self.line.lines(self.place)


@dataclass
class Agent:
    """Who answers one call, and what that call came with."""

    process: subprocess.Popen[Any]
    messages: Path

    @property
    def invited(self) -> str:
        return self.messages.read_text()[self.messages.read_text().index("INVITE ") :].split("\n\n")[0]


class Line:
    """An exchange with a tap on its wires. `found` says where a telephone heard a sentence."""

    def __init__(self, root: Path, network: Network, exchange: Exchange, folder: Path) -> None:
        self._root, self._network, self.exchange, self._folder = root, network, exchange, folder
        self.tape = folder / "tape"
        self._places = count()

    def start(self) -> Line:
        self._network.start(self._network.inside(sys.executable, str(HERE / "wiretap.py"), str(self.tape)))
        wait_until(lambda: self.tape.exists() and self.tape.stat().st_size > 0, within=20)
        return self

    def call(self, number: str, acts: Sequence[Act], then_seconds: float, *, hangs_up: bool = True) -> Telephone:
        place = next(self._places)
        command = telephone(self._folder, number, acts, then_seconds, place, hangs_up=hangs_up)
        output = (self._folder / f"call{place}.log").open("wb")
        return Telephone(self, place, self._network.start(self._network.inside(*command), output))

    def agent(self) -> Agent:
        command = self._network.inside(*agents_telephone(self._folder))
        return Agent(self._network.start(command), self._folder / AGENTS_FILE)

    def said(self, place: int) -> str:
        """What SIPp says went wrong."""
        errors = self._folder / f"call{place}.errors"
        return errors.read_text(errors="replace")[-2000:] if errors.exists() else ""

    def lines(self, place: int) -> list[str]:
        messages = (self._folder / f"call{place}.messages").read_text().replace("\r", "")
        return list(dict(_LINE.findall(messages)).values())

    def found(self, heard: array[int], language: str, text: str) -> Found:
        return find(self.spoken(language, text), heard)

    def spoken(self, language: str, text: str) -> array[int]:
        return speech(self._root, VOICES.get(language, language), text, self._folder)

    def seconds(self, sentences: Sequence[tuple[str, str]]) -> float:
        """How long it takes to say them all."""
        return sum(len(self.spoken(*sentence)) / RATE for sentence in sentences)
