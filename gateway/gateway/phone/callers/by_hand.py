"""A call in the terminal, by hand or from a script: prints what is said, and speaks it where espeak-ng is installed.

What is typed: digits, `*` and `#` are keys, an empty line is silence, `(mumble)` something not understood, `(hang up)`
the end; anything else is said. In a script a line `expect: words` must be heard before it goes on, and lines that begin
with `#:` are remarks.
"""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gateway.phone.callers.caller import CallFailed, VirtualCaller

HANG_UP, MUMBLE, EXPECT, REMARK = "(hang up)", "(mumble)", "expect:", "#:"
_KEYS = re.compile(r"[0-9*#]+")
_VOICES = {"en-US": "en-us", "es-US": "es-419"}
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Speaking:
    """By espeak-ng, sentence by sentence; nothing is said where it is not installed."""

    is_on: bool = False

    def say(self, language: str, text: str) -> None:
        if self.is_on and (voice := shutil.which("espeak-ng")):
            subprocess.run([voice, "-v", _VOICES.get(language, "en-us"), "--", text], check=False)  # noqa: S603


def call(caller: VirtualCaller, typed: Iterable[str], tell: Tell, speaking: Speaking, number: str = "") -> None:
    """Until the call is over or nothing more is typed. Raises CallFailed where a script expects what is not said."""
    _hear(caller.dial(number), tell, speaking)
    for line in typed:
        if line.startswith(EXPECT):
            _expect(caller, line.removeprefix(EXPECT).strip())
            continue
        if not caller.connected:
            raise CallFailed("the call is over, and there is more to do")
        _do(caller, line.strip())
        _hear(caller, tell, speaking)
    if caller.connected:
        caller.hang_up()


def script(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a script without its remarks."""
    return (line.rstrip("\n") for line in lines if not line.startswith(REMARK))


def _do(caller: VirtualCaller, typed: str) -> None:
    if typed == HANG_UP:
        caller.hang_up()
    elif typed == MUMBLE:
        caller.mumble()
    elif not typed:
        caller.keep_silent()
    elif _KEYS.fullmatch(typed):
        caller.press(typed)
    else:
        caller.say(typed)


def _hear(caller: VirtualCaller, tell: Tell, speaking: Speaking) -> None:
    for heard in caller.heard:
        tell(f"{heard.language}  {heard.text}")
        speaking.say(heard.language, heard.text)
    if caller.transferred_to:
        tell(f"-> {caller.transferred_to}")


def _expect(caller: VirtualCaller, words: str) -> None:
    if words.casefold() not in caller.text.casefold():
        raise CallFailed(f"expected to hear {words!r}, heard: {caller.text}")
