"""The secrets of a demo system: made once, kept in one file that only its owner can read."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey


def load_or_make(place: Path) -> dict[str, str]:
    """The settings of `place` (lines NAME=value), with those made anew that it lacks."""
    known = _read(place) if place.exists() else {}
    missing = {name: value for name, value in _make().items() if name not in known}
    if {"AUTH_PRIVATE_KEYS", "AUTH_PUBLIC_KEY"} & missing.keys():  # two halves of one key
        missing = {**missing, **{name: value for name, value in _make().items() if name.startswith("AUTH_P")}}
    if missing:
        known = {**known, **missing}
        _write(place, known)
    return known


def _make() -> dict[str, str]:
    private = X25519PrivateKey.generate()
    return {
        "PERSONAL_KEYS": f"k1:{_random()}",
        "AUTH_PRIVATE_KEYS": f"a1:{_encode(private.private_bytes_raw())}",
        "AUTH_PUBLIC_KEY": f"a1:{_encode(private.public_key().public_bytes_raw())}",
        "AUTH_PEPPERS": f"p1:{_random()}",
        "AUTH_INDEX_KEY": _random(),
        "SECRET_KEY": secrets.token_urlsafe(48),
    }


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
