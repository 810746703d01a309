"""What the phone's tests stand on: an agency in memory behind the Backend port, and a caller at a test client."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask.testing import FlaskClient
from lxml import etree

from eventkit.secret import Secret
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.callers.http import Fetch, Sent
from gateway.phone.driver import BackendAway
from gateway.phone.house import House
from gateway.phone.told import Case, LoggedIn, Meeting, NotAccepted, Office, Owed, Payment, PinChanged, PinTooWeak

BOTH, PAYOR, PAYEE, NOBODY = "1000000001", "1000000002", "1000000003", "1000000004"
"""Participants with payments made and sent, made only, sent only, none."""
SSN = "900123456"  # BOTH's; from a range that is never issued
PIN, TEMPORARY, NEW = "482913", "71539246", "640275"
DESK = Secret("the desk's token")
HOUSE = House(counties=("Alameda", "Los Angeles", "Santa Barbara"))
PROOF = "proof-of-the-session"
SECRETS = (SSN, PIN, TEMPORARY, NEW, PROOF, BOTH, PAYOR, PAYEE, NOBODY)
AS_OF = datetime(2026, 11, 3, 10, 15)
OFFICE = Office("06083", "Santa Barbara County Child Support Services",
                "Servicios de Manutención de Menores del Condado de Santa Barbara", "1-805-555-0142")


Says = Callable[..., str]
"""The text of a key, as the house of these tests says it in a language."""


def payments(prefix: str, count: int, status: str = "") -> tuple[Payment, ...]:
    """`count` payments, newest first, two weeks apart: 101.00, 102.00, ... dollars."""
    newest = date(2026, 11, 1)
    return tuple(
        Payment(f"payment-{prefix}{n}", newest - timedelta(days=14 * n), (101 + n) * 100, status) for n in range(count)
    )


@dataclass
class Agency:
    """The Backend, with five participants; it counts what it was asked to do."""

    made: dict[str, tuple[Payment, ...]] = field(
        default_factory=lambda: {BOTH: payments("m", 12), PAYOR: payments("m", 5)}
    )
    sent: dict[str, tuple[Payment, ...]] = field(
        default_factory=lambda: {BOTH: payments("s", 2), PAYEE: payments("s", 1)}
    )
    owed: dict[str, tuple[Owed, ...]] = field(
        default_factory=lambda: {
            BOTH: (
                Owed("payor", 50_000, 120_000, 4_312, date(2026, 12, 1), 55_000),
                Owed("payee", 0, 7_500, 0),
            )
        }
    )
    court_cases: dict[str, tuple[Case, ...]] = field(
        default_factory=lambda: {
            BOTH: (
                Case("C1", "19FL0042", "payor", True, 55_000),
                Case("C2", "0200000007", "payee", True, 0),
                Case("C3", "0200000008", "alleged", True, 0, has_order=False),
                Case("C4", "0200000009", "payor", False, 0),
            )
        }
    )
    dates: dict[str, tuple[Meeting, ...]] = field(
        default_factory=lambda: {
            BOTH: (
                Meeting("H1", "hearing.modification", datetime(2026, 12, 1, 9, 30), False, "Superior Court", "7"),
                Meeting("A1", "appointment.interview", datetime(2026, 12, 9, 14, 0), False),
                Meeting("H2", "hearing.review", datetime(2027, 1, 5, 8, 30), True, "Superior Court"),
            )
        }
    )
    kept_back: dict[str, int] = field(default_factory=lambda: {BOTH: 12_300})
    pins: dict[str, str] = field(default_factory=lambda: dict.fromkeys((BOTH, PAYOR, PAYEE, NOBODY), PIN))
    temporary: dict[str, str] = field(default_factory=lambda: {PAYEE: TEMPORARY})
    away: bool = False
    log_ins: int = 0
    pin_changes: list[str] = field(default_factory=list)
    letters: int = 0
    knocks: list[tuple[str, str]] = field(default_factory=list)
    most_knocks: int = 1000
    ended: set[str] = field(default_factory=set)
    """Whose PIN was changed elsewhere since their call began."""

    def knock(self, rule: str, line: str) -> None:
        self.knocks.append((rule, line))
        if len(self.knocks) > self.most_knocks:
            raise BackendAway

    def log_in(self, identifier: Secret, pin: Secret, channel: str) -> LoggedIn | NotAccepted:
        self._answer(channel)
        self.log_ins += 1
        typed = identifier.reveal()
        participant = BOTH if typed == SSN else typed
        if self.temporary.get(participant) == pin.reveal():
            return LoggedIn(participant, True, Secret(PROOF))
        known = participant not in self.temporary and self.pins.get(participant) == pin.reveal()
        return LoggedIn(participant, False) if known else NotAccepted()

    def change_pin(
        self, participant: str, proof: Secret | None, new_pin: Secret, channel: str
    ) -> PinChanged | PinTooWeak | NotAccepted:
        self._answer(channel)
        if proof != Secret(PROOF):
            return NotAccepted()
        if new_pin.reveal() in "01234567890":
            return PinTooWeak()
        del self.temporary[participant]
        self.pins[participant] = new_pin.reveal()
        self.pin_changes.append(participant)
        return PinChanged()

    def replace_pin(
        self, participant: str, current: Secret, new_pin: Secret, channel: str
    ) -> PinChanged | PinTooWeak | NotAccepted:
        self._answer(channel)
        if self.pins[participant] != current.reveal():
            return NotAccepted()
        if new_pin.reveal() in "01234567890":
            return PinTooWeak()
        self.pins[participant] = new_pin.reveal()
        self.pin_changes.append(participant)
        return PinChanged()

    def request_pin(self, identifier: Secret, channel: str) -> None:
        self._answer(channel)
        self.letters += identifier.reveal() in self.pins

    def still_open(self, participant: str, account_version: int) -> bool:
        return participant not in self.ended

    def payments_made(self, participant: str) -> Sequence[Payment]:
        self._answer("phone")
        return self.made.get(participant, ())

    def payments_sent(self, participant: str) -> Sequence[Payment]:
        return self.sent.get(participant, ())

    def balances(self, participant: str) -> Sequence[Owed]:
        self._answer("phone")
        return self.owed.get(participant, ())

    def held(self, participant: str) -> int:
        return self.kept_back.get(participant, 0)

    def cases(self, participant: str) -> Sequence[Case]:
        self._answer("phone")
        return self.court_cases.get(participant, ())

    def meetings(self, participant: str) -> Sequence[Meeting]:
        self._answer("phone")
        return self.dates.get(participant, ())

    def offices(self, participant: str) -> Sequence[Office]:
        self._answer("phone")
        return (OFFICE,) if participant == BOTH else ()

    def find_office(self, where: str) -> Office | None:
        return OFFICE if where.casefold() in ("93101", "santa barbara", OFFICE.place) else None

    def as_of(self, participant: str, of: str = "payments") -> datetime:
        return AS_OF

    def _answer(self, channel: str) -> None:
        assert channel == "phone"
        if self.away:
            raise BackendAway


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 3, 18, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


def over(client: FlaskClient, *, in_query: bool = False) -> Fetch:
    """Fetch through a test client; `in_query`: as the browser that puts the fields of a POST into the query."""

    def fetch(sent: Sent) -> tuple[int, bytes]:
        where = "query_string" if in_query or sent.method == "GET" else "data"
        given = {where: dict(sent.fields)} if sent.body is None else {"data": sent.body}
        response = client.open(sent.path, method=sent.method, headers=dict(sent.headers), **given)  # type: ignore[arg-type]
        return response.status_code, response.data

    return fetch


def logged_in(caller: VirtualCaller, participant: str, language: str) -> VirtualCaller:
    """At the main menu."""
    caller.dial()
    if language == "es":
        caller.press("9")
    return caller.press("1").press(f"{participant}#").press(f"{PIN}#")


class Schemas(etree.Resolver):  # type: ignore[misc]
    """The W3C schemas of VoiceXML 2.1, where they are; the tests do not bring them along."""

    @staticmethod
    def folder() -> Path | None:
        beside = Path(__file__).parents[4] / "shared" / "schemas"
        folder = Path(os.environ.get("CC_PHONE_SCHEMAS", beside))
        return folder if (folder / "voicexml21" / "vxml.xsd").is_file() else None

    def __init__(self, folder: Path) -> None:
        self._xml = folder / "xml.xsd"

    def resolve(self, url: str, public_id: object, context: object) -> object:
        if url and url.endswith("/2001/xml.xsd"):
            return self.resolve_filename(str(self._xml), context)
        return None


def voicexml_schema(folder: Path) -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(Schemas(folder))
    return etree.XMLSchema(etree.parse(str(folder / "voicexml21" / "vxml.xsd"), parser))
