"""Writes run.txt, test.txt, styles.txt and one file per image, pinned with hashes, for all platforms.

What the folders name is in them. No index address and no local path gets into them: what is installed is decided by
the hashes alone.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
TOP = HERE.parent.parent
OWN = re.compile(r"customer[-_]connect")
FOREIGN = re.compile(r"https?://|file:|(?:^|\s)/\S|--(?:index|extra-index|find-links)", re.MULTILINE)
IMAGES = ("services/cases", "services/auth", "services/payments", "services/notifications", "gateway")
HEAD = "# Made by `make lock` out of the folders' pyproject.toml; do not edit.\n"


def main() -> None:
    run, test = _named()
    _compile("run", run)
    _compile("test", run | test)
    _compile("styles", _lines("styles.in"))
    for folder in IMAGES:
        needed = _foreign(_needed("services/kernel") | _needed(folder))
        _compile(f"image-{Path(folder).name}", needed | _lines("run.in"))


def _named() -> tuple[set[str], set[str]]:
    """What all folders name: (to run, further for tests). Our own packages are installed from their folders."""
    run, test = _lines("run.in") | _lines("styles.in"), _lines("test.in")
    for place in sorted(TOP.glob("*/pyproject.toml")) + sorted(TOP.glob("*/*/pyproject.toml")):
        project = tomllib.loads(place.read_text()).get("project", {})
        run |= set(project.get("dependencies", []))
        for extra in project.get("optional-dependencies", {}).values():
            test |= set(extra)
    return _foreign(run), _foreign(test)


def _needed(folder: str) -> set[str]:
    place = TOP / folder / "pyproject.toml"
    return set(tomllib.loads(place.read_text())["project"].get("dependencies", [])) if place.exists() else set()


def _lines(name: str) -> set[str]:
    return {line for line in (HERE / name).read_text().splitlines() if line and not line.startswith("#")}


def _foreign(named: set[str]) -> set[str]:
    return {name for name in named if not OWN.match(name)}


def _compile(name: str, named: set[str]) -> None:
    target = HERE / f"{name}.txt"
    with tempfile.TemporaryDirectory() as folder:
        source, result = Path(folder) / f"{name}.in", Path(folder) / f"{name}.txt"
        source.write_text("\n".join(sorted(named)) + "\n")
        constraints = ["--constraint", str(HERE / "run.txt")] if name.startswith("image") else []  # one version of all
        if target.exists():  # what is pinned stays, unless it no longer fits or UPGRADE is asked for
            result.write_text(target.read_text())
        subprocess.run(
            [sys.executable, "-m", "uv", "pip", "compile", str(source), "-o", str(result), "--universal",
             "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate",
             "--no-config", "--quiet", *constraints, *sys.argv[1:]], check=True)
        text = result.read_text()
    if found := FOREIGN.search(text):
        raise SystemExit(f"{name}: an address or a path got in: {found.group()!r}")
    target.write_text(HEAD + text)
    print(f"{target.relative_to(TOP)}: {len(re.findall('==', text))} packages")


if __name__ == "__main__":
    main()
