"""The secrets of a demo system: made once, kept in one file that only its owner can read."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

PAIRS = (("AUTH_PRIVATE_KEYS", "AUTH_PUBLIC_KEY"), ("CASES_PRIVATE_KEYS", "CASES_PUBLIC_KEY"))  # halves of one key


def load_or_make(place: Path) -> dict[str, str]:
    """The settings of `place` (lines NAME=value), with those made anew that it lacks."""
    known = _read(place) if place.exists() else {}
    missing = {name: value for name, value in _make().items() if name not in known}
    for halves in PAIRS:
        if set(halves) & missing.keys():
            missing = {**missing, **_pair(*halves)}
    if missing:
        known = {**known, **missing}
        _write(place, known)
    return known


def _make() -> dict[str, str]:
    return {
        "PERSONAL_KEYS": f"k1:{_random()}",
        "SHOWN_KEYS": f"s1:{_random()}",
        "REPORT_KEYS": f"r1:{_random()}",
        **_pair(*PAIRS[0]),
        **_pair(*PAIRS[1]),
        "AUTH_PEPPERS": f"p1:{_random()}",
        "AUTH_INDEX_KEY": _random(),
        "SECRET_KEY": secrets.token_urlsafe(48),
    }


def _pair(private_name: str, public_name: str) -> dict[str, str]:
    private = X25519PrivateKey.generate()
    key_id = f"{private_name[0].lower()}1"
    return {private_name: f"{key_id}:{_encode(private.private_bytes_raw())}",
            public_name: f"{key_id}:{_encode(private.public_key().public_bytes_raw())}"}


def _random() -> str:
    return _encode(secrets.token_bytes(32))


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _read(place: Path) -> dict[str, str]:
    lines = (line.strip().partition("=") for line in place.read_text().splitlines())
    return {name: value for name, equals, value in lines if equals and not name.startswith("#")}


def _write(place: Path, values: dict[str, str]) -> None:
    """Aside, then renamed: a half written file would be a lost key."""
    aside = place.with_suffix(".new")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write("# Made by `make run` for this machine. Whoever has this file can read everything.\n")
        out.writelines(f"{name}={value}\n" for name, value in values.items())
        out.flush()
        os.fsync(out.fileno())
    aside.rename(place)
