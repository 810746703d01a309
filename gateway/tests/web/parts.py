"""What the portal's tests stand on: the auth service behind its commands, and a browser that fills in forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from eventkit.application import Reply
from eventkit.crypto import Opener
from eventkit.decider import Rejected
from eventkit.rpc_client import RpcUnavailable

from ..facts import Facts

BOTH, PAYOR, PAYEE, NOBODY, NEW = "1000000001", "1000000002", "1000000003", "1000000004", "1000000005"
"""Participants with payments made and sent, made only, sent only, none; and one with a temporary PIN."""
SSN = "900123456"
PIN, TEMPORARY, CHOSEN = "482913", "71539246", "640275"


@dataclass
class AuthService:
    """The commands of auth as its contract has them; it opens what was sealed, so a wrong context is found out."""

    opener: Opener
    facts: Facts
    pins: dict[str, str] = field(default_factory=lambda: dict.fromkeys((BOTH, PAYOR, PAYEE, NOBODY), PIN))
    temporary: dict[str, str] = field(default_factory=lambda: {NEW: TEMPORARY})
    proofs: dict[str, str] = field(default_factory=dict)
    locked: set[str] = field(default_factory=set)
    away: bool = False
    silent: bool = False
    """The facts of a change reach nobody for now."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    command_id: str = ""
    """Of the command at work: what is sealed opens with it alone."""

    def command(self, service: str, name: str, body: dict[str, Any], *, actor: str, channel: str,
                command_id: str) -> Reply:
        assert service == "auth" and channel in ("web", "phone")
        if self.away:
            raise RpcUnavailable(service, name)
        self.asked.append((name, actor))
        self.command_id = command_id
        result: Reply = getattr(self, f"_{name}")(body)
        return result

    def _log_in(self, body: dict[str, Any]) -> Reply:
        identifier, pin = self._open(body, "identifier"), self._open(body, "pin")
        participant = {SSN: BOTH}.get(identifier, identifier)
        must_change = participant in self.temporary
        if participant in self.locked or (self.temporary if must_change else self.pins).get(participant) != pin:
            raise Rejected("not_accepted")
        self.proofs[participant] = self._open(body, "proof")
        return self._reply(participant, participant_id=participant, must_change=must_change)

    def _change_pin(self, body: dict[str, Any]) -> Reply:
        participant = body["participant_id"]
        if not self._proved(participant, body):
            raise Rejected("not_accepted")
        new = self.opener.open(body["new_pin_sealed"], f"login|pin|{self.command_id}").decode()
        if new in "0123456789":
            raise Rejected("pin_too_weak", rule="run")
        self.temporary.pop(participant, None)
        self.pins[participant] = new
        return self.pin_changed(participant)

    def _proved(self, participant: str, body: dict[str, Any]) -> bool:
        if body["current_pin_sealed"] is None:
            return self.proofs.get(participant) == self._open(body, "proof")
        assert body["proof_sealed"] is None
        current = self.opener.open(body["current_pin_sealed"], f"login|pin|{self.command_id}").decode()
        return participant not in self.locked and self.pins.get(participant) == current

    def _request_pin(self, body: dict[str, Any]) -> Reply:
        self._open(body, "identifier")
        return Reply(True, {})

    def pin_changed(self, participant: str) -> Reply:
        """As by a telephone call: the fact reaches the view."""
        facts = Facts(told=list(self.facts.told)) if self.silent else self.facts
        event = facts.pin_changed(participant)
        return Reply(True, {}, stream=event.stream, version=event.version)

    def _reply(self, participant: str, **result: Any) -> Reply:
        stream = f"account-{participant}"
        return Reply(True, result, stream=stream, version=sum(e.stream == stream for e in self.facts.told))

    def _open(self, body: dict[str, Any], what: str) -> str:
        if body[f"{what}_sealed"] is None:
            return ""
        return self.opener.open(body[f"{what}_sealed"], f"login|{what}|{self.command_id}").decode()


@dataclass
class Clock:
    now: datetime = field(default_factory=lambda: datetime(2026, 11, 3, 18, 20, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Visitor:
    """A browser without scripts: keeps cookies, and posts the form token it was given."""

    client: FlaskClient
    accept_language: str = "en"

    def get(self, path: str, follow: bool = True) -> TestResponse:
        return self.client.get(path, follow_redirects=follow, headers={"Accept-Language": self.accept_language})

    def post(self, path: str, follow: bool = True, token: str | None = None, **fields: str) -> TestResponse:
        """`path` is where the form is; its token is read from there."""
        found = re.search(r'name="form_token" value="([^"]+)"', self.get(path).text)
        fields["form_token"] = token if token is not None else found.group(1) if found else ""
        return self.client.post(path, data=fields, follow_redirects=follow,
                                headers={"Accept-Language": self.accept_language})

    def send(self, path: str, fields: dict[str, str]) -> TestResponse:
        """As it is, whatever page it may come from."""
        return self.client.post(path, data=fields)

    def log_in(self, identifier: str, pin: str = PIN, follow: bool = True) -> TestResponse:
        return self.post("/log-in", follow, identifier=identifier, pin=pin)

    def log_out(self) -> TestResponse:
        found = re.search(r'name="form_token" value="([^"]+)"', self.get("/my-payments").text)
        assert found
        return self.client.post("/log-out", data={"form_token": found.group(1)}, follow_redirects=True)


SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-label", "data-title", "data-words", "data-at120",
          "data-at60", "data-at30", "data-at10")
"""Attributes that a reader sees or hears."""


VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")
"""Elements that hold nothing, and so have no end."""


class _Words(HTMLParser):
    """What is in English in either language (a court, a text for programs) says so itself, and what is in it with it;
    words of the page in its midst say so again."""

    def __init__(self, attributes: bool) -> None:
        super().__init__()
        self.words: list[str] = []
        self._attributes = attributes
        self._page: str | None = None
        self._open: list[tuple[str, bool]] = []
        """Elements from the page inwards, and whether what they hold is the page's own."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said, around = dict(attrs), not self._open or self._open[-1][1]
        self._page = said.get("lang") if tag == "html" else self._page
        is_own = said["lang"] == self._page and not around if "lang" in said and tag != "html" else around
        if tag not in VOID:
            self._open.append((tag, is_own))
        if self._attributes and is_own:
            self.words += [value for name, value in attrs if value and name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, (name, _) in enumerate(self._open) if name == tag]
        del self._open[places[-1] if places else len(self._open):]

    def handle_data(self, data: str) -> None:
        if data.strip() and (not self._open or self._open[-1][1]):
            self.words.append(" ".join(data.split()))


def words_of(response: TestResponse, *, attributes: bool = False) -> str:
    """What a reader reads, as one text."""
    parser = _Words(attributes)
    parser.feed(response.text)
    return " ".join(parser.words)


def filled_in(page: str) -> list[str]:
    """The fields that a page comes with filled in; what a box or a circle stands for is no such thing."""
    chosen = "@type='hidden' or @type='radio' or @type='checkbox'"
    return [one.get("name") for one in html.fromstring(page).xpath(f"//main//input[not({chosen})][@value]")]


def main_of(response: TestResponse) -> str:
    """What the page itself says, without the frame: the warning before a session ends has a form of its own."""
    return response.text.partition("<main")[2].partition("</main>")[0]
