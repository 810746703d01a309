"""Turns as plain JSON, where no markup drives the platform: Amazon Connect by a function, or a program of one's own.

    POST /phone/turns/start {"call_id": "...", "number": "+1866...", "caller": "+1...", "event": "start"}
    POST <next>             {"call_id": "...", "event": "answer", "keys": "1"}

What goes in and out is written in contracts/phone-turns.schema.json.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from eventkit.secret import Secret
from gateway.phone.adapters.adapter import Request, same
from gateway.phone.adapters.answer import answer
from gateway.phone.adapters.elements import lang
from gateway.phone.adapters.json_body import text, told
from gateway.phone.said import Said, Sentence
from gateway.phone.switchboard import Ring
from gateway.phone.turns import AskAgain, HangUp, Input, Listen, NoMatch, NotReached, Silence

VERSION: Final = 1
START, ANSWER, HUNG_UP = "start", "answer", "hangup"
_EVENTS: Final[Mapping[str, Input]] = {
    "silence": Silence(), "nomatch": NoMatch(), "again": AskAgain(), "unreached": NotReached(), HUNG_UP: HangUp(),
}


@dataclass(frozen=True)
class Turns:
    """The platform says who it is by HTTP Basic authentication, with any user name."""

    name: str = "turns"
    mimetype: str = "application/json"
    status_when_over: int = 404
    status_when_refused: int = 401
    secret_setting: str = "PHONE_PASSWORD"  # noqa: S105  its name

    def is_genuine(self, request: Request, secret: Secret) -> bool:
        return same(request.password, secret)

    def ring(self, request: Request) -> Ring:
        given = told(request)
        call = text(given, "call_id")
        return Ring(text(given, "number"), f"{self.name}|{call}" if call else None, text(given, "caller"))

    def has_ended(self, request: Request) -> bool:
        return text(told(request), "event") == HUNG_UP

    def heard(self, request: Request) -> Input:
        given = told(request)
        event = text(given, "event")
        if event == ANSWER:
            return answer(text(given, "keys"), text(given, "words"))
        return _EVENTS.get(event, NoMatch())

    def document(self, said: Said, here: str, following: str) -> bytes:
        goes_on = said.listen is not None or said.transfer is not None
        return _bytes(said, next=following if goes_on else None, ended=said.listen is None, moment=False)

    def moment(self, said: Said, here: str) -> bytes:
        return _bytes(said, next=here, ended=False, moment=True)

    def over(self) -> bytes:
        return _bytes(Said("en", "normal", (), None), next=None, ended=True, moment=False)


def _bytes(said: Said, *, next: str | None, ended: bool, moment: bool) -> bytes:
    turn = {
        "version": VERSION, "language": lang(said.language), "pace": said.pace, "say": _sentences(said.sentences),
        "expect": _expected(said.listen) if said.listen else None, "next": next,
        "transfer": asdict(said.transfer) if said.transfer else None, "ended": ended, "moment": moment,
        "if_lost": _sentences(said.if_lost),
    }
    return json.dumps(turn, ensure_ascii=False).encode()


def _sentences(told: Sequence[Sentence]) -> list[dict[str, str]]:
    return [{"language": lang(one.language), "text": one.text, **({"voice": one.voice} if one.voice else {})}
            for one in told]


def _expected(listen: Listen) -> dict[str, Any]:
    return {
        "keys": list(listen.keys), "digits": asdict(listen.digits) if listen.digits else None,
        "words": [{"language": lang(language), "text": phrase} for language, phrase in listen.words],
        "wait_seconds": listen.wait_seconds, "between_seconds": listen.between_seconds,
    }
