"""What a turn comes to: sentences in a language, what is expected, and where a transfer goes.

This is all an adapter knows of a call. It can be written down and read again, since a repeated request gets the
same reply.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from gateway.catalogue import Language
from gateway.phone.dialog import Digits
from gateway.phone.turns import Listen, Pace


@dataclass(frozen=True)
class Sentence:
    """`voice`: how the platform calls the voice that says it; "" for its own in that language."""

    language: Language
    text: str = field(repr=False)
    voice: str = ""


@dataclass(frozen=True)
class Transfer:
    """`number`: tel:+1...; `context`: what an agent's desk asks the gateway with who is calling. It says nothing."""

    number: str
    context: str = field(repr=False)


@dataclass(frozen=True)
class Said:
    """Without `listen` the call ends after the sentences, or is transferred. `if_lost` is for a platform that cannot
    reach the gateway, or an agent, any more."""

    language: Language
    pace: Pace
    sentences: tuple[Sentence, ...]
    listen: Listen | None
    transfer: Transfer | None = None
    if_lost: tuple[Sentence, ...] = ()

    def written(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def read(cls, written: bytes) -> "Said":
        told: dict[str, Any] = json.loads(written)
        return cls(told["language"], told["pace"], _sentences(told["sentences"]), _listen(told["listen"]),
                   Transfer(**told["transfer"]) if told["transfer"] else None, _sentences(told["if_lost"]))


def _sentences(told: list[dict[str, Any]]) -> tuple[Sentence, ...]:
    return tuple(Sentence(**one) for one in told)


def _listen(told: dict[str, Any] | None) -> Listen | None:
    if told is None:
        return None
    digits = Digits(**told["digits"]) if told["digits"] else None
    words = tuple((language, phrase) for language, phrase in told["words"])
    return Listen(**{**told, "keys": tuple(told["keys"]), "words": words, "digits": digits})
