"""A print key: announced, so that PINs can be sealed to it, and destroyed when they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from eventkit.decider import Decider, Rejected
from notifications.domain.registry import registry


@registry.event("PrintKeyAnnounced")
@dataclass(frozen=True)
class PrintKeyAnnounced:
    """`public_key` is base64 of the 32 bytes of an X25519 key. The private key is never in an event."""

    print_key_id: str
    public_key: str


@registry.event("PrintKeyDestroyed")
@dataclass(frozen=True)
class PrintKeyDestroyed:
    print_key_id: str


@dataclass(frozen=True)
class AnnouncePrintKey:
    print_key_id: str
    public_key: str


@dataclass(frozen=True)
class DestroyPrintKey:
    print_key_id: str


class PrintKey(Enum):
    UNKNOWN = "unknown"
    ANNOUNCED = "announced"
    DESTROYED = "destroyed"


Command = AnnouncePrintKey | DestroyPrintKey
Event = PrintKeyAnnounced | PrintKeyDestroyed


def decide(command: Command, key: PrintKey) -> Sequence[Event]:
    if isinstance(command, AnnouncePrintKey):
        if key is not PrintKey.UNKNOWN:
            raise Rejected("print_key_id_taken")
        return [PrintKeyAnnounced(command.print_key_id, command.public_key)]
    if key is PrintKey.UNKNOWN:
        raise Rejected("unknown_print_key")
    return [PrintKeyDestroyed(command.print_key_id)] if key is PrintKey.ANNOUNCED else []


def evolve(key: PrintKey, event: Event) -> PrintKey:
    return PrintKey.ANNOUNCED if isinstance(event, PrintKeyAnnounced) else PrintKey.DESTROYED


print_key = Decider("print_key", PrintKey.UNKNOWN, decide, evolve)
