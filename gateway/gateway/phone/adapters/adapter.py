"""What an adapter is: words of one telephone platform out, what its caller did in. It knows neither case nor dialog."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from eventkit.secret import Secret
from gateway.phone.said import Said
from gateway.phone.switchboard import Ring
from gateway.phone.turns import Input


@dataclass(frozen=True)
class Request:
    """What came in over HTTP. `url` is the public one, as the platform knows it; `fields` are of body and query;
    `password` is that of HTTP Basic authentication. None of it is ever logged."""

    method: str
    url: str = field(repr=False)
    fields: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    at: datetime  # when it came in, aware UTC: a signature may be too old
    password: str = field(default="", repr=False)


class Adapter(Protocol):
    """`status_when_over`: what a platform is answered about a call that is not there (any more), with `over`;
    `status_when_refused`: 401 where it is asked for a password, 403 where its signature is wrong."""

    @property
    def name(self) -> str: ...

    @property
    def mimetype(self) -> str: ...

    @property
    def status_when_over(self) -> int: ...

    @property
    def status_when_refused(self) -> int: ...

    @property
    def secret_setting(self) -> str:
        """The setting that holds the secret its platform must know."""

    def is_genuine(self, request: Request, secret: Secret) -> bool:
        """Whether it comes from the agency's own platform, by the secret that both have."""

    def ring(self, request: Request) -> Ring:
        """Of the request that begins a call, or that says it has ended."""

    def has_ended(self, request: Request) -> bool:
        """Whether a message about a call says that it is over."""

    def heard(self, request: Request) -> Input:
        """Nothing is believed here: platforms let through what they were told to refuse; the engine decides again."""

    def document(self, said: Said, here: str, following: str) -> bytes:
        """`here` is the address of this turn, `following` where the caller's answer goes; both are public."""

    def moment(self, said: Said, here: str) -> bytes:
        """Says "one moment" and asks for the same turn again."""

    def over(self) -> bytes:
        """The answer where nobody is listening any more."""


def same(given: str, secret: Secret) -> bool:
    """In a time that tells nothing of the secret."""
    return hmac.compare_digest(given.encode(), secret.reveal().encode())
