"""One connection of an Asterisk: its headers, our commands and its replies, each a line of text.

No line of either side is ever logged or put into an error: commands hold what is said, replies which key was pressed.
"""

from __future__ import annotations

import asyncio
import re
from asyncio import StreamReader, StreamWriter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from secrets import token_hex
from textwrap import wrap
from typing import Final

from gateway.phone.said import Sentence
from gateway.phone.speaking import KEYS, VOICES, Speaking, quoted

LONGEST_LINE: Final = 2048
MOST_HEADERS: Final = 64
HEADERS_WITHIN: Final = 5.0
REPLY_WITHIN: Final = 15.0
"""Seconds beyond what the command itself takes; after that the line is taken for dead."""
FORGET_WITHIN: Final = 2.0
SPEECH_WITHIN: Final = 180.0
LONGEST_SPEECH: Final = 700
"""Letters said at once; a line of Asterisk's holds 2,048 bytes."""
_RESULT: Final = re.compile(r"200 result=(-?[0-9*#A-D]*)")


class HungUp(Exception):
    """The caller, or the line to the Asterisk, is gone."""


class NotUnderstood(Exception):
    """The other side is no Asterisk, or one that lacks what was asked of it."""


@dataclass
class AgiLine:
    """Every command raises HungUp once the caller has gone, and NotUnderstood where Asterisk refuses it."""

    reader: StreamReader
    writer: StreamWriter
    speaking: Speaking
    name: str = field(default_factory=lambda: f"cc-{token_hex(8)}")
    """Of the sound file of this call: one at a time, each sentence in the place of the one before."""
    spoken: bool = False

    async def headers(self) -> Mapping[str, str]:
        """What Asterisk says of the call: agi_uniqueid, agi_callerid, agi_network_script and others."""
        found: dict[str, str] = {}
        try:
            async with asyncio.timeout(HEADERS_WITHIN):
                while line := (await self._line()).strip():
                    name, colon, value = line.partition(":")
                    if not colon or len(found) == MOST_HEADERS:
                        raise NotUnderstood("headers")
                    found[name] = value.strip()
        except (ConnectionError, TimeoutError):
            raise NotUnderstood("headers") from None
        return found

    async def say(self, sentence: Sentence) -> str | None:
        """The key that cut it short, if one did."""
        voice = sentence.voice or VOICES[sentence.language]
        for part in wrap(sentence.text, LONGEST_SPEECH):
            self.spoken = True
            result = await self._exec(self.speaking.command(part, voice, self.name))
            if file := self.speaking.file(self.name):
                result = await self._play(file[0])
            if key := _key(result):
                return key
        return None

    async def forget(self) -> None:
        """Removes the sound file; Asterisk still does so when the caller has gone."""
        if (file := self.speaking.file(self.name)) and self.spoken:
            with suppress(HungUp, NotUnderstood, TimeoutError):
                async with asyncio.timeout(FORGET_WITHIN):
                    await self._command(f"EXEC System {quoted(f'rm -f {file[0]}{file[1]}')}")

    async def show(self, text: str) -> None:
        """A line of text, for callers who read."""
        await self._done(f"SEND TEXT {quoted(text)}")

    async def key(self, seconds: int) -> str | None:
        """The next key; None where none was pressed in time."""
        return _key(int(await self._done(f"WAIT FOR DIGIT {seconds * 1000}", seconds) or 0))

    async def keys(self, seconds: int, most: int) -> str:
        """All further keys until `#`, or until none was pressed for so long.

        One command for all: what is pressed between two commands, Asterisk drops.
        """
        return await self._done(f'GET DATA "" {seconds * 1000} {most}', seconds * most)

    async def set_variable(self, name: str, value: str) -> None:
        await self._done(f"SET VARIABLE {name} {quoted(value)}")

    async def _exec(self, command: str) -> int:
        result = int(await self._command(command, SPEECH_WITHIN) or -2)
        if result < 0:
            await self._command("CHANNEL STATUS")  # raises HungUp where that was the reason
            raise NotUnderstood(self.speaking.application)
        return result

    async def _play(self, path: str) -> int:
        """A file that is not there is no error to Asterisk: it says that it came no further than its beginning."""
        reply = await self._reply(f'STREAM FILE {path} "{KEYS}"', SPEECH_WITHIN)
        if reply.startswith("200 result=0 endpos=0"):
            raise NotUnderstood(self.speaking.application)
        if (result := int(_result(reply))) < 0:
            raise HungUp
        return result

    async def _done(self, command: str, seconds: float = 0) -> str:
        result = await self._command(command, seconds)
        if result.startswith("-"):
            raise HungUp
        return result

    async def _command(self, command: str, seconds: float = 0) -> str:
        return _result(await self._reply(command, seconds))

    async def _reply(self, command: str, seconds: float) -> str:
        try:
            async with asyncio.timeout(seconds + REPLY_WITHIN):
                self.writer.write(f"{command}\n".encode())
                await self.writer.drain()
                reply = await self._line()
        except (ConnectionError, TimeoutError):
            raise HungUp from None
        if reply.startswith(("HANGUP", "511")):
            raise HungUp
        if not reply.startswith("200 "):
            raise NotUnderstood(command.split()[0])
        return reply

    async def _line(self) -> str:
        try:
            line = await self.reader.readline()
        except ValueError:  # longer than any of Asterisk's; its text is not repeated
            raise NotUnderstood("line") from None
        if not line.endswith(b"\n"):
            raise HungUp
        return line.decode(errors="replace")


def _result(reply: str) -> str:
    found = _RESULT.match(reply)
    if found is None:
        raise NotUnderstood("result")
    return found[1]


def _key(code: int) -> str | None:
    """Asterisk names a key by its code in ASCII; 0 is none."""
    return chr(code) if 0 < code < 128 and chr(code) in f"{KEYS}#ABCD" else None
