"""Real parts for these tests: a migrated database, keys, what the other services tell, and the letters on the disk."""

from __future__ import annotations

import io
import itertools
import json
import re
import ssl
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pypdf
import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine, make_url, text

from eventkit.application import Application
from eventkit.crypto import Keyring, generate_key, seal
from eventkit.public import Envelope
from notifications.definition import definition
from notifications.letters.sender import sender_of
from notifications.printing.press import Made, Press
from servicekit.migrations import upgrade
from servicekit.process import make_engine
from servicekit.settings import Settings, load
from workbench.ports import free_port

_numbers = itertools.count(1)
_PIN = re.compile(r"(?<![\w-])\d{8}(?![\w-])")  # not a part of the letter's own number

NAME, STREET, EMAIL = "Ana Ñandú Canary", "77 Canary Row", "canary@example.org"
OLD_STREET, OLD_EMAIL, CONFIRMATION = "5 Former Lane", "former@example.org", "CC-7K3M-9QPX"


@dataclass
class Clock:
    """Stands still until it is told."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 24, 20, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Service:
    """The notifications service on a database of its own; the other services' events are handed to it directly."""

    owner_url: str
    app_url: str
    keys: str
    folder: Path
    engine: Engine
    owner: Engine
    clock: Clock
    pins: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.settings: Settings = load(definition.all_settings(), self.environment)
        self.app = Application("notifications", self.engine, definition.registry, definition.publish, self.clock)
        self._positions = itertools.count(1)

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.app_url, "DATABASE_OWNER_URL": self.owner_url,
                "DATABASE_APP_ROLE": str(make_url(self.app_url).username), "PERSONAL_KEYS": self.keys,
                "LETTERS_DIR": str(self.folder), "AMQP_URL": "amqp://nobody@127.0.0.1:1/"}

    @property
    def keyring(self) -> Keyring:
        return Keyring.parse(self.keys)

    def press(self, reached: Callable[[str], None] = lambda step: None, **options: Any) -> Press:
        options = {"keyring": self.keyring, "limit": 2000} | options
        return Press(self.app, sender=sender_of(self.settings), zone=self.settings.AGENCY_TIME_ZONE, reached=reached,
                     **options)

    def print(self, **options: Any) -> list[Made]:
        return self.press(**options).run(self.folder)

    # what the others tell

    def tell(self, type_: str, data: dict[str, Any], stream: str) -> None:
        publisher = type_.partition(".")[0]
        event = self.envelope(type_, data, stream)
        found = [sub for sub in definition.subscriptions(self.app, self.settings) if sub.publisher == publisher]
        with self.engine.begin() as conn:
            for subscription in found:
                subscription.apply(conn, [event])

    def envelope(self, type_: str, data: dict[str, Any], stream: str) -> Envelope:
        position = next(self._positions)
        return Envelope(str(uuid.uuid4()), f"/{type_.partition('.')[0]}", type_, stream, self.clock(), position,
                        stream, position, "test", "test", data)

    def person(self, participant_id: str, *, name: str = NAME, valid: bool = True, street: str | None = STREET,
               language: str = "es") -> dict[str, Any]:
        address = {"line1": street, "line2": "", "city": "Pretend", "state": "CA", "zip": "92901"}
        sealed = self.keyring.encrypt(json.dumps(address).encode(), f"{participant_id}|address") if street else None
        return {"participant_id": participant_id, "language": language,
                "name_enc": self.keyring.encrypt(name.encode(), f"{participant_id}|name"),
                "address_enc": sealed, "address_valid": valid, "address_self_changed_on": None,
                "email_enc": self.keyring.encrypt(EMAIL.encode(), f"{participant_id}|email"), "ssn_sealed": None}

    def register(self, participant_id: str, **details: Any) -> None:
        self.tell("cases.participant_registered.v1", self.person(participant_id, **details), participant_id)

    def change(self, participant_id: str, **details: Any) -> None:
        self.tell("cases.participant_changed.v1", self.person(participant_id, **details), participant_id)

    def pin_issued(self, letter_id: str, participant_id: str, *, key: tuple[str, str] | None = None,
                   language: str = "es", expires_on: date | None = None) -> dict[str, Any]:
        """A PIN of its own for each letter, sealed to the current key unless another one is given."""
        key_id, public = key or self.current_key()
        pin = self.pins.setdefault(letter_id, f"{len(self.pins) + 48_271_001}")
        expires_on = expires_on or self.clock().date() + timedelta(days=21)
        return {"participant_id": participant_id, "letter_id": letter_id, "language": language,
                "expires_on": expires_on.isoformat(), "print_key_id": key_id,
                "pin_sealed": seal(f"{key_id}:{public}", pin.encode(), f"{letter_id}|pin")}

    def issue_pin(self, letter_id: str, participant_id: str, **details: Any) -> None:
        self.tell("auth.temporary_pin_issued.v1", self.pin_issued(letter_id, participant_id, **details),
                  participant_id)

    def contact_changed(self, participant_id: str, *, changed: tuple[str, ...] = ("address", "email"),
                        valid: bool = True, street: str | None = OLD_STREET, email: str | None = OLD_EMAIL,
                        language: str = "es", name: str = NAME) -> dict[str, Any]:
        """What cases tells when somebody changed it themselves: what was on file before."""
        person = self.person(participant_id, name=name, street=street)
        old_email = self.keyring.encrypt(email.encode(), f"{participant_id}|email") if email else None
        return {"participant_id": participant_id, "confirmation": CONFIRMATION, "changed": list(changed),
                "channel": "web", "on": "2026-11-23", "language": language, "name_enc": person["name_enc"],
                "old_address_enc": person["address_enc"], "old_address_valid": valid, "old_email_enc": old_email}

    def change_contact(self, participant_id: str, **details: Any) -> None:
        """The new contact reaches the address book first, as it does in life."""
        self.change(participant_id)
        self.tell("cases.contact_changed.v1", self.contact_changed(participant_id, **details), participant_id)

    # what can be seen

    def current_key(self) -> tuple[str, str]:
        """The last key announced in public, as auth would know it."""
        data = self.published("print_key_announced")[-1]
        return data["print_key_id"], data["public_key"]

    def rows(self, query: str) -> list[dict[str, Any]]:
        with self.owner.begin() as conn:
            return [dict(row) for row in conn.execute(text(query)).mappings()]

    def published(self, name: str) -> list[dict[str, Any]]:
        rows = self.rows("SELECT type, data FROM outbox ORDER BY id")
        return [row["data"] for row in rows if row["type"] == f"notifications.{name}.v1"]

    def printed(self) -> list[str]:
        return sorted(data["letter_id"] for data in self.published("letter_printed"))

    def rejected(self) -> dict[str, str]:
        return {data["letter_id"]: data["reason"] for data in self.published("letter_rejected")}

    def living_keys(self) -> list[str]:
        query = "SELECT print_key_id FROM print_keys WHERE private_enc IS NOT NULL ORDER BY announced_at"
        return [row["print_key_id"] for row in self.rows(query)]

    def batches(self) -> list[Path]:
        return sorted(self.folder.glob("batch-*"))

    def pins_on_disk(self) -> list[tuple[str, str]]:
        """(letter id, PIN read from its PDF) of every batch that can be seen."""
        return sorted((path.stem, pin_of(path)) for batch in self.batches() for path in batch.glob("*.pdf"))


def pin_of(path: Path) -> str:
    words = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages[0].extract_text()
    found = set(_PIN.findall(words))
    assert len(found) == 1, "one PIN in a letter"
    return found.pop()


@dataclass
class MailServer:
    """A real SMTP server that keeps what it is sent. `answers` are what it says instead of OK, by command; `on_data` is
    called while a mail is being taken."""

    tls: ssl.SSLContext | None = None
    port: int = field(default_factory=free_port)
    received: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    on_data: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self._controller = Controller(self, "127.0.0.1", self.port, tls_context=self.tls,
                                      require_starttls=self.tls is not None)

    def start(self) -> MailServer:
        self._controller.start()
        return self

    def stop(self) -> None:
        self._controller.stop(no_assert=True)

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.on_data()
        if "DATA" not in self.answers:
            message = message_from_bytes(envelope.content, policy=default)
            self.received.append((envelope.mail_from, envelope.rcpt_tos, message))
        return self.answers.get("DATA", "250 OK")


@pytest.fixture
def new_mail_server() -> Iterator[Callable[..., MailServer]]:
    started: list[MailServer] = []

    def start(**options: Any) -> MailServer:
        started.append(MailServer(**options).start())
        return started[-1]

    yield start
    for found in started:
        found.stop()


@pytest.fixture
def nowhere() -> int:
    """A port where nobody listens."""
    return free_port()


@pytest.fixture
def new_service(postgres, tmp_path) -> Iterator[Callable[[], Service]]:
    made: list[Service] = []

    def make() -> Service:
        number = next(_numbers)
        owner_url, app_url = postgres.create_database(f"notifications{number}")
        upgrade(definition.migrations, owner_url, str(make_url(app_url).username))
        made.append(Service(owner_url, app_url, generate_key("k1"), tmp_path / f"letters{number}",
                            make_engine(app_url), make_engine(owner_url), Clock()))
        return made[-1]

    yield make
    for service in made:
        service.engine.dispose()
        service.owner.dispose()


@pytest.fixture
def service(new_service) -> Service:
    """With a first key announced, as after the first start of the worker."""
    found = new_service()
    found.press().ensure_key()
    return found
