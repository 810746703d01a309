"""A caller made of code: fetches the VoiceXML documents, hears their prompts, presses keys and says words.

    caller = VirtualCaller(over_http("127.0.0.1", 8080))
    caller.dial().press("9").press("1").press("1234567890#").press("482913#").say("Pagos")

It behaves as a browser of the standard does: what the grammars of a document do not accept is a <nomatch>,
no input a <noinput>. `python -m gateway.phone.virtual_caller 127.0.0.1 8080` lets a person make the call.
"""

import base64
import http.client
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from lxml import etree
from lxml.etree import _Element

from gateway.phone.dialog import plain
from gateway.phone.vxml import NAMESPACE

Fetch = Callable[[str, str, Mapping[str, str]], tuple[int, bytes]]
"""method, path, fields -> status, body"""

START: Final = "/phone/vxml/start"
_V: Final = {"v": NAMESPACE}
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


class CallFailed(AssertionError):
    """The other side did what no telephone platform could go on with."""


@dataclass(frozen=True)
class Heard:
    language: str
    text: str


@dataclass
class VirtualCaller:
    """`heard` is what the last turn said, `transcript` the whole call, `documents` all that was fetched."""

    fetch: Fetch
    heard: list[Heard] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)
    documents: list[bytes] = field(default_factory=list)
    connected: bool = False
    transferred_to: str | None = None

    def dial(self) -> "VirtualCaller":
        self.connected = True
        return self._get(START, "GET", {})

    def press(self, keys: str) -> "VirtualCaller":
        """Keys of the telephone; a `#` at the end is the one that ends a number."""
        self.transcript.append("  [keys]")
        if not accepts(self._grammar("dtmf"), list(keys.removesuffix("#"))):
            return self._event("nomatch")
        return self._submit("v:filled", {"answer": keys.removesuffix("#")})

    def say(self, words: str) -> "VirtualCaller":
        self.transcript.append(f"  [says] {words}")
        grammar = self._grammar("voice")
        if grammar is None or not accepts(grammar, plain(words).split()):
            return self._event("nomatch")
        return self._submit("v:filled", {"answer": words})

    def mumble(self) -> "VirtualCaller":
        self.transcript.append("  [mumbles]")
        return self._event("nomatch")

    def keep_silent(self) -> "VirtualCaller":
        self.transcript.append("  [silence]")
        return self._event("noinput")

    def hang_up(self) -> "VirtualCaller":
        self.transcript.append("  [hangs up]")
        caught = self._one("//v:catch[@event='connection.disconnect']")
        self.connected = False
        return self._follow(caught, {})

    def can_say(self, words: str) -> bool:
        grammar = self._grammar("voice")
        return grammar is not None and accepts(grammar, plain(words).split())

    def can_press(self, keys: str) -> bool:
        return accepts(self._grammar("dtmf"), list(keys))

    @property
    def text(self) -> str:
        """All that the last turn said."""
        return " ".join(heard.text for heard in self.heard)

    # How a browser goes on

    def _event(self, name: str) -> "VirtualCaller":
        return self._submit(f"v:{name}", {})

    def _submit(self, handler: str, values: Mapping[str, str]) -> "VirtualCaller":
        return self._follow(self._one(f"//v:field/{handler}"), values)

    def _follow(self, handler: _Element, values: Mapping[str, str]) -> "VirtualCaller":
        submit = handler.find("v:submit", _V)
        if submit is None:
            raise CallFailed("nothing to submit")
        known = {"event": "answer", **values}
        for assign in handler.findall("v:assign", _V):
            known[assign.get("name", "")] = assign.get("expr", "").strip("'")
        fields = {name: known[name] for name in submit.get("namelist", "").split()}
        return self._get(submit.get("next", ""), submit.get("method", "get").upper(), fields)

    def _get(self, path: str, method: str, fields: Mapping[str, str]) -> "VirtualCaller":
        status, body = self.fetch(method, path, fields)
        if status != 200:
            raise CallFailed(f"{status} for turn {path.rpartition('/')[2]}")
        self.documents.append(body)
        said = [Heard(p.get(_LANG, ""), _text(p)) for p in self._all("//v:form//v:prompt")
                if not p.xpath("ancestor::v:catch", namespaces=_V)]
        self.heard = said
        self.transcript += [f"{heard.language}  {heard.text}" for heard in said]
        if moment := self._all("//v:block/v:submit"):
            return self._follow(_parent(moment[0]), {})
        if transfer := self._all("//v:transfer"):
            self.transferred_to = transfer[0].get("dest")
        if not self._all("//v:field"):
            self.connected = False
        return self

    def _grammar(self, mode: str) -> _Element | None:
        found = self._all(f"//v:field/v:grammar[@mode='{mode}']")
        return found[0] if found else None

    def _one(self, path: str) -> _Element:
        found = self._all(path)
        if not found:
            raise CallFailed("the document does not take that")
        return found[0]

    def _all(self, path: str) -> list[_Element]:
        root = etree.fromstring(self.documents[-1])
        found: list[_Element] = root.xpath(path, namespaces=_V)
        return found


def accepts(grammar: _Element | None, tokens: list[str]) -> bool:
    """Whether an SRGS grammar takes exactly these tokens (keys, or words as `plain` writes them)."""
    if grammar is None:
        return False
    root = grammar.find(f"v:rule[@id='{grammar.get('root')}']", _V)
    if root is None:
        raise CallFailed("the grammar has no root rule")
    return re.fullmatch(_pattern(root, grammar), "".join(f"{token} " for token in tokens)) is not None


def _pattern(node: _Element, grammar: _Element) -> str:
    """An SRGS rule expansion as a regular expression over tokens that each end in a space."""
    kind = etree.QName(node).localname
    if kind == "ruleref":
        name = node.get("uri", "").removeprefix("#")
        return _pattern(grammar.xpath(f"v:rule[@id='{name}']", namespaces=_V)[0], grammar)
    children = [_pattern(child, grammar) for child in node]
    if kind == "one-of":
        return f"(?:{'|'.join(children)})"
    words = (node.text or "").split()
    whole = "".join(re.escape(f"{plain(w) or w} ") for w in words) + "".join(children)
    least, _, most = node.get("repeat", "1-1").partition("-")
    return f"(?:{whole}){{{least},{most}}}"


def over_http(host: str, port: int, *, password: str | None = None) -> Fetch:
    """Fetch from a running gateway, as a telephone platform does."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if password:
        headers["Authorization"] = "Basic " + base64.b64encode(f"phone:{password}".encode()).decode()

    def fetch(method: str, path: str, fields: Mapping[str, str]) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(host, port, timeout=10)
        try:
            connection.request(method, path, body=urlencode(fields) or None, headers=headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    return fetch


def _text(prompt: _Element) -> str:
    return " ".join("".join(str(part) for part in prompt.itertext()).split())


def _parent(node: _Element) -> _Element:
    parent = node.getparent()
    if parent is None:
        raise CallFailed("a submit stands alone")
    return parent


def main(host: str, port: int) -> None:
    """A call by hand: digits, `*` and `#` are keys, other words are said, an empty line is silence."""
    caller = VirtualCaller(over_http(host, port)).dial()
    while True:
        for heard in caller.heard:
            sys.stdout.write(f"{heard.language}  {heard.text}\n")
        if not caller.connected:
            return
        sys.stdout.write("> ")
        sys.stdout.flush()
        typed = sys.stdin.readline()
        if not typed:
            caller.hang_up()
        elif not typed.strip():
            caller.keep_silent()
        elif re.fullmatch(r"[0-9*#]+", typed.strip()):
            caller.press(typed.strip())
        else:
            caller.say(typed.strip())


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[2].isdecimal():
        sys.exit("say where: python -m gateway.phone.virtual_caller 127.0.0.1 8000")
    main(sys.argv[1], int(sys.argv[2]))
