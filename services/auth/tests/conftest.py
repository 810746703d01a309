"""Real parts for the tests of auth: a migrated database, keys, people on file, a printer, a clock."""

from __future__ import annotations

import base64
import itertools
import secrets
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, make_url, text

from auth import handlers
from auth.credentials import PinCheck
from auth.handlers import Desk
from auth.keys import Keys, keys_of
from auth.letter_desk import LetterDesk
from auth.service import definition
from auth.subscriptions import subscriptions
from eventkit.application import Application, Refusal, Reply, Request
from eventkit.crypto import Opener, generate_key, generate_sealing_pair, seal
from eventkit.public import Envelope
from servicekit.migrations import upgrade
from servicekit.process import make_engine
from servicekit.service import COMMON_SETTINGS
from servicekit.settings import load

_numbers = itertools.count(1)
ANA, BEN = "0471962583", "98765432101"  # EVE, 555000111222, is nobody
SSN = "900471836"
PIN = "830275"


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **delta: float) -> None:
        self.now += timedelta(**delta)


@dataclass
class Printer:
    """The other end of the letters: it alone can open a PIN."""

    keys: dict[str, str] = field(default_factory=dict)

    def new_key(self, key_id: str) -> str:
        private, public = generate_sealing_pair(key_id)
        self.keys[key_id] = private
        return public.partition(":")[2]

    def open(self, letter: dict[str, Any]) -> str:
        opener = Opener.parse(self.keys[letter["print_key_id"]])
        return opener.open(letter["pin_sealed"], f"{letter['letter_id']}|pin").decode()


class Auth:
    """The service on a database of its own, in this process, with a clock that tests move."""

    def __init__(self, owner_url: str, app_url: str, cheap: bool = True) -> None:
        self.private_key, self.public_key = generate_sealing_pair("a1")
        self.peppers = generate_key("p1")
        self.environment = {
            "DATABASE_URL": app_url, "DATABASE_OWNER_URL": owner_url,
            "DATABASE_APP_ROLE": str(make_url(app_url).username), "AMQP_URL": "amqp://nobody@127.0.0.1:1/",
            "AUTH_PRIVATE_KEYS": self.private_key, "AUTH_PEPPERS": self.peppers,
            "AUTH_INDEX_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
            "ARGON2_MEMORY_KIB": "7168", "ARGON2_PASSES": "1"}
        self.engine: Engine = make_engine(app_url)
        self.owner: Engine = make_engine(owner_url)
        self.clock = Clock()
        self.printer = Printer()
        self.app = self.restarted()
        self._position = itertools.count(1)

    def restarted(self, **environment: str) -> Application:
        """The same service with these settings changed."""
        self.environment |= environment
        self.app = Application("auth", self.engine, definition.registry, definition.publish, self.clock)
        self.app.settings = load((*COMMON_SETTINGS, *definition.settings), self.environment)
        return self.app

    @property
    def keys(self) -> Keys:
        return keys_of(self.app)

    # what other services say

    def hear(self, kind: str, stream: str, **data: Any) -> None:
        publisher = kind.partition(".")[0]
        position = next(self._position)
        envelope = Envelope(f"e{position}", f"/{publisher}", kind, stream, self.clock(), position, stream, position,
                            "correlation", "cause", data)
        for subscription in subscriptions(self.app, self.app.settings):
            if subscription.publisher == publisher:
                with self.engine.begin() as conn:
                    subscription.apply(conn, [envelope])

    def register(self, participant_id: str, ssn: str | None = None, *, language: str = "es", address: bool = True,
                 self_changed_on: str | None = None, again: bool = False) -> None:
        sealed = seal(self.public_key, ssn.encode(), f"{participant_id}|ssn") if ssn else None
        self.hear(f"cases.participant_{'changed' if again else 'registered'}.v1", f"participant-{participant_id}",
                  participant_id=participant_id, language=language, name_enc="k1.AA", email_enc=None,
                  address_enc="k1.BB" if address else None, address_valid=address,
                  address_self_changed_on=self_changed_on, ssn_sealed=sealed)

    def announce_key(self, key_id: str) -> None:
        self.hear("notifications.print_key_announced.v1", f"print_key-{key_id}", print_key_id=key_id,
                  public_key=self.printer.new_key(key_id))

    def reject(self, letter: dict[str, Any], reason: str) -> None:
        self.hear("notifications.letter_rejected.v1", f"letter-{letter['letter_id']}", letter_id=letter["letter_id"],
                  participant_id=letter["participant_id"], reason=reason)

    # what customers do

    def log_in(self, identifier: str, pin: str, *, proof: str = "proof", channel: str = "web") -> Reply:
        command_id, seal = self.command()
        return self.send("log_in", channel, command_id, identifier_sealed=seal(identifier, "identifier"),
                         pin_sealed=seal(pin, "pin"), proof_sealed=seal(proof, "proof"))

    def change_pin(self, participant_id: str, new: str, *, proof: str | None = None,
                   current: str | None = None) -> Reply:
        command_id, seal = self.command()
        return self.send("change_pin", "web", command_id, participant_id=participant_id,
                         proof_sealed=proof and seal(proof, "proof"),
                         current_pin_sealed=current and seal(current, "pin"), new_pin_sealed=seal(new, "pin"))

    def request_pin(self, identifier: str, channel: str = "web") -> Reply:
        command_id, seal = self.command()
        return self.send("request_pin", channel, command_id, identifier_sealed=seal(identifier, "identifier"))

    def command(self) -> tuple[str, Callable[[str, str], str]]:
        """The id of a new command, and what seals values for it alone."""
        command_id = str(uuid.uuid4())
        return command_id, lambda value, what: self.seal(value, f"login|{what}|{command_id}")

    def send(self, name: str, channel: str, command_id: str, **body: Any) -> Reply:
        check = PinCheck(self.keys.verifiers)
        handler = getattr(handlers, name)

        def handle(unit: Any, loaded: dict[str, Any]) -> dict[str, Any] | Refusal:
            return handler(Desk(unit, self.keys, check), loaded)

        return self.app.handle(Request(name, body, command_id, "anonymous", channel), handle)

    def seal(self, value: str, context: str) -> str:
        return seal(self.public_key, value.encode(), context)

    # what happens behind

    def serve_letters(self) -> list[dict[str, Any]]:
        """The letters that go out now."""
        before = len(self.published("temporary_pin_issued"))
        desk = LetterDesk(self.app)
        while desk.step():
            pass
        return self.published("temporary_pin_issued")[before:]

    def letter(self, participant_id: str = ANA) -> tuple[str, dict[str, Any]]:
        """A temporary PIN by mail: (what the letter says, the public event)."""
        self.request_pin(participant_id)
        (letter,) = self.serve_letters()
        return self.printer.open(letter), letter

    def with_pin(self, participant_id: str = ANA, pin: str = PIN) -> None:
        """Goes the whole way to a PIN of one's own."""
        temporary, _ = self.letter(participant_id)
        assert self.log_in(participant_id, temporary, proof="first").result["must_change"]
        assert self.change_pin(participant_id, pin, proof="first").ok

    def fail(self, times: int, identifier: str = ANA, channel: str = "web") -> None:
        for _ in range(times):
            assert not self.log_in(identifier, "000111", channel=channel).ok

    # what is on record

    def rows(self, query: str) -> list[dict[str, Any]]:
        with self.owner.begin() as conn:
            return [dict(row) for row in conn.execute(text(query)).mappings()]

    def events(self, stream: str | None = None) -> list[str]:
        where = f"WHERE stream = '{stream}'" if stream else ""
        return [row["name"] for row in self.rows(f"SELECT name FROM events {where} ORDER BY id")]

    def published(self, name: str) -> list[dict[str, Any]]:
        return [row["data"] for row in
                self.rows(f"SELECT data FROM outbox WHERE type = 'auth.{name}.v1' ORDER BY id")]

    def dump(self) -> str:
        """Every cell of every table, as text."""
        tables = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return "\n".join(row["row"] for table in tables
                         for row in self.rows(f'SELECT t::text AS row FROM "{table["tablename"]}" t'))


@pytest.fixture
def auth(postgres) -> Iterator[Auth]:
    """Ana is on file with an SSN, Ben without one; the printer has announced a key."""
    owner_url, app_url = postgres.create_database(f"auth{next(_numbers)}")
    upgrade(definition.migrations, owner_url, str(make_url(app_url).username))
    found = Auth(owner_url, app_url)
    found.register(ANA, SSN)
    found.register(BEN, language="en")
    found.announce_key("k1")
    yield found
    found.engine.dispose()
    found.owner.dispose()
