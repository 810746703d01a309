"""Writes down every RTP packet on the loopback, as it goes to a telephone: `python wiretap.py FILE`, until SIGTERM.

A line a packet: the port it goes to, the stream, its time stamp, its payload type and the payload in hex.
"""

from __future__ import annotations

import socket
import struct
import sys

EVERYTHING = 3
OUTGOING = 4
RTP_PORTS = range(6000, 7000)
"""Of the telephones; the exchange has others."""


def main(path: str) -> None:
    tap = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(EVERYTHING))
    tap.bind(("lo", EVERYTHING))
    with open(path, "w", buffering=1) as out:
        out.write("listening\n")
        while True:
            packet, address = tap.recvfrom(65536)
            if address[2] != OUTGOING and packet[0] >> 4 == 4 and packet[9] == socket.IPPROTO_UDP:
                _write(out, packet[(packet[0] & 15) * 4 :])


def _write(out, datagram: bytes) -> None:
    port = struct.unpack("!H", datagram[2:4])[0]
    rtp = datagram[8:]
    if port in RTP_PORTS and len(rtp) > 12 and rtp[0] >> 6 == 2:
        kind, _, stamp, stream = struct.unpack("!BHII", rtp[1:12])
        out.write(f"{port} {stream} {stamp} {kind & 127} {rtp[12 + (rtp[0] & 15) * 4 :].hex()}\n")


if __name__ == "__main__":
    main(sys.argv[1])
