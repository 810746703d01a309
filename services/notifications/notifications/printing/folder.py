"""The files of a batch: written aside, then renamed, so that whoever watches the folder never sees a half batch."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from notifications.domain.letter import Reason
from notifications.letters.letter import Letter
from notifications.letters.setting import NotPrintable
from notifications.printing import manifest as manifests
from notifications.printing.manifest import Entry, Manifest
from notifications.printing.opening import Opened
from notifications.printing.plan import Plan

Render = Callable[[Letter], bytes]
# typst sets letters outside Python's lock, so threads use all cores; the PINs stay in this process.
THREADS = min(4, os.cpu_count() or 1)


def place_of(plan: Plan) -> Path:
    return plan.directory / f"batch-{plan.batch_id}"


def finished(plan: Plan) -> Manifest | None:
    """The manifest of the batch's folder if it is there and whole. A folder that is not is removed: it is redone."""
    place = place_of(plan)
    if not place.exists():
        return None
    manifest = _whole(place, plan)
    if manifest is None:
        shutil.rmtree(place)
    return manifest


def write(plan: Plan, opened: Opened, render: Render) -> tuple[Path, Manifest]:
    """All letters and the manifest in a hidden folder beside the batch's place; nothing of it is seen there yet."""
    plan.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep(plan)
    aside = Path(tempfile.mkdtemp(prefix=f".batch-{plan.batch_id}-", dir=plan.directory))
    with ThreadPoolExecutor(THREADS, thread_name_prefix="letters") as pool:
        made = list(pool.map(lambda letter: _write_letter(aside, letter, render), opened.print))
    entries = [entry for entry in made if isinstance(entry, Entry)]
    unprintable = {letter_id: Reason.NOT_PRINTABLE for letter_id in made if isinstance(letter_id, str)}
    manifest = manifests.make(plan.batch_id, plan.planned_at, entries, {**opened.rejected, **unprintable})
    _write_file(aside / manifests.NAME, manifest.text().encode())
    _sync_folder(aside)
    return aside, manifest


def show(aside: Path, plan: Plan) -> None:
    """The one step that makes the batch visible, whole."""
    aside.rename(place_of(plan))
    _sync_folder(plan.directory)


def sweep(plan: Plan) -> None:
    """Removes what earlier attempts at this batch left aside: there are PINs in it."""
    for left in plan.directory.glob(f".batch-{plan.batch_id}-*"):
        shutil.rmtree(left, ignore_errors=True)


def _write_letter(aside: Path, letter: Letter, render: Render) -> Entry | str:
    """Its entry, or its id when it cannot be printed."""
    try:
        pdf = render(letter)
    except NotPrintable:
        return letter.letter_id
    name = f"{letter.letter_id}.pdf"
    _write_file(aside / name, pdf)
    return Entry(letter.letter_id, name, len(pdf), manifests.sha256(pdf), letter.template, letter.language)


def _whole(place: Path, plan: Plan) -> Manifest | None:
    try:
        manifest = manifests.parse((place / manifests.NAME).read_text("utf-8"))
        files = {path.name: path.read_bytes() for path in place.iterdir() if path.name != manifests.NAME}
    except (OSError, ValueError):
        return None
    ours = {row.letter_id for row in plan.letters}
    listed = {entry.file: entry.sha256 for entry in manifest.letters}
    known: Sequence[str] = [*(entry.letter_id for entry in manifest.letters), *manifest.rejected]
    right = manifest.batch_id == plan.batch_id and ours.issuperset(known)
    same = listed == {name: manifests.sha256(content) for name, content in files.items()}
    return manifest if right and same else None


def _write_file(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
