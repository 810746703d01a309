"""A TwiML platform that knows the portable subset alone: what is outside of it ends the call in a failure.

It follows a document verb by verb, as its kind does: <Gather> waits and what comes after it is for silence. Grammars it
has not: every key and every word goes to the action, but for as many keys as it was told to wait for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

from lxml import etree
from lxml.etree import _Element

from eventkit.secret import Secret
from gateway.phone.adapters.twiml import CONTEXT, EMPTY, signature
from gateway.phone.answers import plain
from gateway.phone.callers.caller import CallFailed, Heard, Moment
from gateway.phone.callers.http import FORM, Fetch, Sent

START: Final = "/phone/twiml/start"
ENDED: Final = "/phone/twiml/ended"
MUMBLED: Final = "hm"
VERBS: Final[Mapping[str, frozenset[str]]] = {
    "Response": frozenset({"Say", "Play", "Pause", "Gather", "Redirect", "Dial", "Hangup", "Reject"}),
    "Gather": frozenset({"Say", "Play", "Pause"}), "Dial": frozenset({"Number", "Sip"}),
}
ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    "Say": frozenset({"voice", "language", "loop"}), "Play": frozenset({"loop"}), "Pause": frozenset({"length"}),
    "Gather": frozenset({"input", "timeout", "numDigits", "finishOnKey", "action", "method", "hints", "speechTimeout",
                         "language"}),
    "Redirect": frozenset({"method"}), "Dial": frozenset({"action", "method"}), "Reject": frozenset({"reason"}),
}


@dataclass
class TwimlPlatform:
    """`address`: how it reaches the gateway, which is what it signs with `token`; `documents` are all it fetched."""

    fetch: Fetch
    address: str = "http://localhost"
    token: Secret | None = None
    documents: list[bytes] = field(default_factory=list)
    call: str = ""
    number: str = ""

    def dial(self, number: str) -> Moment:
        self.call, self.number = f"CA{uuid4().hex}", number or "+18669013212"
        return self._post(START, {"CallStatus": "ringing"})

    def keys(self, pressed: str) -> Moment:
        """Keys beyond those that are waited for are lost while the next document is fetched."""
        gather = self._gather()
        waited_for = pressed[:int(gather.get("numDigits", len(pressed)))]
        return self._post(gather.get("action", ""), {"Digits": waited_for}) if pressed else self.silence()

    def words(self, said: str) -> Moment:
        """Where nobody listens, a word is silence."""
        gather = self._gather()
        if "speech" not in gather.get("input", ""):
            return self.silence()
        return self._post(gather.get("action", ""), {"SpeechResult": said, "Confidence": "0.9"})

    def silence(self) -> Moment:
        return self._run(self._gather().itersiblings())

    def mumble(self) -> Moment:
        return self.words(MUMBLED)

    def hang_up(self) -> None:
        self._request(ENDED, {"CallStatus": "completed"}, 204)

    def transfer_ends(self, status: str) -> Moment:
        """What became of a transfer: completed, busy, no-answer, failed, canceled."""
        dial = next(self._root().iter("Dial"))
        return self._post(dial.get("action", ""), {"DialCallStatus": status})

    def can_press(self, keys: str) -> bool:
        return len(keys) <= int(self._gather().get("numDigits", len(keys)))

    def can_say(self, words: str) -> bool:
        gather = self._gather()
        hints = {plain(hint) for hint in gather.get("hints", "").split(",")}
        return "speech" in gather.get("input", "") and plain(words) in hints

    # How a platform goes on

    def _post(self, path: str, fields: Mapping[str, str]) -> Moment:
        self.documents.append(self._request(path, {"CallStatus": "in-progress", **fields}, 200))
        root = self._root()
        check(root)
        return self._run(iter(root))

    def _request(self, path: str, fields: Mapping[str, str], expected: int) -> bytes:
        if not path.startswith("/"):
            raise CallFailed("an action that is not an absolute path")
        sent = {"CallSid": self.call, "AccountSid": "AC0001", "From": "+15555550123", "To": self.number,
                "Direction": "inbound", "ApiVersion": "2010-04-01", **fields}
        body = urlencode(sent).encode()
        headers = {"Content-Type": FORM}
        if self.token:
            headers["X-Twilio-Signature"] = signature(self.address + path, parse_qsl(body.decode()), self.token)
        status, answer = self.fetch(Sent("POST", path, body=body, headers=headers))
        if status != expected:
            raise CallFailed(f"{status} for turn {path.rpartition('/')[2]}")
        return answer

    def _run(self, verbs: Iterator[_Element]) -> Moment:
        said: list[Heard] = []
        for verb in verbs:
            match verb.tag:
                case "Say":
                    said.append(_heard(verb))
                case "Gather":
                    return Moment((*said, *map(_heard, verb.iter("Say"))), connected=True)
                case "Redirect":
                    then = self._post(verb.text or "", {})
                    return Moment((*said, *then.heard), then.connected, then.transferred_to, then.context)
                case "Dial":
                    return _transferred(said, verb)
                case "Hangup":
                    break
        return Moment(tuple(said), connected=False)

    def _gather(self) -> _Element:
        found = self._root().find("Gather")
        if found is None:
            raise CallFailed("nothing is expected of the caller")
        return found

    def _root(self) -> _Element:
        root: _Element = etree.fromstring(self.documents[-1])
        return root


def check(root: _Element) -> None:
    """Raises CallFailed at whatever not every platform knows."""
    if root.tag != "Response":
        raise CallFailed("no TwiML")
    for element in root.iter():
        tag = str(element.tag)
        for child in map(str, (child.tag for child in element)):
            if child not in VERBS.get(tag, ()):
                raise CallFailed(f"<{child}> in <{tag}>")
        for name in map(str, element.attrib):
            if name not in ATTRIBUTES.get(tag, ()):
                raise CallFailed(f"{name} of <{tag}>")
    for gather in root.iter("Gather"):
        after = gather.getnext()
        if not gather.get("action") or after is None or after.tag != "Redirect" or EMPTY not in (after.text or ""):
            raise CallFailed("a <Gather> without a way on")


def _heard(say: _Element) -> Heard:
    return Heard(say.get("language", ""), " ".join((say.text or "").split()))


def _transferred(said: list[Heard], dial: _Element) -> Moment:
    address, _, context = (dial[0].text or "").partition(f"?{CONTEXT}=")
    number = address if dial[0].tag == "Sip" else f"tel:{address}"
    return Moment(tuple(said), connected=False, transferred_to=number, context=context or None)
