"""FastAGI as the virtual caller's platform: each call is a connection of an Asterisk's to the gateway."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.phone.callers.asterisk import Asterisk
from gateway.phone.callers.caller import CallFailed, Heard, Moment


@dataclass
class AgiPlatform:
    """Knows no grammars and hears no words: what is keyed goes to the gateway as it is, what is said is silence."""

    host: str
    port: int
    call: Asterisk | None = None

    @classmethod
    def at(cls, address: str) -> AgiPlatform:
        """`127.0.0.1:4573`, with a scheme before it or without."""
        host, _, port = address.rpartition("//")[2].rstrip("/").rpartition(":")
        return cls(host, int(port))

    def dial(self, number: str) -> Moment:
        self.close()
        self.call = Asterisk(self.host, self.port, number or "18669013212").__enter__()
        self.call.hear()
        return self._moment()

    def keys(self, pressed: str) -> Moment:
        """All of a number and a `#`; where one key is asked, the first is the answer."""
        self._line.press(pressed[:1])
        if self._line.collects:
            self._line.press(f"{pressed[1:]}#")
        return self._moment()

    def words(self, said: str) -> Moment:
        return self.silence()

    def silence(self) -> Moment:
        self._line.keep_silent()
        return self._moment()

    def mumble(self) -> Moment:
        """A sound that is no key."""
        return self.silence()

    def hang_up(self) -> None:
        self._line.hang_up()

    def can_press(self, keys: str) -> bool:
        return True

    def can_say(self, words: str) -> bool:
        return False

    def close(self) -> None:
        if self.call and self.call.connected:
            self.call.hang_up()

    @property
    def _line(self) -> Asterisk:
        if self.call is None:
            raise CallFailed("nobody has dialled")
        return self.call

    def _moment(self) -> Moment:
        call = self._line
        said = call.heard or [Heard("", line) for line in call.shown]
        agent = call.variables.get("CC_AGENT")
        return Moment(tuple(said), call.connected, f"tel:{agent}" if agent else None, call.variables.get("CC_CONTEXT"))
