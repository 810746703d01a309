"""The portal's colors: ours, with another agency's over them, and none that somebody could not read (WCAG AA)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

BASE: Final = Path(__file__).parent / "web" / "static" / "css" / "00-base.css"
TEXT, SHAPE = 4.5, 3.0
"""The contrasts that WCAG 2.2 asks for: of text (1.4.3), and of what is drawn (1.4.11)."""

# What stands on what, as the style sheets use them.
PAIRS: Final = (
    *(("white", ground, TEXT) for ground in ("primary", "primary-dark", "primary-darker", "exit", "exit-dark", "ink")),
    *((ink, "ground", TEXT) for ink in ("ink", "quiet", "primary", "primary-dark", "primary-darker", "bad")),
    *(("ink", ground, TEXT) for ground in ("ground-soft", "good-soft", "info-soft", "warning-soft", "bad-soft")),
    ("quiet", "ground-soft", TEXT), ("bad", "bad-soft", TEXT), ("primary", "ground-soft", TEXT),
    ("primary-dark", "primary-light", TEXT), ("primary-darker", "primary-light", TEXT),
    ("focus", "ground", SHAPE), ("warning", "primary-dark", SHAPE),
)


def ours() -> dict[str, str]:
    """The colors of the style sheet, by name; each as #rrggbb."""
    found = re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})\b", BASE.read_text(encoding="utf-8"))
    return {name: value if len(value) == 7 else "#" + "".join(two * 2 for two in value[1:]) for name, value in found}


def parse(text: str) -> dict[str, str]:
    """`primary=#005ea2,primary-dark=#1a4480`. Raises ValueError that says which color will not do, and why."""
    known = ours()
    pairs = dict(part.strip().partition("=")[::2] for part in text.split(","))
    for name, value in pairs.items():
        if name not in known or not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise ValueError(f"must be like primary=#005ea2,exit=#b50909, of: {', '.join(known)}")
    if faults := list(unreadable({**known, **pairs})):
        raise ValueError("; ".join(faults))
    return pairs


def unreadable(colors: Mapping[str, str]) -> list[str]:
    """Which color is too much like the one it stands on."""
    all_of_them = {"white": "#ffffff", **colors}
    return [f"{one} on {other} has a contrast of {found:.1f} to 1, and needs {needed} to be read by everyone"
            for one, other, needed in PAIRS if (found := contrast(all_of_them[one], all_of_them[other])) < needed]


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white), as WCAG reckons it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[at:at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
