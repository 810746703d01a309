"""A VoiceXML browser as the standard has it: fetches documents, and holds what is keyed and said against their
grammars.

What the grammars do not accept is a <nomatch>, no input a <noinput>; a document without a field that submits is
followed at once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree
from lxml.etree import _Element

from gateway.phone.adapters.elements import LANG, NAMESPACE
from gateway.phone.answers import plain
from gateway.phone.callers.caller import CallFailed, Heard, Moment
from gateway.phone.callers.http import Fetch, Sent

START: Final = "/phone/vxml/start"
_V: Final = {"v": NAMESPACE}


@dataclass
class VxmlPlatform:
    """`documents` are all that were fetched."""

    fetch: Fetch
    documents: list[bytes] = field(default_factory=list)

    def dial(self, number: str) -> Moment:
        return self._get(START, "GET", {"dnis": number} if number else {})

    def keys(self, pressed: str) -> Moment:
        if not self.can_press(pressed):
            return self._event("nomatch")
        return self._submit("v:filled", {"answer": pressed})

    def words(self, said: str) -> Moment:
        if not self.can_say(said):
            return self._event("nomatch")
        return self._submit("v:filled", {"answer": said})

    def silence(self) -> Moment:
        return self._event("noinput")

    def mumble(self) -> Moment:
        return self._event("nomatch")

    def hang_up(self) -> None:
        self._follow(self._one("//v:catch[@event='connection.disconnect']"), {})

    def can_press(self, keys: str) -> bool:
        return accepts(self._grammar("dtmf"), list(keys))

    def can_say(self, words: str) -> bool:
        grammar = self._grammar("voice")
        return grammar is not None and accepts(grammar, plain(words).split())

    # How a browser goes on

    def _event(self, name: str) -> Moment:
        return self._submit(f"v:{name}", {})

    def _submit(self, handler: str, values: Mapping[str, str]) -> Moment:
        return self._follow(self._one(f"//v:field/{handler}"), values)

    def _follow(self, handler: _Element, values: Mapping[str, str]) -> Moment:
        submit = handler.find("v:submit", _V)
        if submit is None:
            raise CallFailed("nothing to submit")
        known = {"event": "answer", **values}
        for assign in handler.findall("v:assign", _V):
            known[assign.get("name", "")] = assign.get("expr", "").strip("'")
        fields = {name: known[name] for name in submit.get("namelist", "").split()}
        return self._get(submit.get("next", ""), submit.get("method", "get").upper(), fields)

    def _get(self, path: str, method: str, fields: Mapping[str, str]) -> Moment:
        status, body = self.fetch(Sent(method, path, fields))
        if status != 200:
            raise CallFailed(f"{status} for turn {path.rpartition('/')[2]}")
        self.documents.append(body)
        said = tuple(Heard(prompt.get(LANG, ""), _text(prompt)) for prompt in self._all("//v:form//v:prompt")
                     if not prompt.xpath("ancestor::v:catch", namespaces=_V))
        if moment := self._all("//v:block/v:submit"):
            followed = self._follow(_parent(moment[0]), {})
            return Moment((*said, *followed.heard), followed.connected, followed.transferred_to, followed.context)
        transfer = next(iter(self._all("//v:transfer")), None)
        if transfer is not None:
            return Moment(said, connected=False, transferred_to=transfer.get("dest"), context=transfer.get("aai"))
        return Moment(said, connected=bool(self._all("//v:field")))

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


def _text(prompt: _Element) -> str:
    return " ".join("".join(str(part) for part in prompt.itertext()).split())


def _parent(node: _Element) -> _Element:
    parent = node.getparent()
    if parent is None:
        raise CallFailed("a submit stands alone")
    return parent
