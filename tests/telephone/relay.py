"""Passes on what it gets, `python relay.py FROM TO`: each a port of the loopback, or a path of the file system."""

from __future__ import annotations

import asyncio
import sys
from asyncio import StreamReader, StreamWriter

LOOPBACK = "127.0.0.1"


async def main(come_from: str, go_to: str) -> None:
    async def connected(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            there = await (asyncio.open_connection(LOOPBACK, int(go_to)) if go_to.isdecimal()
                           else asyncio.open_unix_connection(go_to))
            await asyncio.gather(_pass_on(reader, there[1]), _pass_on(there[0], writer))
        except OSError:
            writer.close()

    server = await (asyncio.start_server(connected, LOOPBACK, int(come_from)) if come_from.isdecimal()
                    else asyncio.start_unix_server(connected, come_from))
    print("listening", flush=True)
    await server.serve_forever()


async def _pass_on(reader: StreamReader, writer: StreamWriter) -> None:
    while some := await reader.read(4096):
        writer.write(some)
        await writer.drain()
    writer.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
