"""Verbs of jambonz, which an agency can run itself: a JSON array for each turn, and JSON about the caller's answer.

Numbers end by # or by a pause between two keys. A <gather> says its prompt in one voice; where the greeting has two,
the sentences before the last voice are said first, with an ear for keys in the background. Requests are signed with a
secret that both sides have, together with the time, so that an old one cannot be sent again.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any, Final

from eventkit.secret import Secret
from gateway.phone.adapters.adapter import Request
from gateway.phone.adapters.answer import answer
from gateway.phone.adapters.elements import lang
from gateway.phone.adapters.json_body import text, told
from gateway.phone.said import Said, Sentence, Transfer
from gateway.phone.switchboard import Ring
from gateway.phone.turns import AskAgain, HangUp, Input, Listen, NoMatch, NotReached

AGAIN: Final = "again"
AFTER_SPEECH: Final = 2
OVER: Final = frozenset({"completed", "busy", "failed", "no-answer"})
UNHEARD: Final = frozenset({"error", "stt-low-confidence"})
SIGNATURE: Final = "Jambonz-Signature"
NO_OLDER: Final = timedelta(minutes=5)
CONTEXT: Final = "X-Context-Id"

Verb = dict[str, Any]


@dataclass(frozen=True)
class Jambonz:
    """The platform signs what it sends; a call is known by its call_sid."""

    name: str = "jambonz"
    mimetype: str = "application/json"
    status_when_over: int = 200  # anything else is an error of the application
    status_when_refused: int = 403
    secret_setting: str = "JAMBONZ_SECRET"  # noqa: S105  its name

    def is_genuine(self, request: Request, secret: Secret) -> bool:
        """`t=<seconds>,v1=<hex>`, with more than one v1 while a secret is changed."""
        parts = [part.strip().partition("=")[::2] for part in request.headers.get(SIGNATURE, "").split(",")]
        at = next((value for name, value in parts if name == "t"), "")
        if not (at.isascii() and at.isdigit()) or len(at) > len("9999999999"):
            return False
        made = signature(int(at), request.body, secret).encode()
        right = any([hmac.compare_digest(value.encode(), made) for name, value in parts if name == "v1"])
        return right and abs(request.at.timestamp() - int(at)) <= NO_OLDER.total_seconds()

    def ring(self, request: Request) -> Ring:
        """`to` and `from` are telephone numbers or addresses of SIP."""
        given = told(request)
        call, dialled, caller = (text(given, name).partition("@")[0] for name in ("call_sid", "to", "from"))
        return Ring(dialled, f"{self.name}|{call}" if call else None, caller)

    def has_ended(self, request: Request) -> bool:
        return text(told(request), "call_status") in OVER

    def heard(self, request: Request) -> Input:
        given = told(request)
        if self.has_ended(request):
            return HangUp()
        if dialled := text(given, "dial_call_status"):
            return HangUp() if dialled == "completed" else NotReached()
        if AGAIN in request.fields:
            return AskAgain()
        if text(given, "reason") in UNHEARD:
            return NoMatch()
        return answer(text(given, "digits"), _transcript(given.get("speech")))

    def document(self, said: Said, here: str, following: str) -> bytes:
        if said.listen:
            return _bytes(_asked(said, said.listen, following))
        dial = [_dial(said.transfer, following)] if said.transfer else []
        return _bytes([*_says(said.sentences), *dial, {"verb": "hangup"}])

    def moment(self, said: Said, here: str) -> bytes:
        again = {"verb": "redirect", "actionHook": f"{here}?{AGAIN}=1"}
        return _bytes([*_says(said.sentences), {"verb": "pause", "length": 1}, again])

    def over(self) -> bytes:
        return _bytes([{"verb": "hangup"}])


def signature(at: int, body: bytes, secret: Secret) -> str:
    return hmac.new(secret.reveal().encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def _transcript(speech: object) -> str:
    """The first of what the recogniser thinks it may have been."""
    found = speech.get("alternatives") if isinstance(speech, dict) else None
    first = found[0] if isinstance(found, list) and found else None
    return text(first, "transcript") if isinstance(first, dict) else ""


def _asked(said: Said, listen: Listen, following: str) -> list[Verb]:
    *before, last = [tuple(group) for _, group in groupby(said.sentences, lambda sentence: sentence.language)]
    keys = _keys(listen)
    verbs: list[Verb] = []
    if before:
        ear = {"enable": True, "input": ["digits"], "actionHook": following, **keys}
        verbs = [{"verb": "config", "bargeIn": ear}, *(one for group in before for one in _says(group)),
                 {"verb": "config", "bargeIn": {"enable": False}}]
    gather: Verb = {"verb": "gather", "input": ["digits"], "actionHook": following, "timeout": listen.wait_seconds,
                    "say": _said(last[0], " ".join(sentence.text for sentence in last)), **keys}
    if listen.words:
        hints = [phrase for _, phrase in listen.words]
        gather |= {"input": ["digits", "speech"], "bargein": True, "speechTimeout": AFTER_SPEECH,
                   "recognizer": {"vendor": "default", "language": lang(listen.language), "hints": hints}}
    return [*verbs, gather]


def _keys(listen: Listen) -> Verb:
    """Without `minDigits` jambonz does not look at the pause between two keys. A star takes back what was keyed before,
    so no count of keys ends a number."""
    if listen.digits is None:
        return {"numDigits": 1}
    return {"minDigits": 1, "interDigitTimeout": listen.between_seconds, "finishOnKey": "#"}


def _says(sentences: Sequence[Sentence]) -> list[Verb]:
    return [{"verb": "say", **_said(sentence, sentence.text)} for sentence in sentences]


def _said(by: Sentence, text: str) -> Verb:
    voice = {"voice": by.voice} if by.voice else {}
    return {"text": text, "synthesizer": {"vendor": "default", "language": lang(by.language), **voice}}


def _dial(transfer: Transfer, following: str) -> Verb:
    if transfer.number.startswith(("sip:", "sips:")):
        target = {"type": "sip", "sipUri": transfer.number}
    else:
        target = {"type": "phone", "number": transfer.number.removeprefix("tel:")}
    return {"verb": "dial", "target": [target], "headers": {CONTEXT: transfer.context}, "actionHook": following}


def _bytes(verbs: list[Verb]) -> bytes:
    return json.dumps(verbs, ensure_ascii=False).encode()
