"""A caller made of code: hears the prompts of a call, presses keys and says words, through any telephone platform.

    caller = VirtualCaller(VxmlPlatform(over_http("http://127.0.0.1:8080")))
    caller.dial().press("9").press("1").press("1234567890#").press("482913#").say("Pagos")

What a platform is follows in `Platform`: it behaves as its kind does, with what it was told to expect.
"""

from dataclasses import dataclass, field
from typing import Protocol


class CallFailed(AssertionError):
    """The other side did what no telephone platform could go on with."""


@dataclass(frozen=True)
class Heard:
    language: str
    text: str


@dataclass(frozen=True)
class Moment:
    """What came of it: what was said, and whether the line is still open. `context` goes along with a transfer."""

    heard: tuple[Heard, ...]
    connected: bool
    transferred_to: str | None = None
    context: str | None = None


class Platform(Protocol):
    """One telephone platform as its caller meets it. Each call of a method goes on to the next moment."""

    def dial(self, number: str) -> Moment: ...

    def keys(self, pressed: str) -> Moment:
        """Keys without the # that ends a number."""

    def words(self, said: str) -> Moment: ...

    def silence(self) -> Moment: ...

    def mumble(self) -> Moment:
        """Something was said that is not understood."""

    def hang_up(self) -> None: ...

    def can_press(self, keys: str) -> bool:
        """Whether the platform was told to take these keys."""

    def can_say(self, words: str) -> bool: ...


@dataclass
class VirtualCaller:
    """`heard` is what the last turn said, `transcript` the whole call."""

    platform: Platform
    heard: list[Heard] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)
    connected: bool = False
    transferred_to: str | None = None
    context: str | None = None

    def dial(self, number: str = "") -> "VirtualCaller":
        return self._hear(self.platform.dial(number))

    def press(self, keys: str) -> "VirtualCaller":
        """Keys of the telephone; a `#` at the end is the one that ends a number."""
        self.transcript.append("  [keys]")
        return self._hear(self.platform.keys(keys.removesuffix("#")))

    def say(self, words: str) -> "VirtualCaller":
        self.transcript.append(f"  [says] {words}")
        return self._hear(self.platform.words(words))

    def mumble(self) -> "VirtualCaller":
        self.transcript.append("  [mumbles]")
        return self._hear(self.platform.mumble())

    def keep_silent(self) -> "VirtualCaller":
        self.transcript.append("  [silence]")
        return self._hear(self.platform.silence())

    def hang_up(self) -> "VirtualCaller":
        self.transcript.append("  [hangs up]")
        self.platform.hang_up()
        self.connected, self.heard = False, []
        return self

    def can_press(self, keys: str) -> bool:
        return self.platform.can_press(keys)

    def can_say(self, words: str) -> bool:
        return self.platform.can_say(words)

    @property
    def text(self) -> str:
        """All that the last turn said."""
        return " ".join(heard.text for heard in self.heard)

    def _hear(self, moment: Moment) -> "VirtualCaller":
        self.heard = list(moment.heard)
        self.connected, self.transferred_to, self.context = moment.connected, moment.transferred_to, moment.context
        self.transcript += [f"{heard.language}  {heard.text}" for heard in moment.heard]
        return self
