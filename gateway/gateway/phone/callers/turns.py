"""A platform that speaks turns of JSON, as strict as their contract lets it be."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

from gateway.phone.answers import plain
from gateway.phone.callers.caller import CallFailed, Heard, Moment
from gateway.phone.callers.http import Fetch, Sent

START: Final = "/phone/turns/start"
ENDED: Final = "/phone/turns/ended"
FIELDS: Final = frozenset(
    {"version", "language", "pace", "say", "expect", "next", "transfer", "ended", "moment", "if_lost"})

Turn = dict[str, Any]


@dataclass
class TurnsPlatform:
    """`documents` are all turns it got, `sent` all events it posted. It says nobody a word that was not offered."""

    fetch: Fetch
    documents: list[bytes] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    call: str = ""

    def dial(self, number: str) -> Moment:
        self.call = str(uuid4())
        return self._post(START, {"event": "start", "caller": "+15555550123", **({"number": number} if number else {})})

    def keys(self, pressed: str) -> Moment:
        return self._answers({"event": "answer", "keys": pressed})

    def words(self, said: str) -> Moment:
        """Where no words are expected nobody listens."""
        return self._answers({"event": "answer", "words": said} if self._expected()["words"] else {"event": "silence"})

    def silence(self) -> Moment:
        return self._answers({"event": "silence"})

    def mumble(self) -> Moment:
        return self._answers({"event": "nomatch"})

    def hang_up(self) -> None:
        self._request(ENDED, {"event": "hangup"}, 204)

    def transfer_ends(self, status: str) -> Moment:
        event = "hangup" if status == "completed" else "unreached"
        return self._post(self._turn()["next"], {"event": event})

    def can_press(self, keys: str) -> bool:
        """A star takes back what was keyed before it."""
        expected = self._expected()
        if (digits := expected["digits"]) is None:
            return keys in expected["keys"]
        kept = keys.rpartition("*")[2]
        return keys in expected["keys"] or kept == "" or digits["least"] <= len(kept) <= digits["most"]

    def can_say(self, words: str) -> bool:
        return plain(words) in {plain(phrase["text"]) for phrase in self._expected()["words"]}

    # How a platform goes on

    def _answers(self, event: Mapping[str, str]) -> Moment:
        self._expected()
        return self._post(self._turn()["next"], event)

    def _post(self, path: str, event: Mapping[str, str]) -> Moment:
        self.documents.append(self._request(path, event, 200))
        turn = self._turn()
        if turn.keys() != FIELDS or turn["version"] != 1:
            raise CallFailed("not a turn of version 1")
        said = tuple(Heard(one["language"], one["text"]) for one in turn["say"])
        if turn["moment"]:
            then = self._post(turn["next"], {"event": "again"})
            return Moment((*said, *then.heard), then.connected, then.transferred_to, then.context)
        if turn["ended"] == bool(turn["expect"]):
            raise CallFailed("a turn that has ended and goes on")
        transfer = turn["transfer"] or {}
        return Moment(said, not turn["ended"], transfer.get("number"), transfer.get("context"))

    def _request(self, path: str, event: Mapping[str, str], expected: int) -> bytes:
        body = json.dumps({"call_id": self.call, **event}).encode()
        self.sent.append(body)
        status, answer = self.fetch(Sent("POST", path, body=body, headers={"Content-Type": "application/json"}))
        if status != expected:
            raise CallFailed(f"{status} for turn {path.rpartition('/')[2]}")
        return answer

    def _expected(self) -> dict[str, Any]:
        expected: dict[str, Any] | None = self._turn()["expect"]
        if expected is None:
            raise CallFailed("nothing is expected of the caller")
        return expected

    def _turn(self) -> Turn:
        turn: Turn = json.loads(self.documents[-1])
        return turn
