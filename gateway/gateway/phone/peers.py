"""Who may connect where a protocol has no proof of origin: addresses that are named, by default our own machine's."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network


@dataclass(frozen=True)
class Peers:
    networks: tuple[IPv4Network | IPv6Network, ...]

    @classmethod
    def parse(cls, text: str) -> Peers:
        """`127.0.0.0/8, ::1, 10.1.2.3`"""
        try:
            networks = tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
        except ValueError:
            raise ValueError("must be addresses or networks with commas between: 10.1.2.3, 10.1.4.0/24") from None
        return cls(networks)

    def __contains__(self, host: object) -> bool:
        """`host`: an address as sockets name it."""
        try:
            address = ip_address(str(host).partition("%")[0])
        except ValueError:
            return False
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return any(address in network for network in self.networks)

    def __str__(self) -> str:
        return ", ".join(map(str, self.networks))
