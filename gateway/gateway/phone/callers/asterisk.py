"""An Asterisk made of code, with one call: connects to the FastAGI server, does what it is told, presses keys.

    with Asterisk("127.0.0.1", 4573) as asterisk:
        asterisk.hear().press("9").press("1").press("1234567890#").press("482913#")

Keys go one by one, as on a telephone: a key cuts speech short where that names it, and is lost where it does not.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass, field
from itertools import count
from types import TracebackType
from typing import Final

from gateway.phone.callers.caller import CallFailed, Heard

DEAD: Final = "511 Command Not Permitted on a dead channel or intercept routine"
PATIENCE: Final = 30.0
_WORD: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_SPOKEN: Final = re.compile(r'"([^"]*)",([^,]*),([^,]*)')
_WRITTEN: Final = re.compile(r'umask 077; espeak-ng -v (\S+) .* -- "([^"]*)" \| sox .* (\S+)\.wav')
_numbers = count(1)


@dataclass
class Asterisk:
    """`heard` and `shown` are what came in full since the last key, `cuts` how often a key cut speech short, `commands`
    the names of all that was asked, `waits` the milliseconds of each wait for a key, `files` the sound files that lie
    about."""

    host: str
    port: int
    dialled: str = "18669013212"
    number: str = "+15550100"
    source: str = ""
    applications: tuple[str, ...] = ("System", "Espeak")
    unique: str = field(default_factory=lambda: f"1796053997.{next(_numbers)}")
    connected: bool = False
    heard: list[Heard] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    waits: list[int] = field(default_factory=list)
    cuts: int = 0
    files: dict[str, Heard] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    _pending: list[str] = field(default_factory=list)
    _typed: str = ""

    def __enter__(self) -> Asterisk:
        source = (self.source, 0) if self.source else None
        self._socket = socket.create_connection((self.host, self.port), PATIENCE, source)
        self._lines = self._socket.makefile("r", encoding="utf-8", newline="\n")
        self.connected = True
        self._send("".join(f"{name}: {value}\n" for name, value in self._headers().items()) + "\n")
        return self

    def __exit__(self, kind: type[BaseException] | None = None, error: BaseException | None = None,
                 trace: TracebackType | None = None) -> None:
        self._lines.close()
        self._socket.close()
        self.connected = False

    @property
    def text(self) -> str:
        """All that was said since the last keys."""
        return " ".join(heard.text for heard in self.heard)

    def hear(self) -> Asterisk:
        """Until a key is waited for, or the script has ended."""
        while self._next() and not self._waits():
            self._obey("")
        return self

    def press(self, keys: str, after: int = 0) -> Asterisk:
        """Keys, one after the other, the first in the midst of the sentence after `after` others; then hears on."""
        self._forget()
        while len(self.heard) < after and self._next() and not self._waits():
            self._obey("")
        for place, key in enumerate(keys, 1):
            if place == len(keys):
                self._forget()
            while self._next() and not self._obey(key):
                pass
        return self.hear()

    def keep_silent(self) -> Asterisk:
        """Lets the waiting run out."""
        self._forget()
        if self._next():
            self._obey("")
        return self.hear()

    def end(self) -> None:
        """Waits, without a key, until the script has ended."""
        self._pending = []
        while command := self._next():
            if command[:2] == ["EXEC", "System"]:
                self._obey("")
            self._pending = []

    def hang_up(self, *, told: bool = True) -> None:
        """In the midst of what was asked last. `told`: as Asterisk tells it; else the connection just breaks."""
        if told and self._next():
            self._reply("200 result=-1")
            self._send("HANGUP\n")
            while command := self._next():
                if command[:2] == ["EXEC", "System"]:
                    self._obey("")
                else:
                    self._reply(DEAD)
        self.__exit__()

    @property
    def collects(self) -> bool:
        """Whether the number that was begun goes on until `#`."""
        return self._next()[:1] == ["GET"]

    # What an Asterisk does

    def _forget(self) -> None:
        self.heard, self.shown = [], []

    def _obey(self, key: str) -> bool:
        """Carries out the next command, a key being pressed meanwhile; whether that key is used up."""
        words = self._next()
        match words[0].upper(), [word.upper() for word in words]:
            case "WAIT", ["WAIT", "FOR", "DIGIT", milliseconds]:
                self.waits.append(int(milliseconds))
                self._reply(f"200 result={ord(key) if key else 0}")
                return bool(key)
            case "GET", ["GET", "DATA", "", milliseconds, _]:
                return self._collect(int(milliseconds), key)
            case "EXEC", ["EXEC", "SYSTEM", _] if "System" in self.applications:
                self._system(words[2])
            case "EXEC", ["EXEC", "ESPEAK", _] if "Espeak" in self.applications:
                text, keys, voice = _found(_SPOKEN, words[2])
                return self._speak(text, keys, voice, key)
            case "STREAM", ["STREAM", "FILE", _, keys]:
                return self._stream(words[2], keys, key)
            case "SEND", ["SEND", "TEXT", _]:
                self.shown.append(words[2])
                self._reply("200 result=0")
            case "SET", ["SET", "VARIABLE", _, _]:
                self.variables[words[2]] = words[3]
                self._reply("200 result=1")
            case "CHANNEL", _:
                self._reply("200 result=6")
            case "EXEC", _:
                self._reply("200 result=-2")
            case _:
                self._reply("510 Invalid or unknown command")
        return False

    def _system(self, command: str) -> None:
        """A sound file is written, or removed."""
        if command.startswith("rm -f "):
            self.files.pop(command.removeprefix("rm -f ").removesuffix(".wav"), None)
        else:
            voice, text, path = _found(_WRITTEN, command)
            self.files[path] = Heard(voice, text)
        self._reply("200 result=0")

    def _stream(self, path: str, keys: str, key: str) -> bool:
        if path not in self.files:
            self._reply("200 result=0 endpos=0")
            return False
        written = self.files[path]
        return self._speak(written.text, keys, written.language, key, " endpos=8000")

    def _speak(self, text: str, keys: str, voice: str, key: str, more: str = "") -> bool:
        if key and key in keys:
            self.cuts += 1
            self._reply(f"200 result={ord(key)}{more}")
            return True
        self.heard.append(Heard(voice, text))
        self._reply(f"200 result=0{more}")
        return bool(key)

    def _collect(self, milliseconds: int, key: str) -> bool:
        """A command that takes keys until `#` or until none is pressed any more."""
        if key and key != "#":
            self._typed += key
            return True
        self.waits.append(milliseconds)
        self._reply(f"200 result={self._typed}{'' if key else ' (timeout)'}")
        self._typed = ""
        return bool(key)

    def _waits(self) -> bool:
        return self._next()[0].upper() in ("WAIT", "GET")

    def _next(self) -> list[str]:
        """The words of the command that is not answered yet; none once the script has ended."""
        if not self._pending and self.connected:
            try:
                line = self._lines.readline()
            except ConnectionError:
                line = ""
            self._pending = [_unquoted(*found) for found in _WORD.findall(line)]
            self.connected = bool(self._pending)
            self.commands += self._pending[:1]
        return self._pending

    def _reply(self, line: str) -> None:
        self._pending = []
        self._send(f"{line}\n")

    def _send(self, text: str) -> None:
        try:
            self._socket.sendall(text.encode())
        except ConnectionError:
            self.connected = False

    def _headers(self) -> dict[str, str]:
        script = f"ivr?dnis={self.dialled}"
        return {
            "agi_network": "yes", "agi_network_script": script, "agi_request": f"agi://{self.host}:{self.port}/{script}",
            "agi_channel": "PJSIP/trunk-00000000", "agi_language": "en", "agi_type": "PJSIP",
            "agi_uniqueid": self.unique, "agi_version": "22.0.0", "agi_callerid": self.number,
            "agi_calleridname": "unknown", "agi_dnid": self.dialled, "agi_context": "customer-line",
            "agi_extension": self.dialled, "agi_priority": "2", "agi_enhanced": "0.0", "agi_accountcode": "",
            "agi_threadid": "140051969406656",
        }


def _found(pattern: re.Pattern[str], arguments: str) -> tuple[str, ...]:
    found = pattern.fullmatch(arguments)
    if found is None:
        raise CallFailed("the speaking application was called in a way it does not know")
    return found.groups()


def _unquoted(quoted: str, bare: str) -> str:
    return bare or re.sub(r"\\(.)", r"\1", quoted)
