"""Reading mailed letters, as the person who opens the envelope."""

from __future__ import annotations

import json
import re
from pathlib import Path

from pypdf import PdfReader
from suite import Suite


def print_letters(suite: Suite) -> list[Path]:
    """Makes a print batch of what waits and returns the PDFs of the newest batch."""
    before = set(suite.letters.glob("batch-*"))
    suite.wait_until_settled()
    suite.run("notifications", "print-batch")
    new = set(suite.letters.glob("batch-*")) - before
    return sorted(pdf for batch in new for pdf in batch.glob("*.pdf"))


def manifest_of(letter: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((letter.parent / "manifest.json").read_text())
    return found


def text_of(letter: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(letter).pages)


def pin_in(letter: Path) -> str:
    """The temporary PIN: the letter's only number of eight digits standing by itself, possibly in groups."""
    joined = re.sub(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d)", "", text_of(letter))
    found = set(re.findall(r"(?<![\w-])\d{8}(?![\w-])", joined))
    assert len(found) == 1, "a PIN letter shows one PIN"
    return found.pop()
