"""The load: asks one page over and over on so many connections, each at once again. A process of its own, made of bare
sockets, so that it takes as little as it can of the machine it measures.

    python knocking.py HOST PORT CONNECTIONS SECONDS < requests.json      prints {"seconds", "taken", "bytes"}

The requests are whole (text of a GET with its headers) and taken in turn. Anything but 200 ends it.
"""

from __future__ import annotations

import itertools
import json
import socket
import sys
import threading
import time


def knock(address: tuple[str, int], requests: itertools.cycle[bytes], lock: threading.Lock, until: float,
          taken: list[float], sizes: list[int]) -> None:
    with socket.create_connection(address, timeout=30) as connection:
        while (began := time.perf_counter()) < until:
            with lock:
                request = next(requests)
            connection.sendall(request)
            sizes.append(answer(connection))
            taken.append(time.perf_counter() - began)


def answer(connection: socket.socket) -> int:
    """Bytes of one whole answer."""
    received = bytearray()
    while (end := received.find(b"\r\n\r\n")) < 0:
        received += more(connection)
    head = received[:end].lower()
    if not head.startswith((b"http/1.1 200", b"http/1.0 200")):
        raise SystemExit(f"the page answered {bytes(head[:40])!r}")
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    while len(received) < end + 4 + length:
        received += more(connection)
    return len(received)


def more(connection: socket.socket) -> bytes:
    if not (found := connection.recv(65536)):
        raise SystemExit("the server hung up")
    return found


def main(host: str, port: str, connections: str, seconds: str) -> None:
    requests = itertools.cycle(text.encode() for text in json.load(sys.stdin))
    taken: list[float] = []
    sizes: list[int] = []
    lock, began = threading.Lock(), time.perf_counter()
    threads = [threading.Thread(target=knock, args=((host, int(port)), requests, lock, began + float(seconds), taken,
                                                    sizes)) for _ in range(int(connections))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    json.dump({"seconds": time.perf_counter() - began, "taken": taken, "bytes": sum(sizes)}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
