"""Lighthouse, as on a phone, over every page of the portal in both languages; the lowest of each is what counts.

Which pages there are says the portal itself, so a new one is measured without being named here. Lighthouse comes from
npm when this is run for the first time, into a cache: it is a tool, and nothing of it is delivered.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import customer, served
from bench.parts import Parts, Row
from eventkit.secret import Secret
from gateway.definition import definition
from gateway.sessions import Beginning
from gateway.web.access import Access, rules
from gateway.web.my_contact import SECTIONS
from gateway.wiring import make_app
from servicekit.settings import load

VERSION = "12.8.2"
CACHE = Path.home() / ".cache" / "customer-connect" / f"lighthouse-{VERSION}"
LANGUAGES = ("en", "es")
CATEGORIES = (("performance", "≥ 95"), ("accessibility", "≥ 95"), ("best practices", ""))
NAMED = {"case_id": [customer.PAYS, customer.IS_PAID], "month": [f"{customer.MONTH:%Y-%m}"], "appointment_id": ["A1"],
         "hearing_id": ["H1"], "command_id": [customer.COMMAND], "section": list(SECTIONS)}
"""What stands in an address, by its name there."""
OPEN = {Access.PUBLIC: None, Access.SESSION: "full", Access.MUST_CHANGE: "must_change"}


@dataclass(frozen=True)
class Page:
    path: str
    language: str
    token: str

    def url(self, address: str) -> str:
        return f"{address}{self.path}?lang={self.language}"


def run(parts: Parts) -> Iterator[Row]:
    chromium = served.chromium()
    if chromium is None or not _installed():
        return
    kept = [(state, language) for state in ("full", "must_change") for language in LANGUAGES]
    portal = served.portal(parts, "bench_lighthouse", customer.fill, [
        Beginning(customer.WHO, state, 0, language, Secret("a proof") if state == "must_change" else None)
        for state, language in kept])
    tokens = dict(zip(kept, portal.tokens, strict=True))
    with served.serving(parts, portal):
        pages = [page for page in _asked(portal, tokens) if _is_page(page, portal.address)]
        found = list(_measured(chromium, portal.address, pages))
    yield Row("Lighthouse: pages, in both languages together", len(pages), "")
    for number, (name, aim) in enumerate(CATEGORIES):
        for language in LANGUAGES:
            of = {page.path: scores[number] for page, scores in found if page.language == language}
            lowest = min(of, key=of.__getitem__)
            yield Row(f"Lighthouse: {name}, {language}, lowest of {len(of)}", of[lowest], "", lowest, aim=aim)


def _installed() -> bool:
    """Whether Lighthouse is there, brought by npm where it is not yet."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        print("lighthouse: left out, for it needs node and npm (apt-get install nodejs npm)", file=sys.stderr)
        return False
    if not (CACHE / "node_modules" / "lighthouse").is_dir():
        done = subprocess.run([npm, "install", "--prefix", str(CACHE), "--no-audit", "--no-fund",
                               f"lighthouse@{VERSION}"], capture_output=True, text=True)
        if done.returncode:
            print(f"lighthouse: left out, npm did not bring it: {done.stderr.strip()[-500:]}", file=sys.stderr)
        return done.returncode == 0
    return True


def _asked(portal: served.Portal, tokens: dict[tuple[str, str], str]) -> Iterator[Page]:
    """Every address that a browser may ask for. What needs a session is asked with one, and nothing else."""
    app = make_app(load(definition.all_settings(), portal.environment))
    access = rules(app)
    # a session that nobody uses ends, so the page that has one of its own comes first
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: access[rule.endpoint] is not Access.MUST_CHANGE):
        state = OPEN.get(access[rule.endpoint], "")
        if state == "" or "GET" not in (rule.methods or ()):
            continue
        for path in _paths(rule.rule, sorted(rule.arguments)):
            for language in LANGUAGES:
                yield Page(path, language, tokens[state, language] if state else "")


def _paths(pattern: str, names: Sequence[str]) -> list[str]:
    found = [pattern]
    for name in names:
        found = [path.replace(f"<{name}>", value) for path in found for value in NAMED[name]]
    return found


def _is_page(page: Page, address: str) -> bool:
    """Files are none, and what only leads elsewhere is not either; what is not there is a mistake of ours."""
    opener = urllib.request.build_opener(_Stay)
    request = urllib.request.Request(page.url(address), headers={"Cookie": f"cc_session={page.token}"})
    try:
        with opener.open(request, timeout=30) as answer:
            html = answer.headers.get_content_type() == "text/html"
            assert not html or f'lang="{page.language}"'.encode() in answer.read(400), page
            return bool(html)
    except urllib.error.HTTPError as error:
        assert error.code in (302, 303), f"{page.path} answered {error.code}"
        return False


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _measured(chromium: str, address: str, pages: Sequence[Page]) -> Iterator[tuple[Page, list[int]]]:
    """Each page with its scores, by CATEGORIES; what is below 100 is told on the way."""
    asked = {"chromium": chromium, "pages": [
        {"url": page.url(address), "cookies": [{"name": "cc_session", "value": page.token}] if page.token else []}
        for page in pages]}
    script = Path(__file__).with_name("lighthouse.mjs")
    with subprocess.Popen(["node", str(script), str(CACHE / "node_modules")], text=True, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as node:
        assert node.stdin and node.stdout
        node.stdin.write(json.dumps(asked))
        node.stdin.close()
        for page, line in zip(pages, node.stdout, strict=True):
            told = json.loads(line)
            assert told["error"] is None and told["shown"] == page.url(address), told
            print(page.language, page.path, told["scores"], *told["wrong"], file=sys.stderr, flush=True)
            yield page, told["scores"]
