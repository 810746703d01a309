"""Attempts with an identifier that is nobody's: on record like any other, though there is no account to count them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auth.domain.registry import registry
from auth.domain.words import Act
from eventkit.decider import Decider, SnapshotPolicy


@registry.event("UnknownIdentifierTried")
@dataclass(frozen=True)
class UnknownIdentifierTried:
    channel: str
    act: Act


@dataclass(frozen=True)
class NoteAttempt:
    channel: str
    act: Act


@dataclass(frozen=True)
class Stranger:
    tried: int = 0


def decide(command: NoteAttempt, _stranger: Stranger) -> Sequence[UnknownIdentifierTried]:
    return [UnknownIdentifierTried(command.channel, command.act)]


def evolve(stranger: Stranger, _event: UnknownIdentifierTried) -> Stranger:
    return Stranger(stranger.tried + 1)


# The same policy as an account's: the same work in the database.
stranger = Decider("stranger", Stranger(), decide, evolve, SnapshotPolicy(every=20, state_version=1))
