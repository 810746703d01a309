"""What a caller did, where a platform tells keys and words apart."""

from typing import Final

from eventkit.secret import Secret
from gateway.phone.turns import Input, Keys, NoMatch, Silence, Words

LONGEST: Final = 80


def answer(keys: str, words: str) -> Input:
    """What is said stays words, also where it is figures: a secret is keyed, never spoken."""
    keys, words = keys.strip(), words.strip()
    if max(len(keys), len(words)) > LONGEST:
        return NoMatch()
    if keys:
        return Keys(Secret(keys))
    return Words(Secret(words)) if words else Silence()
