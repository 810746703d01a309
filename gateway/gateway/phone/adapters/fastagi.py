"""The phone over FastAGI: any Asterisk or FreePBX connects here with one line of its dialplan, a connection a call.

    AGI(agi://10.0.0.5:4573/ivr?dnis=${EXTEN})

A call is a conversation of this side's commands and the Asterisk's replies. How it ended is left in the channel's
variable CC_RESULT (done or transfer; nothing where it failed) for the dialplan to go on with; see
infra/docs/phone/asterisk.md. Nothing in the protocol proves who connects: only addresses that are named are served.
"""

from __future__ import annotations

import asyncio
import re
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar
from urllib.parse import parse_qs, urlsplit

from eventkit.secret import Secret
from gateway.phone.adapters.agi import LONGEST_LINE, AgiLine, HungUp, NotUnderstood
from gateway.phone.peers import Peers
from gateway.phone.said import Said, Transfer
from gateway.phone.speaking import Speaking
from gateway.phone.switchboard import CallOver, Ring, StillAtWork, Switchboard
from gateway.phone.turns import AskAgain, Input, Keys, Listen, Silence
from servicekit.logs import get_logger

LONGEST_ANSWER: Final = 80
"""Keys in one turn; whoever leans on the keypad is interrupted."""
MOMENTS: Final = 5
"""How often "one moment" is said for one turn."""

Result = TypeVar("Result")
log = get_logger()


@dataclass(frozen=True)
class FastAgi:
    """Answers calls; `work` is where the database is asked, so that one call never waits for another's."""

    board: Switchboard
    speaking: Speaking
    peers: Peers
    work: Executor
    calls: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, host: str, port: int, stop: asyncio.Event, drain_seconds: float,
                    ready: Callable[[int], object] = lambda _: None) -> None:
        """Until `stop`; calls that are going on then have a while to end. `ready` is told the port."""
        server = await asyncio.start_server(self._connected, host, port, limit=LONGEST_LINE, backlog=512)
        ready(server.sockets[0].getsockname()[1])
        await stop.wait()
        server.close()
        if self.calls:
            _, left = await asyncio.wait(self.calls, timeout=drain_seconds)
            for call in left:
                call.cancel()
            await asyncio.gather(*left, return_exceptions=True)
        log.info("drained")

    async def _connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        call = asyncio.current_task()
        assert call
        self.calls.add(call)
        try:
            if (writer.get_extra_info("peername") or ("",))[0] in self.peers:
                await self._call(AgiLine(reader, writer, self.speaking))
            else:
                log.warning("phone_peer_refused", reason="its address is not among FASTAGI_PEERS")
        finally:
            self.calls.discard(call)
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _call(self, line: AgiLine) -> None:
        """One call from its ring to its end; no matter how it ends, nothing of it is kept."""
        token = ""
        try:
            token, said = await self._off(self.board.start, ring(await line.headers()))
            await self._talk(line, token, said)
        except HungUp:
            log.info("phone_call_ended", reason="the caller hung up")
        except NotUnderstood as error:
            log.error("phone_call_failed", error=type(error).__name__, reason=f"no Asterisk, or one without {error}")
        except asyncio.CancelledError:  # ends here: nobody waits for it but the drain
            log.warning("phone_call_ended", reason="it went on for too long after we were stopped")
        except Exception as error:  # its text may hold what was said
            log.error("phone_call_failed", error=type(error).__name__)
        finally:
            await line.forget()
            if token:
                await self._forget(token)

    async def _forget(self, token: str) -> None:
        try:
            await self._off(self.board.hang_up, token)
        except Exception as error:  # the database is away: the next call that begins forgets this one
            log.error("phone_call_not_forgotten", error=type(error).__name__)

    async def _talk(self, line: AgiLine, token: str, said: Said) -> None:
        seq = 0
        while (listen := said.listen) is not None:
            key = await self._say(line, said)
            given = await heard(line, listen, key)
            seq += 1
            try:
                said = await self._take(line, token, seq, given)
            except HungUp:
                raise
            except Exception as error:
                log.error("phone_turn_failed", error=type(error).__name__)
                said = Said(said.language, said.pace, said.if_lost, None)
        await self._say(line, said, to_the_end=True)
        await leave(line, said.transfer)

    async def _take(self, line: AgiLine, token: str, seq: int, given: Input) -> Said:
        for _ in range(MOMENTS):
            reply = await self._off(self.board.take, token, seq, given)
            if not isinstance(reply, StillAtWork):
                return reply
            await self._say(line, reply.said, to_the_end=True)
            given = AskAgain()
        raise CallOver

    async def _say(self, line: AgiLine, said: Said, *, to_the_end: bool = False) -> str | None:
        """The key that cut it short, with which the answer begins."""
        for sentence in said.sentences:
            if said.pace == "tty":
                await line.show(sentence.text)
            else:
                key = await line.say(sentence)
                if key and not to_the_end:
                    return key
        return None

    async def _off(self, function: Callable[..., Result], *arguments: object) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self.work, partial(function, *arguments))


def ring(headers: Mapping[str, str]) -> Ring:
    """The number that was dialled is in the address the dialplan called us by, else it is the extension.

    Two Asterisks may give two calls the same id, but not to channels of the same name as well.
    """
    query = parse_qs(urlsplit(headers.get("agi_network_script", "")).query)
    number = query.get("dnis", [headers.get("agi_extension", "")])[0]
    name = "|".join(("fastagi", headers.get("agi_channel", ""), headers.get("agi_uniqueid", "")))
    return Ring(_number(number), name, _number(headers.get("agi_callerid", "")))


async def heard(line: AgiLine, listen: Listen, first: str | None) -> Input:
    """What the caller keyed. Digits end with `#` or when no more follow; a star first of all is a key by itself."""
    typed = first or await line.key(listen.wait_seconds)
    if typed is None:
        return Silence()
    if listen.digits and typed not in ("*", "#"):
        typed += await line.keys(listen.between_seconds, LONGEST_ANSWER)
    return Keys(Secret(typed))


async def leave(line: AgiLine, transfer: Transfer | None) -> None:
    """Tells the dialplan how the call ended; it hangs up, or dials CC_AGENT."""
    if transfer:
        await line.set_variable("CC_AGENT", transfer.number.removeprefix("tel:"))
        await line.set_variable("CC_CONTEXT", transfer.context)
    await line.set_variable("CC_RESULT", "transfer" if transfer else "done")


def _number(text: str) -> str:
    """Whoever hides their number is "unknown" or "anonymous" to Asterisk."""
    return text if re.fullmatch(r"\+?[0-9]{1,20}", text) else ""
