"""Setting a document: a typst template and its data become a tagged PDF (PDF/UA-1).

The data is JSON and never part of the source, so nothing in it can be markup. No fonts but typst's own, no packages,
no network: a document looks the same wherever it is made, and the same data give the same bytes.
"""

from __future__ import annotations

import json
import threading
from datetime import date
from pathlib import Path
from typing import Any

import typst

_FOLDER = Path(__file__).parent
_AT_ONCE = threading.BoundedSemaphore(2)
"""A document takes a processor for as long as many pages do: a few of them may not keep everybody waiting."""


class NotSet(RuntimeError):
    """The document cannot be made. Its text names the template only: typst's own quotes what it could not set."""


def set_document(template: str, data: dict[str, Any], written_on: date) -> bytes:
    """Raises NotSet."""
    with _AT_ONCE:
        try:
            pdf: bytes = typst.compile(
                _FOLDER / f"{template}.typ", root=_FOLDER, font_paths=[], ignore_system_fonts=True, format="pdf",
                sys_inputs={"data": json.dumps(data)}, pdf_standards="ua-1", timestamp=_midnight(written_on))
        except typst.TypstError:
            raise NotSet(template) from None
    return pdf


def _midnight(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400
