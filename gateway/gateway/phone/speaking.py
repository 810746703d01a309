"""How an Asterisk is asked to speak: a dialplan application of the agency's choice, and the voice of each language.

Either an application that speaks, or one that writes a sound file, which is then played and in the end removed. The
latter is the default: the Espeak application of Debian's Asterisk takes the whole Asterisk down when two callers are
spoken to at once (seen, version 5.0), while a program of its own for each sentence harms nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gateway.catalogue import Language

KEYS: Final = "0123456789*"
"""What cuts speech short. Not `#`: many press it after a single key, and it would cut the next question short."""
_CALLED: Final = re.compile(r"([A-Za-z][A-Za-z0-9_]*)\(([^\r\n]*)\)")
_PLACES: Final = re.compile(r"\{(text|keys|voice|file)\}")
_FILE: Final = re.compile(r"(\S*\{file\})(\.\w+)")
VOICES: Final[Mapping[Language, str]] = {"en": "en-us", "es": "es-419"}
"""Of espeak-ng, where PHONE_VOICE_EN and _ES name no others."""
OURS: Final = (
    'System(umask 077; espeak-ng -v {voice} --stdout -- "{text}" | '
    "sox --ignore-length -t wav - -r 8000 -c 1 /dev/shm/{file}.wav)")
"""Into memory and not onto a disk: it is what a customer is told."""
_UNSPEAKABLE: Final = re.compile(r'[\x00-\x1f\x7f"\\$`{}\[\]|;^]')
"""Ends a line or an argument, escapes one, or would be taken for a variable, a phoneme or a separator."""


@dataclass(frozen=True)
class Speaking:
    """The name of the application, and its arguments with {text} (in double quotes), {keys}, {voice} and {file} where
    they belong."""

    application: str
    arguments: str

    @classmethod
    def parse(cls, text: str) -> Speaking:
        """As the dialplan writes it: Espeak("{text}",{keys},{voice})"""
        called = _CALLED.fullmatch(text.strip())
        if called is None or '"{text}"' not in called[2] or ("{file}" in text and not _FILE.search(text)):
            raise ValueError('must be like: Espeak("{text}",{keys},{voice})')
        return cls(called[1], called[2])

    def __str__(self) -> str:
        return f"{self.application}({self.arguments})"

    def command(self, text: str, voice: str, name: str) -> str:
        """Commas and parentheses of the text are safe in its double quotes, also for a shell; what would end those, or
        mean something within them, is left out. `name`: of the file, where there is one."""
        values = {"text": " ".join(_UNSPEAKABLE.sub(" ", text).split()), "keys": KEYS, "voice": voice,
                  "file": name}
        return f"EXEC {self.application} {quoted(_PLACES.sub(lambda found: values[found[1]], self.arguments))}"

    def file(self, name: str) -> tuple[str, str] | None:
        """What is played, as Asterisk names files: without its ending; and the ending."""
        found = _FILE.search(self.arguments)
        return (found[1].replace("{file}", name), found[2]) if found else None


def quoted(argument: str) -> str:
    """One argument of an AGI command, whatever is in it but the end of a line."""
    escaped = re.sub(r"[\r\n\x00]", " ", argument).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
