"""How often one address may knock: counts per window in the database, so all gateway processes count together.

A brake beside the lock of the account (which the auth service keeps): it slows those who try many accounts. The
limits are generous, since a library or a shelter is one address to us.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.postgresql import insert

from eventkit.secret import Secret
from gateway.own_tables import throttle


@dataclass(frozen=True)
class Limit:
    """At most `times` in each window; windows begin on whole multiples of it."""

    times: int
    window: timedelta

    def began(self, now: datetime) -> datetime:
        return datetime.fromtimestamp(now.timestamp() // self.seconds * self.seconds, UTC)

    @property
    def seconds(self) -> float:
        return self.window.total_seconds()


LIMITS: Final[Mapping[str, Limit]] = {
    "log_in": Limit(30, timedelta(minutes=15)),
    "request_pin": Limit(10, timedelta(hours=1)),
    # by the number a call comes from; a shelter's telephone is one to us
    "phone_log_in": Limit(30, timedelta(minutes=15)),
    "phone_log_in_unnamed": Limit(600, timedelta(minutes=15)),
    "phone_request_pin": Limit(10, timedelta(hours=1)),
    "phone_request_pin_unnamed": Limit(200, timedelta(hours=1)),
    # by participant: why a new PIN is refused tells something of its owner's numbers
    "new_pin": Limit(20, timedelta(minutes=15)),
    # by participant: what the agency must read is not to be flooded; settings say how many
    "change": Limit(20, timedelta(days=1)),
    "report": Limit(20, timedelta(days=1)),
    # by participant: each takes a processor for as long as many pages do
    "pdf": Limit(30, timedelta(minutes=15)),
}
_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Throttle:
    server_secret: Secret
    limits: Mapping[str, Limit] = field(default_factory=lambda: LIMITS)

    def knock(self, conn: Connection, rule: str, client: str, now: datetime) -> int:
        """Counts a try; returns 0 where it may go on, else the seconds until the next window.

        `client`: an address, or the participant where the rule is about one who is logged in.
        """
        limit = self.limits[rule]
        began = limit.began(now)
        counted = insert(throttle).values(rule=rule, client=self._client(client), began_at=began, count=1)
        counted = counted.on_conflict_do_update(index_elements=["rule", "client", "began_at"],
                                                set_={"count": throttle.c.count + 1})
        count = conn.execute(counted.returning(throttle.c.count)).scalar_one()
        if count <= limit.times:
            return 0
        return max(1, round((began + limit.window - now).total_seconds()))

    def _client(self, address: str) -> str:
        """An address is personal: what is stored cannot be turned back without the server's secret."""
        key = self.server_secret.reveal().encode()
        return hmac.new(key, f"throttle|{_network(address)}".encode(), hashlib.sha256).hexdigest()[:32]


def _network(address: str) -> str:
    """What one client has: an address of IPv4, but a whole /64 of IPv6, where it may take a new one for each try."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))


def forget_old_counts(conn: Connection, now: datetime) -> None:
    conn.execute(delete(throttle).where(throttle.c.began_at < now - _KEPT))
