"""A jambonz server as its documentation has it: runs verbs one after another, and posts what came of them as JSON.

A verb or a property that the gateway need not send ends the call in a failure. There are no grammars: every key and
every word goes to the hook, but for as many keys as it was told to wait for.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

from eventkit.secret import Secret
from gateway.phone.adapters.jambonz import CONTEXT, SIGNATURE, signature
from gateway.phone.answers import plain
from gateway.phone.callers.caller import CallFailed, Heard, Moment
from gateway.phone.callers.http import Fetch, Sent

START: Final = "/phone/jambonz/start"
ENDED: Final = "/phone/jambonz/ended"
PROPERTIES: Final[Mapping[str, frozenset[str]]] = {
    "say": frozenset({"text", "synthesizer"}), "config": frozenset({"bargeIn"}), "hangup": frozenset(),
    "gather": frozenset({"input", "actionHook", "timeout", "say", "numDigits", "minDigits", "interDigitTimeout",
                         "finishOnKey", "bargein", "speechTimeout", "recognizer"}),
    "dial": frozenset({"target", "headers", "actionHook"}), "redirect": frozenset({"actionHook"}),
    "pause": frozenset({"length"}),
}

Verb = dict[str, Any]


@dataclass
class JambonzPlatform:
    """It signs with `secret` at the time of `now`; `documents` are all it fetched, `sent` all it posted."""

    fetch: Fetch
    secret: Secret | None = None
    now: Callable[[], float] = time.time
    documents: list[bytes] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    call: str = ""
    number: str = ""

    def dial(self, number: str) -> Moment:
        self.call, self.number = str(uuid4()), number or "+18669013212"
        return self._post(START, {"call_status": "trying"})

    def keys(self, pressed: str) -> Moment:
        """Keys beyond those that are waited for are lost while the next document is fetched."""
        waited_for = pressed[:int(self._gather().get("numDigits", len(pressed)))]
        return self._answers({"reason": "dtmfDetected", "digits": waited_for})

    def words(self, said: str) -> Moment:
        """Where nobody listens, a word is silence."""
        return self._speaks("speechDetected", said, 0.9)

    def silence(self) -> Moment:
        return self._answers({"reason": "timeout"})

    def mumble(self) -> Moment:
        return self._speaks("stt-low-confidence", "hm", 0.1)

    def interrupt(self, key: str) -> Moment:
        """A key while the sentences before the question are said."""
        ear = next(verb["bargeIn"] for verb in self._verbs() if verb["verb"] == "config")
        return self._post(ear["actionHook"], {"reason": "dtmfDetected", "digits": key})

    def hang_up(self) -> None:
        self._request(ENDED, {"call_status": "completed", "call_termination_by": "caller", "duration": 60}, 204)

    def transfer_ends(self, status: str) -> Moment:
        """What became of a transfer: completed, busy, no-answer, failed."""
        dial = next(verb for verb in self._verbs() if verb["verb"] == "dial")
        return self._post(dial["actionHook"], {"dial_call_status": status})

    def can_press(self, keys: str) -> bool:
        return len(keys) <= int(self._gather().get("numDigits", len(keys)))

    def can_say(self, words: str) -> bool:
        gather = self._gather()
        hints = map(plain, gather.get("recognizer", {}).get("hints", ()))
        return "speech" in gather["input"] and plain(words) in hints

    # How a server goes on

    def _answers(self, told: Mapping[str, Any]) -> Moment:
        return self._post(self._gather()["actionHook"], told)

    def _speaks(self, reason: str, said: str, confidence: float) -> Moment:
        if "speech" not in self._gather()["input"]:
            return self.silence()
        heard = {"language_code": "en-US", "is_final": True,
                 "alternatives": [{"transcript": said, "confidence": confidence}]}
        return self._answers({"reason": reason, "speech": heard})

    def _post(self, path: str, told: Mapping[str, Any]) -> Moment:
        self.documents.append(self._request(path, {"call_status": "in-progress", **told}, 200))
        check(self._verbs())
        return self._run(self._verbs())

    def _request(self, path: str, told: Mapping[str, Any], expected: int) -> bytes:
        if not path.startswith("/"):
            raise CallFailed("a hook that is not an absolute path")
        known = {"call_sid": self.call, "account_sid": "a1", "application_sid": "p1", "direction": "inbound",
                 "from": "+15555550123", "to": self.number, "call_id": "c1", "sip_status": 200}
        body = json.dumps({**known, **told}).encode()
        headers = {"Content-Type": "application/json"}
        if self.secret:
            at = int(self.now())
            headers[SIGNATURE] = f"t={at},v1={signature(at, body, self.secret)}"
        self.sent.append(body)
        status, answer = self.fetch(Sent("POST", path, body=body, headers=headers))
        if status != expected:
            raise CallFailed(f"{status} for turn {path.rpartition('/')[2]}")
        return answer

    def _run(self, verbs: Sequence[Verb]) -> Moment:
        said: list[Heard] = []
        for verb in verbs:
            match verb["verb"]:
                case "say":
                    said.append(_heard(verb))
                case "gather":
                    return Moment((*said, _heard(verb["say"])), connected=True)
                case "redirect":
                    then = self._post(verb["actionHook"], {})
                    return Moment((*said, *then.heard), then.connected, then.transferred_to, then.context)
                case "dial":
                    return Moment(tuple(said), connected=False, transferred_to=_target(verb["target"][0]),
                                  context=verb["headers"][CONTEXT])
        return Moment(tuple(said), connected=False)

    def _gather(self) -> Verb:
        found = next((verb for verb in self._verbs() if verb["verb"] == "gather"), None)
        if found is None:
            raise CallFailed("nothing is expected of the caller")
        return found

    def _verbs(self) -> list[Verb]:
        verbs: list[Verb] = json.loads(self.documents[-1])
        return verbs


def check(verbs: Sequence[Verb]) -> None:
    """Raises CallFailed at whatever the gateway need not send."""
    for verb in verbs:
        known = PROPERTIES.get(verb.get("verb", ""))
        if known is None or verb.keys() - known - {"verb"}:
            raise CallFailed(f"{verb.get('verb')} with {', '.join(verb.keys() - (known or frozenset()))}")


def _heard(say: Verb) -> Heard:
    return Heard(say["synthesizer"]["language"], say["text"])


def _target(target: Verb) -> str:
    return str(target["sipUri"]) if target["type"] == "sip" else f"tel:{target['number']}"
