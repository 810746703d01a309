"""The text telephone's lines as sound and back: minimodem writes them in Baudot (45.45 signs of five bits) and reads.

That they come back whole shows that they hold no sign that a TTY lacks, and that nothing depends on small letters.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gateway.catalogue import LANGUAGES, Language
from gateway.phone import tty
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.dialog import DIALOG

from .parts import BOTH, HOUSE, PIN
from .test_trouble import way

pytestmark = pytest.mark.skipif(shutil.which("minimodem") is None, reason="minimodem is not installed: no Baudot")


def sent_and_read(lines: list[str], folder: Path) -> list[str]:
    sound = folder / "tty.wav"
    subprocess.run(["minimodem", "--tx", "-f", str(sound), "tdd"], input="".join(f"{line}\n" for line in lines),
                   text=True, check=True, capture_output=True)
    read = subprocess.run(["minimodem", "--rx", "-f", str(sound), "--quiet", "tdd"], text=True, check=True,
                          capture_output=True)
    return read.stdout.replace("\r", "").splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_comes_through_whole(caller: VirtualCaller, language: Language, tmp_path: Path) -> None:
    lines: list[str] = []
    for state in DIALOG:
        caller.dial(HOUSE.tty)
        for keys in way(state, language):
            caller.press(keys)
        lines += [heard.text for heard in caller.heard]
    assert sent_and_read(lines, tmp_path) == lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_payments_come_through_whole(caller: VirtualCaller, language: Language, tmp_path: Path) -> None:
    caller.dial(HOUSE.tty).press("9" if language == "es" else "*").press("1").press(f"{BOTH}#").press(f"{PIN}#")
    lines = [heard.text for heard in caller.press("1").press("1").heard]
    assert any("$101.00" in line for line in lines)
    assert sent_and_read(lines, tmp_path) == lines


def test_all_signs_that_are_used(tmp_path: Path) -> None:
    signs = "".join(sorted(tty.SIGNS - {" "}))
    assert sent_and_read([signs, f"A{signs}"], tmp_path) == [signs, f"A{signs}"]
