"""TwiML documents, for Twilio and whoever speaks its language: SignalWire, Somleng.

Kept to the elements and attributes that all of them know. Silence is not an answer there but the next verb, so a
<Redirect> follows each <Gather>. Speech comes in as words even where it is figures: what is keyed and what is said are
never taken for one another. Requests are signed with a secret that both sides have.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from lxml import etree
from lxml.etree import _Element

from eventkit.secret import Secret
from gateway.phone.adapters.adapter import Request
from gateway.phone.adapters.answer import answer
from gateway.phone.adapters.elements import lang
from gateway.phone.said import Said, Transfer
from gateway.phone.switchboard import Ring
from gateway.phone.turns import AskAgain, HangUp, Input, Listen, NotReached, Silence

EMPTY, AGAIN = "empty", "again"
AFTER_SPEECH: Final = "2"
"""Seconds of silence that end what is said; without it a "yes" waits as long as a caller who says nothing."""
OVER: Final = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
WITHHELD: Final = frozenset({"266696687", "7378742833", "2562533", "8656696", "86282452253"})
"""ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE as they are keyed: what Twilio gives for a number it has not."""
REACHED: Final = frozenset({"completed", "answered"})
SIGNATURES: Final = ("X-Twilio-Signature", "X-Signalwire-Signature")
CONTEXT: Final = "X-Context-Id"
_PORTS: Final = {"https": "443", "http": "80"}


@dataclass(frozen=True)
class TwiMl:
    """The platform signs what it sends; a call is known by its CallSid."""

    name: str = "twiml"
    mimetype: str = "text/xml"
    status_when_over: int = 200  # anything else is read out as an error of the application
    status_when_refused: int = 403
    secret_setting: str = "TWIML_AUTH_TOKEN"  # noqa: S105  its name

    def is_genuine(self, request: Request, secret: Secret) -> bool:
        given = next((request.headers[name] for name in SIGNATURES if name in request.headers), "")
        fields = parse_qsl(request.body.decode(errors="replace"), keep_blank_values=True)
        made = [signature(url, fields, secret) for url in _with_and_without_port(request.url)]
        # all of them, so that the time tells nothing
        return any([hmac.compare_digest(given.encode(), one.encode()) for one in made])

    def ring(self, request: Request) -> Ring:
        fields = request.fields
        call, caller = fields.get("CallSid", ""), fields.get("From", "")
        named = f"{self.name}|{call}" if call else None
        return Ring(fields.get("To", ""), named, "" if caller.removeprefix("+") in WITHHELD else caller)

    def has_ended(self, request: Request) -> bool:
        return request.fields.get("CallStatus", "") in OVER

    def heard(self, request: Request) -> Input:
        fields = request.fields
        if (dialled := fields.get("DialCallStatus")) and dialled not in REACHED and not self.has_ended(request):
            return NotReached()
        if dialled or self.has_ended(request):
            return HangUp()
        if AGAIN in fields:
            return AskAgain()
        return Silence() if EMPTY in fields else answer(fields.get("Digits", ""), fields.get("SpeechResult", ""))

    def document(self, said: Said, here: str, following: str) -> bytes:
        response = etree.Element("Response")
        if said.listen:
            _say(_gather(response, said.listen, following), said)
            _redirect(response, f"{following}?{EMPTY}=1")
            return _bytes(response)
        _say(response, said)
        if said.transfer:
            _dial(response, said.transfer, following)
        _add(response, "Hangup")
        return _bytes(response)

    def moment(self, said: Said, here: str) -> bytes:
        response = etree.Element("Response")
        _say(response, said)
        _add(response, "Pause", length="1")
        _redirect(response, f"{here}?{AGAIN}=1")
        return _bytes(response)

    def over(self) -> bytes:
        response = etree.Element("Response")
        _add(response, "Hangup")
        return _bytes(response)


def signature(url: str, fields: list[tuple[str, str]], secret: Secret) -> str:
    """Of the address as the platform knows it, with its query, and the fields of the body in order of their names."""
    signed = url + "".join(name + value for name, value in sorted(set(fields)))
    made = hmac.new(secret.reveal().encode(), signed.encode(), hashlib.sha1)  # the platform's choice
    return base64.b64encode(made.digest()).decode()


def _with_and_without_port(url: str) -> tuple[str, str]:
    """Platforms differ in whether the port that goes without saying is signed. Nobody signs one that is no number."""
    parts = urlsplit(url)
    host, _, port = parts.netloc.partition(":")
    port = port or _PORTS[parts.scheme]
    return parts._replace(netloc=host).geturl(), parts._replace(netloc=f"{host}:{port}").geturl()


def _say(parent: _Element, said: Said) -> None:
    for sentence in said.sentences:
        voice = {"voice": sentence.voice} if sentence.voice else {}
        _add(parent, "Say", language=lang(sentence.language), **voice).text = sentence.text


def _gather(response: _Element, listen: Listen, following: str) -> _Element:
    """Where a number is expected, no count of keys ends it: a star takes back what was keyed before."""
    told = {"input": "dtmf speech" if listen.words else "dtmf", "action": following, "method": "POST",
            "timeout": str(listen.wait_seconds), "language": lang(listen.language)}
    told |= {"finishOnKey": "#"} if listen.digits else {"numDigits": "1"}
    if listen.words:
        told |= {"hints": ",".join(phrase for _, phrase in listen.words), "speechTimeout": AFTER_SPEECH}
    return _add(response, "Gather", **told)


def _dial(response: _Element, transfer: Transfer, following: str) -> None:
    """The context goes along where the agents are reached by SIP; a telephone number can carry nothing."""
    dial = _add(response, "Dial", action=following, method="POST")
    if transfer.number.startswith(("sip:", "sips:")):
        joint = "&" if "?" in transfer.number else "?"
        _add(dial, "Sip").text = f"{transfer.number}{joint}{CONTEXT}={transfer.context}"
    else:
        _add(dial, "Number").text = transfer.number.removeprefix("tel:")


def _redirect(response: _Element, goes_to: str) -> None:
    _add(response, "Redirect", method="POST").text = goes_to


def _add(parent: _Element, tag: str, **attributes: str) -> _Element:
    element: _Element = etree.SubElement(parent, tag, attrib=attributes)
    return element


def _bytes(root: _Element) -> bytes:
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return document
